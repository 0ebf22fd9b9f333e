"""The age by which growth is read: real, and from the due date for a child born early."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.growth_age import growth_age, is_preterm, months_since

BORN = date(2026, 1, 10)
DAYS = st.integers(0, 2400)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2026, 1, 10), "0"),
        (date(2026, 2, 10), "1"),
        (date(2026, 2, 24), "1.5"),
        (date(2027, 1, 10), "12"),
        (date(2030, 1, 10), "48"),
    ],
)
def test_months_are_completed_ones_and_the_part_of_the_next(day: date, months: str) -> None:
    assert months_since(BORN, day) == Decimal(months)


def test_months_of_one_born_on_the_29th_of_february_never_stand_still() -> None:
    days = [date(2024, 2, 29) + timedelta(days=number) for number in range(400)]
    months = [months_since(date(2024, 2, 29), day) for day in days]
    assert months == sorted(set(months))


@given(DAYS, DAYS)
def test_months_rise_with_the_days(one: int, other: int) -> None:
    first, second = (months_since(BORN, BORN + timedelta(days=days)) for days in (one, other))
    assert (first < second) is (one < other)


@pytest.mark.parametrize(
    ("days_early", "preterm"),
    [(0, False), (-7, False), (21, False), (22, True), (84, True), (140, True), (141, False)],
)
def test_child_is_preterm_before_37_weeks_as_far_as_the_due_date_can_be_right(
    days_early: int, preterm: bool
) -> None:
    assert is_preterm(BORN, BORN + timedelta(days=days_early)) is preterm


def test_child_without_a_due_date_is_read_by_its_real_age() -> None:
    assert not is_preterm(BORN, None)
    assert growth_age(BORN, None, date(2026, 7, 10)).corrected_months is None


def test_child_born_early_is_read_from_its_due_date_until_two_years() -> None:
    due = date(2026, 4, 10)
    age = growth_age(BORN, due, date(2026, 10, 10))
    assert (age.real_months, age.corrected_months, age.on_curve) == (9, 6, 6)
    assert growth_age(BORN, due, date(2028, 1, 9)).on_curve < 21
    after_two_years = growth_age(BORN, due, date(2028, 1, 10))
    assert (after_two_years.corrected_months, after_two_years.on_curve) == (None, 24)


def test_child_born_early_has_no_place_on_the_curve_before_its_due_date() -> None:
    due = date(2026, 4, 10)
    assert growth_age(BORN, due, due).on_curve == 0
    assert growth_age(BORN, due, due - timedelta(days=1)).on_curve < 0
    assert growth_age(BORN, due, BORN).real_months == 0


def test_age_before_the_birth_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        growth_age(BORN, None, date(2026, 1, 9))
