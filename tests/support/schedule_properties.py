"""What must hold of every verdict: five families of properties, each as a function that tells what is broken.

They take the asking function as an argument, so that a test can plant a wrong one and see it found. What the
law says of a first dose stands here a second time, in numbers of its own and with a calendar of its own.
Source: reference/vaccination.md 0, 1, 7.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from app.schedule.bounds import Facts
from app.schedule.evaluation import evaluate
from app.schedule.verdict import Dose, Status, Verdict
from tests.support.schedule_cases import national_schedule

Ask = Callable[[Facts, Sequence[Dose], Dose], Verdict]
Edge = Callable[[date], date]

ONE_DAY = timedelta(days=1)
NEAR = timedelta(days=27)
GOOD = (Status.ALLOWED, Status.NEEDS_REVIEW)
LIVE = ("BCG", "MR", "VAR", "MUMPS")
NOT_INJECTED_LIVE = (
    *(Dose("FLU", date.min, "INJECTION"), Dose("FLU", date.min, "NASAL"), Dose("COVID", date.min)),
    *(Dose("PCV", date.min, "PCV20"), Dose("ROTA", date.min, "RV5"), Dose("HEPB", date.min)),
)
AGES = (0, 1, 2, 6, 7, 12, 24, 36, 60, 72, 90, 108, 132, 144, 156, 180, 192, 240)


def ask_national(facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
    """What the national rules say."""
    return evaluate(national_schedule().rules, facts, history, dose)


def birthdays() -> Iterator[date]:
    """Every day of 2020 to 2026."""
    day = date(2020, 1, 1)
    while day <= date(2026, 12, 31):
        yield day
        day += ONE_DAY


def reached(born: date, months: int) -> date:
    """The day before the same-numbered day so many months later, or that month's last day if it has none."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if born.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, born.day) - ONE_DAY


def _months(count: int) -> Edge:
    return lambda born: reached(born, count) if count else born


def _days(count: int) -> Edge:
    return lambda born: born + timedelta(days=count)


def _april_of_year_of(years: int, later: int = 0) -> Edge:
    """1 April of the fiscal year in which so many years are reached, or of a later one."""

    def edge(born: date) -> date:
        day = reached(born, 12 * years)
        return date(day.year + later - (day.month < 4), 4, 1)

    return edge


def _before_april_of_year_of(years: int) -> Edge:
    return lambda born: _april_of_year_of(years, later=1)(born) - ONE_DAY


FIRST_DOSES: dict[tuple[str, str], tuple[Edge, Edge]] = {
    ("ROTA", "RV1"): (_days(42), _days(168)),
    ("ROTA", "RV5"): (_days(42), _days(224)),
    ("HEPB", ""): (_months(0), _months(12)),
    ("DPT_IPV_HIB", ""): (_months(2), _months(90)),
    ("HIB", ""): (_months(2), _months(60)),
    ("PCV", "PCV20"): (_months(2), _months(60)),
    ("BCG", ""): (_months(0), _months(12)),
    ("MR", ""): (_months(12), _months(24)),
    ("VAR", ""): (_months(12), _months(36)),
    ("JE", ""): (_months(6), _months(90)),
    ("DT", ""): (_months(132), _months(156)),
    ("HPV", "HPV9"): (_april_of_year_of(12), _before_april_of_year_of(16)),
}
"""From when to when the law gives a first dose, by vaccine and product."""


def broken_reach(reach: Callable[[date, int], date]) -> list[str]:
    """Where reaching an age is not monotone, in the birthday or in the age; none when it is."""
    broken: list[str] = []
    for born in birthdays():
        ages = [reach(born, months) for months in AGES]
        next_ages = [reach(born + ONE_DAY, months) for months in AGES]
        if any(one > other for one, other in zip(ages, next_ages, strict=True)):
            broken.append(f"{born}: someone a day younger is older")
        if any(one >= other for one, other in pairwise(ages)):
            broken.append(f"{born}: a higher age is reached no later")
    return broken


def broken_first_dose(ask: Ask, born: date, planned: tuple[str, str]) -> list[str]:
    """Where a first dose's window is not the law's, or an edge of it does not hold."""
    opens, closes = (edge(born) for edge in FIRST_DOSES[planned])
    facts, dose = Facts(born, "F"), Dose(planned[0], born, planned[1])
    at_birth = ask(facts, (), dose)
    if (at_birth.earliest, at_birth.latest) != (opens, closes):
        return [f"{born} {planned}: {at_birth.earliest} to {at_birth.latest}, not {opens} to {closes}"]
    return _broken_around(ask, (facts, (), dose), at_birth)


