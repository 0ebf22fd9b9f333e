"""Concerns by age, by derived numbers and by facts; advice; facts in conditions and nowhere else."""

from dataclasses import replace

import pytest

from app.questionnaire.concerns import advice_met, met_by, raised, raised_by_part
from app.questionnaire.definition import Advice, Concern, Derived, Level, Part, Rule, Urgency
from app.questionnaire.facts import NO_FACTS, Facts
from app.questionnaire.path import asked, missing, pages_to_answer, visible_questions
from app.questionnaire.typed import PageContext, answers_after, read_page
from tests.unit.questionnaire.making import SOURCE, TODAY, ask, given, page, when

FROM_FOUR = Concern("neck", when("neck", "=", "no"), Level.A, "首がすわらない", SOURCE, from_months=4)


@pytest.mark.parametrize(
    ("facts", "before", "found"),
    [
        (Facts(3), None, []),
        (Facts(3), Level.C, [(Level.C, "首がすわらない")]),
        (Facts(4), None, [(Level.A, "首がすわらない")]),
        (Facts(4), Level.C, [(Level.A, "首がすわらない")]),
        (NO_FACTS, None, [(Level.A, "首がすわらない")]),
        (Facts(4, corrected_months=2), None, [(Level.B, "首がすわらない（修正2か月）")]),
        (Facts(5, corrected_months=4), None, [(Level.A, "首がすわらない")]),
        (Facts(3, corrected_months=1), Level.C, [(Level.C, "首がすわらない")]),
    ],
)
def test_a_concern_has_the_level_of_the_age(
    facts: Facts, before: Level | None, found: list[tuple[Level, str]]
) -> None:
    concern = replace(FROM_FOUR, level_before=before)
    told = raised((concern,), given(neck="no"), facts)
    assert [(one.level, one.reason) for one in told] == found
    assert raised((concern,), given(neck="yes"), facts) == ()


def test_a_concern_of_every_age_is_not_lowered_for_a_child_born_early() -> None:
    plain = replace(FROM_FOUR, from_months=0)
    assert raised((plain,), given(neck="no"), Facts(1, corrected_months=0)) == (plain,)


def test_concerns_lowered_by_age_stand_in_their_new_order() -> None:
    other = Concern("fever", when("neck", "=", "no"), Level.B, "熱", SOURCE)
    found = raised((FROM_FOUR, other), given(neck="no"), Facts(4, corrected_months=2))
    assert [one.code for one in found] == ["neck", "fever"]
    lower = raised((replace(FROM_FOUR, level=Level.B), other), given(neck="no"), Facts(4, corrected_months=2))
    assert [one.code for one in lower] == ["fever", "neck"]


FEW = Derived("few", "できない数", Rule.COUNT, ("sits", "walks"), value="no")
LATE = Concern("late", when("few", ">=", 2), Level.B, "できないことが2つ以上", SOURCE)
BLEED = Advice("bleed", when("bleed", "=", "yes"), Urgency.CALL_NOW, "電話を", "出血しています", SOURCE)
LIMP = Advice("limp", when("age_months", "<", 3), Urgency.AMBULANCE, "119", "ぐったりしています", SOURCE)
PART = Part(
    "p",
    1,
    "p",
    (page(ask("sits"), ask("walks"), ask("bleed")),),
    (LATE,),
    derived=(FEW,),
    advice=(BLEED, LIMP),
)


def test_a_concern_of_a_part_may_compare_its_derived_number() -> None:
    assert raised_by_part(PART, given(sits="no", walks="no"), NO_FACTS) == (LATE,)
    assert raised_by_part(PART, given(sits="no", walks="yes"), NO_FACTS) == ()
    assert met_by(LATE.when, given(sits="no", walks="no"), PART) == ("sits", "walks")
    assert met_by(LATE.when, given(sits="no", walks="no")) == ()
    assert met_by(BLEED.when, given(bleed="yes", sits="no"), PART) == ("bleed",)
    assert met_by(LIMP.when, given(bleed="yes"), PART) == ()


def test_advice_that_holds_comes_most_urgent_first() -> None:
    assert advice_met(PART, given(bleed="yes"), Facts(2)) == (LIMP, BLEED)
    assert advice_met(PART, given(bleed="yes"), Facts(3)) == (BLEED,)
    assert advice_met(PART, {}, NO_FACTS) == ()


MOVES = page(
    ask("kicks", shown_when=when("gestation_weeks", ">=", 20)),
    ask("fewer", shown_when=when("kicks", "=", "yes")),
    code="moves",
)


def test_facts_decide_what_is_asked_and_are_never_an_answer() -> None:
    late, early = Facts(gestation_weeks=20), Facts(gestation_weeks=19)
    answers = given(kicks="yes", fewer="no")
    assert [one.code for one in visible_questions(MOVES, answers, late)] == ["kicks", "fewer"]
    assert visible_questions(MOVES, answers, early) == ()
    assert visible_questions(MOVES, answers, NO_FACTS) == ()
    assert asked((MOVES,), answers, late) == answers
    assert asked((MOVES,), answers, early) == {}
    assert pages_to_answer((MOVES,), answers, early) == ()
    assert [one.code for one in missing((MOVES,), {}, late)] == ["kicks"]


def test_a_posted_page_is_read_with_the_facts_and_keeps_none_of_them() -> None:
    facts = Facts(gestation_weeks=30)
    raw = {"kicks": ["yes"], "fewer": ["no"], "gestation_weeks": ["12"]}
    reading = read_page(MOVES, raw, PageContext({}, TODAY, {}, facts))
    assert reading.answers == given(kicks="yes", fewer="no")
    assert answers_after(MOVES, {}, reading, facts) == given(kicks="yes", fewer="no")
    assert read_page(MOVES, raw, PageContext({}, TODAY, {}, NO_FACTS)).answers == {}
