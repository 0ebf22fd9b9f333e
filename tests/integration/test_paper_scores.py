"""Scores of licensed papers at the clinic counter: entered, raised, corrected, never shown to the parent."""

import re
from dataclasses import replace
from datetime import date, timedelta

import html5lib
import pytest

from app.people.person import SELF_DECLARED_RIGHTS, Evidence, Guardianship, Sex, Subject, SubjectKind
from app.questionnaire.answers import Answer
from app.visit.ports import Deed
from app.visit.visit import State, Visit
from tests.support.journey import HTML, Fetched, Journey
from tests.support.matrix import counter_of
from tests.support.rules import routes_of
from tests.support.site import Site
from tests.support.submitted import TOWN, Family, make_family
from tests.support.town import Town

EPDS, MIBS = "エジンバラ産後うつ病質問票", "赤ちゃんへの気持ち質問票"
ITEM_TEN = "EPDS 項目10が1点以上"


@pytest.fixture
def mother(site: Site) -> Family:
    """A family whose subject is the mother herself."""
    family, now = make_family(site), site.clock()
    herself = Subject(
        *(site.rooms.new_id(), TOWN, "見本 花子", "みほん はなこ", Sex.FEMALE, date(1994, 5, 6)),
        kind=SubjectKind.MOTHER,
    )
    link = Guardianship(
        *(site.rooms.new_id(), TOWN, family.person.id, herself.id, "self", Evidence.G0),
        rights=SELF_DECLARED_RIGHTS,
        since=now - timedelta(days=1),
    )
    site.rooms.people.add_subject(herself, link)
    return replace(family, subject=herself)


def received(family: Family, programme: str = "checkup-postpartum-2w", loss: str = "no") -> Visit:
    """A visit as its clinic received it."""
    visit = family.now(family.submit(programme, pp_loss=Answer(loss)))
    now = family.site.clock()
    bound = replace(visit, state=State.RECEIVED, bound_clinic_id="midori", received_at=now)
    return family.change(bound, Deed.RECEIVED)


def enter(desk: Journey, visit: Visit, code: str = "epds", **figures: str) -> Fetched:
    """The form of this instrument, sent with these figures."""
    desk.get(f"/clinic/visits/{visit.id}")
    token = desk.form("/scores").fields
    fields = {"csrf_token": token["csrf_token"], "submission_key": token["submission_key"]}
    return desk.post(f"/clinic/visits/{visit.id}/scores", {**fields, "instrument": code, **figures})


def cards(page: Fetched) -> dict[str, str]:
    """The text of every card by its instrument."""
    document = html5lib.parse(page.text)
    found = (one for one in document.iter(f"{HTML}section") if one.get("data-paper"))
    return {str(one.get("data-paper")): " ".join("".join(one.itertext()).split()) for one in found}


def concerns(page: Fetched) -> list[tuple[str, str]]:
    """Every concern: level and text."""
    document = html5lib.parse(page.text)
    found = (one for one in document.iter(f"{HTML}div") if one.get("data-concern"))
    return [(str(one.get("data-concern")), " ".join("".join(one.itertext()).split())) for one in found]


def faulty(page: Fetched) -> dict[str, str]:
    """Every field that is marked as wrong, with what it holds."""
    document = html5lib.parse(page.text)
    fields = (one for one in document.iter(f"{HTML}input") if one.get("aria-invalid"))
    return {str(one.get("id")): str(one.get("value")) for one in fields}


def test_sheet_when_programmes_name_papers_has_a_card_for_each_with_its_holder(
    site: Site, mother: Family
) -> None:
    page = site.staff("nurse").get(f"/clinic/visits/{received(mother).id}")
    found = cards(page)
    assert list(found) == ["epds", "mibs-j", "ikuji-shien-checklist"]
    assert EPDS in found["epds"]
    assert "Royal College of Psychiatrists" in found["epds"]
    assert "許諾を得たもの" in page.text
    assert "（0〜30）" in found["epds"]
    assert "項目10（0〜3）" in found["epds"]
    assert "項目" not in found["mibs-j"]


def test_sheet_when_no_programme_names_a_paper_has_no_card(site: Site) -> None:
    page = site.staff("doctor").get(f"/clinic/visits/{received(make_family(site), 'mr-1').id}")
    assert cards(page) == {}
    assert "紙の質問票" not in page.text


