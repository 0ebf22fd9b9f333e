"""Where lines and points of a growth chart lie."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.growth import Curve, Measure
from app.people.person import Sex
from app.web.growth_chart import BETWEEN_NAMES, BOTTOM, LEFT, RIGHT, TOP, WINDOWS, Drawing, draw, window_for
from tests.unit.people.survey import house_survey

Pair = tuple[float, float]


def curve(measure: Measure = Measure.WEIGHT) -> Curve:
    found = house_survey().curve(Sex.FEMALE, measure)
    assert found is not None
    return found


def pairs(points: str) -> list[Pair]:
    split = [point.split(",") for point in points.split()]
    return [(float(x), float(y)) for x, y in split]


def everything(drawing: Drawing) -> list[Pair]:
    return [*pairs(drawing.low), *pairs(drawing.middle), *pairs(drawing.high), *pairs(drawing.own)]


@pytest.mark.parametrize(
    ("age", "window"), [("0", 12), ("12", 12), ("12.1", 24), ("25", 36), ("36.5", 78), ("90", 78)]
)
def test_window_is_the_first_that_holds_the_age(age: str, window: int) -> None:
    assert window_for(Decimal(age)) == window


def test_lines_begin_at_birth_and_end_with_the_window() -> None:
    drawing = draw(curve(), [], 12)
    assert [pairs(line)[0][0] for line in (drawing.low, drawing.middle, drawing.high)] == [LEFT] * 3
    assert pairs(drawing.middle)[-1][0] == RIGHT
    assert len(pairs(drawing.middle)) == 13
    assert pairs(drawing.between) == [*pairs(drawing.low), *reversed(pairs(drawing.high))]


def test_lines_in_the_last_window_end_where_the_survey_ends() -> None:
    x = pairs(draw(curve(), [], WINDOWS[-1]).middle)[-1][0]
    assert x == pytest.approx(LEFT + (RIGHT - LEFT) * 75 / 78, abs=0.1)


def test_line_of_the_larger_children_lies_higher() -> None:
    drawing = draw(curve(), [], 24)
    for low, middle, high in zip(*map(pairs, (drawing.low, drawing.middle, drawing.high)), strict=True):
        assert low[0] == middle[0] == high[0]
        assert low[1] > middle[1] > high[1]


def test_measurement_lies_where_the_axes_say() -> None:
    drawing = draw(curve(), [(Decimal(6), Decimal(5))], 12)
    by_label = {tick.label: float(tick.at) for tick in drawing.up}
    across = {tick.label: float(tick.at) for tick in drawing.across}
    (spot,) = drawing.spots
    assert (float(spot.x), float(spot.y)) == pairs(drawing.own)[0]
    assert float(spot.x) == across["6"]
    assert float(spot.y) == pytest.approx((by_label["4"] + by_label["6"]) / 2, abs=0.1)


def test_measurement_before_birth_or_after_the_window_is_not_drawn() -> None:
    points = [(Decimal(age), Decimal(5)) for age in ("-0.5", "0", "12", "12.5")]
    assert len(draw(curve(), points, 12).spots) == 2


def test_ticks_count_months_first_and_years_later() -> None:
    months, years = draw(curve(), [], 12), draw(curve(), [], 78)
    assert [tick.label for tick in months.across] == ["0", "2", "4", "6", "8", "10", "12"]
    assert [tick.label for tick in years.across] == ["0", "1", "2", "3", "4", "5", "6"]
    assert (months.in_years, years.in_years) == (False, True)


@given(st.lists(st.tuples(st.decimals(0, 78, places=2), st.decimals("0.3", 80, places=2)), max_size=6))
def test_everything_stays_inside_the_frame_whatever_was_measured(
    points: list[tuple[Decimal, Decimal]],
) -> None:
    for window in WINDOWS:
        drawing = draw(curve(), points, window)
        for x, y in everything(drawing):
            assert LEFT <= x <= RIGHT
            assert TOP <= y <= BOTTOM
        assert 3 <= len(drawing.up) <= 8
        heights = [float(tick.at) for tick in drawing.ends]
        assert heights[0] - heights[1] >= BETWEEN_NAMES - 0.1
        assert heights[1] - heights[2] >= BETWEEN_NAMES - 0.1


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("measure", [Measure.HEIGHT, Measure.WEIGHT])
def test_axis_up_has_a_readable_number_of_round_steps(measure: Measure, window: int) -> None:
    labels = [int(tick.label) for tick in draw(curve(measure), [], window).up]
    assert 4 <= len(labels) <= 7
    assert len({after - before for before, after in itertools.pairwise(labels)}) == 1
