"""Numbers as they were typed: full-width, with a comma for a point, with their unit behind."""

import re
from decimal import Decimal

from app.fault import Fault
from app.questionnaire.answers import MonthAge
from app.questionnaire.definition import Bounds, Kind, Question
from app.questionnaire.typed_text import plain_digits, tidy
from app.schedule.dates import MONTHS_IN_YEAR

TEMPERATURE_LOW, TEMPERATURE_HIGH = Decimal("33.0"), Decimal("43.0")
TEMPERATURE_UNITS = ("°c", "度c", "c", "度")
SPOKEN_TEMPERATURE = re.compile(r"(\d\d)度(\d)分?")
MOST_SHOWN = 40
GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+")
WHOLE = re.compile(r"-?\d{1,9}")
DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
POINTS = str.maketrans({"。": ".", "、": ",", "٫": ".", "・": "."})
MOST_YEARS = 120
GRAMS, GRAMS_IN_KILOGRAM, MOST_KILOGRAMS = "g", 1000, 20


def read_number(question: Question, text: str, *, is_sure: bool) -> int | Decimal | Fault:
    """The number of an integer, decimal or temperature question, or what is wrong with it.

    Units: the question's own; degrees Celsius for a temperature.
    """
    if meant := _meant_grams(question, text):
        return Fault(question.code, "grams_suggest", {"typed": repeated(text), "suggestion": str(meant)})
    number = _parsed(question, text)
    if isinstance(number, Fault):
        return number
    bounds = bounds_of(question)
    fault = range_fault(question.code, bounds, number, is_sure=is_sure)
    if fault is None or fault.message != "out_of_range":
        return fault or number
    tenth = Decimal(number) / 10
    if question.kind is Kind.TEMPERATURE and not _is_outside(tenth, bounds.low, bounds.high):
        values = {"typed": str(number), "suggestion": str(tenth), **fault.values}
        return Fault(question.code, "temperature_suggest", values)
    return fault


def _meant_grams(question: Question, text: str) -> int | None:
    """The grams that a weight below 20 means, which was typed in kilograms; None for any other.

    Source: reference/checkups.md 2.2.
    """
    low, high = question.bounds.low, question.bounds.high
    if question.unit != GRAMS or low is None or low < MOST_KILOGRAMS:
        return None
    typed = "".join(plain_digits(text).casefold().translate(POINTS).split())
    plain = typed.removesuffix("kg").replace(",", ".")
    if not DECIMAL.fullmatch(plain) or Decimal(plain) >= MOST_KILOGRAMS:
        return None
    meant = int(Decimal(plain) * GRAMS_IN_KILOGRAM)
    return None if _is_outside(meant, low, high) else meant


def read_month_age(
    question: Question, years: str, months: str, reached: int | None, *, is_sure: bool
) -> MonthAge | Fault:
    """The age from its two fields; months alone may be more than 11 ("18 months").

    Shapes: an age beyond the months that are ``reached`` is refused (None: not known).
    """
    counted = []
    for field, text, most in (
        (f"{question.code}-years", years, MOST_YEARS),
        (f"{question.code}-months", months, 11 if plain_digits(years) else MOST_YEARS * MONTHS_IN_YEAR),
    ):
        plain = plain_digits(text) or "0"
        if not WHOLE.fullmatch(plain):
            return Fault(field, "number_wrong", {"typed": repeated(text)})
        if not 0 <= int(plain) <= most:
            return Fault(field, "out_of_range", {"low": "0", "high": str(most)})
        counted.append(int(plain))
    in_months = counted[0] * MONTHS_IN_YEAR + counted[1]
    if reached is not None and in_months > reached:
        return Fault(f"{question.code}-years", "age_not_reached")
    fault = range_fault(f"{question.code}-years", question.bounds, in_months, is_sure=is_sure)
    return fault or MonthAge(in_months // MONTHS_IN_YEAR, in_months % MONTHS_IN_YEAR)


def bounds_of(question: Question) -> Bounds:
    """The bounds of a question; without hard ones those of a temperature (reference/checkups.md 2.2)."""
    bounds = question.bounds
    if question.kind is not Kind.TEMPERATURE or bounds.low is not None or bounds.high is not None:
        return bounds
    return Bounds(TEMPERATURE_LOW, TEMPERATURE_HIGH, bounds.soft_low, bounds.soft_high)


def range_fault(field: str, bounds: Bounds, number: int | Decimal, *, is_sure: bool) -> Fault | None:
    """What bounds say against a number: refused outside the hard, asked again outside the soft."""
    if _is_outside(number, bounds.low, bounds.high):
        return Fault(field, "out_of_range", {"low": _shown(bounds.low), "high": _shown(bounds.high)})
    if not is_sure and _is_outside(number, bounds.soft_low, bounds.soft_high):
        return Fault(field, "are_you_sure", {"typed": str(number)})
    return None


def is_unusual(bounds: Bounds, number: int | Decimal) -> bool:
    """Whether a number needs her to say that she is sure."""
    return _is_outside(number, bounds.soft_low, bounds.soft_high)


def _parsed(question: Question, text: str) -> int | Decimal | Fault:
    """The number without any judgement of its size."""
    plain = _without_unit(question, "".join(plain_digits(text).casefold().translate(POINTS).split()))
    if question.kind is not Kind.INTEGER:
        plain = plain.replace(",", ".")
        return Decimal(plain) if DECIMAL.fullmatch(plain) else _wrong(question, text, "number_wrong")
    plain = plain.replace(",", "") if GROUPED.fullmatch(plain) else plain
    if WHOLE.fullmatch(plain):
        return int(plain)
    has_fraction = DECIMAL.fullmatch(plain.replace(",", "."))
    return _wrong(question, text, "number_whole" if has_fraction else "number_wrong")


def _without_unit(question: Question, plain: str) -> str:
    """The number without its unit, or as it is spoken: 36度8分."""
    units: tuple[str, ...] = (plain_digits(question.unit).casefold(),)
    if question.kind is Kind.TEMPERATURE:
        spoken = SPOKEN_TEMPERATURE.fullmatch(plain)
        plain, units = spoken.expand(r"\1.\2") if spoken else plain, TEMPERATURE_UNITS
    return next((plain.removesuffix(unit) for unit in units if unit and plain.endswith(unit)), plain)


def _wrong(question: Question, text: str, message: str) -> Fault:
    """What she typed is no such number; a long text is not repeated whole."""
    return Fault(question.code, message, {"typed": repeated(text)})


def repeated(text: str) -> str:
    """What she typed, for a sentence."""
    return tidy(text) if len(text) <= MOST_SHOWN else f"{tidy(text[:MOST_SHOWN])}…"


def _is_outside(number: int | Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a number lies beyond a bound that is set."""
    return (low is not None and number < low) or (high is not None and number > high)


def _shown(bound: Decimal | None) -> str:
    """A bound for a sentence."""
    return "" if bound is None else str(bound)