def test_score_when_entered_stands_with_level_reason_hand_and_time_and_raises_its_concerns(
    site: Site, mother: Family
) -> None:
    visit = received(mother)
    before = site.staff("nurse").get(f"/clinic/visits/{visit.id}")
    assert not [text for _, text in concerns(before) if "EPDS" in text]
    page = enter(site.staff("nurse"), visit, total="１２", critical="1")
    assert (page.status, page.path) == (200, f"/clinic/visits/{visit.id}")
    card = cards(page)["epds"]
    assert "合計 12点 項目10 1点" in card
    assert "▲ A すぐに EPDS 項目10が1点以上" in card
    assert "■ B 診察の前に EPDS 合計9点以上" in card
    secret = site.store.staff_secrets.find("midori-nurse")
    assert secret is not None
    assert secret.staff.name in card
    assert "11月24日" in card
    assert re.search(r"9:\d\d", card)
    raised = [(level, text) for level, text in concerns(page) if "EPDS" in text]
    assert [level for level, _ in raised] == ["A", "B"]
    assert "紙の項目10：1点" in raised[0][1]
    assert "紙の合計：12点" in raised[1][1]
    levels = [level for level, _ in concerns(page)]
    assert levels == sorted(levels)
    told = [one for one in site.rooms.visits.history(visit.id) if one.deed is Deed.SCORE_ENTERED]
    assert [(one.role, one.clinic_id) for one in told] == [("nurse", "midori")]


def test_score_below_every_threshold_raises_nothing_and_reassures_nobody(site: Site, mother: Family) -> None:
    visit = received(mother)
    page = enter(site.staff("nurse"), visit, total="3", critical="0")
    assert "合計 3点 項目10 0点" in cards(page)["epds"]
    assert "点数だけで決めず" in cards(page)["epds"]
    assert not [text for _, text in concerns(page) if "EPDS" in text]


def test_score_when_corrected_counts_anew_and_the_earlier_entry_stays_folded(
    site: Site, mother: Family
) -> None:
    visit = received(mother)
    enter(site.staff("nurse"), visit, total="12", critical="2")
    page = enter(site.staff("doctor"), visit, total="2", critical="0")
    card = cards(page)["epds"]
    assert card.index("合計 2点 項目10 0点") < card.index("前の入力 1件") < card.index("合計 12点 項目10 2点")
    assert "A すぐに" not in card
    assert not [text for _, text in concerns(page) if "EPDS" in text]
    kept = site.rooms.paper_scores.of_visit(mother.now(visit))
    assert [(one.number, one.total, one.critical) for one in kept] == [(1, 12, 2), (2, 2, 0)]
    assert len({one.entered_by for one in kept}) == 2


def test_score_when_sent_twice_from_one_page_is_one_entry(site: Site, mother: Family) -> None:
    visit, desk = received(mother), site.staff("nurse")
    desk.get(f"/clinic/visits/{visit.id}")
    fields = desk.form("/scores").fields | {"total": ["9"], "critical": ["0"]}
    for _ in range(2):
        assert desk.post_once(f"/clinic/visits/{visit.id}/scores", fields).status == 303
    assert len(site.rooms.paper_scores.of_visit(mother.now(visit))) == 1


@pytest.mark.parametrize(
    ("figures", "at", "told"),
    [
        ({"total": "12", "critical": ""}, {"critical-epds": ""}, "書いてください"),
        ({"total": "", "critical": "0"}, {"total-epds": ""}, "書いてください"),
        ({"total": "31", "critical": "0"}, {"total-epds": "31"}, "0から30の間"),
        ({"total": "12", "critical": "４"}, {"critical-epds": "４"}, "0から3の間"),
        (
            {"total": "<b>", "critical": "9"},
            {"total-epds": "<b>", "critical-epds": "9"},
            "数として読めません",
        ),
        ({}, {"total-epds": "", "critical-epds": ""}, "書いてください"),
    ],
)
def test_score_when_a_figure_is_wrong_is_refused_at_its_field_with_everything_typed(
    site: Site, mother: Family, figures: dict[str, str], at: dict[str, str], told: str
) -> None:
    visit = received(mother)
    page = enter(site.staff("nurse"), visit, **figures)
    assert page.status == 422
    assert faulty(page) == at
    assert told in cards(page)["epds"]
    for name, value in figures.items():
        assert f'name="{name}" value="{value.replace("<b>", "&lt;b&gt;")}"' in page.text
    assert all(f'href="#{field}"' in page.text for field in at)
    summary = page.text.partition('id="problems"')[2].partition("</div>")[0]
    assert summary.count(EPDS) == len(at)
    assert site.rooms.paper_scores.of_visit(mother.now(visit)) == ()


