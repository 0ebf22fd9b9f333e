"""A child's growth through a client: written down, drawn, told, taken back; nobody else sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.people.growth import MOST_MEASUREMENTS, Measurement
from app.people.person import Right, Subject
from app.visit.ports import Deed
from app.web.growth_chart import LEFT
from tests.support.growth_page import DAY, FIRST_OF_NOVEMBER, circles, kept, rows, spots
from tests.support.journey import Journey
from tests.support.matrix import token_of
from tests.support.town import Town
from tests.support.town_children import another_child, measure
from tests.support.town_subjects import EXPECTING
from tests.support.town_visits import MarkedFamily


@pytest.fixture
def child(mother: MarkedFamily) -> Subject:
    """A girl of fourteen months of whom nothing was measured yet."""
    return another_child(mother, date(2025, 9, 9))


@pytest.fixture
def parent(town: Town, child: Subject) -> Journey:
    """Her mother on the page of her growth."""
    town.language = "ja"
    journey = town.seat("parent")[1]
    assert journey.get(f"/children/{child.id}/growth").status == 200
    return journey


def test_page_when_nothing_was_measured_shows_the_lines_and_their_source(parent: Journey) -> None:
    page = parent.page
    assert "まだ記録がありません" in page.text
    assert circles(page) == [0, 0]
    assert "出典:こども家庭庁 令和5年乳幼児身体発育調査(加工)" in page.text
    assert "2023年の全国の調査" in page.text
    assert "生まれたとき 44.5 / 48.8 / 52.0" in rows(page)
    assert "<title>お子さんの記録" in page.text
    assert "異常" not in page.text


def test_measurement_when_written_is_drawn_and_stands_in_the_table(
    town: Town, child: Subject, parent: Journey
) -> None:
    page = parent.submit({**DAY, "height": "75.2", "weight": "9100", "head": "45.5"})
    assert page.path == f"/children/{child.id}/growth"
    (one,) = kept(town, child)
    assert (one.day, one.height_cm, one.weight_g, one.head_cm) == (
        FIRST_OF_NOVEMBER,
        Decimal("75.2"),
        9100,
        Decimal("45.5"),
    )
    assert (one.person_id, one.municipality) == (town.mother.person.id, town.mother.person.municipality)
    assert circles(page) == [1, 1]
    assert rows(page, 0)[1] == "2026年11月1日 1歳1か月 75.2 cm 線のあいだ 線：69.1・74.1・78.7"
    assert rows(page, 2)[1].endswith("9.1 kg 線のあいだ 線：7.3・8.9・10.7")
    assert rows(page, 4)[1] == "2026年11月1日 1歳1か月 45.5 cm"
    assert "頭囲の線の数は、まだここにありません" in page.text


def test_second_tap_writes_nothing_twice_but_another_value_of_the_day_is_another(
    town: Town, child: Subject, parent: Journey
) -> None:
    for weight in ("9100", "9.1kg", "9100", "9200"):
        parent.submit({**DAY, "weight": weight})
    assert sorted(one.weight_g or 0 for one in kept(town, child)) == [9100, 9200]


def test_measurements_of_a_child_born_early_are_read_by_corrected_age_with_the_real_one_named(
    town: Town, mother: MarkedFamily
) -> None:
    early = another_child(mother, date(2026, 3, 3), date(2026, 4, 28))
    measure(mother, early)
    town.language = "ja"
    page = town.seat("parent")[1].get(f"/children/{early.id}/growth")
    assert "修正月齢" in page.text
    heights, weights = rows(page, 0), rows(page, 2)
    assert heights[1] == "2026年4月12日 1か月9日 出産予定日より前 50.1 cm この年齢の線はありません"
    assert weights[1].startswith("2026年5月22日 2か月19日 修正月齢 24日 9.9 kg いちばん上の線より上")
    assert circles(page) == [0, 1]
    assert LEFT < spots(page)[1][0] < LEFT + 20


def test_removal_is_asked_first_and_then_done_once(town: Town, child: Subject, parent: Journey) -> None:
    parent.submit({**DAY, "height": "75.2"})
    parent.submit({**DAY, "weight": "9.1"})
    first, second = sorted(kept(town, child), key=lambda one: one.weight_g or 0)
    asked = parent.get(f"/children/{child.id}/growth/{first.id}/remove")
    assert "この記録を消しますか" in asked.text
    assert "75.2 cm" in asked.text.replace("\u00a0", " ")
    assert set(kept(town, child)) == {first, second}, "asking removes nothing"
    token = parent.form().fields
    assert parent.submit().path == f"/children/{child.id}/growth"
    assert kept(town, child) == (second,)
    again = parent.post(f"/children/{child.id}/growth/{first.id}/remove", token)
    assert (again.status, again.path) == (200, f"/children/{child.id}/growth")
    assert parent.get(f"/children/{child.id}/growth/{first.id}/remove").path.endswith("/growth")
    assert kept(town, child) == (second,)


def test_measurement_of_another_child_is_not_removed_under_this_one(
    town: Town, mother: MarkedFamily, child: Subject, parent: Journey
) -> None:
    other = another_child(mother, date(2025, 1, 8))
    before = measure(mother, other)
    parent.post(f"/children/{child.id}/growth/{before[0].id}/remove", parent.form().fields)
    assert kept(town, other) == before


def test_what_another_guardian_measured_belongs_to_the_child(
    town: Town, mother: MarkedFamily, child: Subject, parent: Journey
) -> None:
    others = replace(_one(town, child), person_id=town.stranger.person.id)
    town.site.rooms.measurements.add(others)
    page = parent.get(f"/children/{child.id}/growth")
    assert circles(page) == [0, 1]
    assert "保護者として登録した人は、見ることも、消すこともできます" in page.text
    parent.submit({**DAY, "weight": "9000"})
    assert kept(town, child) == (others,), "the same values are not kept twice, whoever writes them"
    parent.get(f"/children/{child.id}/growth/{others.id}/remove")
    parent.submit()
    assert kept(town, child) == ()
    gone = [one for one in town.site.rooms.audit.history("") if one.deed is Deed.MEASUREMENT_REMOVED]
    assert gone[-1].actor == f"person:{mother.person.id}"


def test_who_may_only_read_writes_and_removes_nothing(town: Town, mother: MarkedFamily) -> None:
    shared = another_child(mother, date(2025, 9, 9), rights=frozenset({Right.SEE_OWN}))
    one = _one(town, shared)
    town.site.rooms.measurements.add(one)
    town.language = "ja"
    journey = town.seat("parent")[1]
    assert circles(journey.get(f"/children/{shared.id}/growth")) == [0, 1]
    for ending in ("", f"/{one.id}/remove"):
        fields = {**journey.form().fields, **DAY, "weight": "9.5"}
        assert journey.post_once(f"/children/{shared.id}/growth{ending}", fields).status == 404
    assert kept(town, shared) == (one,)


def test_mother_herself_has_no_growth(town: Town) -> None:
    town.language = "ja"
    seat, journey = town.seat(EXPECTING)
    own, child = town.subject_id("self"), town.subject_id("child")
    page = seat("GET", "/home", ())
    assert f"/children/{own}/history" in page.text
    assert f"/children/{own}/growth" not in page.text
    assert f"/children/{child}/growth" in page.text
    for way in ("growth", f"growth/{town.children.first('child')}/remove"):
        assert seat("GET", f"/children/{child}/{way}", ()).status == 200
        assert seat("GET", f"/children/{own}/{way}", ()).status == 404
        posted = {**DAY, "weight": "50", "csrf_token": token_of(town, EXPECTING)}
        assert journey.post_once(f"/children/{own}/{way}", posted).status == 404
    assert town.site.rooms.measurements.of_subject(own) == ()


@pytest.mark.parametrize(("name", "is_there"), [("child", True), ("self", False)])
def test_timeline_leads_to_the_growth_of_a_child(town: Town, name: str, is_there: bool) -> None:
    town.language = "ja"
    subject_id = town.subject_id(name)
    page = town.seat(EXPECTING)[1].get(f"/children/{subject_id}/schedule")
    assert page.status == 200
    assert (f"/children/{subject_id}/growth" in page.text) is is_there


def _one(town: Town, child: Subject) -> Measurement:
    """A measurement by the mother, not kept yet."""
    author, new_id = town.mother.person.id, town.site.rooms.new_id()
    return Measurement(
        new_id, child.municipality, child.id, author, FIRST_OF_NOVEMBER, town.site.clock(), weight_g=9000
    )


def test_records_of_one_child_have_an_end(town: Town, mother: MarkedFamily, child: Subject) -> None:
    one, rooms = _one(town, child), mother.site.rooms
    for number in range(MOST_MEASUREMENTS):
        rooms.measurements.add(replace(one, id=rooms.new_id(), weight_g=9000 + number))
    town.language = "ja"
    journey = town.seat("parent")[1]
    journey.get(f"/children/{child.id}/growth")
    page = journey.submit({**DAY, "weight": "9.9"})
    assert page.status == 422
    assert "これより多くは書けません" in page.text
    assert len(kept(town, child)) == MOST_MEASUREMENTS


def test_home_leads_to_the_growth_of_those_the_survey_knows(town: Town, mother: MarkedFamily) -> None:
    little = another_child(mother, date(2020, 5, 25))
    big = another_child(mother, date(2020, 5, 24))
    town.language = "ja"
    page = town.seat("parent")[1].get("/home")
    assert f"/children/{little.id}/growth" in page.text
    assert f"/children/{big.id}/growth" not in page.text
