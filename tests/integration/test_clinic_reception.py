"""The reception through a client: what opens, what does not, and in which words."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app.questionnaire.answers import Answer
from app.schedule.dates import tokyo_date
from app.visit.handover import Scan, check_characters, check_digits
from app.visit.planning import reissue, withdraw
from app.visit.ports import Deed
from app.visit.visit import State, Visit
from tests.support.journey import Fetched, Journey
from tests.support.site import Site
from tests.support.submitted import Family, make_family

TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')


def scanned(desk: Journey, code: str, **more: str) -> Fetched:
    """The page after this code was scanned at a fresh reception page."""
    desk.get("/reception")
    return desk.submit({"code": code, **more})


def plain(page: Fetched) -> bytes:
    return TOKEN.sub(b"", page.body)


@pytest.fixture
def family(site: Site) -> Family:
    return make_family(site)


@pytest.fixture
def desk(site: Site) -> Journey:
    return site.staff("reception")


def test_reception_when_the_pass_is_scanned_then_the_visit_is_received(family: Family, desk: Journey) -> None:
    visit = family.submit()
    page = scanned(desk, family.digits(visit))
    assert (page.status, page.path) == (200, f"/clinic/visits/{visit.id}")
    kept = family.now(visit)
    assert (kept.state, kept.bound_clinic_id) == (State.RECEIVED, "midori")
    assert kept.planned_on == tokyo_date(family.site.clock())


def test_reception_when_scanned_twice_then_the_same_sheet_and_one_reception(
    family: Family, desk: Journey
) -> None:
    visit = family.submit()
    scanned(desk, family.digits(visit))
    first = family.now(visit).received_at
    assert scanned(desk, family.digits(visit)).status == 200
    assert family.now(visit).received_at == first
    deeds = [event.deed for event in family.site.rooms.visits.history(visit.id)]
    assert deeds.count(Deed.RECEIVED) == 1


def test_reception_when_typed_in_any_way_then_it_opens(family: Family, desk: Journey) -> None:
    visit = family.submit()
    full_width = family.digits(visit).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    kana = family.digits(visit).translate(str.maketrans("1234567890", "ぬふあうえおやゆよわ"))
    for code in (full_width, kana, family.short_code(visit).lower(), family.digits(visit) + "\r\n"):
        assert scanned(desk, code).path == f"/clinic/visits/{visit.id}"


def test_reception_when_the_wrong_code_is_still_in_the_field_then_the_next_scan_counts(
    family: Family, desk: Journey
) -> None:
    visit = family.submit()
    misread = "8101" + "1" * 41
    assert scanned(desk, misread).status == 422
    shown = desk.form().fields["shown"][0]
    assert shown == misread
    assert desk.submit({"code": shown + family.digits(visit)}).status == 200


@pytest.mark.parametrize(
    ("code", "problem", "is_kept"),
    [
        ("4901234567894", "not_a_pass", True),
        ("8101" + "1" * 41, "misread_scan_again", True),
        ("ABCDE-FGHJ0", "misread_type_again", True),
        ("ちかのなちみ", "japanese_input_on", True),
        ("   ", "nothing_scanned", False),
    ],
)
def test_reception_when_it_is_no_pass_then_it_says_why(
    desk: Journey, code: str, problem: str, *, is_kept: bool
) -> None:
    page = scanned(desk, code)
    assert page.status == 422
    assert f'data-problem="{problem}"' in page.text
    assert desk.form().fields["code"] == [code if is_kept else ""]


def test_reception_when_nothing_opens_then_every_reason_looks_the_same(
    site: Site, family: Family, desk: Journey
) -> None:
    unknown = "8101" + "1" * 39
    unknown += check_digits(unknown)
    foreign = family.submit(clinic="aozora")
    withdrawn = family.submit()
    withdrawn_digits = family.digits(withdrawn)
    family.change(withdraw(withdrawn), Deed.WITHDRAWN)
    reissued = family.submit()
    old_digits, old_short = family.digits(reissued), family.short_code(reissued)
    family.change(reissue(reissued, site.clock()), Deed.REISSUED)
    expired = family.submit(planned_on=tokyo_date(site.clock()) - timedelta(days=1))
    closed = family.submit()
    family.change(replace(closed, state=State.CLOSED), Deed.CLOSED)
    codes = [
        *(unknown, family.digits(foreign), withdrawn_digits, old_digits),
        *(family.digits(expired), family.digits(closed), old_short, family.short_code(foreign)),
    ]
    pages = [scanned(desk, code) for code in codes]
    assert {page.status for page in pages} == {422}
    assert len({plain(page) for page in pages}) == 1
    assert 'data-problem="pass_not_found"' in pages[0].text
    refused = [event for event in (family.now(foreign), family.now(expired)) if event.bound_clinic_id]
    assert not refused


def test_reception_when_no_clinic_was_chosen_then_the_birth_date_binds_it(
    family: Family, desk: Journey
) -> None:
    visit = family.submit(clinic=None)
    page = scanned(desk, family.digits(visit))
    assert page.status == 422
    assert "生年月日を確かめてください" in page.text
    wrong = {"birth_date-year": "2020", "birth_date-month": "1", "birth_date-day": "2"}
    assert "生年月日が合いません" in desk.submit(wrong).text
    assert desk.form().fields["birth_date-year"] == ["2020"]
    born = family.subject.birth_date
    right = {
        "birth_date-era": "reiwa",
        "birth_date-year": str(born.year - 2018),
        "birth_date-month": str(born.month),
        "birth_date-day": str(born.day),
    }
    assert desk.submit(right).path == f"/clinic/visits/{visit.id}"
    assert family.now(visit).bound_clinic_id == "midori"


def test_reception_when_the_birth_date_is_no_date_then_it_says_so_and_keeps_it(
    family: Family, desk: Journey
) -> None:
    visit = family.submit(clinic=None)
    scanned(desk, family.digits(visit))
    page = desk.submit({"birth_date-year": "2025", "birth_date-month": "13", "birth_date-day": "1"})
    assert page.status == 422
    assert desk.form().fields["birth_date-month"] == ["13"]
    assert family.now(visit).bound_clinic_id is None


def test_reception_when_birth_dates_are_guessed_then_even_the_right_one_waits(
    family: Family, desk: Journey
) -> None:
    visit = family.submit(clinic=None)
    digits = family.digits(visit)
    for day in range(1, 6):
        assert scanned(desk, digits, birth_date=f"2020-01-0{day}").status == 422
    assert scanned(desk, digits, birth_date=family.subject.birth_date.isoformat()).status == 429
    assert family.now(visit).bound_clinic_id is None


def test_reception_when_bound_to_one_clinic_then_another_finds_nothing(
    site: Site, family: Family, desk: Journey
) -> None:
    visit = family.submit(clinic=None)
    scanned(desk, family.digits(visit), birth_date=family.subject.birth_date.isoformat())
    elsewhere = site.staff("reception", "aozora")
    assert 'data-problem="pass_not_found"' in scanned(elsewhere, family.digits(visit)).text
    assert elsewhere.get(f"/clinic/visits/{visit.id}").status == 404


def test_reception_when_short_codes_are_guessed_then_it_asks_to_wait(family: Family, desk: Journey) -> None:
    visit = family.submit()
    for body in ("00000000", "11111111", "22222222", "33333333", "44444444"):
        assert scanned(desk, body + check_characters(body)).status == 422
    assert scanned(desk, family.short_code(visit)).status == 429
    assert scanned(desk, family.digits(visit)).status == 200
    family.site.clock.forward(seconds=601)
    assert scanned(desk, family.short_code(visit)).status == 200


def test_reception_when_two_desks_scan_at_once_then_both_succeed(site: Site, family: Family) -> None:
    visit = family.submit()
    one, other = site.staff("reception"), site.staff("nurse")
    look_up = site.rooms.visits.by_scan
    meanwhile: list[Fetched] = []

    def look_up_slowly(scan: Scan, now: datetime) -> Visit | None:
        found = look_up(scan, now)
        patch.undo()
        meanwhile.append(scanned(other, family.digits(visit)))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site.rooms.visits, "by_scan", look_up_slowly)
        page = scanned(one, family.digits(visit))
    assert (page.status, meanwhile[0].status) == (200, 200)
    deeds = [event.deed for event in site.rooms.visits.history(visit.id)]
    assert deeds.count(Deed.RECEIVED) == 1


def test_board_when_visits_are_received_then_numbers_and_states_and_no_names(
    family: Family, desk: Journey
) -> None:
    family.language = "vi"
    first, second = family.submit("mr-1", "rotavirus-1"), family.submit()
    scanned(desk, family.digits(first))
    family.answer_today(first, temperature_today=Answer(Decimal("38.2")))
    family.site.clock.forward(minutes=3)
    scanned(desk, family.digits(second))
    page = desk.get("/reception")
    assert family.subject.name not in page.text
    assert "1番" in page.text
    assert "2番" in page.text
    assert "▲ 看護師へ" in page.text
    assert "今日の質問 未" in page.text
    assert "Tiếng Việt" in page.text
    assert "ほか1つ" in page.text
    assert page.text.index("2番") < page.text.index("1番")
