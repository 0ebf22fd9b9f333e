"""One family over HTTP: signs in, fills, submits again and again, remembers every promise."""

import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import choice
from string import ascii_lowercase

import requests

from app.web.login_stand_in.personas import PERSONAS, Happening
from tests.faults.browser import Browser
from tests.support.journey import Fetched, Parent

PROGRAMMES = ("mr-1", "varicella-1")
SIGNING_IN = tuple(one.code for one in PERSONAS if one.happening is Happening.SIGNS_IN and not one.card)
SUBMITS_PER_VISIT = 25
EVERY = 5
"""Every fifth submission is tapped twice."""
GIVE_UP_SECONDS = 60
_OWNER = re.compile(rb"zq(\d\d)x")
_HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|revision|submission_key)" value="([^"]*)"')


class PromiseError(AssertionError):
    """The server answered in a way that no family should see."""


@dataclass
class Tally:
    """What happens to all families together."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    taps: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    double_taps: int = 0
    bodies: int = 0
    foreign: int = 0
    conflicts: int = 0
    errors: int = 0
    lost_connections: int = 0

    def add(self, **counts: int) -> None:
        """Counted on."""
        with self.lock:
            for name, count in counts.items():
                setattr(self, name, getattr(self, name) + count)

    def is_tapped_twice(self) -> bool:
        """Whether the next submission is one with a double tap."""
        with self.lock:
            self.taps += 1
            is_double = self.taps % EVERY == 0
            self.double_taps += is_double
        return is_double


class Family:
    """One client. Shapes: ``promised`` is what was acknowledged, by visit, in order."""

    def __init__(self, url: str, number: int, tally: Tally) -> None:
        self._tally = tally
        self._random = random.Random(number)  # noqa: S311  when to tap twice
        self._number = number
        self.owner = number % len(SIGNING_IN)
        self.mark = f"zq{self.owner:02}x"
        self._browser = Browser(url)
        self.parent = Parent(self._send)
        self.promised: dict[str, list[str]] = {}
        self._visit = self._child = ""

    def sign_in(self) -> None:
        """Signed in through the card login of the stand-in."""
        page = self.parent.sign_in(SIGNING_IN[self.owner])
        if page.status != 200 or page.path != "/home":
            raise PromiseError(f"sign-in ended at {page.path} with {page.status}")

    def add_child(self) -> None:
        """A child of this client alone, also where two clients are one person; its name is a canary too."""
        self.parent.add_child(f"見本 {self.mark}{self._number}")
        self.parent.get("/visits/new")
        self._child = self.parent.form().options["child"][-1]

    def submit_next(self) -> None:
        """New words saved, shared and acknowledged, perhaps with a second tap."""
        if not self._visit or len(self.promised[self._visit]) >= SUBMITS_PER_VISIT:
            self._visit = self._fill_visit()
        words = self.mark + "".join(choice(ascii_lowercase) for _ in range(12))
        self._save(words)
        hidden = self._hidden(f"/visits/{self._visit}/share")
        path = f"/visits/{self._visit}/share"
        self._tally.add(in_flight=1)
        try:
            answers = self._tap(path, list(hidden.items()))
        finally:
            self._tally.add(in_flight=-1)
        if all(answer.status == 409 for answer in answers):
            self._tally.add(conflicts=1)
            return
        for answer in answers:
            if answer.status != 303 or not answer.headers["location"].endswith(
                f"/visits/{self._visit}/receipt"
            ):
                raise PromiseError(f"submit answered {answer.status}")
        self.promised[self._visit].append(words)
        self._tally.add(acknowledged=1)

    def _fill_visit(self) -> str:
        """A new visit with every page answered."""
        self.parent.get("/visits/new")
        self.parent.submit(
            {"child": self._child, "programme": PROGRAMMES, "companion": "mother", "clinic": "midori"}
        )
        visit = self.parent.page.path.split("/")[2]
        self.parent.answer_pages(visit)
        self.promised[visit] = []
        return visit

    def _save(self, words: str) -> None:
        """The words are in the draft."""
        path = f"/visits/{self._visit}/pages/to_doctor"
        refusals = []
        for _ in range(5):
            fields = [*self._hidden(path).items(), *_answers(words)]
            answer = self._send("POST", path, fields)
            if answer.status == 303 and answer.headers["location"].startswith(f"/visits/{self._visit}/"):
                return
            refusals.append(answer.status)
        raise PromiseError(f"{path} was not saved: {refusals}")

    def _tap(self, path: str, fields: Sequence[tuple[str, str]]) -> list[Fetched]:
        """One tap, or in every fifth case two, at the same moment or one after the other."""
        if not self._tally.is_tapped_twice():
            return [self._send("POST", path, fields)]
        if self._random.random() < 0.5:
            return [self._send("POST", path, fields), self._send("POST", path, fields)]
        answers: list[Fetched] = []
        thread = threading.Thread(
            target=lambda: answers.append(self._send("POST", path, fields, self._browser.twin()))
        )
        thread.start()
        answers.append(self._send("POST", path, fields))
        thread.join()
        if len(answers) != 2:
            raise PromiseError("the second tap got no answer")
        return answers

    def _hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the page's main form."""
        page = self._send("GET", path, ())
        if page.status != 200:
            raise PromiseError(f"{path} answered {page.status}")
        return dict(_HIDDEN.findall(page.text))

    def _send(
        self, method: str, path: str, fields: Sequence[tuple[str, str]], browser: Browser | None = None
    ) -> Fetched:
        """The answer; after a lost connection or a busy server the very same request is sent again."""
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = (browser or self._browser)(method, path, fields)
            except requests.RequestException:
                self._tally.add(lost_connections=1)
            else:
                self._look_at(answer.body)
                if answer.status < 500:
                    return answer
                self._tally.add(errors=answer.status != 503)
            time.sleep(self._random.uniform(0.02, 0.1))
        raise PromiseError(f"{method} {path.partition('?')[0]}: no answer in {GIVE_UP_SECONDS} s")

    def _look_at(self, body: bytes) -> None:
        """Every body that this family ever receives may hold only its own canaries."""
        is_foreign = any(int(owner) != self.owner for owner in _OWNER.findall(body))
        self._tally.add(bodies=1, foreign=is_foreign)


def _answers(words: str) -> list[tuple[str, str]]:
    """The page with the free text."""
    return [("explanation_read", "yes"), ("doctor_question", "yes"), ("doctor_question-details", words)]
