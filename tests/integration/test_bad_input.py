"""What people really type and send: a clear word at the right place, everything kept, nothing changed."""

from collections.abc import Iterator

import pytest

from app.questionnaire.definition import Kind
from app.visit.handover import check_characters, check_digits
from app.visit.planning import reissue
from app.visit.ports import Deed
from app.visit.visit import Visit
from tests.support.faults_on_page import message, places_of, plain_text, refused_at
from tests.support.journey import Fetched, Fields, Journey
from tests.support.masking import masked_body
from tests.support.reading import scanned
from tests.support.town import Town
from tests.support.town_visits import MarkedFamily
from tests.unit.questionnaire.naughty import NAUGHTY

LONG = "長いはなし" * 2000
NOT_FOUND = 'data-problem="pass_not_found"'
GOOD_DAY: Fields = {
    "temperature_today": "36.6",
    "unwell_today": "no",
    "contact_today": "no",
    "changed_since": "no",
}
WESTERN: Fields = {
    "birth_date-era": "western",
    "birth_date-year": "2025",
    "birth_date-month": "9",
    "birth_date-day": "9",
}
SENDABLE = tuple(
    text for text in NAUGHTY if text.isascii() or text.encode("utf-8", "ignore").decode() == text
)


@pytest.fixture
def parent(town: Town) -> Journey:
    """The mother at her phone."""
    town.language = "ja"
    town.site.clock.forward(minutes=1)
    town.leave("parent")
    return town.seat("parent")[1]


@pytest.fixture
def desk(town: Town) -> Journey:
    town.leave("reception")
    return town.seat("reception")[1]


# ---------------------------------------------------------------- at the reception


def test_pass_when_it_opens_nothing_then_every_reason_is_the_same_page(
    town: Town, mother: MarkedFamily, desk: Journey
) -> None:
    renewed = mother.submit("mr-1")
    old = mother.digits(renewed)
    mother.change(reissue(mother.now(renewed), town.site.clock()), Deed.REISSUED)
    unknown = "8101" + "2" * 39
    short = "ZZZZZZZZ"
    codes = [
        *(old, unknown + check_digits(unknown), short + check_characters(short)),
        *(mother.digits(town.visit(name)) for name in ("expired", "withdrawn", "closed", "foreign_received")),
    ]
    pages = [scanned(desk, code) for code in codes]
    assert {page.status for page in pages} == {422}
    assert NOT_FOUND in pages[0].text
    assert len({masked_body(page.body) for page in pages}) == 1


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("https://example.org/coupon?id=12", "not_a_pass"),
        ("4901234567894", "not_a_pass"),
        ("8101" + "1" * 41, "misread_scan_again"),
        ("ABCDE-FGHJ0", "misread_type_again"),
        ("", "nothing_scanned"),
        ("ちとせ", "japanese_input_on"),
        ("1" * 500, "not_a_pass"),
    ],
)
def test_pass_when_it_is_none_then_the_desk_is_told_what_to_do(
    desk: Journey, code: str, problem: str
) -> None:
    page = scanned(desk, code)
    assert page.status == 422
    assert f'data-problem="{problem}"' in page.text
    assert desk.form().fields["code"] == [code]


@pytest.mark.parametrize(
    "typed",
    [
        lambda digits, _: digits.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        lambda digits, _: digits.translate(str.maketrans("1234567890", "ぬふあうえおやゆよわ")),
        lambda digits, _: f"  {digits}\r\n",
        lambda _, code: code.lower().replace("-", ""),
        lambda _, code: code.replace("0", "O").replace("1", "l"),
        lambda _, code: "".join(chr(ord(char) + 0xFEE0) for char in code),
    ],
    ids=["full width", "kana", "blanks", "lower case", "look-alikes", "full-width code"],
)
def test_pass_when_typed_as_people_type_then_it_opens(
    mother: MarkedFamily, desk: Journey, typed: "object"
) -> None:
    visit = mother.submit("mr-1")
    assert callable(typed)
    page = scanned(desk, typed(mother.digits(visit), mother.short_code(visit)))
    assert page.path == f"/clinic/visits/{visit.id}"


# ---------------------------------------------------------------- texts


