"""Dates, times, ages, lists and numbers as the reader writes them.

CLDR through Babel; always the Gregorian calendar, Latin digits, and the month in words: 2/3/2026 is
two different days. Nothing is grouped by thousands: "2.500 g" is two and a half for half the readers.
"""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import get_decimal_symbol

from app.schedule.dates import Era, to_era
from app.wording.catalogue import Wording
from app.wording.languages import Language

AGE_KEYS = (
    "age.one_year",
    "age.years",
    "age.one_month",
    "age.months",
    "age.one_day",
    "age.days",
    "age.two",
)
"""Keys that ``age_text`` says: "1歳", "{number}歳", …, and "{larger}{smaller}" for two of them together."""

_ERA_NAMES = {Era.REIWA: "令和", Era.HEISEI: "平成", Era.SHOWA: "昭和"}
_NO_BREAK_SPACE = "\u00a0"


def date_text(language: Language, day: date, *, with_era: bool = False) -> str:
    """The day with weekday and the month in words; on request the era, which is written in Japanese only."""
    if language.is_source:
        weekday = format_date(day, "EEEE", locale=language.cldr)
        era = _era_text(day) if with_era else ""
        return f"{day.year}年{era}{day.month}月{day.day}日 {weekday}"
    return format_date(day, "full", locale=language.cldr)


def plain_date_text(language: Language, day: date) -> str:
    """A day long ago or far ahead, of which nobody wants the weekday; the month in words."""
    if language.is_source:
        return f"{day.year}年{day.month}月{day.day}日"
    return format_date(day, "long", locale=language.cldr)


def _era_text(day: date) -> str:
    era = to_era(day)
    if era is None:
        return ""
    return f"({_ERA_NAMES[era.era]}{'元' if era.year == 1 else era.year}年)"


def time_text(language: Language, moment: time) -> str:
    """Hour and minute. Shapes: ``moment`` is already the time in Tokyo."""
    return format_time(moment, "short", locale=language.cldr)


def age_text(wording: Wording, language: Language, age: tuple[int, int, int]) -> str:
    """The age in its two largest units: "1歳7か月", "5 months 3 days", "0 days".

    Shapes: ``age`` is (years, months, days), as ``schedule.dates.age_on`` gives it.
    """
    units = ("year", "month", "day")
    said = [
        _unit_text(wording, language, unit, number) for unit, number in zip(units, age, strict=True) if number
    ]
    if not said:
        return _unit_text(wording, language, "day", 0)
    if len(said) == 1:
        return said[0]
    return wording.say(language, "age.two", larger=said[0], smaller=said[1])


def _unit_text(wording: Wording, language: Language, unit: str, number: int) -> str:
    key = f"age.one_{unit}" if number == 1 else f"age.{unit}s"
    return wording.say(language, key, number=str(number))


def list_text(language: Language, items: Iterable[str]) -> str:
    """The items joined: "A、B、C", "A, B, and C"."""
    return format_list(list(items), locale=language.cldr)


def number_text(language: Language, number: Decimal, unit: str = "") -> str:
    """The number with as many decimals as it has, and its unit kept on the same line."""
    symbol = get_decimal_symbol(language.cldr, numbering_system="latn")
    digits = f"{number:f}".replace(".", symbol)
    return f"{digits}{_NO_BREAK_SPACE}{unit}" if unit else digits
