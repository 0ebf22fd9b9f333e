"""Answers worth trying at a question, given what conditions compare it with."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from app.questionnaire.answers import Absence, MonthAge, Value
from app.questionnaire.definition import Condition, Kind, Question
from app.schedule.dates import MONTHS_IN_YEAR
from app.strict_toml.tables import Comparable

SOME_DAY = date(2026, 1, 1)
SOME_TIME = time(22, 0)


def candidates(question: Question, conditions: Iterable[Condition]) -> tuple[Value | Absence | None, ...]:
    """No answer, then each kind of answer that these conditions can tell apart."""
    compared = [
        comparison.value
        for condition in conditions
        for comparison in condition.comparisons
        if comparison.question == question.code
    ]
    absences = tuple(Absence(code) for code in question.absences if code in compared)
    return (None, *dict.fromkeys(_values(question, compared)), *absences)


def _values(question: Question, compared: Sequence[Comparable]) -> list[Value]:
    """The values worth trying."""
    numbers = [Decimal(value) for value in compared if isinstance(value, int | Decimal)]
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return list(_codes(question, compared))
        case Kind.CHOICES:
            codes = _codes(question, compared)
            exclusive = {choice.code for choice in question.choices if choice.exclusive}
            together = tuple(code for code in codes if code not in exclusive)
            return [*((code,) for code in codes), together] if together else [(code,) for code in codes]
        case Kind.TEXT:
            return ["…"]
        case Kind.DATE:
            days = [value for value in compared if isinstance(value, date)] or [SOME_DAY]
            return [day + timedelta(days=step) for day in days for step in (-1, 0, 1)]
        case Kind.TIME:
            clocks = [value for value in compared if isinstance(value, time)] or [SOME_TIME]
            return [_shifted(clock, step) for clock in clocks for step in (-1, 0, 1)]
        case Kind.MONTH_AGE:
            months = [int(number) for number in _around(question, numbers or [Decimal(1)], Decimal(1))]
            return [MonthAge(*divmod(count, MONTHS_IN_YEAR)) for count in months if count >= 0]
        case Kind.INTEGER:
            usual = question.bounds.low or Decimal(1)
            return [int(number) for number in _around(question, numbers or [usual], Decimal(1))]
    usual = question.bounds.low or Decimal(36)
    return [*_around(question, numbers or [usual], Decimal("0.1"))]


def _shifted(clock: time, minutes: int) -> time:
    """The clock time so many minutes later, on the same dial."""
    return time(*divmod((clock.hour * 60 + clock.minute + minutes) % (24 * 60), 60))


def _codes(question: Question, compared: Sequence[Comparable]) -> tuple[str, ...]:
    """The options that are compared with, and the first that is not."""
    others = [code for code in question.options if code not in compared]
    return tuple(code for code in question.options if code in compared or code in others[:1])


def _around(question: Question, numbers: Iterable[Decimal], step: Decimal) -> list[Decimal]:
    """Each number with its neighbours, inside the hard bounds."""
    low, high = question.bounds.low, question.bounds.high
    near = (number + step * steps for number in numbers for steps in (-1, 0, 1))
    return [number for number in near if (low is None or number >= low) and (high is None or number <= high)]