def test_text_when_far_too_long_then_it_comes_back_whole(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.draft("mr-1")
    parent.get(f"/visits/{visit.id}/pages/contact")
    page = parent.submit({"address": LONG})
    refused_at(page, "address", message(mother.site, "too_long", most="300", length="10000"))
    assert parent.form().fields["address"] == [LONG]
    assert "address" not in answers_of(mother, visit)
    assert parent.get(f"/visits/{visit.id}/pages/contact").text.count(LONG) == 1


def test_details_when_far_too_long_then_they_come_back_whole(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.draft("mr-1")
    parent.get(f"/visits/{visit.id}/pages/to_doctor")
    page = parent.submit({"doctor_question": "yes", "doctor_question-details": LONG})
    refused_at(page, "doctor_question-details", message(mother.site, "too_long", most="1000", length="10000"))
    assert parent.form().fields["doctor_question-details"] == [LONG]


def test_every_text_field_takes_every_naughty_text(mother: MarkedFamily, parent: Journey) -> None:
    """Taken or refused with a word, never a 500, never unescaped; what was typed can be read again."""
    visit = mother.draft("mr-1", "varicella-1", "rotavirus-1")
    fields = [(page.code, *field) for page, field in text_fields(mother, visit)]
    assert len(fields) >= 15
    faults = []
    for number, (code, name, opened) in enumerate(fields):
        for text in SENDABLE[number % 3 :: 3]:
            parent.get(f"/visits/{visit.id}/pages/{code}")
            page = parent.submit({**opened, name: text})
            again = parent.get(f"/visits/{visit.id}/pages/{code}")
            is_bad = page.status not in (200, 422) or "<script>alert" in page.text + again.text
            faults += [f"{name} {text[:20]!r}: {page.status}"] if is_bad else []
            mother.site.check(again)
    assert faults == []


def text_fields(family: MarkedFamily, visit: Visit) -> Iterator[tuple[object, tuple[str, Fields]]]:
    """Every field for a text on the pages that are always asked: its page, name, and what opens it."""
    for page in family.site.rooms.sheet_of(visit).pages_ahead:
        for question in page.questions:
            if question.origin or question.shown_when:
                continue
            if question.kind is Kind.TEXT:
                yield page, (question.code, {})
            if question.details:
                yield page, (f"{question.code}-details", {question.code: question.details.when[0]})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("👩‍👩‍👧‍👦 と来ます", "👩‍👩‍👧‍👦 と来ます"),
        ("\u202e逆さま\u2069\u200f", "逆さま"),
        ("a\x00b", "ab"),
        ("か\u3099", "が"),
        ("𠮷野家", "𠮷野家"),
        ("نَص عربي", "نَص عربي"),
    ],
    ids=["emoji", "direction marks", "nul", "decomposed", "beyond the plane", "arabic"],
)
def test_text_when_unusual_then_the_doctor_reads_what_was_meant(
    town: Town, mother: MarkedFamily, parent: Journey, typed: str, kept: str
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/pages/to_doctor?from=check")
    parent.submit({"doctor_question": "yes", "doctor_question-details": typed})
    parent.get(f"/visits/{visit.id}/share")
    parent.submit()
    assert parent.page.path == f"/visits/{visit.id}/receipt"
    sheet = scanned(town.seat("doctor")[1], mother.digits(visit))
    assert f">{kept}</bdi>" in sheet.text


# ---------------------------------------------------------------- dates and numbers


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"birth_date-month": "2", "birth_date-day": "30"}, "birth_date-day", "date_impossible"),
        ({"birth_date-month": "13"}, "birth_date-day", "date_impossible"),
        ({"birth_date-era": "heisei", "birth_date-year": "32"}, "birth_date-year", "era_impossible"),
        ({"birth_date-era": "showa", "birth_date-year": "64"}, "birth_date-year", "era_impossible"),
        ({"birth_date-year": "2568"}, "birth_date-year", "year_buddhist"),
        ({"birth_date-year": "7"}, "birth_date-year", "year_western"),
        ({"birth_date-year": "2026", "birth_date-month": "12"}, "birth_date", "date_in_future"),
        ({"birth_date-year": "1990"}, "birth_date", "child_too_old"),
        ({"birth_date-day": ""}, "birth_date-day", "date_missing_part"),
        ({"birth_date-year": "二千"}, "birth_date-year", "date_impossible"),
    ],
)
def test_date_when_impossible_then_the_very_field_says_so(
    mother: MarkedFamily, parent: Journey, typed: Fields, field: str, fault: str
) -> None:
    before = children(mother)
    parent.get("/children/new")
    page = parent.submit({"child_name": "例示 かえで", **WESTERN, **typed})
    assert page.status == 422
    assert field in places_of(page, message(mother.site, fault))
    shown = parent.form().fields
    assert {name: shown[name][0] for name in {**WESTERN, **typed}} == {**WESTERN, **typed}
    assert shown["child_name"] == ["例示 かえで"]
    assert children(mother) == before


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("43.1", "out_of_range"),
        ("42.1", "out_of_range"),
        ("368", "temperature_suggest"),
        ("高い", "number_wrong"),
        ("32.9", "out_of_range"),
        ("42.0", "are_you_sure"),
    ],
)
def test_temperature_when_unlikely_then_it_is_asked_again(
    mother: MarkedFamily, parent: Journey, typed: str, fault: str
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/day")
    page = parent.submit({**GOOD_DAY, "temperature_today": typed})
    assert page.status == 422
    assert "temperature_today" in places_of(page, message(mother.site, fault, typed=typed))
    assert parent.form().fields["temperature_today"] == [typed]
    assert parent.form().fields["unwell_today"] == ["no"]
    assert len(mother.site.rooms.visits.submissions(visit)) == 1


@pytest.mark.parametrize("typed", ["36.6", "３６．６", "36,6℃", "36度6分", "34.0"])
def test_temperature_when_written_as_people_write_it_then_it_is_taken(
    mother: MarkedFamily, parent: Journey, typed: str
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/day")
    page = parent.submit({**GOOD_DAY, "temperature_today": typed, "temperature_today-sure": "yes"})
    assert page.path.startswith(f"/visits/{visit.id}/pass"), plain_text(page)
    assert len(mother.site.rooms.visits.submissions(visit)) == 2


def test_temperature_of_42_when_she_is_sure_then_it_is_taken(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/day")
    parent.submit({**GOOD_DAY, "temperature_today": "42.0"})
    assert parent.submit({"temperature_today-sure": "yes"}).path.startswith(f"/visits/{visit.id}/pass")


def answers_of(family: MarkedFamily, visit: Visit) -> dict[str, object]:
    """What of the draft is answered."""
    return dict(family.site.rooms.visits.draft(visit).answers)


def children(family: MarkedFamily) -> int:
    """How many children the mother has."""
    return len(family.site.rooms.people.subjects_of(family.person.id, family.site.clock()))


def test_faults_speak_her_language(town: Town, mother: MarkedFamily) -> None:
    town.language = "vi"
    visit = mother.draft("mr-1")
    _, journey = town.seat("parent")
    journey.get(f"/visits/{visit.id}/pages/contact")
    page: Fetched = journey.submit({"address": LONG})
    refused_at(page, "address", message(mother.site, "too_long", "vi", most="300", length="10000"))
    assert '<html lang="vi"' in page.text