def test_score_of_a_paper_that_the_visit_has_not_is_refused(site: Site, mother: Family) -> None:
    visit, desk = received(mother), site.staff("doctor")
    for code in ("sdq", "none", ""):
        page = enter(desk, visit, code, total="3")
        assert page.status == 422
        assert "この質問票の欄がありません" in page.text
    assert site.rooms.paper_scores.of_visit(mother.now(visit)) == ()


def test_papers_about_a_baby_are_hidden_after_a_loss_and_what_was_entered_stays(
    site: Site, mother: Family
) -> None:
    lost = received(mother, loss="yes")
    desk = site.staff("nurse")
    page = desk.get(f"/clinic/visits/{lost.id}")
    assert list(cards(page)) == ["epds"]
    assert MIBS not in page.text
    assert enter(desk, lost, "mibs-j", total="4").status == 422
    one_here = received(mother, loss="yes_one_here")
    assert list(cards(desk.get(f"/clinic/visits/{one_here.id}")))[1:] == ["mibs-j", "ikuji-shien-checklist"]
    assert "合計 6点" in cards(enter(desk, one_here, "mibs-j", total="6"))["mibs-j"]
    mother.answer(one_here, pp_loss=Answer("yes"))
    after = cards(desk.get(f"/clinic/visits/{one_here.id}"))
    assert list(after) == ["epds", "mibs-j"]
    assert "合計 6点" in after["mibs-j"]
    assert "使いません" in after["mibs-j"]
    assert "記録する" not in after["mibs-j"]


def test_reception_reads_one_instruction_and_never_a_score(site: Site, mother: Family) -> None:
    visit = received(mother)
    path = f"/clinic/visits/{visit.id}"
    assert "看護師を呼んで" not in site.staff("reception").get(path).text
    enter(site.staff("nurse"), visit, total="13", critical="3")
    page = site.staff("reception").get(path)
    assert "先に看護師を呼んでください" in page.text
    board = site.staff("reception").get("/reception")
    assert "▲ 看護師へ" in board.text
    for text in (page.text, board.text):
        for word in ("EPDS", "エジンバラ", "13点", "紙の質問票", "data-paper"):
            assert word not in text


def test_reception_when_it_tries_to_enter_a_score_is_refused(site: Site, mother: Family) -> None:
    visit, desk = received(mother), site.staff("reception")
    token = desk.form().fields["csrf_token"]
    fields = {"csrf_token": token, "instrument": "epds", "total": "3", "critical": "0"}
    assert desk.post(f"/clinic/visits/{visit.id}/scores", fields).status == 403
    assert site.rooms.paper_scores.of_visit(mother.now(visit)) == ()


def test_score_of_another_clinics_visit_is_absent(site: Site, mother: Family) -> None:
    visit, desk = received(mother), site.staff("doctor", "aozora")
    token = desk.form().fields["csrf_token"]
    fields = {"csrf_token": token, "instrument": "epds", "total": "3", "critical": "0"}
    assert desk.post(f"/clinic/visits/{visit.id}/scores", fields).status == 404
    assert site.rooms.paper_scores.of_visit(mother.now(visit)) == ()


def test_score_may_be_entered_after_the_end_of_the_visit(site: Site, mother: Family) -> None:
    visit = received(mother)
    now = site.clock()
    mother.change(replace(mother.now(visit), state=State.CLOSED, closed_at=now), Deed.CLOSED)
    site.clock.forward(days=1)
    page = enter(site.staff("nurse"), visit, total="10", critical="0")
    assert "この受診は終わっています" in page.text
    assert "11月25日" in cards(page)["epds"]


def test_parent_never_meets_a_score_on_any_of_her_pages(town: Town) -> None:
    visit = town.visit("scored")
    seat, _ = town.seat("parent")
    routes = [one for one in routes_of(town.site.app) if one.method == "GET" and counter_of(one) == "parent"]
    about_it = [one for one in routes if one.is_about_a_visit or one.is_about_a_subject]
    assert len(about_it) >= 15
    shown = 0
    for route in about_it:
        path = route.rule.replace("<subject_id>", visit.subject_id).replace("<page_code>", "pp_first")
        answer = seat("GET", path.replace("<visit_id>", visit.id), ())
        shown += answer.status == 200
        for word in ("EPDS", "エジンバラ", "MIBS", "紙の質問票", "data-paper", "score"):
            assert word not in answer.text, answer.path
    assert shown >= 10
    assert "▲ A すぐに EPDS" in cards(town.seat("nurse")[1].get(f"/clinic/visits/{visit.id}"))["epds"]
