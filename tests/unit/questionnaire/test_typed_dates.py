"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from app.questionnaire.answers import Reading
from app.questionnaire.definition import Bounds, Kind
from app.schedule.dates import to_era
from tests.unit.questionnaire.making import TODAY, ask, given, hard, messages, read, soft


def read_parts(
    era: str, year: str, month: str = "3", day: str = "4", *, bounds: Bounds | None = None
) -> Reading:
    raw = {"day-era": [era], "day-year": [year], "day-month": [month], "day-day": [day]}
    return read(ask("day", Kind.DATE, bounds=bounds or Bounds()), raw)


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [
        ("western", "2025", 2025),
        ("western", "２０２５年", 2025),
        ("western", "西暦2025", 2025),
        ("reiwa", "7", 2025),
        ("reiwa", "７", 2025),
        ("western", "R7", 2025),
        ("western", "r.7", 2025),
        ("western", "令和7", 2025),
        ("western", "令和７年", 2025),
        ("western", "㋿7", 2025),
        ("heisei", "令和7年", 2025),
        ("reiwa", "2025", 2025),
        ("heisei", "元", None),
        ("showa", "63", 1988),
        ("", "H30", 2018),
        ("western", "平成元年", 1989),
    ],
)
def test_a_year_is_understood_however_it_is_typed(era: str, year: str, western: int | None) -> None:
    assert read_parts(era, year).answers == given(day=date(western or 1989, 3, 4))


@pytest.mark.parametrize(
    ("era", "year", "month", "day", "field", "message"),
    [
        ("western", "", "3", "4", "year", "date_missing_part"),
        ("western", "2025", "", "4", "month", "date_missing_part"),
        ("western", "2025", "3", "", "day", "date_missing_part"),
        ("western", "2025", "2", "29", "day", "date_impossible"),
        ("western", "2025", "13", "1", "day", "date_impossible"),
        ("western", "2025", "0", "1", "day", "date_impossible"),
        ("western", "2025", "March", "1", "month", "date_impossible"),
        ("western", "2025", "3", "4th", "day", "date_impossible"),
        ("western", "abc", "3", "4", "year", "date_impossible"),
        ("reiwa", "7", "2", "30", "day", "date_impossible"),
        ("showa", "65", "1", "1", "year", "era_impossible"),
        ("showa", "64", "1", "8", "year", "era_impossible"),
        ("heisei", "32", "1", "1", "year", "era_impossible"),
        ("heisei", "1", "1", "7", "year", "era_impossible"),
        ("reiwa", "0", "6", "1", "year", "era_impossible"),
        ("western", "R9999", "1", "1", "year", "era_impossible"),
        ("western", "7", "3", "4", "year", "year_western"),
        ("martian", "7", "3", "4", "year", "year_western"),
        ("western", "1899", "3", "4", "year", "year_western"),
        ("western", "2569", "3", "4", "year", "year_buddhist"),
        ("western", "2082", "3", "4", "year", "year_bikram"),
        ("western", "2026", "11", "23", "year", "date_in_future"),
        ("reiwa", "80", "1", "1", "year", "date_in_future"),
    ],
)
def test_a_date_that_cannot_be_is_told_where_it_is_wrong(
    era: str, year: str, month: str, day: str, field: str, message: str
) -> None:
    assert messages(read_parts(era, year, month, day)) == [(f"day-{field}", message)]


@pytest.mark.parametrize(
    ("year", "suggestion"), [("2500", "1957"), ("2600", "2057"), ("2070", "2013"), ("2100", "2043")]
)
def test_a_year_of_another_calendar_is_suggested_in_western_years(year: str, suggestion: str) -> None:
    (fault,) = read_parts("western", year).faults
    assert fault.values == {"typed": year, "suggestion": suggestion}


@hypothesis_given(st.dates(date(1926, 12, 25), TODAY))
def test_every_era_date_is_read_as_the_day_it_names(day: date) -> None:
    era_year = to_era(day)
    assert era_year is not None
    reading = read_parts(era_year.era.value, str(era_year.year), str(day.month), str(day.day))
    assert reading.answers == given(day=day)


def test_the_future_is_allowed_only_within_its_bounds() -> None:
    bounds = hard(-30, 300)
    assert read_parts("western", "2027", "3", "4", bounds=bounds).answers == given(day=date(2027, 3, 4))
    (fault,) = read_parts("western", "2027", "12", "1", bounds=bounds).faults
    assert (fault.message, fault.values) == ("out_of_range", {"low": "2026-10-23", "high": "2027-09-18"})


def test_a_date_long_ago_is_asked_again() -> None:
    assert messages(read_parts("western", "2020", bounds=soft(-365, 0))) == [("day-year", "are_you_sure")]
