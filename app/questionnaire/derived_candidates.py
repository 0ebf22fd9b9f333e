"""Answers worth trying at the members of a derived number, all of them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from decimal import Decimal

from app.questionnaire.answers import Absence, Value
from app.questionnaire.condition import Condition
from app.questionnaire.part import Derived, Rule
from app.questionnaire.question import Kind, Question
from app.schedule.dates import DAYS_IN_WEEK, PREGNANCY_DAYS

Assignment = Mapping[str, Value | Absence]
"""What the members are answered with; a member that is left out stays unanswered."""
BED_MINUTES, MINUTES_IN_DAY = 22 * 60, 1440
USUAL_HOURS, USUAL_MASS, USUAL_HEIGHT = Decimal(8), Decimal(22), Decimal(160)
USUAL_TERM = Decimal(PREGNANCY_DAYS)
TENTH = Decimal("0.1")


def assignments(
    derived: Derived, members: Sequence[Question], conditions: Iterable[Condition]
) -> tuple[Assignment, ...]:
    """Nothing answered, then what brings about each number that these conditions can tell apart."""
    compared = [
        Decimal(comparison.value)
        for condition in conditions
        for comparison in condition.comparisons
        if comparison.question == derived.code and isinstance(comparison.value, int | Decimal)
    ]
    match derived.rule:
        case Rule.COUNT:
            found = _counts(derived.value, members)
        case Rule.SUM:
            found = _sums(dict(derived.weights), members)
        case Rule.HOURS_BETWEEN:
            found = _hours(members, compared or [USUAL_HOURS])
        case Rule.GESTATION_DAYS:
            found = _terms(members, compared or [USUAL_TERM])
        case _:
            found = _masses(members, compared or [USUAL_MASS])
    return ({}, *found)


def _counts(value: str, members: Sequence[Question]) -> Iterator[Assignment]:
    """From none of them to all of them with this answer."""
    for count in range(len(members) + 1):
        given = {one.code: _as_answer(one, value) for one in members[:count]}
        yield given | {one.code: _other(one, {value}) for one in members[count:]}


def _sums(weights: Mapping[str, int], members: Sequence[Question]) -> Iterator[Assignment]:
    """Sums from the least to the most: the first ones heaviest, the next each weight, the rest lightest."""
    least = {one.code: _other(one, {code for code, weight in weights.items() if weight}) for one in members}
    heaviest = {one.code: _as_answer(one, *_heaviest(one, weights)) for one in members}
    yield least
    for place, one in enumerate(members):
        first = {other.code: heaviest[other.code] for other in members[:place]}
        for code in (code for code in one.options if weights.get(code)):
            yield least | first | {one.code: _as_answer(one, code)}
        yield least | first | {one.code: heaviest[one.code]}


def _heaviest(question: Question, weights: Mapping[str, int]) -> tuple[str, ...]:
    """The answer that adds most."""
    exclusive = {choice.code for choice in question.choices if choice.exclusive}
    best = max(question.options, key=lambda code: weights.get(code, 0))
    together = tuple(code for code in question.options if weights.get(code) and code not in exclusive)
    is_more = sum(weights[code] for code in together) > weights.get(best, 0)
    return together if question.kind is Kind.CHOICES and is_more else (best,)


def _hours(members: Sequence[Question], compared: Iterable[Decimal]) -> Iterator[Assignment]:
    """A bed time and the clock times that lie so many hours behind it, and a little less and more."""
    bed, wake = members
    for hours in compared:
        for near in (hours - TENTH, hours, hours + TENTH):
            minutes = (BED_MINUTES + int(near * 60)) % MINUTES_IN_DAY
            yield {bed.code: time(*divmod(BED_MINUTES, 60)), wake.code: time(*divmod(minutes, 60))}


def _terms(members: Sequence[Question], compared: Iterable[Decimal]) -> Iterator[Assignment]:
    """Weeks and days that make such a term, and a day less and more."""
    weeks, days = members
    for term in compared:
        for near in (int(term) - 1, int(term), int(term) + 1):
            yield {weeks.code: near // DAYS_IN_WEEK, days.code: near % DAYS_IN_WEEK}


def _masses(members: Sequence[Question], compared: Iterable[Decimal]) -> Iterator[Assignment]:
    """A height and the weights that make such an index, and those around them."""
    height, weight = members
    low, high = height.bounds.low, height.bounds.high
    tall = min(max(USUAL_HEIGHT, low or USUAL_HEIGHT), high or USUAL_HEIGHT)
    for index in compared:
        exact = index * (tall / 100) ** 2
        step = Decimal(1) if weight.kind is Kind.INTEGER else TENTH
        for near in (exact + step * steps for steps in (-2, -1, 0, 1, 2)):
            yield {height.code: _number(height, tall), weight.code: _number(weight, near)}


def _number(question: Question, number: Decimal) -> int | Decimal:
    """The number as this kind of question has it."""
    return int(number) if question.kind is Kind.INTEGER else number.quantize(TENTH)


def _as_answer(question: Question, *codes: str) -> Value | Absence:
    """These codes as the answer to this kind of question."""
    if codes[0] in question.absences:
        return Absence(codes[0])
    return codes if question.kind is Kind.CHOICES else codes[0]


def _other(question: Question, codes: Iterable[str]) -> Value | Absence:
    """An answer that is none of these codes; the last option when there is no other."""
    taken = set(codes)
    free = [code for code in question.options if code not in taken]
    return _as_answer(question, free[0] if free else question.options[-1])
