"""Witnesses bring about what they claim, and dead conditions have none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.questionnaire.definition import (
    Behaviour,
    Comparison,
    Concern,
    Condition,
    Kind,
    Level,
    Library,
    Operator,
    Part,
    Question,
)
from app.questionnaire.path import asked, visible_questions
from app.questionnaire.witness import replay, witnesses
from tests.unit.questionnaire.making import SOURCE, ask, choices, hard, page, when

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
            known = asked(PART.pages, witness.answers or {})
            shown = {question.code for question in visible_questions(CHAIN, known)}
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
