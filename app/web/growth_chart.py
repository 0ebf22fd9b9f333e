"""Where the lines and points of a growth chart lie in its drawing. Pure: numbers in, coordinates out.

Units: coordinates of the drawing, 280 by 216, from its upper left corner; `templates/ui/growth.html` draws
its frame and grid by the same numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from app.people.growth import Curve, Lines
from app.schedule.dates import MONTHS_IN_YEAR

LEFT, RIGHT, TOP, BOTTOM = 32, 256, 10, 190
WINDOWS = (12, 24, 36, 78)
"""How many months a chart shows: the first window that holds the child's age."""
MONTHS_BETWEEN_TICKS = {12: 2, 24: 4, 36: 12, 78: 12}
MOST_STEPS = 6
NAMES = ("3", "50", "97")
BETWEEN_NAMES = 12
_STEPS = tuple(Decimal(step) for step in (1, 2, 5, 10, 20, 50, 100))
Point = tuple[Decimal, Decimal]
"""An age in months and a value."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis or at the end of a line."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of one measurement."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart. Shapes: ``low middle high own`` and ``between`` are lists of points as SVG writes them.

    ``in_years`` tells whether the ticks across count years instead of months.
    """

    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    between: str
    low: str
    middle: str
    high: str
    ends: tuple[Tick, ...]
    own: str
    spots: tuple[Spot, ...]
    in_years: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    """How ages and values become coordinates."""

    window: int
    lowest: Decimal
    highest: Decimal

    def x(self, age: Decimal) -> str:
        return _short(LEFT + (RIGHT - LEFT) * age / self.window)

    def y(self, value: Decimal) -> str:
        return _short(self.height(value))

    def height(self, value: Decimal) -> Decimal:
        return BOTTOM - (BOTTOM - TOP) * (value - self.lowest) / (self.highest - self.lowest)

    def points(self, points: Iterable[Point]) -> str:
        return " ".join(f"{self.x(age)},{self.y(value)}" for age, value in points)


def window_for(age_months: Decimal) -> int:
    """The months that a chart for a child of this age shows."""
    return next((window for window in WINDOWS if age_months <= window), WINDOWS[-1])


def draw(curve: Curve, measured: Sequence[Point], window: int) -> Drawing:
    """The chart of these measurements; what lies before birth or after the window is not drawn."""
    rows = _rows(curve, window)
    own = [(age, value) for age, value in measured if 0 <= age <= window]
    low, middle, high = (_line(rows, which) for which in range(3))
    step, lowest, highest = _extent([value for _, value in (*low, *high, *own)])
    scale = _Scale(window, lowest, highest)
    in_years = MONTHS_BETWEEN_TICKS[window] == MONTHS_IN_YEAR
    return Drawing(
        across=_across(scale, MONTHS_IN_YEAR if in_years else 1),
        up=tuple(Tick(scale.y(value), f"{value:f}") for value in _steps(lowest, highest, step)),
        between=scale.points((*low, *reversed(high))),
        low=scale.points(low),
        middle=scale.points(middle),
        high=scale.points(high),
        ends=_ends(*(scale.height(line[-1][1]) for line in (low, middle, high))),
        own=scale.points(own),
        spots=tuple(Spot(scale.x(age), scale.y(value)) for age, value in own),
        in_years=in_years,
    )


def _rows(curve: Curve, window: int) -> list[tuple[Decimal, Lines]]:
    """The lines at the middle of each band, and at the end of the window."""
    rows = [(band.middle_months, band.lines) for band in curve.bands if band.middle_months < window]
    last = curve.lines_at(Decimal(window))
    return [*rows, (Decimal(window), last)] if last else rows


def _line(rows: Sequence[tuple[Decimal, Lines]], which: int) -> list[Point]:
    """One of the three lines."""
    return [(age, (lines.low, lines.middle, lines.high)[which]) for age, lines in rows]


def _extent(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """The step between two ticks, and the lowest and highest of them around these values."""
    step = next((one for one in _STEPS if (max(values) - min(values)) / one <= MOST_STEPS - 1), _STEPS[-1])
    lowest = (min(values) / step).to_integral_value(ROUND_FLOOR) * step
    highest = (max(values) / step).to_integral_value(ROUND_CEILING) * step
    return step, lowest, highest


def _steps(lowest: Decimal, highest: Decimal, step: Decimal) -> list[Decimal]:
    return [lowest + step * number for number in range(int((highest - lowest) / step) + 1)]


def _ends(low: Decimal, middle: Decimal, high: Decimal) -> tuple[Tick, ...]:
    """The names of the lines at their ends, far enough from one another to be read."""
    apart = max(low, middle + BETWEEN_NAMES), middle, min(high, middle - BETWEEN_NAMES)
    return tuple(Tick(_short(at), name) for at, name in zip(apart, NAMES, strict=True))


def _across(scale: _Scale, unit: int) -> tuple[Tick, ...]:
    months = range(0, scale.window + 1, MONTHS_BETWEEN_TICKS[scale.window])
    return tuple(Tick(scale.x(Decimal(month)), str(month // unit)) for month in months)


def _short(number: Decimal) -> str:
    """At most one digit behind the point."""
    return f"{number:.1f}".removesuffix(".0")
