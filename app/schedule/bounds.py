"""Bounds and intervals: as they are spelled in the data, and the days they mean in one life."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.schedule.dates import (
    APRIL,
    DAYS_IN_WEEK,
    MONTHS_IN_YEAR,
    PREGNANCY_DAYS,
    after_days,
    after_months,
    fiscal_year,
    reach,
)
from app.schedule.editions import Bound, Interval, Measure

_SPANS = re.compile(
    r"(?:(?P<years>\d+) years?)?\s*(?:(?P<months>\d+) months?)?\s*"
    r"(?:(?P<weeks>\d+) weeks?)?\s*(?:(?P<days>\d+) days?)?(?P<gestation> of gestation)?"
)
_SCHOOL_YEAR = re.compile(r"(?P<edge>begin|end) of the fiscal year of (?P<years>\d+) years")
SPELLINGS = '"2 months", "24 weeks", "28 weeks of gestation", "end of the fiscal year of 12 years"'


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need of somebody: legal dates and flags, no name.

    Shapes: ``sex`` "F", "M" or "" when it is not known; ``due_date`` of the pregnancy she is in, or was in
    until ``ended_on`` (None: it goes on, or nobody told);
    ``flags`` such as ``hbv_mtct_prophylaxis`` and ``long_illness``.
    """

    born: date
    sex: str = ""
    due_date: date | None = None
    flags: frozenset[str] = field(default_factory=frozenset)
    ended_on: date | None = None


def read_bound(text: str) -> Bound | None:
    """The bound that a spelling means; None when it means none."""
    school = _SCHOOL_YEAR.fullmatch(text)
    if school:
        edge = Measure.SCHOOL_YEAR_BEGINS if school["edge"] == "begin" else Measure.SCHOOL_YEAR_ENDS
        return Bound(edge, int(school["years"]) * MONTHS_IN_YEAR)
    spans = _SPANS.fullmatch(text)
    if spans is None or not text:
        return None
    years, months, weeks, days = (int(spans[unit] or 0) for unit in ("years", "months", "weeks", "days"))
    in_days, in_months = weeks * DAYS_IN_WEEK + days, years * MONTHS_IN_YEAR + months
    counts_days = spans["weeks"] is not None or spans["days"] is not None
    if counts_days and in_months:
        return None
    if spans["gestation"]:
        return Bound(Measure.GESTATION, in_days) if counts_days else None
    return Bound(Measure.DAYS, in_days) if counts_days else Bound(Measure.MONTHS, in_months)


def read_interval(text: str) -> Interval | None:
    """The interval that a spelling means ("27 days", "6 months"); None when it means none."""
    bound = read_bound(text)
    if bound is None:
        return None
    match bound.measure:
        case Measure.DAYS:
            return Interval(days=bound.count)
        case Measure.MONTHS:
            return Interval(months=bound.count)
    return None


def day_of(bound: Bound, facts: Facts) -> date | None:
    """The day that a bound means for somebody; None for gestation without a due date.

    Errors: OverflowError beyond the calendar. Source: reference/vaccination.md 0 (V).
    """
    match bound.measure:
        case Measure.MONTHS:
            return reach(facts.born, bound.count) if bound.count else facts.born
        case Measure.DAYS:
            return facts.born + timedelta(days=bound.count)
        case Measure.GESTATION:
            if facts.due_date is None:
                return None
            return facts.due_date + timedelta(days=bound.count - PREGNANCY_DAYS)
    begins = date(fiscal_year(reach(facts.born, bound.count)), APRIL, 1)
    if bound.measure is Measure.SCHOOL_YEAR_BEGINS:
        return begins
    return date(begins.year + 1, APRIL, 1) - timedelta(days=1)


def first_day_after(day: date, interval: Interval) -> date:
    """The first day that leaves the interval in between."""
    if interval.months:
        return after_months(day, interval.months)
    return after_days(day, interval.days) if interval.days else day + timedelta(days=1)
