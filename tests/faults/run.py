"""One run on one engine: families, a killer, and afterwards what is really there."""

import os
import random
import signal
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.engines import fresh_database
from tests.faults.family import Family, Tally
from tests.faults.serving import ACK_BEFORE_COMMIT, SWITCH, Serving
from tests.faults.verdict import Verdict, look_again, look_into_store

BETWEEN_KILLS = (0.2, 0.9)
LONGEST_SECONDS = 1500


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything. Shapes: ``planted`` names a planted fault, "" for none; ``port`` 0: any."""

    submits: int = 1000
    kills: int = 30
    clients: int = 8
    planted: str = ""
    port: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine showed."""

    tally: Tally
    verdict: Verdict
    kills: int
    seconds: float

    def told(self) -> dict[str, int | float]:
        """For the line of JSON."""
        tally, verdict = self.tally, self.verdict
        return {
            "acknowledged": tally.acknowledged,
            "kills": self.kills,
            "double_taps": tally.double_taps,
            "lost": verdict.lost,
            "duplicated": verdict.duplicated,
            "foreign": tally.foreign,
            "bodies_read": tally.bodies,
            "lost_connections": tally.lost_connections,
            "conflicts": tally.conflicts,
            "errors": tally.errors,
            "seconds": round(self.seconds, 1),
        }


class Killer(threading.Thread):
    """Ends a random worker, again and again, always while a submission is on its way."""

    def __init__(self, serving: Serving, tally: Tally, at_least: int) -> None:
        super().__init__(daemon=True)
        self._serving = serving
        self._tally = tally
        self._at_least = at_least
        self.kills = 0
        self.stopped = threading.Event()

    @property
    def is_content(self) -> bool:
        """Whether it has done its part."""
        return self.kills >= self._at_least

    def run(self) -> None:
        """Kills until stopped."""
        chance = random.Random(1)  # noqa: S311  whom to kill
        while not self.stopped.wait(chance.uniform(*BETWEEN_KILLS)):
            while not self._tally.in_flight and not self.stopped.is_set():
                time.sleep(0.001)
            workers = self._serving.workers()
            if not workers:
                continue
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                self.kills += 1


def run_engine(engine: str, plan: Plan, folder: Path) -> Result:
    """The whole run. Errors: whatever a family could not bear; ServerNotReadyError."""
    started = time.monotonic()
    with fresh_database(engine, folder) as database:
        serving = _serving(folder, database.url, plan)
        serving.set_up()
        tally = Tally()
        families = [Family(serving.url, number, tally) for number in range(plan.clients)]
        try:
            serving.start()
            kills = _live(serving, families, plan, tally)
            serving.kill()
            serving.start()
            verdict = look_again(serving.url, families, tally)
        finally:
            serving.kill()
        with serving.rooms() as rooms:
            verdict += look_into_store(rooms, families)
        return Result(tally, verdict, kills, time.monotonic() - started)


def _serving(folder: Path, url: str, plan: Plan) -> Serving:
    if plan.planted == ACK_BEFORE_COMMIT:
        return Serving(folder, url, plan.port, "tests.faults.planted:app", {SWITCH: plan.planted})
    return Serving(folder, url, plan.port)


def _live(serving: Serving, families: Sequence[Family], plan: Plan, tally: Tally) -> int:
    """Everyone signs in undisturbed, then submits while workers die. Returns how many died."""
    troubles: list[BaseException] = []
    for family in families:
        family.sign_in()
        family.add_child()
    killer = Killer(serving, tally, plan.kills)
    deadline = time.monotonic() + LONGEST_SECONDS

    def go_on(family: Family) -> None:
        try:
            while tally.acknowledged < plan.submits or not killer.is_content:
                if troubles or time.monotonic() > deadline:
                    return
                family.submit_next()
        except BaseException as error:  # noqa: BLE001  told by the main thread
            troubles.append(error)

    threads = [threading.Thread(target=go_on, args=(family,), daemon=True) for family in families]
    killer.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    killer.stopped.set()
    killer.join()
    if troubles:
        raise troubles[0]
    return killer.kills
