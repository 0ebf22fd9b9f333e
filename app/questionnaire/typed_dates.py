"""Dates as they were typed: an era or western years, one field each for year, month and day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.fault import Fault
from app.questionnaire.definition import Question
from app.questionnaire.typed_numbers import is_unusual
from app.questionnaire.typed_text import plain_digits
from app.schedule.dates import Era, from_era, western_year

YEAR = re.compile(
    r"(?:(?P<reiwa>令和?|reiwa|r)|(?P<heisei>平成?|heisei|h)|(?P<showa>昭和?|showa|s)|(?P<western>西暦))?"
    r"[ .]*(?P<year>元|\d{1,4}) ?年?"
)
MONTH = re.compile(r"(\d{1,2}) ?月?")
DAY = re.compile(r"(\d{1,2}) ?日?")
WESTERN = "western"
FIRST_YEAR = 1900
BUDDHIST_YEARS, BUDDHIST_OFFSET = range(2500, 2601), 543
BIKRAM_YEARS, BIKRAM_OFFSET = range(2070, 2101), 57


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The four fields of a date, as typed."""

    era: str
    year: str
    month: str
    day: str

    @property
    def is_blank(self) -> bool:
        """Nothing but perhaps the era was filled in."""
        return not any(plain_digits(text) for text in (self.year, self.month, self.day))


def read_date(question: Question, typed: TypedDate, today: date, *, is_sure: bool) -> date | Fault:
    """The date of four fields that are not all blank, or what is wrong with it.

    Units: the question's bounds count days from today; without bounds it is never in the future.
    """
    for field, text in (("year", typed.year), ("month", typed.month), ("day", typed.day)):
        if not plain_digits(text):
            return Fault(f"{question.code}-{field}", "date_missing_part")
    day = _date(question.code, typed)
    if isinstance(day, Fault):
        return day
    return _range_fault(question, day, today, is_sure=is_sure) or day


def _date(code: str, typed: TypedDate) -> date | Fault:
    """The date that the fields name."""
    year = YEAR.fullmatch(plain_digits(typed.year).casefold())
    if year is None:
        return Fault(f"{code}-year", "date_impossible")
    month = MONTH.fullmatch(plain_digits(typed.month))
    if month is None:
        return Fault(f"{code}-month", "date_impossible")
    day = DAY.fullmatch(plain_digits(typed.day))
    if day is None:
        return Fault(f"{code}-day", "date_impossible")
    number = 1 if year["year"] == "元" else int(year["year"])
    era = _era(typed.era, year, number)
    if era is None:
        return _western_date(code, number, int(month[1]), int(day[1]))
    return _era_date(code, era, number, (int(month[1]), int(day[1])))


def _era(chosen: str, year: re.Match[str], number: int) -> Era | None:
    """The era meant: the one written with the year, else the one chosen; none for a western year."""
    written = next((era for era in Era if year[era.value]), None)
    if written or year["western"] or number >= FIRST_YEAR:
        return written
    return Era(chosen) if chosen in set(Era) else None


def _western_date(code: str, year: int, month: int, day: int) -> date | Fault:
    """A date of western years; years of the calendars that families know from home are told apart."""
    for years, offset, message in (
        (BUDDHIST_YEARS, BUDDHIST_OFFSET, "year_buddhist"),
        (BIKRAM_YEARS, BIKRAM_OFFSET, "year_bikram"),
    ):
        if year in years:
            return Fault(f"{code}-year", message, {"typed": str(year), "suggestion": str(year - offset)})
    if year < FIRST_YEAR:
        return Fault(f"{code}-year", "year_western", {"typed": str(year)})
    try:
        return date(year, month, day)
    except ValueError:
        return Fault(f"{code}-day", "date_impossible")


def _era_date(code: str, era: Era, year: int, month_and_day: tuple[int, int]) -> date | Fault:
    """A date of an era, which must have had that day."""
    month, day = month_and_day
    western = western_year(era, year)
    named = from_era(era, year, month, day)
    if named is not None:
        return named
    try:
        date(western, month, day)
    except ValueError:
        if date.min.year <= western <= date.max.year and year >= 1:
            return Fault(f"{code}-day", "date_impossible")
    return Fault(f"{code}-year", "era_impossible", {"western": str(western)})


def _range_fault(question: Question, day: date, today: date, *, is_sure: bool) -> Fault | None:
    """What the bounds say against a date."""
    days = (day - today).days
    low, high = question.bounds.low, question.bounds.high or Decimal(0)
    field = f"{question.code}-year"
    if days > 0 and high <= 0:
        return Fault(field, "date_in_future")
    if days > high or (low is not None and days < low):
        values = {"low": "" if low is None else _shown(today, low), "high": _shown(today, high)}
        return Fault(field, "out_of_range", values)
    if not is_sure and is_unusual(question.bounds, days):
        return Fault(field, "are_you_sure", {"typed": day.isoformat()})
    return None


def _shown(today: date, days: Decimal) -> str:
    """A bound for a sentence."""
    try:
        return (today + timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""
