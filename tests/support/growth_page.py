"""Reading the page of a child's growth: its points, its tables, what it says is wrong."""

import re
from datetime import date

import html5lib

from app.people.growth import Measurement
from app.people.person import Subject
from tests.support.faults_on_page import places_of, plain_text
from tests.support.journey import HTML, Fetched, Fields
from tests.support.town import Town

SVG = "{http://www.w3.org/2000/svg}"
DAY: Fields = {"measured-year": "2026", "measured-month": "11", "measured-day": "1"}
FIRST_OF_NOVEMBER = date(2026, 11, 1)


def kept(town: Town, child: Subject) -> tuple[Measurement, ...]:
    """What is kept of this child."""
    return town.site.rooms.measurements.of_subject(child.id)


def spots(page: Fetched) -> list[list[float]]:
    """How far from the left the points of each curve lie."""
    drawings = [one for one in html5lib.parse(page.text).iter(f"{SVG}svg") if one.get("role") == "img"]
    return [[float(circle.get("cx") or 0) for circle in one.iter(f"{SVG}circle")] for one in drawings]


def circles(page: Fetched) -> list[int]:
    """How many points each curve has."""
    return [len(points) for points in spots(page)]


def refused(page: Fetched, field: str, pattern: str) -> None:
    """The page is a 422 whose summary leads to this field, where the same sentence stands."""
    assert page.status == 422
    assert field in places_of(page, pattern), plain_text(page)[:600]
    beside = [one for one in html5lib.parse(page.text).iter() if one.get("id") == f"{field}-error"]
    assert [re.search(pattern, "".join(one.itertext())) is not None for one in beside] == [True]


def rows(page: Fetched, number: int = 0) -> list[str]:
    """The rows of a table in words."""
    table = list(html5lib.parse(page.text).iter(f"{HTML}table"))[number]
    return [" ".join(" ".join(row.itertext()).split()) for row in table.iter(f"{HTML}tr")]
