"""The growth curve on the sheet of a checkup: for nurse and doctor, as the guardian wrote it down."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import html5lib
import pytest

from app.people.growth import Measurement
from app.visit.ports import Deed
from app.visit.visit import State, Visit
from tests.support.journey import HTML, Fetched
from tests.support.site import Site
from tests.support.submitted import Family, make_family
from tests.support.town import Town

SVG = "{http://www.w3.org/2000/svg}"
CHECKUP = "checkup-y1h"


@pytest.fixture
def family(site: Site) -> Family:
    return make_family(site)


def received(family: Family, *programmes: str) -> Visit:
    """A submitted visit as its clinic received it."""
    visit, now = family.now(family.submit(*programmes)), family.site.clock()
    return family.change(
        replace(visit, state=State.RECEIVED, bound_clinic_id="midori", received_at=now), Deed.RECEIVED
    )


def write_down(family: Family, weight_g: int, person_id: str = "") -> None:
    """The mother, or somebody else, wrote this down now."""
    rooms, child = family.site.rooms, family.subject
    rooms.measurements.add(
        Measurement(
            id=rooms.new_id(),
            municipality=child.municipality,
            subject_id=child.id,
            person_id=person_id or family.person.id,
            day=date(2026, 11, 1),
            noted_at=family.site.clock(),
            height_cm=Decimal("75.2"),
            weight_g=weight_g,
        )
    )


def section(page: Fetched) -> str:
    """The section in words, "" when there is none."""
    found = [
        one
        for one in html5lib.parse(page.text).iter(f"{HTML}details")
        if "成長曲線" in "".join(one.itertext())
    ]
    return " ".join(" ".join(found[0].itertext()).split()) if found else ""


def points(page: Fetched) -> int:
    return len(list(html5lib.parse(page.text).iter(f"{SVG}circle"))) - len(_concern_circles(page))


def _concern_circles(page: Fetched) -> list[object]:
    """Circles of other drawings."""
    return [
        circle
        for drawing in html5lib.parse(page.text).iter(f"{SVG}svg")
        if drawing.get("role") != "img"
        for circle in drawing.iter(f"{SVG}circle")
    ]


@pytest.mark.parametrize("role", ["nurse", "doctor"])
def test_sheet_of_a_checkup_has_the_curve_closed_with_its_table_and_source(family: Family, role: str) -> None:
    write_down(family, 6600)
    visit = received(family, CHECKUP)
    page = family.site.staff(role).get(f"/clinic/visits/{visit.id}")
    words = section(page)
    assert points(page) == 2
    for word in (
        "保護者が書いた身長・体重です",
        "75.2\u00a0cm".replace("\u00a0", " "),
        "3〜97の線のあいだ",
        "6.6 kg 3の線より下",
        "出典:こども家庭庁 令和5年乳幼児身体発育調査(加工)",
    ):
        assert word in words, word
    assert "異常" not in words
    opened = [one.get("open") for one in html5lib.parse(page.text).iter(f"{HTML}details")]
    assert not any(opened)


def test_sheet_of_a_vaccination_has_no_curve(family: Family) -> None:
    write_down(family, 9100)
    visit = received(family, "varicella-1")
    assert section(family.site.staff("doctor").get(f"/clinic/visits/{visit.id}")) == ""


def test_reception_sees_no_curve(family: Family) -> None:
    write_down(family, 9100)
    visit = received(family, CHECKUP)
    page = family.site.staff("reception").get(f"/clinic/visits/{visit.id}")
    assert "成長曲線" not in page.text
    assert "75.2" not in page.text


def test_sheet_shows_what_every_guardian_wrote_and_after_the_end_nothing_newer(family: Family) -> None:
    rooms = family.site.rooms
    other = make_family(family.site)
    write_down(family, 9100)
    write_down(family, 9300, person_id=other.person.id)
    visit = received(family, CHECKUP)
    doctor = family.site.staff("doctor")
    page = doctor.get(f"/clinic/visits/{visit.id}")
    assert "9.1 kg" in section(page)
    assert "9.3 kg" in section(page)
    end = family.site.clock()
    family.change(replace(family.now(visit), state=State.CLOSED, closed_at=end), Deed.CLOSED)
    family.site.clock.at = end + timedelta(seconds=1)
    write_down(family, 9500)
    page = doctor.get(f"/clinic/visits/{visit.id}")
    assert "9.1 kg" in section(page)
    assert "9.5 kg" not in section(page)
    assert len(rooms.measurements.of_subject(family.subject.id)) == 3


def test_parent_is_told_before_she_sends_a_checkup_and_only_then(town: Town) -> None:
    town.language = "ja"
    journey = town.seat("parent")[1]
    told = {}
    for name in ("ready_checkup", "ready"):
        page = journey.get(f"/visits/{town.id_of(name)}/share")
        assert page.path.endswith("/share")
        told[name] = "身長や体重の記録" in page.text
    assert told == {"ready_checkup": True, "ready": False}
