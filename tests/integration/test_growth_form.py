"""Writing measurements down through a client: taken as people write them, or told what is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from app.people.person import Subject
from tests.support.faults_on_page import message, out_of_order, places_of, plain_text
from tests.support.growth_page import DAY, kept, refused
from tests.support.journey import Journey
from tests.support.town import Town
from tests.support.town_children import another_child
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
