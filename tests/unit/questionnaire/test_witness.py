"""Witnesses bring about what they claim, and dead conditions have none."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from app.questionnaire.definition import (
    Advice,
    Behaviour,
    Comparison,
    Concern,
    Condition,
    Derived,
    Kind,
    Level,
    Library,
    Operator,
    Part,
    Question,
    Rule,
    Urgency,
)
from app.questionnaire.facts import NO_FACTS
from app.questionnaire.overlay import Added, Overlay
from app.questionnaire.path import asked, visible_questions
from app.questionnaire.witness import replay, witnesses
from tests.unit.questionnaire.making import SOURCE, ask, choices, hard, page, stage, when

CHAIN = page(
    ask("ill"),
    ask("ills", Kind.CHOICES, choices=choices("cold", "flu", "none"), shown_when=when("ill", "=", "yes")),
    ask("since", Kind.DATE, shown_when=when("ills", "=", "flu")),
    ask("rash", shown_when=when("since", ">", date(2026, 3, 1))),
    code="chain",
)
FOLLOWING = page(ask("itch", shown_when=when("rash", "=", "yes")), code="following")
CONCERN = Concern("c", when("itch", "=", "yes"), Level.A, "reason", SOURCE)
PART = Part("core", 1, "core", (CHAIN, FOLLOWING), (CONCERN,))


def test_every_outcome_of_a_long_chain_has_a_witness() -> None:
    found = witnesses(PART)
    assert {(witness.of, witness.outcome) for witness in found} == {
        ("page chain", True),
        *(("page following", outcome) for outcome in (True, False)),
        *((f"question {code}", True) for code in ("ills", "since", "rash", "itch")),
        *((f"question {code}", False) for code in ("ills", "since", "rash", "itch")),
        *(("concern c", outcome) for outcome in (True, False)),
    }
    assert all(witness.answers is not None for witness in found)


def test_a_witness_of_a_follow_up_shows_it() -> None:
    for witness in witnesses(PART):
        if witness.of == "question rash":
            known = asked(PART.pages, witness.answers or {}, NO_FACTS)
            shown = {question.code for question in visible_questions(CHAIN, known, NO_FACTS)}
            assert ("rash" in shown) is witness.outcome


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        (ask("n", Kind.INTEGER, bounds=hard(0, 9)), 9),
        (ask("n", Kind.TEMPERATURE), Decimal("37.5")),
        (ask("n", Kind.MONTH_AGE), 18),
        (ask("n", Kind.DATE), date(2026, 1, 1)),
    ],
)
@pytest.mark.parametrize("op", ["=", "!=", "<", "<=", ">="])
def test_every_operator_has_witnesses_for_what_is_counted(question: Question, compared: int, op: str) -> None:
    part = Part("p", 1, "p", (page(question, ask("follow", shown_when=when("n", op, compared))),))
    assert all(witness.answers is not None for witness in witnesses(part))


def test_a_condition_that_contradicts_itself_has_no_witness() -> None:
    both = tuple(Comparison("ill", Operator.EQUAL, code) for code in ("yes", "no"))
    dead = page(ask("ill"), ask("never", shown_when=Condition(Behaviour.ALL, both)))
    part = Part("p", 1, "p", (dead,))
    found = [witness for witness in witnesses(part) if witness.of == "question never"]
    outcomes = {witness.outcome: witness.answers for witness in found}
    assert outcomes[True] is None
    assert outcomes[False] is not None
    report = replay(Library({("p", 1): part}, {}))
    assert (report.count, report.failed) == (3, 1)
    assert "p v1: question never: no answers found that make it true" in report.lines


def test_a_concern_about_another_part_is_judged_with_that_part_only() -> None:
    part = Part("mr", 1, "mr", (page(ask("measles"), code="mr_page"),), (replace(CONCERN, code="far"),))
    assert "concern far" not in {witness.of for witness in witnesses(part)}
    assert "concern far" in {witness.of for witness in witnesses(part, (PART,))}


def reached(part: Part) -> set[tuple[str, bool]]:
    found = witnesses(part)
    assert all(witness.answers is not None for witness in found), found
    return {(witness.of, witness.outcome) for witness in found}


def test_a_concern_by_age_has_witnesses_before_and_from_that_age() -> None:
    by_age = Concern("neck", when("neck", "=", "no"), Level.A, "r", SOURCE, "", 4, Level.C)
    part = Part("p", 1, "p", (page(ask("neck")),), (by_age, replace(by_age, code="late", level_before=None)))
    assert reached(part) == {
        ("page a_page", True),
        *((f"concern {code}", outcome) for code in ("neck", "late") for outcome in (True, False)),
        *((f"concern {code} before 4 months", True) for code in ("neck", "late")),
        *((f"concern {code} from 4 months", True) for code in ("neck", "late")),
    }
    ages = {witness.of: witness.facts.age_months for witness in witnesses(part)}
    assert (ages["concern neck before 4 months"], ages["concern neck from 4 months"]) == (3, 4)


def test_a_concern_that_contradicts_its_own_age_is_dead() -> None:
    young = Concern("young", when("age_months", "<", 3), Level.A, "r", SOURCE, "", 4)
    found = {one.of: one.answers for one in witnesses(Part("p", 1, "p", (page(ask("a")),), (young,)))}
    assert found["concern young from 4 months"] is None
    assert found["concern young before 4 months"] is not None


SKILLS = tuple(ask(f"skill_{number}", unknown=True) for number in range(12))
MOODS = tuple(ask(f"mood_{number}", Kind.CHOICE, choices=choices("never", "often")) for number in range(9))
DERIVED = (
    Derived("few", "", Rule.COUNT, tuple(one.code for one in SKILLS), value="no"),
    Derived("score", "", Rule.SUM, tuple(one.code for one in MOODS), weights=(("never", 0), ("often", 2))),
    Derived("hours", "", Rule.HOURS_BETWEEN, ("bed", "wake")),
    Derived("bmi", "", Rule.BMI, ("height", "weight")),
    Derived("term", "", Rule.GESTATION_DAYS, ("weeks", "days")),
)
TERM = (ask("weeks", Kind.INTEGER, bounds=hard(20, 45)), ask("days", Kind.INTEGER, bounds=hard(0, 6)))
BODY = (ask("height", Kind.DECIMAL, bounds=hard(120, 200)), ask("weight", Kind.DECIMAL, bounds=hard(30, 200)))
NIGHT = (ask("bed", Kind.TIME), ask("wake", Kind.TIME))


@pytest.mark.parametrize(
    ("number", "op", "threshold"),
    [
        ("few", ">=", 7),
        ("few", "=", 12),
        ("score", ">=", 14),
        ("hours", "<", Decimal("8.5")),
        ("hours", ">=", 11),
        ("bmi", "<", Decimal("18.5")),
        ("bmi", ">=", 30),
        ("term", "<", 259),
    ],
)
def test_the_threshold_of_a_derived_number_has_witnesses_on_both_sides(
    number: str, op: str, threshold: int | Decimal
) -> None:
    concern = Concern("c", when(number, op, threshold), Level.B, "r", SOURCE)
    pages = (page(*SKILLS), page(*MOODS, code="moods"), page(*BODY, *NIGHT, *TERM, code="rest"))
    told = reached(Part("p", 1, "p", pages, (concern,), derived=DERIVED))
    named = f"derived {number} {op} {threshold}"
    assert {(named, True), (named, False), ("concern c", True), ("concern c", False)} <= told


def test_facts_clock_times_and_advice_have_witnesses() -> None:
    late = Advice("late", when("bed", ">=", time(23)), Urgency.SAME_DAY, "t", "s", SOURCE)
    kicks = ask("kicks", shown_when=when("gestation_weeks", ">=", 20))
    pages = (page(ask("bed", Kind.TIME)), page(kicks, code="kicks"))
    told = reached(Part("p", 1, "p", pages, advice=(late,)))
    assert told >= {(of, outcome) for of in ("advice late", "page kicks") for outcome in (True, False)}


def test_an_advice_beyond_what_is_asked_is_dead() -> None:
    never = Advice("never", when("n", ">", 9), Urgency.CALL_NOW, "t", "s", SOURCE)
    part = Part("p", 1, "p", (page(ask("n", Kind.INTEGER, bounds=hard(0, 9))),), advice=(never,))
    assert {one.of: one.answers for one in witnesses(part) if one.outcome}["advice never"] is None


def test_a_replay_passes_over_parts_that_are_absent() -> None:
    programme = stage("mr-1", ("p", "absent"), Concern("c", when("a", "=", "yes"), Level.B, "r", SOURCE))
    report = replay(Library({("p", 1): Part("p", 1, "p", (page(ask("a")),))}, {"mr-1": programme}))
    assert (report.count, report.failed) == (3, 0)


def test_what_an_overlay_changes_is_sought_again_as_it_is_asked_there() -> None:
    own = page(ask("m9_own"), ask("m9_more", shown_when=when("m9_own", "=", "yes")), code="m9_page")
    here = Overlay("999999", 2, "町", SOURCE, added=(Added("core", "", own),))
    programmes = {"mr-1": stage("mr-1", ("core",), CONCERN)}
    library = Library({("core", 1): PART}, programmes, overlays={("999999", 2): here})
    lines = [line for line in replay(library).lines if line.startswith("999999 v2: ")]
    assert any(line.startswith("999999 v2: core v1: question m9_more is false") for line in lines)
    assert any(line.startswith("999999 v2: mr-1: concern c is true") for line in lines)
    assert replay(library).failed == 0
