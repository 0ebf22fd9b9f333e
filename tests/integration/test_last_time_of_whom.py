"""Whose answers are offered again: her own and, about the family, a sibling's; nothing discreet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.questionnaire.answers import Answer
from app.visit.planning import withdraw
from app.visit.ports import Deed
from app.visit.visit import State
from tests.support.coming_again import Returning, button_on, make_returning, offered_on
from tests.support.planted_checkup import CODE, planted_library
from tests.support.site import Site, make_site
from tests.support.tally import Tally

SECRET = "ひみつのおじ"
KIN = """
[[page.question]]
code = "planted_kin"
kind = "yes_no"
text = "planted_kinですか。"
short = "planted_kinの有無"
family = true
details = { when = ["yes"], text = "planted_kinのこと" }
source = { item = "planted for a test", mark = "D" }
"""


@pytest.fixture(scope="module")
def site(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Site]:
    """One site for all, with the planted checkup; every test has a family of its own."""
    folder = tmp_path_factory.mktemp("site") / "data"
    made = make_site(folder, module_engine_url, library=planted_library(second=KIN))
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()


@pytest.fixture
def mother(site: Site) -> Returning:
    """A mother and her child."""
    return make_returning(site, "こたえ")


def test_closed_visit_counts_and_a_withdrawn_one_does_not(mother: Returning) -> None:
    closed = mother.received(mother.submit("mr-1", convulsion_ever=Answer("no")))
    mother.change(replace(mother.now(closed), state=State.CLOSED, closed_at=mother.site.clock()), Deed.CLOSED)
    mother.site.clock.forward(minutes=1)
    stopped = mother.submit("mr-2", convulsion_ever=Answer("yes"))
    mother.change(withdraw(mother.now(stopped)), Deed.WITHDRAWN)
    assert mother.offers(mother.draft("varicella-1"), "convulsion") == [f"前回 {mother.day}：いいえ"]


def test_siblings_answers_are_offered_about_the_family_only_and_marked_as_such(mother: Returning) -> None:
    mother.submit(CODE, planted_kin=Answer("yes", SECRET))
    brother = mother.sibling()
    visit = brother.draft(CODE)
    phone = brother.open(visit, "planted_breath")
    assert offered_on(phone.page.text) == [f"{mother.day}：はい – {SECRET}"]
    assert "ご家族の答え（きょうだいの準備から）" in phone.page.text
    assert "ご家族の答えと同じです" in phone.page.text
    assert "前回" not in phone.page.text
    for page in ("planted_sleep", "contact"):
        assert brother.offers(visit, page) == []
    phone.press("same")
    assert brother.kept(visit)["planted_kin"] == Answer("yes", SECRET)
    assert "planted_gasps" not in brother.kept(visit)


def test_vaccinations_ask_about_relatives_of_each_child_anew(mother: Returning) -> None:
    """A sibling may be the very relative that was meant, and who somebody is differs from child to child."""
    told = {"family_immune_deficiency": Answer("yes", SECRET), "family_vaccine_reaction": Answer("no")}
    mother.submit("mr-1", **told)
    brother = mother.sibling()
    visit = brother.draft("mr-1")
    for page in ("family", "birth", "convulsion", "allergy", "contact", "measles_rubella"):
        assert brother.offers(visit, page) == []
    assert mother.offers(mother.draft("varicella-1"), "family") == [
        f"前回 {mother.day}：はい – {SECRET}",
        f"前回 {mother.day}：いいえ",
    ]


def test_own_answers_come_before_a_siblings_newer_ones(mother: Returning) -> None:
    mother.submit(CODE, planted_kin=Answer("no"))
    mother.site.clock.forward(minutes=1)
    mother.sibling().submit(CODE, planted_kin=Answer("yes", SECRET))
    assert mother.offers(mother.draft(CODE), "planted_breath") == [f"前回 {mother.day}：いいえ"] * 2


def test_own_and_siblings_answers_on_one_page_stand_apart_under_one_button(mother: Returning) -> None:
    """Her own checkup was asked in the first version, which had no question about the family yet."""
    first = mother.submit(CODE)
    pins = tuple((code, 1 if code == CODE else version) for code, version in first.pins)
    mother.change(replace(first, pins=pins), Deed.PLAN_CHANGED)
    mother.sibling().submit(CODE)
    visit = mother.draft(CODE)
    phone = mother.open(visit, "planted_breath")
    assert offered_on(phone.page.text) == [f"前回 {mother.day}：いいえ", f"{mother.day}：いいえ"]
    assert phone.page.text.index("<h2>前回の答え</h2>") < phone.page.text.index("<h2>ご家族の答え")
    assert "上の答えと同じです" in phone.page.text
    phone.press("same")
    assert mother.kept(visit).keys() >= {"planted_gasps", "planted_kin"}


def test_another_guardian_of_the_same_children_is_offered_nothing_of_hers(mother: Returning) -> None:
    brother = mother.sibling()
    for child in (mother, brother):
        child.submit("mr-1", family_immune_deficiency=Answer("yes", SECRET))
    father = mother.other_guardian(mother.subject, brother.subject)
    visit = father.draft("varicella-1")
    pages = [page for page in father.site.rooms.sheet_of(visit).pages_ahead if not page.is_taken_over]
    texts = [father.open(visit, page.code).page.text for page in pages]
    assert len(texts) > 8
    assert [text for text in texts if SECRET in text or offered_on(text)] == []
    hers = mother.draft("mr-2")
    marks = button_on(mother.open(hers, "family").page.text)
    phone = father.open(visit, "family")
    phone.post_once(f"/visits/{visit.id}/pages/family/same", {**phone.form().fields, "same": marks})
    assert "family_immune_deficiency" not in father.kept(visit)
    foreign = father.phone().post_once(f"/visits/{hers.id}/pages/family/same", phone.form().fields)
    assert foreign.status == 400
    fields = {**phone.form().fields, "same": marks}
    assert phone.post_once(f"/visits/{hers.id}/pages/family/same", fields).status == 404
    assert "family_immune_deficiency" not in mother.kept(hers)


def test_child_whom_she_no_longer_answers_for_gives_no_answers_any_more(mother: Returning) -> None:
    rooms, clock = mother.site.rooms, mother.site.clock
    link = rooms.people.guardianship(mother.person.id, mother.subject.id, clock())
    assert link is not None
    niece = replace(mother.subject, id=rooms.new_id())
    until = clock() + timedelta(minutes=5)
    rooms.people.add_subject(niece, replace(link, id=rooms.new_id(), subject_id=niece.id, until=until))
    replace(mother, subject=niece).submit(CODE, planted_kin=Answer("yes", SECRET))
    visit = mother.draft(CODE)
    phone = mother.open(visit, "planted_breath")
    assert SECRET in phone.page.text
    marks = button_on(phone.page.text)
    clock.forward(minutes=5)
    assert mother.offers(visit, "planted_breath") == []
    phone.press("same")
    phone.post_once(f"/visits/{visit.id}/pages/planted_breath/same", {**phone.form().fields, "same": marks})
    assert "planted_kin" not in mother.kept(visit)


def test_discreet_answers_are_never_offered_and_advice_is_told_after_the_tap(mother: Returning) -> None:
    afraid, who, gasps = Answer("yes"), Answer(SECRET), Answer("yes")
    earlier = mother.submit(CODE, planted_afraid=afraid, planted_who=who, planted_gasps=gasps)
    visit = mother.draft(CODE)
    phone = mother.open(visit, "planted_home")
    assert offered_on(phone.page.text) == []
    assert SECRET not in phone.page.text
    marks = f"planted_afraid:{earlier.id}-1 planted_who:{earlier.id}-1"
    phone.post_once(f"/visits/{visit.id}/pages/planted_home/same", {**phone.form().fields, "same": marks})
    assert "planted_afraid" not in mother.kept(visit)
    breath = mother.open(visit, "planted_breath")
    assert offered_on(breath.page.text)[0] == f"前回 {mother.day}：はい"
    assert breath.press("same").path == f"/visits/{visit.id}/pages/planted_breath/now"


@pytest.mark.parametrize("forged", ["", "yes", "convulsion_ever:other-1", "convulsion_ever=yes"])
def test_button_when_forged_takes_over_nothing(mother: Returning, forged: str) -> None:
    mother.submit("mr-1", convulsion_ever=Answer("no"))
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "convulsion")
    fields = {**phone.form().fields, "same": forged}
    phone.post_once(f"/visits/{visit.id}/pages/convulsion/same", fields)
    assert "convulsion_ever" not in mother.kept(visit)
    assert Deed.LAST_TIME_CONFIRMED not in mother.deeds(visit)
