"""Lines at an age, and on which side of them a value lies."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.growth import Curve, Lines, Measure, Measurement, Place, by_day, place_of
from app.people.person import Sex
from tests.unit.people.survey import house_survey

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ONE = Measurement("m", "t", "s", "p", date(2026, 11, 1), NOW, Decimal("73.5"), 9100, Decimal("45.2"))
LINES = Lines(Decimal(7), Decimal(9), Decimal(11))


def curve(sex: Sex = Sex.MALE, measure: Measure = Measure.HEIGHT) -> Curve:
    found = house_survey().curve(sex, measure)
    assert found is not None
    return found


def lines_at(age: str) -> Lines:
    found = curve().lines_at(Decimal(age))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("age", "middle"), [("0", "49.4"), ("1.5", "55.5"), ("11.5", "73.1"), ("15", "76.5"), ("75", "114.5")]
)
def test_band_when_asked_at_its_middle_has_its_own_numbers(age: str, middle: str) -> None:
    assert lines_at(age).middle == Decimal(middle)


def test_lines_when_asked_between_two_middles_lie_between_them_in_proportion() -> None:
    assert lines_at("2").middle == (Decimal("55.5") + Decimal("59.2")) / 2
    assert lines_at("13.25").low == (Decimal("68.4") + Decimal("71.6")) / 2


def test_lines_when_the_bands_grow_from_one_month_to_six_do_not_jump() -> None:
    monthly, half_yearly = lines_at("12.5").middle - lines_at("11.5").middle, lines_at("15").middle
    assert Decimal("0.5") < monthly < Decimal("1.5")
    assert half_yearly > lines_at("14.9").middle


@pytest.mark.parametrize("age", ["-0.1", "75.01", "200"])
def test_lines_when_the_survey_has_none_are_none(age: str) -> None:
    assert curve().lines_at(Decimal(age)) is None


@given(st.decimals(0, 75, places=3), st.decimals(0, 75, places=3))
def test_lines_at_any_age_rise_across_and_with_the_age(one: Decimal, other: Decimal) -> None:
    for sex, measure in house_survey().curves:
        younger, older = (curve(sex, measure).lines_at(age) for age in sorted((one, other)))
        assert younger is not None
        assert older is not None
        assert younger.low < younger.middle < younger.high
        if one != other:
            assert younger.low < older.low
            assert younger.high < older.high


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("6.9", Place.BELOW),
        ("7", Place.WITHIN),
        ("9", Place.WITHIN),
        ("11", Place.WITHIN),
        ("11.1", Place.ABOVE),
    ],
)
def test_value_when_compared_lies_on_one_side(value: str, place: Place) -> None:
    assert place_of(Decimal(value), LINES) is place
    assert place_of(Decimal(value), None) is Place.NO_LINES


def test_measurement_gives_its_values_in_the_units_of_the_curve() -> None:
    assert [ONE.value(measure) for measure in Measure] == [Decimal("73.5"), Decimal("9.1"), Decimal("45.2")]
    assert replace(ONE, weight_g=None).value(Measure.WEIGHT) is None


def test_measurement_when_only_its_id_author_and_time_differ_says_the_same() -> None:
    assert ONE.says_the_same(replace(ONE, id="n", person_id="q", noted_at=datetime(2027, 1, 1, tzinfo=UTC)))
    for other in (
        replace(ONE, weight_g=9101),
        replace(ONE, day=date(2026, 11, 2)),
        replace(ONE, subject_id="t"),
    ):
        assert not ONE.says_the_same(other)


def test_measurements_when_ordered_go_by_day_then_by_when_they_were_written() -> None:
    earlier = replace(ONE, id="a", day=date(2026, 10, 1))
    later = replace(ONE, id="0", noted_at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    assert by_day([later, ONE, earlier]) == (earlier, ONE, later)


def test_limits_of_what_is_usual_are_parts_of_the_lines() -> None:
    weight, head = house_survey().limits[Measure.WEIGHT], house_survey().limits[Measure.HEAD]
    assert weight.usual(LINES) == (Decimal("5.25"), Decimal("14.85"))
    assert weight.usual(None) is None
    assert head.usual(LINES) is None
    assert head.possible(is_birthday=True) == (15, 50)
    assert head.possible(is_birthday=False) == (20, 65)
