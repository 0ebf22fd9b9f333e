"""Which questions stand on a form, and what a discreet page keeps."""

from dataclasses import replace

import pytest

from app.questionnaire.answers import Answer
from app.questionnaire.definition import Kind, Page
from app.questionnaire.facts import NO_FACTS, Facts
from app.visit.filling import Posted, answer_page, is_answered, to_draw, without_page
from tests.unit.visit.making import TODAY, ask, draft, given, when

CHAIN = Page(
    "chain",
    "chain",
    (
        ask("ill"),
        ask("since", Kind.TEXT, shown_when=when("ill")),
        ask("rash", shown_when=when("since", True, "exists")),
        ask("kicks", shown_when=when("gestation_weeks", 20, ">=")),
        ask("fewer", shown_when=when("kicks")),
        ask("far", shown_when=when("elsewhere")),
    ),
)


@pytest.mark.parametrize(
    ("answers", "facts", "drawn"),
    [
        ({}, NO_FACTS, ("ill", "since", "rash")),
        ({}, Facts(gestation_weeks=20), ("ill", "since", "rash", "kicks", "fewer")),
        ({}, Facts(gestation_weeks=19), ("ill", "since", "rash")),
        ({"elsewhere": Answer("yes")}, NO_FACTS, ("ill", "since", "rash", "far")),
    ],
)
def test_form_when_drawn_holds_what_is_asked_and_what_can_unfold(
    answers: dict[str, Answer], facts: Facts, drawn: tuple[str, ...]
) -> None:
    assert to_draw((CHAIN,), answers, facts) == drawn


def test_form_when_it_has_several_pages_unfolds_over_them() -> None:
    following = Page("next", "next", (ask("itch", shown_when=when("ill")),))
    assert to_draw((CHAIN, following), {}, NO_FACTS) == ("ill", "since", "rash", "itch")
    assert to_draw((following,), {}, NO_FACTS) == ()


HOME = Page("home", "home", (ask("afraid"), ask("weight", Kind.INTEGER)), discreet=True)


def test_page_when_discreet_keeps_nothing_typed_beside_the_draft() -> None:
    raw = {"afraid": ["yes"], "weight": ["heavy"]}
    kept = answer_page(draft(), Posted(HOME, raw, {}, TODAY, NO_FACTS))
    assert [fault.field for fault in kept.faults] == ["weight"]
    assert (kept.draft.typed, kept.draft.answers) == ({}, given(afraid="yes"))
    plain = answer_page(draft(), Posted(replace(HOME, discreet=False), raw, {}, TODAY, NO_FACTS))
    assert plain.draft.typed["home"]["weight"] == ["heavy"]


def test_page_when_something_is_left_is_not_answered() -> None:
    assert not is_answered(HOME, {}, NO_FACTS)
    assert not is_answered(HOME, given(afraid="yes"), NO_FACTS)
    assert is_answered(HOME, given(afraid="yes", weight=3), NO_FACTS)
    optional = replace(HOME, questions=(ask("note", Kind.TEXT, required=False),))
    assert not is_answered(optional, given(elsewhere="x"), NO_FACTS)


def test_answers_without_a_page_hold_the_others_only() -> None:
    assert without_page(HOME, given(afraid="yes", elsewhere="x")) == given(elsewhere="x")
