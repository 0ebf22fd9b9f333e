"""The pass page: whole for its author, code and validity only for the device, a way on when it has ended."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import zxingcpp
from PIL import Image

from app.questionnaire.answers import Answer
from app.visit.access import Who
from app.visit.handover import read_scan
from app.visit.planning import reissue, withdraw
from app.visit.ports import Deed
from app.visit.reception import close
from app.visit.visit import Visit
from tests.integration.pass_seeds import (
    CHILD_NAME,
    answered_today,
    event,
    kept,
    prepared,
    received,
    signed_in,
    submitted,
    town,  # noqa: F401  a fixture
)
from tests.support.journey import Parent
from tests.support.site import Site
from tests.unit.web.test_qr import drawn

HOT = {"temperature_today": Answer(Decimal("38.1"))}
LEFT_ALONE = timedelta(minutes=31)


def path_of(visit: Visit, page: str = "pass") -> str:
    """A page of the visit."""
    return f"/visits/{visit.id}/{page}"


def today_visit(site: Site, parent: Parent, clinic: str = "midori") -> Visit:
    """A submitted visit whose day is today."""
    return submitted(site, parent, clinic, day=site.rooms.today())


def left_alone(site: Site, visit: Visit, parent: Parent) -> None:
    """She has seen her pass, and then the login expired."""
    parent.get(path_of(visit))
    site.clock.at += LEFT_ALONE


def test_pass_when_submitted_shows_qr_and_code_that_open_the_visit(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    page = parent.get(path_of(visit))
    assert page.status == 200
    (qr,) = zxingcpp.read_barcodes(drawn(page.text))
    code = re.search(r'id="short-code"[^>]*>([^<]+)<', page.text)
    assert code is not None
    for typed in (qr.text, code[1]):
        scan = read_scan(typed)
        assert town.rooms.visits.by_scan(scan, town.clock()) == kept(town, visit)  # type: ignore[arg-type]  # a Scan
    assert "data-awake" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert CHILD_NAME not in page.text


def test_pass_when_opened_changes_nothing(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    before = kept(town, visit), town.rooms.visits.history(visit.id)
    for page in ("pass", "pass.png", "clinic", "plan", "stop", "looked"):
        assert parent.get(path_of(visit, page)).status == 200
    assert (kept(town, visit), town.rooms.visits.history(visit.id)) == before


def test_pass_when_nothing_was_submitted_leads_to_the_visit(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = prepared(town, parent)
    for page in ("pass", "pass.png", "looked", "stop"):
        parent.get(path_of(visit, page))
        assert parent.page.path == f"/visits/{visit.id}"


def test_pass_when_asked_for_by_a_stranger_does_not_exist(town: Site) -> None:  # noqa: F811
    visit = today_visit(town, signed_in(town))
    stranger = signed_in(town, "stranger")
    for page in ("pass", "pass.png", "clinic", "plan", "stop", "looked"):
        assert stranger.get(path_of(visit, page)).status == 404


def test_pass_when_the_login_expired_still_opens_without_name_clinic_or_answer(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    answered_today(town, visit, HOT)
    left_alone(town, visit, parent)
    page = parent.get(path_of(visit))
    assert page.path == path_of(visit)
    assert town.rooms.passes.face(visit).short_code in page.text
    for hidden in ("みどり小児科", CHILD_NAME, "38.1", "tel:", "advice", path_of(visit, "looked")):
        assert hidden not in page.text
    for shut in ("looked", "stop", "clinic", "plan"):
        assert parent.get(path_of(visit, shut)).path.startswith("/start")


def test_pass_when_the_device_answered_today_says_one_sentence_for_everybody(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    left_alone(town, visit, parent)
    healthy = parent.get(path_of(visit) + "?today=1").text
    answered_today(town, visit, HOT)
    ill = parent.get(path_of(visit) + "?today=1").text
    for text in (healthy, ill):
        assert "37.5℃以上のとき" in text
        assert "tel:" not in text


def test_device_when_the_pass_was_renewed_elsewhere_opens_nothing(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    left_alone(town, visit, parent)
    again = reissue(kept(town, visit), town.clock())
    town.rooms.visits.change(again, event(town, Deed.REISSUED, visit))
    assert parent.get(path_of(visit)).path.startswith("/start")


def test_device_when_the_day_is_over_opens_nothing(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    left_alone(town, visit, parent)
    town.clock.forward(days=1)
    assert parent.get(path_of(visit)).path.startswith("/start")


def test_device_when_somebody_else_signs_in_on_it_sees_no_more_than_the_device(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    left_alone(town, visit, parent)
    parent.sign_in("stranger")
    page = parent.get(path_of(visit))
    assert page.status == 200
    assert "みどり小児科" not in page.text
    assert path_of(visit, "looked") not in page.text
    assert parent.get(path_of(visit, "looked")).status == 404


def test_day_when_somebody_else_signs_in_on_the_device_reads_no_answer(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    answered_today(town, visit, HOT)
    left_alone(town, visit, parent)
    parent.sign_in("stranger")
    assert "38.1" not in parent.get(path_of(visit, "day")).text


def test_day_when_it_is_today_tells_how_many_questions_wait_and_then_that_they_are_done(
    town: Site,  # noqa: F811
) -> None:
    parent = signed_in(town)
    visit = today_visit(town, parent)
    page = parent.get(path_of(visit))
    assert "4問" in page.text
    assert path_of(visit, "day") in page.text
    answered_today(town, visit)
    assert "今日の質問に答えました" in parent.get(path_of(visit)).text


def test_day_when_none_is_planned_can_be_said_to_be_today(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent)
    assert path_of(visit, "day") not in parent.get(path_of(visit)).text
    parent.submit(action="/today")
    assert path_of(visit, "day") in parent.page.text
    assert kept(town, visit).planned_on == town.rooms.today()


def test_advice_when_the_days_answers_call_for_it_names_the_clinics_phone(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    answered_today(town, visit)
    assert "tel:" not in parent.get(path_of(visit)).text
    answered_today(town, visit, HOT)
    page = parent.get(path_of(visit)).text
    assert 'id="advice"' in page
    assert 'href="tel:0000000001"' in page
    received(town, visit)
    assert 'id="advice"' not in parent.get(path_of(visit)).text


def test_advice_when_no_clinic_was_chosen_needs_no_phone(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent, "")
    answered_today(town, visit, HOT)
    page = parent.get(path_of(visit)).text
    assert 'id="advice"' in page
    assert "tel:" not in page


def test_today_when_received_and_read_stands_step_by_step(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    assert "受付が済みました" not in parent.get(path_of(visit)).text
    received(town, visit)
    assert "受付が済みました" in parent.get(path_of(visit)).text
    town.rooms.audit.write(event(town, Deed.READ_ANSWERS, visit, Who.NURSE))
    assert "看護師が答えを読んでいます" in parent.get(path_of(visit)).text
    town.rooms.audit.write(event(town, Deed.READ_ANSWERS, visit, Who.DOCTOR))
    page = parent.get(path_of(visit)).text
    assert "看護師が答えを読みました" in page
    assert "医師が答えを読んでいます" in page


def test_pass_when_closed_or_stopped_tells_what_to_do_next(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    for end, deed in ((close, Deed.CLOSED), (lambda visit, _now: withdraw(visit), Deed.WITHDRAWN)):
        visit = received(town, today_visit(town, parent))
        town.rooms.visits.change(end(visit, town.clock()), event(town, deed, visit))
        page = parent.get(path_of(visit))
        assert page.status == 410
        assert "pass-qr" not in page.text
        assert f"/visits/new?child={visit.subject_id}" in page.text
        assert parent.get(path_of(visit, "pass.png")).status == 410


def test_pass_when_expired_is_renewed_by_a_new_day_and_stays_the_same(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    face = town.rooms.passes.face(visit)
    town.clock.forward(days=2)
    parent.sign_in()
    page = parent.get(path_of(visit))
    assert page.status == 200
    assert face.short_code not in page.text
    parent.submit(action="/today")
    assert face.short_code in parent.page.text


def test_picture_when_saved_holds_code_and_validity_only(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = today_visit(town, parent)
    page = parent.get(path_of(visit, "pass.png"))
    face = town.rooms.passes.face(visit)
    assert page.headers["content-disposition"] == 'attachment; filename="pass.png"'
    assert page.headers["content-type"] == "image/png"
    (qr,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.body)))
    assert qr.text == face.digits


def test_pass_when_her_language_is_another_keeps_the_receptionists_words(town: Site) -> None:  # noqa: F811
    visit = today_visit(town, signed_in(town))
    parent = Parent(town._transport("vi"))  # without the page checker: the wording of vi is still on its way
    parent.sign_in()
    page = parent.get(path_of(visit))
    assert '<html lang="vi"' in page.text
    assert re.search(r'<p lang="ja" dir="ltr">受付の方へ', page.text)
