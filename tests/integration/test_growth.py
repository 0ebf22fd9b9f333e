"""A child's growth through a client: written down, drawn, told, taken back; nobody else sees it."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import html5lib
import pytest

from app.people.growth import MOST_MEASUREMENTS, Measurement
from app.people.person import SELF_DECLARED_RIGHTS, Right, Subject
from app.web.growth_chart import LEFT
from tests.support.faults_on_page import message, out_of_order, places_of, plain_text
from tests.support.journey import HTML, Fetched, Fields, Journey
from tests.support.town import Town
from tests.support.town_children import another_child, measure
from tests.support.town_visits import MarkedFamily

SVG = "{http://www.w3.org/2000/svg}"
DAY: Fields = {"measured-year": "2026", "measured-month": "11", "measured-day": "1"}
FIRST_OF_NOVEMBER = date(2026, 11, 1)


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


def kept(town: Town, child: Subject) -> tuple[Measurement, ...]:
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
    assert rows(page, 0)[1] == "2026年11月1日 日曜日 1歳1か月 75.2 cm 線のあいだ 線：69.1・74.1・78.7"
    assert rows(page, 2)[1].endswith("9.1 kg 線のあいだ 線：7.3・8.9・10.7")
    assert rows(page, 4)[1] == "2026年11月1日 日曜日 1歳1か月 45.5 cm"
    assert "頭囲の線の数は、まだここにありません" in page.text


def test_second_tap_writes_nothing_twice_but_another_value_of_the_day_is_another(
    town: Town, child: Subject, parent: Journey
) -> None:
    for weight in ("9100", "9.1kg", "9100", "9200"):
        parent.submit({**DAY, "weight": weight})
    assert sorted(one.weight_g or 0 for one in kept(town, child)) == [9100, 9200]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("weight", "９，１ｋｇ", 9100),
        ("weight", "9,100 g", 9100),
        ("weight", "९.१", 9100),
        ("weight", "9。1キロ", 9100),
        ("height_cm", "７５．２㎝", Decimal("75.2")),
        ("height_cm", " 75 センチ ", Decimal("75.0")),
        ("height_cm", "٧٥٫٢", Decimal("75.2")),
    ],
)
def test_number_when_written_as_people_write_it_is_taken(
    town: Town, child: Subject, parent: Journey, field: str, typed: str, value: object
) -> None:
    name = field.partition("_")[0]
    page = parent.submit({**DAY, name: typed})
    assert page.status == 200, plain_text(page)
    (one,) = kept(town, child)
    assert getattr(one, "weight_g" if name == "weight" else field) == value


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({}, "height", "growth_nothing"),
        ({"measured-year": "2024", "weight": "9"}, "measured-year", "measured_before_birth"),
        ({"measured-year": "2027", "weight": "9"}, "measured-year", "date_in_future"),
        ({"measured-month": "2", "measured-day": "30", "weight": "9"}, "measured-day", "date_impossible"),
        ({"measured-day": "", "weight": "9"}, "measured-day", "date_missing_part"),
        ({"weight": "0.02"}, "weight", "out_of_range"),
        ({"weight": "重い"}, "weight", "number_wrong"),
        ({"height": "752"}, "height", "growth_suggest"),
        ({"height": "99"}, "height", "growth_check"),
        ({"head": "4"}, "head", "out_of_range"),
        ({"head": "<script>alert(1)</script>"}, "head", "number_wrong"),
    ],
)
def test_form_when_something_is_wrong_says_so_there_and_keeps_everything(
    town: Town, child: Subject, parent: Journey, typed: dict[str, str], field: str, fault: str
) -> None:
    sent = {**DAY, **typed}
    page = parent.submit(sent)
    refused(page, field, message(town.site, fault))
    town.site.check(page)
    shown = parent.form().fields
    assert {name: shown[name] for name in sent} == {name: [value] for name, value in sent.items()}
    assert kept(town, child) == ()


def test_faults_come_all_at_once_in_the_order_of_the_page(town: Town, parent: Journey) -> None:
    page = parent.submit({"measured-year": "2020", "measured-month": "1", "measured-day": "1", "head": "x"})
    assert places_of(page, message(town.site, "measured_before_birth")) == ["measured-year"]
    assert places_of(page, message(town.site, "number_wrong")) == ["head"]
    assert out_of_order(page) == []


def test_unlikely_number_is_taken_when_she_ticks_that_it_is_right(
    town: Town, child: Subject, parent: Journey
) -> None:
    parent.submit({**DAY, "height": "99", "weight": "31"})
    assert parent.form().options["weight-sure"] == ["31"]
    page = parent.submit({"weight-sure": "31"})
    refused(page, "height", message(town.site, "growth_check"))
    assert parent.form().fields["weight-sure"] == ["31"], "the tick stays while another field is put right"
    page = parent.submit({"height": "75"})
    assert page.status == 200, plain_text(page)
    (one,) = kept(town, child)
    assert one.weight_g == 31_000
    assert "いちばん上の線より上。健診で、曲線といっしょに見ます" in page.text


def test_tick_counts_for_the_number_it_was_given_for_only(parent: Journey) -> None:
    parent.submit({**DAY, "weight": "31"})
    assert parent.submit({"weight-sure": "31", "weight": "41"}).status == 422


def test_measurements_of_a_child_born_early_are_read_by_corrected_age_with_the_real_one_named(
    town: Town, mother: MarkedFamily
) -> None:
    early = another_child(mother, date(2026, 3, 3), date(2026, 4, 28))
    measure(mother, early)
    town.language = "ja"
    page = town.seat("parent")[1].get(f"/children/{early.id}/growth")
    assert "修正月齢" in page.text
    heights, weights = rows(page, 0), rows(page, 2)
    assert heights[1] == "2026年4月12日 日曜日 1か月9日 出産予定日より前 50.1 cm この年齢の線はありません"
    assert weights[1].startswith("2026年5月22日 金曜日 2か月19日 修正月齢 24日 9.9 kg いちばん上の線より上")
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


@pytest.mark.parametrize(("rights", "points"), [((), 0), ((Right.SEE_HISTORY,), 1)])
def test_what_another_guardian_measured_is_seen_by_right_only_and_never_removed(
    town: Town, mother: MarkedFamily, rights: tuple[Right, ...], points: int
) -> None:
    shared = another_child(mother, date(2025, 9, 9), rights=SELF_DECLARED_RIGHTS | set(rights))
    others = replace(_one(town, shared), person_id=town.stranger.person.id)
    town.site.rooms.measurements.add(others)
    town.language = "ja"
    journey = town.seat("parent")[1]
    page = journey.get(f"/children/{shared.id}/growth")
    assert circles(page) == [0, points]
    assert "/remove" not in page.text
    journey.post(f"/children/{shared.id}/growth/{others.id}/remove", journey.form().fields)
    assert kept(town, shared) == (others,)


def _one(town: Town, child: Subject) -> Measurement:
    """A measurement by the mother, not kept yet."""
    author, new_id = town.mother.person.id, town.site.rooms.new_id()
    return Measurement(
        new_id, child.municipality, child.id, author, FIRST_OF_NOVEMBER, town.site.clock(), weight_g=9000
    )


def test_form_when_signed_out_meanwhile_waits_for_her(town: Town, child: Subject) -> None:
    town.leave("parent")
    seat, journey = town.seat("parent")
    journey.get(f"/children/{child.id}/growth")
    typed = {**journey.form().fields, **DAY, "weight": "9,1"}
    town.site.clock.forward(minutes=40)
    refused = journey.post_once(f"/children/{child.id}/growth", typed)
    assert refused.status == 303
    assert "kept%3D1" in refused.headers["location"]
    town.sit_down("parent", seat)
    journey.get(f"/children/{child.id}/growth?kept=1")
    assert journey.form().fields["weight"] == ["9,1"]
    assert kept(town, child) == ()


def test_language_switch_loses_nothing_that_was_typed(child: Subject, parent: Journey) -> None:
    typed = {"measured-era": "reiwa", "measured-year": "8", "height": "75,2"}
    way = f"/children/{child.id}/growth"
    page = parent.post(f"/language?next={way}", {**parent.form().fields, **typed, "lang": "vi"})
    assert page.path == f"{way}?kept=1"
    assert {name: parent.form().fields[name] for name in typed} == {
        name: [value] for name, value in typed.items()
    }


def test_faults_and_numbers_speak_her_language(town: Town, child: Subject) -> None:
    town.language = "vi"
    journey = town.seat("parent")[1]
    journey.get(f"/children/{child.id}/growth")
    page = journey.submit({**DAY, "height": "752"})
    refused(page, "height", message(town.site, "growth_suggest", "vi"))
    page = journey.submit({"height": "75.2"})
    town.site.check(page)
    assert "75,2\u00a0cm" in page.text
    assert "Nằm giữa các đường" in page.text


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
