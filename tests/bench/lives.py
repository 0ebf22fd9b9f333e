"""Children of all ages with the doses that a life like theirs has brought: what the timeline is measured on.

A life goes from birth to 18 years under the rules of today: at each visit the doses that fit are given, some
families come late, some miss a visit, some never come for what is voluntary. A child is a life seen on one
day of it, with what was given before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.schedule.bounds import Facts
from app.schedule.due import Due, Timing, due_vaccines, fit_together
from app.schedule.rules import Rules
from app.schedule.verdict import Dose

DAYS_PER_LIFE = 20
YEARS = 18
BORN_FROM = date(2009, 4, 2)
BORN_DAYS = 365 * 17
PRODUCTS = {"PCV": ("PCV20",), "HPV": ("HPV9",), "ROTA": ("RV1", "RV5")}
FIRST_VISIT_DAYS = 45


@dataclass(frozen=True, slots=True)
class Child:
    """A life on one day of it."""

    facts: Facts
    history: tuple[Dose, ...]
    today: date


def children(rules: Rules, count: int, seed: int) -> Iterator[Child]:
    """So many children, the same for the same seed; twenty days of each life, spread over its years."""
    random = Random(seed)  # noqa: S311  repeatable, not secret
    made = 0
    while made < count:
        facts = Facts(BORN_FROM + timedelta(days=random.randrange(BORN_DAYS)), random.choice("FM"))
        history = lived(rules, facts, random)
        for _ in range(min(DAYS_PER_LIFE, count - made)):
            # The first two years bring most doses and most looks at the timeline.
            span = YEARS * 365 if random.random() < 0.5 else 730
            today = facts.born + timedelta(days=random.randrange(span))
            yield Child(facts, tuple(dose for dose in history if dose.given_on < today), today)
            made += 1


def lived(rules: Rules, facts: Facts, random: Random) -> tuple[Dose, ...]:
    """Every dose of a life to 18 years, by date."""
    products = {code: random.choice(several) for code, several in PRODUCTS.items()}
    given: list[Dose] = []
    day = facts.born + timedelta(days=FIRST_VISIT_DAYS + random.randrange(30))
    end = facts.born + timedelta(days=YEARS * 365)
    while day < end:
        lines = due_vaccines(rules, facts, given, day)
        fitting = fit_together(lines, day) if random.random() < 0.9 else ()
        given += [Dose(line.code, day, products.get(line.code, "")) for line in fitting]
        day = _next_visit(lines, day, random)
    return tuple(given)


def _next_visit(lines: Sequence[Due], day: date, random: Random) -> date:
    """When something more can be given, and the family has time."""
    waiting = [max(line.earliest, line.usual or line.earliest) for line in lines if line.earliest is not None]
    ahead = [at for at in waiting if at > day]
    open_now = any(line.timing in {Timing.NOW, Timing.LATE} for line in lines)
    soonest = day + timedelta(days=28) if open_now else min(ahead, default=day + timedelta(days=365))
    return soonest + timedelta(days=random.choice((0, 0, 3, 7, 14, 40)))
