"""Last time's answers on the page: shown with their day, chosen by nobody, confirmed with one tap."""

import re
from collections.abc import Iterator
from dataclasses import replace

import html5lib
import pytest

from app.questionnaire.answers import Absence, Answer
from app.visit.ports import Deed
from tests.support.coming_again import Returning, button_on, make_returning, offered_on
from tests.support.journey import HTML
from tests.support.site import Site, make_site
from tests.support.tally import Tally

CHECKED = re.compile(r"<input[^>]* checked")


@pytest.fixture(scope="module")
def site(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Site]:
    """One site for all; every test has a family of its own."""
    made = make_site(tmp_path_factory.mktemp("site") / "data", module_engine_url)
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()


@pytest.fixture
def mother(site: Site) -> Returning:
    """A mother and her child."""
    return make_returning(site, "こたえ")


def test_second_visit_shows_the_first_ones_answers_with_their_day_and_chooses_nothing(
    mother: Returning,
) -> None:
    mother.submit("mr-1", birth_weight=Answer(3120), delivery_problem=Answer("yes", "吸引"))
    day = mother.day
    mother.site.clock.forward(days=40)
    text = mother.open(mother.draft("varicella-1"), "birth").page.text
    assert offered_on(text) == [
        f"前回 {day}：3120\u00a0g",
        f"前回 {day}：はい – 吸引",
        f"前回 {day}：いいえ",
        f"前回 {day}：いいえ",
    ]
    assert text.index("<h2>前回の答え</h2>") < text.index('id="main"')
    assert not CHECKED.search(text)
    assert 'name="birth_weight" value=""' in text


def test_one_tap_saves_what_was_shown_and_leads_on_and_is_audited(mother: Returning) -> None:
    mother.submit("mr-1", birth_weight=Answer(480), delivery_problem=Answer("yes", "吸引"))
    visit = mother.draft("varicella-1")
    after = mother.open(visit, "birth").press("same")
    assert (after.status, after.path) == (200, f"/visits/{visit.id}/pages/illness_month")
    saved = mother.kept(visit)
    assert saved["birth_weight"] == Answer(480)
    assert saved["delivery_problem"] == Answer("yes", "吸引")
    assert saved["checkup_told"] == Answer("no")
    assert mother.deeds(visit) == [Deed.PREPARED, Deed.LAST_TIME_CONFIRMED]
    again = mother.open(visit, "birth").page.text
    assert offered_on(again) == []
    assert 'name="birth_weight" value="480"' in again


def test_what_she_answers_herself_wins_over_last_time(mother: Returning) -> None:
    mother.submit("mr-1", birth_weight=Answer(3120))
    visit = mother.draft("varicella-1")
    mother.open(visit, "birth").press("same", {"checkup_told": "yes", "checkup_told-details": "体重"})
    assert mother.kept(visit)["checkup_told"] == Answer("yes", "体重")
    assert mother.kept(visit)["birth_weight"] == Answer(3120)


def test_what_she_typed_wrongly_is_asked_again_with_everything_kept(mother: Returning) -> None:
    mother.submit("mr-1", birth_weight=Answer(3120))
    visit = mother.draft("varicella-1")
    after = mother.open(visit, "birth").press("same", {"birth_weight": "たくさん"})
    assert after.status == 422
    assert 'value="たくさん"' in after.text
    assert offered_on(after.text) == []
    assert "birth_weight" not in mother.kept(visit)
    assert mother.kept(visit)["checkup_told"] == Answer("no")


def test_page_with_a_question_left_leads_back_to_it_without_a_fault(mother: Returning) -> None:
    """A weight that today's bounds refuse is not offered."""
    mother.submit("mr-1", birth_weight=Answer(90))
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "birth")
    assert len(offered_on(phone.page.text)) == 3
    fields = {**phone.form().fields, "same": button_on(phone.page.text)}
    answer = phone.post_once(f"/visits/{visit.id}/pages/birth/same?from=check", fields)
    assert answer.status == 303
    assert answer.headers["location"] == f"/visits/{visit.id}/pages/birth?from=check#birth_weight"
    assert mother.kept(visit).keys() >= {"delivery_problem", "after_birth_problem", "checkup_told"}
    page = mother.open(visit, "birth").page
    assert 'id="problems"' not in page.text
    assert CHECKED.search(page.text)


