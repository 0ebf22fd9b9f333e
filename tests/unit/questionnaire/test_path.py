"""The path: one pass, hidden counts as unanswered."""

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from app.questionnaire.answers import Answer, Answers
from app.questionnaire.concerns import raised
from app.questionnaire.definition import Concern, Kind, Level
from app.questionnaire.facts import NO_FACTS
from app.questionnaire.path import asked, missing, next_page, pages_to_answer, visible_questions
from tests.unit.questionnaire.making import SOURCE, ask, given, opening, page, when

CHAIN = page(
    ask("ill"),
    ask("fever", shown_when=when("ill", "=", "yes")),
    ask("high", shown_when=when("fever", "=", "yes")),
    ask("calm", shown_when=when("fever", "exists", False)),
    code="chain",
)
TAKEN = page(ask("child_name", Kind.TEXT, origin="subject.name"), code="taken")
LATER = page(ask("rash", shown_when=when("high", "=", "yes")), code="later")
LAST = page(ask("note", Kind.TEXT, required=False), code="last")
PAGES = (TAKEN, CHAIN, LATER, LAST)
ANSWERS = st.dictionaries(
    st.sampled_from(["ill", "fever", "high", "calm", "rash", "foreign"]), st.sampled_from(["yes", "no"])
).map(lambda values: given(**values))


def codes(questions: object) -> list[str]:
    return [item.code for item in questions]  # type: ignore[attr-defined]  # questions or pages


def test_a_hidden_question_counts_as_unanswered() -> None:
    stale = given(ill="no", fever="yes", high="yes")
    assert codes(visible_questions(CHAIN, stale, NO_FACTS)) == ["ill", "calm"]
    assert codes(pages_to_answer(PAGES, stale, NO_FACTS)) == ["chain", "last"]
    assert list(asked(PAGES, stale, NO_FACTS)) == ["ill"]


def test_follow_ups_open_one_after_the_other() -> None:
    assert codes(visible_questions(CHAIN, {}, NO_FACTS)) == ["ill", "calm"]
    assert codes(visible_questions(CHAIN, given(ill="yes"), NO_FACTS)) == ["ill", "fever", "calm"]
    assert codes(visible_questions(CHAIN, given(ill="yes", fever="yes"), NO_FACTS)) == [
        "ill",
        "fever",
        "high",
    ]


@hypothesis_given(ANSWERS)
def test_asking_again_changes_nothing(answers: Answers) -> None:
    once = asked(PAGES, answers, NO_FACTS)
    assert asked(PAGES, once, NO_FACTS) == once
    assert pages_to_answer(PAGES, once, NO_FACTS) == pages_to_answer(PAGES, answers, NO_FACTS)
    assert missing(PAGES, once, NO_FACTS) == missing(PAGES, answers, NO_FACTS)
    assert "foreign" not in once


@hypothesis_given(ANSWERS)
def test_what_is_asked_is_visible(answers: Answers) -> None:
    once = asked(PAGES, answers, NO_FACTS)
    visible = {question.code for each in PAGES for question in visible_questions(each, once, NO_FACTS)}
    assert set(once) <= visible


@hypothesis_given(ANSWERS)
def test_next_pages_lead_through_all_pages_to_answer(answers: Answers) -> None:
    walked = []
    here = next_page(PAGES, "taken", answers, NO_FACTS)
    while here is not None:
        walked.append(here)
        here = next_page(PAGES, here.code, answers, NO_FACTS)
    assert tuple(walked) == pages_to_answer(PAGES, answers, NO_FACTS)


def test_a_foreign_page_has_no_next() -> None:
    with pytest.raises(KeyError):
        next_page(PAGES, "nowhere", {}, NO_FACTS)


def test_a_taken_over_page_is_passed_over_and_never_missing() -> None:
    assert codes(pages_to_answer(PAGES, {}, NO_FACTS)) == ["chain", "last"]
    assert codes(missing(PAGES, {}, NO_FACTS)) == ["ill", "calm"]


def test_one_page_believes_the_answers_of_the_others() -> None:
    assert codes(missing((LATER,), given(high="yes"), NO_FACTS)) == ["rash"]


def test_details_are_dropped_when_nothing_opens_them() -> None:
    question = ask("allergy", details=opening("yes"))
    assert asked((page(question),), {"allergy": Answer("no", "eggs")}, NO_FACTS)["allergy"].details == ""
    assert asked((page(question),), {"allergy": Answer("yes", "eggs")}, NO_FACTS)["allergy"].details == "eggs"


def test_details_open_by_any_of_several_choices() -> None:
    question = ask("ills", Kind.CHOICES, details=opening("other"))
    ills = {"ills": Answer(("cold", "other"), "x")}
    assert asked((page(question),), ills, NO_FACTS)["ills"].details == "x"


def test_required_details_left_out_are_missing() -> None:
    pages = (page(ask("allergy", details=opening("yes", required=True))),)
    assert codes(missing(pages, {"allergy": Answer("yes", " ")}, NO_FACTS)) == ["allergy"]
    assert missing(pages, {"allergy": Answer("yes", "eggs")}, NO_FACTS) == ()
    assert missing(pages, {"allergy": Answer("no")}, NO_FACTS) == ()


def test_concerns_come_most_urgent_first_then_as_defined() -> None:
    concerns = [
        Concern(code, when("ill", "=", "yes"), level, "reason", SOURCE)
        for code, level in (("c1", Level.C), ("a1", Level.A), ("c2", Level.C), ("b1", Level.B))
    ]
    assert codes(raised(concerns, given(ill="yes"), NO_FACTS)) == ["a1", "b1", "c1", "c2"]
    assert raised(concerns, given(ill="no"), NO_FACTS) == ()
