"""Legal dates: ages reached, intervals, eras, fiscal years, and the edge between Tokyo and UTC.

Every rule works on calendar dates of Asia/Tokyo; an age or an interval is never "30 days = 1 month".
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
MONTHS_IN_YEAR = 12
DAYS_IN_WEEK = 7
PREGNANCY_DAYS = 280
"""From the day that weeks of gestation count from to the due date (reference/vaccination.md 0)."""
SHORTEST_MONTH = 28
APRIL = 4


def reach(born: date, months: int) -> date:
    """The day on which this age is reached: the day before the same-numbered day, else the month's last day.

    Units: ``months`` completed; a year is 12. Shapes: the same day is the first on which "n月以上" holds
    and the last on which "n月に至るまで" holds. Errors: OverflowError beyond the calendar.
    Source: 年齢計算ニ関スル法律, 民法143条 (reference/vaccination.md 0, V).
    """
    return after_months(born, months) - timedelta(days=1)


def after_days(day: date, days: int) -> date:
    """The first day that leaves ``days`` full days in between (27 → the same weekday four weeks later).

    Source: "n日以上の間隔" (reference/vaccination.md 0, V).
    """
    return day + timedelta(days=days + 1)


def after_months(day: date, months: int) -> date:
    """The same-numbered day ``months`` later, else the first day of the month that follows.

    Errors: OverflowError beyond the calendar. Source: "n月以上の間隔" (reference/vaccination.md 0, V).
    """
    year, month = _month_after(day.year, day.month, months)
    if day.day <= SHORTEST_MONTH or day.day <= monthrange(year, month)[1]:
        return date(year, month, day.day)
    return date(*_month_after(year, month, 1), 1)


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """The year and month so many months later."""
    years, index = divmod(month - 1 + months, MONTHS_IN_YEAR)
    if not date.min.year <= year + years <= date.max.year:
        raise OverflowError("the month lies beyond the calendar")
    return year + years, index + 1


def age_on(born: date, day: date) -> tuple[int, int, int]:
    """Completed years, months and days since the calendar birthday, for display only.

    Shapes: one born on the 31st completes a month of 30 days on the 1st that follows, in step with
    `reach`. Errors: ValueError when ``day`` lies before ``born``.
    """
    if day < born:
        raise ValueError("the day lies before the birth")
    months = (day.year - born.year) * MONTHS_IN_YEAR + day.month - born.month
    if after_months(born, months) > day:
        months -= 1
    days = (day - after_months(born, months)).days
    return months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR, days


def completed_months(born: date, day: date) -> int:
    """Completed months since the calendar birthday (see `age_on`). Errors: ValueError before ``born``."""
    years, months, _ = age_on(born, day)
    return years * MONTHS_IN_YEAR + months


def legal_months(born: date, day: date) -> int:
    """How many months of age are reached by law: on the day before the calendar birthday (see `reach`)."""
    return completed_months(born, day + timedelta(days=1))


def gestation_days(due_date: date, day: date) -> int:
    """How many days of gestation have passed on this day, by the due date; below zero before them."""
    return PREGNANCY_DAYS - (due_date - day).days


def fiscal_year(day: date) -> int:
    """The fiscal year (April to March) a day belongs to, by the year it began in."""
    return day.year if day.month >= APRIL else day.year - 1


class Era(StrEnum):
    """The eras a living person may have been born in."""

    REIWA = "reiwa"
    HEISEI = "heisei"
    SHOWA = "showa"


@dataclass(frozen=True, slots=True)
class EraYear:
    """A year as an era counts it; 1 is written 元年."""

    era: Era
    year: int


def era_begins(era: Era) -> date:
    """The first day of an era. Source: 昭和改元 1926-12-25, 平成 政令 1989-01-08, 令和 政令 2019-05-01."""
    return {Era.REIWA: date(2019, 5, 1), Era.HEISEI: date(1989, 1, 8), Era.SHOWA: date(1926, 12, 25)}[era]


def western_year(era: Era, year: int) -> int:
    """The western year that an era counts as ``year``, whether or not the era lasted so long."""
    return era_begins(era).year + year - 1


def to_era(day: date) -> EraYear | None:
    """The era and its year on this day; None before Showa."""
    for era in Era:
        begins = era_begins(era)
        if day >= begins:
            return EraYear(era, day.year - begins.year + 1)
    return None


def from_era(era: Era, year: int, month: int, day: int) -> date | None:
    """The day that an era date names; None when that era had no such day (Showa 65, Heisei 1-01-07)."""
    try:
        named = date(western_year(era, year), month, day)
    except (ValueError, OverflowError):
        return None
    return named if to_era(named) == EraYear(era, year) else None


def tokyo_date(now: datetime) -> date:
    """The calendar date in Tokyo at this moment. Errors: ValueError when ``now`` is naive."""
    if now.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return now.astimezone(TOKYO).date()


def end_of_day(day: date) -> datetime:
    """The first moment that no longer belongs to this day in Tokyo, as aware UTC.

    Shapes: something is valid on that day while ``now < end_of_day(day)``.
    """
    return datetime.combine(day + timedelta(days=1), time.min, TOKYO).astimezone(UTC)
