"""``python -m tests.support.schedule_figures``: cases and properties of the schedule; the last line is JSON.

What is wrong stands above that line; then the exit code is 1.
"""

import json
import sys
from datetime import date, timedelta
from random import Random

from app.schedule.bounds import Facts
from app.schedule.dates import reach
from tests.support.schedule_cases import FURTHER, PUBLIC, cases_of, differences, verdict_on
from tests.support.schedule_properties import (
    FIRST_DOSES,
    LIVE,
    ask_national,
    birthdays,
    broken_by_inactivated,
    broken_edges,
    broken_first_dose,
    broken_reach,
    some_history,
    some_live,
    some_not_live,
    some_planned,
)

SEED = 20261122
HISTORIES = 4000


def main() -> int:
    """The figures, told; 0 when every case is right and no property broken."""
    told: dict[str, object] = {}
    wrong: list[str] = []
    for name, file in (("public", PUBLIC), ("further", FURTHER)):
        cases = cases_of(file)
        bad = [f"{case.code}: {one}" for case in cases for one in differences(case, verdict_on(case))]
        told |= {
            f"{name}_cases": len(cases),
            f"{name}_right": len(cases) - len({one.split(":")[0] for one in bad}),
        }
        wrong += bad
    properties, broken = properties_checked()
    told["properties"] = {**properties, "broken": len(broken)}
    for line in (*wrong, *broken):
        print(line)
    print(json.dumps(told), flush=True)
    return 1 if wrong or broken else 0


def properties_checked() -> tuple[dict[str, int], list[str]]:
    """How often each family was asked, and what was broken."""
    born = list(birthdays())
    broken = broken_reach(reach)
    for planned in FIRST_DOSES:
        broken += [one for day in born for one in broken_first_dose(ask_national, day, planned)]
    for number in range(HISTORIES):
        broken += _broken_life(Random(SEED + number))  # noqa: S311  repeatable, not secret
    counts = {
        "birthdays": len(born),
        "first_dose_windows": len(born) * len(FIRST_DOSES),
        "histories": HISTORIES,
    }
    return counts, broken


def _broken_life(random: Random) -> list[str]:
    """What is broken about a plan after one history; live ones beside others, too."""
    facts = Facts(date(2006, 1, 1) + timedelta(days=random.randrange(7600)), "F")
    planned = random.choice(sorted(FIRST_DOSES))
    history = some_history(random, ask_national, facts, planned)
    dose = some_planned(random, facts, history, planned)
    if dose.vaccine not in LIVE:
        return broken_edges(ask_national, facts, history, dose)
    history = (*history, *some_live(random, dose))
    more = some_not_live(random, dose.given_on)
    return [
        *broken_edges(ask_national, facts, history, dose),
        *broken_by_inactivated(ask_national, facts, history, (dose, more)),
    ]


if __name__ == "__main__":
    sys.exit(main())
