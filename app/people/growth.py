"""A child's growth: what was measured, the survey's three lines, and on which side of them a value lies.

A place beside the lines is no judgement: staff look at it together with the whole curve.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.people.person import Sex

GRAMS = 1000
MOST_MEASUREMENTS = 300
"""How many are kept of one child; a week has one for almost six years."""
_TENTH = Decimal("0.1")


class Measure(StrEnum):
    """What is measured, in the order of the page."""

    HEIGHT = "height"
    WEIGHT = "weight"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured on one day, as a guardian wrote it down; at least one value is there.

    It belongs to the child: ``person_id`` tells who wrote it, not whose it is.

    Units: ``height_cm`` and ``head_cm`` in centimetres to the tenth, ``weight_g`` in whole grams.
    Shapes: ``noted_at`` aware UTC.
    """

    id: str
    municipality: str
    subject_id: str
    person_id: str
    day: date
    noted_at: datetime
    height_cm: Decimal | None = None
    weight_g: int | None = None
    head_cm: Decimal | None = None

    def value(self, measure: Measure) -> Decimal | None:
        """One of its values. Units: centimetres, and kilograms for the weight."""
        if measure is Measure.WEIGHT:
            return None if self.weight_g is None else Decimal(self.weight_g) / GRAMS
        return self.height_cm if measure is Measure.HEIGHT else self.head_cm

    def says_the_same(self, other: "Measurement") -> bool:
        """Whether the same values stand for the same day: a second tap, or another guardian's."""
        return _told(self) == _told(other)


def _told(one: Measurement) -> tuple[object, ...]:
    return one.subject_id, one.day, *(one.value(measure) for measure in Measure)


@dataclass(frozen=True, slots=True)
class Lines:
    """The three lines of the survey at one age: the 3rd, 50th and 97th percentile."""

    low: Decimal
    middle: Decimal
    high: Decimal

    def rounded(self) -> "Lines":
        """As exact as the survey has them, to the tenth: what is shown is what is compared."""
        return Lines(*(one.quantize(_TENTH, ROUND_HALF_UP) for one in (self.low, self.middle, self.high)))


@dataclass(frozen=True, slots=True)
class Band:
    """Children from ``from_months`` to under ``to_months``; both 0 at birth."""

    from_months: int
    to_months: int
    lines: Lines

    @property
    def middle_months(self) -> Decimal:
        """The age at which the band is drawn. Source: reference/checkups.md 2.4."""
        return Decimal(self.from_months + self.to_months) / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """The lines of one sex and one measure. Shapes: ``bands`` by age, birth first, without a gap."""

    bands: tuple[Band, ...]

    def lines_at(self, age_months: Decimal) -> Lines | None:
        """The lines at this age, straight between the middles of two bands; None where there are none."""
        for before, after in zip(self.bands, self.bands[1:], strict=False):
            start, end = before.middle_months, after.middle_months
            if start <= age_months <= end:
                return _between(before.lines, after.lines, (age_months - start) / (end - start))
        return None


def _between(before: Lines, after: Lines, part: Decimal) -> Lines:
    pairs = (
        (before.low, after.low),
        (before.middle, after.middle),
        (before.high, after.high),
    )
    return Lines(*(lower + (upper - lower) * part for lower, upper in pairs))


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be typed. ``ask_again`` are parts of the lowest and the highest line, None without a curve.

    Shapes: each pair is (lowest, highest). Units: ``unit``, "cm" or "kg".
    """

    unit: str
    hard: tuple[Decimal, Decimal]
    hard_at_birth: tuple[Decimal, Decimal]
    ask_again: tuple[Decimal, Decimal] | None = None

    def possible(self, *, is_birthday: bool) -> tuple[Decimal, Decimal]:
        """Beyond this it is a slip of the pen."""
        return self.hard_at_birth if is_birthday else self.hard

    def usual(self, lines: Lines | None) -> tuple[Decimal, Decimal] | None:
        """Beyond this she is asked whether the number is right; None where nobody can say."""
        if self.ask_again is None or lines is None:
            return None
        return lines.low * self.ask_again[0], lines.high * self.ask_again[1]


@dataclass(frozen=True, slots=True)
class Survey:
    """One edition of the national survey; ``credit`` is printed wherever its numbers are shown.

    Shapes: ``limits`` has every measure; ``curves`` only those that have one.
    """

    edition: str
    title: str
    credit: str
    limits: Mapping[Measure, Limits]
    curves: Mapping[tuple[Sex, Measure], Curve] = field(repr=False)

    @property
    def ends_at_months(self) -> int:
        """The age at which the youngest of its last bands ends; nothing later is written down."""
        return min(curve.bands[-1].to_months for curve in self.curves.values())

    def curve(self, sex: Sex, measure: Measure) -> Curve | None:
        """The curve, None for a measure that has none."""
        return self.curves.get((sex, measure))


class Place(StrEnum):
    """Where a value lies. ``NO_LINES``: the survey has none for it."""

    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    NO_LINES = "no_lines"


def place_of(value: Decimal, lines: Lines | None) -> Place:
    """Where the value lies; on a line counts as within."""
    if lines is None:
        return Place.NO_LINES
    if value < lines.low:
        return Place.BELOW
    return Place.ABOVE if value > lines.high else Place.WITHIN


def by_day(measurements: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """Oldest day first; of one day, what was written down first."""
    return tuple(sorted(measurements, key=lambda one: (one.day, one.noted_at, one.id)))
