"""Legal ages, intervals, eras and the Tokyo edge, by official examples and by property."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schedule.dates import (
    Era,
    EraYear,
    after_days,
    after_months,
    age_on,
    end_of_day,
    era_begins,
    fiscal_year,
    from_era,
    reach,
    to_era,
    tokyo_date,
)

DAYS = st.dates(date(1927, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(0, 240)


@pytest.mark.parametrize(
    ("born", "months", "reached"),
    [
        (date(2025, 4, 10), 12, date(2026, 4, 9)),
        (date(2025, 7, 31), 2, date(2025, 9, 30)),
        (date(2025, 12, 29), 2, date(2026, 2, 28)),
        (date(2025, 12, 30), 2, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2025, 3, 1), 12, date(2026, 2, 28)),
        (date(2025, 1, 1), 0, date(2024, 12, 31)),
    ],
)
def test_reach_by_official_examples(born: date, months: int, reached: date) -> None:
    assert reach(born, months) == reached


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 4, 1), 3, date(2026, 7, 1)),
        (date(2025, 11, 30), 3, date(2026, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_after_months_by_official_examples(day: date, months: int, first: date) -> None:
    assert after_months(day, months) == first


@given(DAYS, st.sampled_from([6, 20, 27, 139]))
def test_after_days_of_whole_weeks_falls_on_the_same_weekday(day: date, days: int) -> None:
    assert after_days(day, days).weekday() == day.weekday()
    assert (after_days(day, days) - day).days == days + 1


@given(DAYS, MONTHS)
def test_reach_is_the_day_before_the_number_or_the_end_of_its_month(born: date, months: int) -> None:
    reached = reach(born, months)
    following = reached + timedelta(days=1)
    assert following.day == born.day or (following.day == 1 and born.day > reached.day)


@given(DAYS, MONTHS, MONTHS)
def test_reach_never_goes_back(born: date, earlier: int, later: int) -> None:
    if earlier <= later:
        assert reach(born, earlier) <= reach(born, later)


def test_months_beyond_the_calendar_are_an_error() -> None:
    with pytest.raises(OverflowError):
        after_months(date(9999, 12, 31), 1)


@given(DAYS, st.integers(0, 8000))
def test_age_counts_exactly_the_days_it_spans(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    years, months, rest = age_on(born, day)
    assert 0 <= months <= 11
    assert 0 <= rest <= 31
    assert after_months(born, years * 12 + months) + timedelta(days=rest) == day


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2025, 4, 10), date(2026, 4, 9), (0, 11, 30)),
        (date(2025, 4, 10), date(2026, 4, 10), (1, 0, 0)),
        (date(2024, 2, 29), date(2025, 2, 28), (0, 11, 30)),
        (date(2024, 2, 29), date(2025, 3, 1), (1, 0, 0)),
        (date(2026, 1, 31), date(2026, 3, 1), (0, 1, 0)),
    ],
)
def test_age_turns_on_the_calendar_birthday(born: date, day: date, age: tuple[int, int, int]) -> None:
    assert age_on(born, day) == age


def test_age_before_birth_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


@given(DAYS)
def test_eras_go_there_and_back(day: date) -> None:
    era_year = to_era(day)
    assert era_year is not None
    assert from_era(era_year.era, era_year.year, day.month, day.day) == day


@pytest.mark.parametrize(
    ("day", "era_year"),
    [
        (date(1926, 12, 24), None),
        (date(1926, 12, 25), EraYear(Era.SHOWA, 1)),
        (date(1989, 1, 7), EraYear(Era.SHOWA, 64)),
        (date(1989, 1, 8), EraYear(Era.HEISEI, 1)),
        (date(2019, 4, 30), EraYear(Era.HEISEI, 31)),
        (date(2019, 5, 1), EraYear(Era.REIWA, 1)),
        (date(2025, 3, 3), EraYear(Era.REIWA, 7)),
    ],
)
def test_eras_turn_on_their_exact_day(day: date, era_year: EraYear | None) -> None:
    assert to_era(day) == era_year


@pytest.mark.parametrize(
    ("era", "year", "month", "day"),
    [
        (Era.SHOWA, 65, 1, 1),
        (Era.SHOWA, 64, 1, 8),
        (Era.HEISEI, 1, 1, 7),
        (Era.HEISEI, 32, 1, 1),
        (Era.HEISEI, 31, 5, 1),
        (Era.REIWA, 0, 6, 1),
        (Era.REIWA, 1, 4, 30),
        (Era.REIWA, 7, 2, 29),
        (Era.REIWA, 9000, 1, 1),
        (Era.REIWA, 10**30, 1, 1),
    ],
)
def test_era_dates_that_never_were_are_none(era: Era, year: int, month: int, day: int) -> None:
    assert from_era(era, year, month, day) is None


def test_each_era_begins_in_its_first_year() -> None:
    assert all(to_era(era_begins(era)) == EraYear(era, 1) for era in Era)


def test_fiscal_year_begins_in_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026


@given(DAYS)
def test_the_last_second_of_a_day_is_still_that_day(day: date) -> None:
    end = end_of_day(day)
    assert end.tzinfo is UTC
    assert tokyo_date(end - timedelta(seconds=1)) == day
    assert tokyo_date(end) == day + timedelta(days=1)


def test_midnight_in_tokyo_is_three_in_the_afternoon_before() -> None:
    assert end_of_day(date(2026, 11, 22)) == datetime(2026, 11, 22, 15, tzinfo=UTC)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        tokyo_date(datetime(2026, 1, 1))  # noqa: DTZ001  the naive moment is the point
