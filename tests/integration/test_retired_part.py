"""An open draft survives a new version of its questions: by the map, or by asking again, losing nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.questionnaire.answers import Answer
from app.questionnaire.path import asked
from app.visit.ports import Deed, Event
from app.visit.visit import State, Visit
from tests.support.journey import Fetched, Parent
from tests.support.redeployed import Change, definitions_with, redeployed
from tests.support.site import Site
from tests.support.town_visits import healthy_answers

MR = "parts/vaccination-mr/v2.toml"
PROGRAMME = "programmes/mr/v1.toml"
PATH = "/visits/{}/pages/{}"
NOTE = "前に書いたこと"


def with_further_mr(folder: Path) -> None:
    """The part for MR in a further version: one question renamed, one of another kind, one that is gone."""
    text = (folder / MR).read_text("utf-8").replace("version = 2", "version = 3")
    asked_of_all = text.partition('[[page]]\ncode = "mr_recipient"')[0]
    head, measles, rubella, _ = re.split(r"(?m)^(?=\[\[page.question\]\])", asked_of_all)
    rubella = re.sub(r"(?m)^(unknown|details) = .*\n", "", rubella).replace('"yes_no"', '"text"')
    migrate = '[migrate]\nfrom = 2\n[[migrate.rename]]\nquestion = "had_measles"\nto = "measles_ever"\n'
    second = head + measles.replace("had_measles", "measles_ever") + rubella + migrate
    (folder / MR.replace("v2", "v3")).write_text(second, "utf-8")
    _retire_mr(folder)


def _retire_mr(folder: Path) -> None:
    """The programme asks for nothing that is gone, and the version before is retired."""
    text = (folder / PROGRAMME).read_text("utf-8").replace("version = 1", "version = 2", 1)
    blocks = re.split(r"(?m)^(?=\[\[)", text.replace('"had_measles"', '"measles_ever"'))
    gone = "had_rubella|vaccine_doses|mr_pregnancy"
    left = [one for one in blocks if not ("concern" in one and re.search(gone, one))]
    (folder / PROGRAMME.replace("v1", "v2")).write_text("".join(left), "utf-8")
    ledger = folder / "published.toml"
    retired = "[retired.vaccination-mr]\n"
    ledger.write_text(ledger.read_text("utf-8").replace(retired, f'{retired}v2 = "試し"\n'), "utf-8")


def prepared(site: Site) -> tuple[Parent, Visit]:
    """A mother with a draft for MR."""
    parent = site.parent()
    parent.sign_in()
    parent.add_child()
    return parent, kept(site, parent.prepare(["mr-1"], "midori"))


def kept(site: Site, visit_id: str) -> Visit:
    """The visit as it is kept."""
    visit = site.rooms.visits.find(visit_id)
    assert visit is not None
    return visit


Deploy = Callable[[Change], tuple[Site, Parent]]


@pytest.fixture
def deploy(site: Site, tmp_path: Path) -> Iterator[Deploy]:
    """The site after a change of its definitions, and the mother signed in there."""
    made: list[Site] = []

    def deployed(change: Change) -> tuple[Site, Parent]:
        after = redeployed(site, definitions_with(tmp_path, change))
        made.append(after)
        parent = after.parent()
        parent.sign_in()
        return after, parent

    yield deployed
    for one in made:
        one.store.dispose()


def answer(parent: Parent, visit: Visit, page: str, answers: dict[str, str]) -> Fetched:
    """One page answered."""
    parent.get(PATH.format(visit.id, page))
    return parent.submit(answers)


MEASLES = {"had_measles": "yes", "had_measles-details": "3年前", "had_rubella": "yes"}
TYPED = {**MEASLES, "had_rubella-details": "2年前に検査", "measles_vaccine_doses": "none"}


def test_the_second_core_questions_take_over_every_answer_of_the_first(site: Site) -> None:
    parent, visit = prepared(site)
    pins = tuple((code, 1 if code == "vaccination-core" else version) for code, version in visit.pins)
    event = Event(Deed.PLAN_CHANGED, visit.municipality, f"person:{visit.person_id}", "parent", site.clock())
    visit = site.rooms.visits.change(replace(visit, pins=pins), event)
    draft, sheet = site.rooms.visits.draft(visit), site.rooms.sheet_of(visit)
    told = {
        **draft.answers,
        "vaccinated_1m": Answer("yes"),
        "vaccinated_1m_kinds": Answer(("mr", "other"), "ヒブ"),
        "vaccine_reaction_ever": Answer("yes"),
        "vaccine_reaction_vaccines": Answer(("bcg",)),
    }
    answers = healthy_answers(sheet.pages_ahead, told, "見本", sheet.facts)
    site.rooms.visits.save(replace(draft, answers=answers), visit, event)
    assert "もう一度お答えください" not in parent.get(f"/visits/{visit.id}/check").text
    parent.send(visit.id)
    moved = kept(site, visit.id)
    assert ("vaccination-core", 2) in moved.pins
    assert moved.state is State.SUBMITTED
    newest = site.rooms.visits.newest(moved)
    assert newest is not None
    assert newest.answers == asked(sheet.pages_ahead, answers, sheet.facts)
    assert newest.answers["vaccinated_1m_kinds"] == Answer(("mr", "other"), "ヒブ")
    assert Deed.DRAFT_MOVED in [event.deed for event in site.rooms.visits.history(visit.id)]


def test_a_look_changes_nothing_and_the_next_post_moves_draft_and_pins_at_once(
    site: Site, deploy: Deploy
) -> None:
    parent, visit = prepared(site)
    answer(parent, visit, "measles_rubella", TYPED)
    after, parent = deploy(with_further_mr)
    page = parent.get(PATH.format(visit.id, "measles_rubella"))
    assert "もう一度お答えください" in page.text
    assert f"{NOTE}：<bdi>2年前に検査</bdi>" in page.text
    assert parent.form().fields["measles_ever"] == ["yes"]
    assert parent.form().fields["measles_ever-details"] == ["3年前"]
    assert kept(after, visit.id).pins == visit.pins
    assert kept(after, visit.id).revision == visit.revision
    parent.submit({"had_rubella": "かかっていません"})
    moved = kept(after, visit.id)
    assert ("vaccination-mr", 3) in moved.pins
    draft = after.rooms.visits.draft(moved)
    assert draft.answers["measles_ever"] == Answer("yes", "3年前")
    assert draft.answers["had_rubella"] == Answer("かかっていません")
    assert draft.earlier == {}
    deeds = [event.deed for event in after.rooms.visits.history(visit.id)]
    assert deeds.count(Deed.DRAFT_MOVED) == 1
    assert NOTE not in parent.get(PATH.format(visit.id, "measles_rubella")).text


def test_a_form_drawn_before_is_read_by_its_own_questions_and_moves_along(site: Site, deploy: Deploy) -> None:
    parent, visit = prepared(site)
    parent.get(PATH.format(visit.id, "measles_rubella"))
    form = parent.form()
    after, later = deploy(with_further_mr)
    later.get(PATH.format(visit.id, "measles_rubella"))
    token = later.form().fields["csrf_token"]
    posted = {**form.fields, **TYPED, "csrf_token": token}
    later.post(PATH.format(visit.id, "measles_rubella"), posted)
    draft = after.rooms.visits.draft(kept(after, visit.id))
    assert draft.answers["measles_ever"] == Answer("yes", "3年前")
    assert draft.earlier["had_rubella"] == "2年前に検査"
    assert ("vaccination-mr", 3) in kept(after, visit.id).pins


def test_two_devices_on_a_moved_draft_do_not_overwrite_one_another(site: Site, deploy: Deploy) -> None:
    parent, visit = prepared(site)
    answer(parent, visit, "measles_rubella", TYPED)
    after, first = deploy(with_further_mr)
    second = after.parent()
    second.sign_in()
    for one in (first, second):
        one.get(PATH.format(visit.id, "measles_rubella"))
    first.submit({"measles_ever": "no", "had_rubella": "いいえ"})
    answered = second.submit({"measles_ever": "yes", "had_rubella": "はい"})
    assert answered.status == 409
    draft = after.rooms.visits.draft(kept(after, visit.id))
    assert draft.answers["had_rubella"] == Answer("いいえ")


def test_what_is_submitted_is_never_moved(site: Site, deploy: Deploy) -> None:
    parent, visit = prepared(site)
    parent.answer_pages(visit.id)
    parent.send(visit.id)
    sent = kept(site, visit.id)
    after, parent = deploy(with_further_mr)
    page = parent.get(PATH.format(visit.id, "measles_rubella"))
    assert "had_measles" in page.text
    assert "もう一度お答えください" not in page.text
    parent.submit({"had_measles": "unknown"})
    assert kept(after, visit.id).pins == sent.pins


def test_every_page_shows_the_moved_draft_before_it_is_kept(site: Site, deploy: Deploy) -> None:
    parent, visit = prepared(site)
    parent.answer_pages(visit.id)
    after, parent = deploy(with_further_mr)
    for where in ("/home", "/visits/{}", "/visits/{}/check"):
        assert "/pages/measles_rubella" in parent.get(where.format(visit.id)).text
    assert kept(after, visit.id).pins == visit.pins


def test_words_of_a_question_that_is_gone_stand_on_the_check_page(site: Site, deploy: Deploy) -> None:
    parent, visit = prepared(site)
    gone = {"measles_vaccine_doses": "one", "measles_vaccine_doses-details": "海外で一度"}
    answer(parent, visit, "measles_rubella", {**TYPED, **gone})
    after, parent = deploy(with_further_mr)
    assert "<bdi>海外で一度</bdi>" in parent.get(f"/visits/{visit.id}/check").text
    answer(parent, visit, "measles_rubella", {"had_rubella": "いいえ"})
    assert after.rooms.visits.draft(kept(after, visit.id)).earlier == {"measles_vaccine_doses": "海外で一度"}
    assert "<bdi>海外で一度</bdi>" in parent.get(f"/visits/{visit.id}/check").text
