"""Conditions over answers: exactly what FHIR's ``enableWhen`` can say, and nothing more."""

from datetime import date, time
from decimal import Decimal

from app.questionnaire.answers import Answer, Answers, MonthAge
from app.questionnaire.definition import Behaviour, Comparison, Condition, Operator
from app.schedule.dates import MONTHS_IN_YEAR
from app.strict_toml.tables import Comparable


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition is met by these answers; an unanswered question meets only ``exists = false``.

    Shapes: ``answers`` without those of hidden questions. "unknown" and "declined" are answers but no
    values: they compare as those codes with a code, and never with a number or a date.
    Source: HL7 FHIR R4 Questionnaire.item.enableWhen, enableBehavior (reference/forms_fhir_qr.md 2, V).
    """
    met = (_is_met(comparison, answers.get(comparison.question)) for comparison in condition.comparisons)
    return all(met) if condition.behaviour is Behaviour.ALL else any(met)


def _is_met(comparison: Comparison, answer: Answer | None) -> bool:
    """Whether one comparison is met; of several chosen values any one is enough."""
    if comparison.operator is Operator.EXISTS:
        return (answer is not None) is comparison.value
    if answer is None:
        return False
    if comparison.operator is Operator.EQUAL and isinstance(comparison.value, str):
        given = answer.value
        return comparison.value in given if isinstance(given, tuple) else comparison.value == given
    return any(_compares(value, comparison) for value in _values(answer))


def _values(answer: Answer) -> tuple[Comparable, ...]:
    """The answer as plain values: each chosen code by itself, a month age in months."""
    if isinstance(answer.value, tuple):
        return answer.value
    if isinstance(answer.value, MonthAge):
        return (answer.value.years * MONTHS_IN_YEAR + answer.value.months,)
    return (answer.value,)


def _compares(value: Comparable, comparison: Comparison) -> bool:
    """Typed comparison: codes with codes, numbers with numbers, dates and times with such, nothing else."""
    compared = comparison.value
    match comparison.operator:
        case Operator.EQUAL:
            return _alike(value, compared) and value == compared
        case Operator.NOT_EQUAL:
            return _alike(value, compared) and value != compared
    if isinstance(value, date) and isinstance(compared, date):
        return _ordered(comparison.operator, (value - compared).days)
    if isinstance(value, time) and isinstance(compared, time):
        return _ordered(comparison.operator, _minutes(value) - _minutes(compared))
    if isinstance(value, int | Decimal) and isinstance(compared, int | Decimal):
        return _alike(value, compared) and _ordered(comparison.operator, Decimal(value) - Decimal(compared))
    return False


def _alike(value: Comparable, compared: Comparable) -> bool:
    """Whether both are codes, numbers, dates or clock times (a truth value is none of them)."""
    if isinstance(value, bool) or isinstance(compared, bool):
        return False
    families = (str, int | Decimal, date, time)
    return any(isinstance(value, family) and isinstance(compared, family) for family in families)


def _minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def _ordered(order: Operator, difference: int | Decimal) -> bool:
    """Whether a difference has the sign that the operator asks for."""
    match order:
        case Operator.GREATER:
            return difference > 0
        case Operator.LESS:
            return difference < 0
        case Operator.AT_LEAST:
            return difference >= 0
        case _:
            return difference <= 0
