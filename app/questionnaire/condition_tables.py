"""Conditions and sources as they stand in definition files, and whether a comparison fits."""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from app.questionnaire.condition import Behaviour, Comparison, Condition, Operator
from app.questionnaire.question import Kind, Question
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.tables import Table

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
EQUALITY = frozenset({Operator.EQUAL, Operator.NOT_EQUAL})
WHOLE_KINDS = frozenset({Kind.INTEGER, Kind.MONTH_AGE})
NUMBER_KINDS = WHOLE_KINDS | {Kind.DECIMAL, Kind.TEMPERATURE}
ORDERED_KINDS = NUMBER_KINDS | {Kind.DATE, Kind.TIME}
OPTION_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.CHOICES})


def condition_in(table: Table, key: str, *, required: bool = False) -> Condition | None:
    """The condition beneath a key; None when absent or at fault."""
    inner = table.table(key, required=required)
    if inner is None:
        return None
    named = [behaviour for behaviour in Behaviour if inner.has(behaviour)]
    if len(named) != 1:
        inner.tell("", "needs exactly one of all, any")
        return None
    rows = inner.tables(named[0], required=True)
    comparisons = [_comparison(row) for row in rows]
    inner.finish()
    sound = tuple(comparison for comparison in comparisons if comparison is not None)
    return Condition(named[0], sound) if inner.is_sound else None


def _comparison(table: Table) -> Comparison | None:
    """One ``{ question, op, value }``."""
    question = table.text("question")
    operator = table.one_of("op", Operator)
    value = table.value("value")
    table.finish()
    if not table.is_sound or operator is None or value is None:
        return None
    return Comparison(question, operator, value)


def tell_misfits(
    findings: Findings, place: Place, condition: Condition, questions: Mapping[str, Question | None]
) -> None:
    """Every comparison with a known question that it cannot be compared with is on record.

    Shapes: ``place`` of the condition; a question that was itself at fault is None and never judged.
    """
    for at, comparison in enumerate(condition.comparisons):
        question = questions.get(comparison.question)
        misfit = None if question is None else _misfit(comparison, question)
        if misfit is not None:
            key, message = misfit
            findings.tell((*place, condition.behaviour.value, at, key), message)


def _misfit(comparison: Comparison, question: Question) -> tuple[str, str] | None:
    """The key and the reason why a comparison with this question can never be meant."""
    kind, order, value = question.kind, comparison.operator, comparison.value
    if order is Operator.EXISTS:
        return None if isinstance(value, bool) else ("value", "exists needs true or false")
    if isinstance(value, bool):
        return "value", "true and false go with exists only; codes are texts"
    if order not in EQUALITY and kind not in ORDERED_KINDS:
        return "op", f"{order.value!r} does not fit the kind {kind.value} of {question.code!r}"
    if isinstance(value, str):
        if value in question.absences and order in EQUALITY:
            return None
        if value in question.options:
            return None
        return "value", f"{question.code!r} cannot be answered with {value!r}"
    return _counted_misfit(value, question)


def _counted_misfit(value: int | Decimal | date | time, question: Question) -> tuple[str, str] | None:
    """The same for values that are no codes."""
    match value:
        case date():
            fitting: frozenset[Kind] = frozenset({Kind.DATE})
        case time():
            fitting = frozenset({Kind.TIME})
        case int():
            fitting = NUMBER_KINDS
        case _:
            fitting = NUMBER_KINDS - WHOLE_KINDS
    if question.kind not in fitting:
        return "value", f"does not fit the kind {question.kind.value} of {question.code!r}"
    low, high = question.bounds.low, question.bounds.high
    if isinstance(value, date | time) or low is None or high is None or low <= value <= high:
        return None
    return "value", f"{question.code!r} is never {value}: its bounds are {low} to {high}"