def broken_edges(ask: Ask, facts: Facts, history: Sequence[Dose], dose: Dose) -> list[str]:
    """Where the first, the recommended or the last day that a verdict names does not hold.

    Shapes: the first day fits and the day before does not; the last day fits and the next is out of the
    window; the recommended day lies between. A day on which another dose of the course would be next says
    nothing; nor does a course whose first day lies after its last.
    """
    return _broken_around(ask, (facts, history, dose), ask(facts, history, dose))


def _broken_around(ask: Ask, asked: tuple[Facts, Sequence[Dose], Dose], now: Verdict) -> list[str]:
    facts, history, dose = asked
    if now.earliest is None or now.latest is None or now.earliest > now.latest:
        return []
    first, before = (ask(facts, history, replace(dose, given_on=day)) for day in _around(now.earliest, -1))
    last, after = (ask(facts, history, replace(dose, given_on=day)) for day in _around(now.latest, 1))
    told = f"{facts.born} {[(one.vaccine, str(one.given_on)) for one in history]} {dose.vaccine}"
    broken = []
    if first.status not in GOOD:
        broken.append(f"{told}: first day {now.earliest} is {first.status}")
    if before.status is Status.ALLOWED and _is_same_dose(before, now) and now.earliest > facts.born:
        broken.append(f"{told}: fits a day before the first day {now.earliest}")
    if now.usual is not None and not now.earliest <= now.usual <= now.latest:
        broken.append(f"{told}: recommended on {now.usual}")
    if last.status not in GOOD and not _is_near_live(history, now.latest):
        broken.append(f"{told}: last day {now.latest} is {last.status}")
    if after.status is not Status.OUT_OF_WINDOW and not _may_follow(after, now):
        broken.append(f"{told}: the day after the last day {now.latest} is {after.status}")
    return broken


def _around(day: date, days: int) -> tuple[date, date]:
    return day, day + timedelta(days=days)


def _is_same_dose(one: Verdict, other: Verdict) -> bool:
    return (one.number, one.role) == (other.number, other.role)


def _may_follow(after: Verdict, now: Verdict) -> bool:
    """Whether another dose of the course, or an extension, takes over on the next day."""
    return not _is_same_dose(after, now) or after.reason == "MR_SHORTAGE_EXTENSION"


def _is_near_live(history: Sequence[Dose], day: date) -> bool:
    return any(one.vaccine in LIVE and abs(one.given_on - day) <= NEAR for one in history)


def broken_by_inactivated(
    ask: Ask, facts: Facts, history: Sequence[Dose], planned: tuple[Dose, Sequence[Dose]]
) -> list[str]:
    """Where doses that are no injected live ones change what is said of a live one."""
    dose, more = planned
    alone, beside = ask(facts, history, dose), ask(facts, (*history, *more), dose)
    if (alone.status, alone.earliest, alone.latest) == (beside.status, beside.earliest, beside.latest):
        return []
    return [f"{facts.born} {dose}: {alone.status} becomes {beside.status} by {more}"]


def some_history(random: Random, ask: Ask, facts: Facts, planned: tuple[str, str]) -> tuple[Dose, ...]:
    """A history of one vaccine as lives go: mostly when it is due or later, now and then too early."""
    vaccine, product = planned
    given: list[Dose] = []
    day = facts.born + timedelta(days=random.choice((0, 60, 90, 240, 400, 800, 2000, 3500, 4400)))
    for _ in range(random.randint(0, 4)):
        verdict = ask(facts, given, Dose(vaccine, day, product))
        if verdict.earliest is not None and verdict.earliest > day and random.random() < 0.95:
            day = verdict.earliest
        if verdict.status in {Status.OUT_OF_WINDOW, Status.NOT_NEEDED}:
            break
        given.append(Dose(vaccine, day, product))
        day += timedelta(days=random.choice((1, 7, 21, 28, 29, 61, 100, 160, 200, 400)))
    return tuple(given)


def some_planned(random: Random, facts: Facts, history: Sequence[Dose], planned: tuple[str, str]) -> Dose:
    """A planned dose some time after the last one, or after birth."""
    last = max((one.given_on for one in history), default=facts.born)
    return Dose(planned[0], last + timedelta(days=random.randint(0, 900)), planned[1])


def some_live(random: Random, dose: Dose) -> tuple[Dose, ...]:
    """A few injected live doses of other vaccines around a planned one."""
    others = [one for one in LIVE if one != dose.vaccine]
    return tuple(
        _moved(random, Dose(random.choice(others), dose.given_on)) for _ in range(random.randint(0, 2))
    )


def some_not_live(random: Random, day: date) -> tuple[Dose, ...]:
    """One to three doses around a day that are no injected live ones."""
    return tuple(
        _moved(random, replace(random.choice(NOT_INJECTED_LIVE), given_on=day))
        for _ in range(random.randint(1, 3))
    )


def _moved(random: Random, dose: Dose) -> Dose:
    return replace(dose, given_on=dose.given_on + timedelta(days=random.randint(-40, 40)))