def test_nothing_of_a_visit_or_a_day_is_ever_offered(mother: Returning) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    mother.answer_today(visit)
    now = mother.draft("mr-2")
    pages = [page for page in mother.site.rooms.sheet_of(now).pages_ahead if not page.is_taken_over]
    shown = {page.code: mother.offers(now, page.code) for page in pages}
    assert shown["illness_month"] == shown["around_month"] == []
    assert shown["convulsion"] == [f"前回 {mother.day}：いいえ"]
    always = [one for page in pages for one in page.questions if one.fresh == "always" and not one.origin]
    assert 10 < sum(map(len, shown.values())) <= len(always)


def test_danger_question_has_its_own_tap_and_unknown_is_offered_as_such(mother: Returning) -> None:
    mother.submit("mr-1", allergy_ever=Answer(Absence.UNKNOWN))
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "allergy")
    assert offered_on(phone.page.text) == [f"前回 {mother.day}：わからない"]
    phone.press("same")
    assert mother.kept(visit)["allergy_ever"] == Answer(Absence.UNKNOWN)
    assert "convulsion_ever" not in mother.kept(visit)


def test_another_device_is_never_overwritten_unseen(mother: Returning) -> None:
    mother.submit("mr-1", convulsion_ever=Answer("no"))
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "convulsion")
    draft = mother.site.rooms.visits.draft(visit)
    other = replace(draft, answers={**draft.answers, "convulsion_ever": Answer("yes")})
    mother.site.rooms.visits.save(other, visit, mother.deed(Deed.DRAFT_SAVED, visit))
    after = phone.press("same")
    assert after.status == 409
    assert "ほかの画面でも書きかえられています" in after.text
    assert '<div class="card problems">' in after.text
    assert mother.kept(visit)["convulsion_ever"] == Answer("yes")
    assert Deed.LAST_TIME_CONFIRMED not in mother.deeds(visit)


def test_newer_answer_that_she_did_not_see_is_not_taken_over(mother: Returning) -> None:
    mother.submit("mr-1", convulsion_ever=Answer("no"))
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "convulsion")
    mother.site.clock.forward(minutes=1)
    mother.submit("mr-2", convulsion_ever=Answer("yes"))
    after = phone.press("same")
    assert "convulsion_ever" not in mother.kept(visit)
    assert offered_on(after.text) == [f"前回 {mother.day}：はい"]


def test_enter_key_presses_next_and_neither_a_language_nor_last_times_answers(mother: Returning) -> None:
    """The first button of a form is the one that Enter presses; Safari passes over what is folded away."""
    mother.submit("mr-1")
    text = mother.open(mother.draft("varicella-1"), "birth").page.text
    first, *others = (one for one in html5lib.parse(text).iter(f"{HTML}button") if one.get("form") == "main")
    assert (first.get("formaction"), first.get("name")) == (None, None)
    assert (first.get("tabindex"), first.get("aria-hidden")) == ("-1", "true")
    assert others[-1].get("name") == "same"


def test_login_when_expired_comes_back_to_the_page_with_what_was_typed(mother: Returning) -> None:
    mother.submit("mr-1")
    visit = mother.draft("varicella-1")
    phone = mother.open(visit, "birth")
    path = f"/visits/{visit.id}/pages/birth"
    fields = {**phone.form().fields, "birth_weight": "2999", "same": button_on(phone.page.text)}
    mother.site.clock.forward(minutes=31)
    answer = phone.post_once(f"{path}/same", fields)
    assert answer.status == 303
    assert (
        f"{path}?kept=1".replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")
        in (answer.headers["location"])
    )
    assert 'name="birth_weight" value="2999"' in mother.phone().get(f"{path}?kept=1").text
    assert "birth_weight" not in mother.kept(visit)


def test_card_in_a_language_that_is_an_aid_has_the_japanese_beside_question_and_option(
    mother: Returning,
) -> None:
    mother.submit("mr-1", birth_weight=Answer(3120), checkup_told=Answer(Absence.UNKNOWN))
    vietnamese = replace(mother, page_language="vi")
    said = vietnamese.offers(mother.draft("varicella-1"), "birth")
    assert [one.endswith(("g", "わからない", "いいえ")) for one in said] == [True] * 4
    assert said[0].startswith("Lần trước, ")
    text = vietnamese.open(mother.draft("varicella-1"), "birth").page.text
    card = text.partition('id="last-time"')[2].partition("</section>")[0]
    assert card.count('<span class="ja" lang="ja">') == 4 + 3
