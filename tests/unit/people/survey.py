"""The survey of the house, read once for these tests."""

from datetime import date
from functools import cache
from pathlib import Path

from app.people.growth import Survey
from app.people.growth_file import NAME, read_survey
from app.people.person import Sex, Subject

FILE = Path(__file__).parents[3] / "app" / "definitions" / NAME
BORN = date(2025, 9, 10)
"""A Wednesday; 24 November 2026 is 14 months and 14 days later."""


@cache
def house_survey() -> Survey:
    survey = read_survey(NAME, FILE.read_bytes())
    assert isinstance(survey, Survey), survey
    return survey


def child(born: date = BORN, due: date | None = None, sex: Sex = Sex.FEMALE) -> Subject:
    return Subject("s", "t", "見本 さくら", "", sex, born, due_date=due)
