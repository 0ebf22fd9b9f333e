"""A measurement as it was typed: 3200, 3.2 kg, 3,2; 785 for 78.5. What is unlikely is asked again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.fault import Fault
from app.people.growth import GRAMS, Measure, Survey
from app.people.growth_age import growth_age
from app.people.person import Subject
from app.schedule.dates import MONTHS_IN_YEAR, after_months

DAY_FIELD = "measured"
MOST_KILOGRAMS = 200
"""A weight without a unit above this is in grams. Source: reference/checkups.md 2.2."""
MOST_SHOWN = 40

_TYPED = re.compile(r"(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,6})?)(?P<unit>[^0-9]*)")
_THOUSANDS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_KILOGRAMS = ("kg", "キロ", "キログラム")
_GRAMS = ("g", "グラム")
_LENGTHS = {
    **dict.fromkeys(("", "cm", "センチ", "センチメートル"), Decimal(1)),
    **dict.fromkeys(("m", "メートル"), Decimal(100)),
    **dict.fromkeys(("mm", "ミリ", "ミリメートル"), Decimal("0.1")),
}
_STEP = {Measure.HEIGHT: Decimal("0.1"), Measure.WEIGHT: Decimal("0.001"), Measure.HEAD: Decimal("0.1")}
_Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class TypedMeasurement:
    """The form as it came.

    Shapes: ``day`` as its own reader left it; ``texts`` in lower case with digits 0 to 9, a point or a
    comma, and no blanks ("" for nothing); ``sure`` the numbers that she ticked as right.
    """

    day: date | Fault
    texts: Mapping[Measure, str]
    sure: Mapping[Measure, str]


@dataclass(frozen=True, slots=True)
class MeasuredValues:
    """What the form says. Units: centimetres, and kilograms for the weight."""

    day: date
    values: Mapping[Measure, Decimal]


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What is possible and what is usual on the day of a measurement."""

    unit: str
    possible: _Range
    usual: _Range | None

    def named(self, number: Decimal) -> str:
        return f"{plain(number)} {self.unit}"


def read_measurement(
    child: Subject, typed: TypedMeasurement, survey: Survey, today: date
) -> MeasuredValues | tuple[Fault, ...]:
    """The day and the values, or every fault of the form in its order. Errors: none; faults are values."""
    day = _fitting(child, typed.day, survey, today)
    read: dict[Measure, Decimal | Fault] = {}
    for measure in Measure:
        if typed.texts.get(measure):
            read[measure] = _judged(measure, typed, _bounds(child, day, survey, measure))
    nothing = Fault(Measure.HEIGHT.value, "growth_nothing")
    found = [day, *(read.values() if read else (nothing,))]
    faults = tuple(one for one in found if isinstance(one, Fault))
    if faults or isinstance(day, Fault):
        return faults
    return MeasuredValues(day, {measure: one for measure, one in read.items() if isinstance(one, Decimal)})


def plain(number: Decimal) -> str:
    """The number without needless zeros: 78.5, 80."""
    return f"{number.normalize():f}"


def _fitting(child: Subject, day: date | Fault, survey: Survey, today: date) -> date | Fault:
    """The day, if the child was there and the survey still has lines for it."""
    if isinstance(day, Fault):
        return day
    field, ends = f"{DAY_FIELD}-year", survey.ends_at_months
    if day > today:
        return Fault(field, "date_in_future")
    if day < child.birth_date:
        return Fault(field, "measured_before_birth")
    if day >= after_months(child.birth_date, ends):
        years, months = divmod(ends, MONTHS_IN_YEAR)
        return Fault(field, "measured_too_late", {"years": str(years), "months": str(months)})
    return day


def _bounds(child: Subject, day: date | Fault, survey: Survey, measure: Measure) -> _Bounds:
    """The bounds of one measure; without a day nobody can say what is usual."""
    limits = survey.limits[measure]
    if isinstance(day, Fault):
        return _Bounds(limits.unit, limits.hard, None)
    curve = survey.curve(child.sex, measure)
    age = growth_age(child.birth_date, child.due_date, day).on_curve
    possible = limits.possible(is_birthday=day == child.birth_date)
    return _Bounds(limits.unit, possible, limits.usual(curve.lines_at(age) if curve else None))


def _judged(measure: Measure, typed: TypedMeasurement, bounds: _Bounds) -> Decimal | Fault:
    """The value, or what is wrong with it."""
    text = typed.texts[measure]
    value = _weight(text) if measure is Measure.WEIGHT else _length(text)
    if value is None:
        shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
        return Fault(measure.value, "number_wrong", {"typed": shown})
    value = value.quantize(_STEP[measure], ROUND_HALF_UP)
    if not _is_in(bounds.possible, value):
        return _impossible(measure, value, bounds)
    is_sure = typed.sure.get(measure) == plain(value)
    if bounds.usual is None or is_sure or _is_in(bounds.usual, value):
        return value
    return Fault(measure.value, "growth_check", {"typed": bounds.named(value), "number": plain(value)})


def _impossible(measure: Measure, value: Decimal, bounds: _Bounds) -> Fault:
    """A forgotten point is guessed; else the bounds are told."""
    tenth = value / 10
    if _is_in(bounds.usual or bounds.possible, tenth):
        values = {"typed": bounds.named(value), "suggestion": bounds.named(tenth)}
        return Fault(measure.value, "growth_suggest", values)
    low, high = (bounds.named(one) for one in bounds.possible)
    return Fault(measure.value, "out_of_range", {"low": low, "high": high})


def _weight(text: str) -> Decimal | None:
    """Kilograms. Without a unit a large number is grams; "3.200 g" is three thousand."""
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    number, unit = found["number"], found["unit"]
    if unit in _GRAMS:
        whole = re.sub("[.,]", "", number) if _THOUSANDS.fullmatch(number) else number
        return _decimal(whole) / GRAMS
    if unit in _KILOGRAMS:
        return _decimal(number)
    value = _decimal(number)
    return None if unit else value / GRAMS if value > MOST_KILOGRAMS else value


def _length(text: str) -> Decimal | None:
    """Centimetres."""
    found = _TYPED.fullmatch(text)
    factor = _LENGTHS.get(found["unit"]) if found else None
    return None if found is None or factor is None else _decimal(found["number"]) * factor


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _is_in(bounds: _Range, value: Decimal) -> bool:
    return bounds[0] <= value <= bounds[1]
