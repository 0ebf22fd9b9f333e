"""Numbers worked out from answers: counted, summed, hours between clock times, body mass, gestation."""

from collections.abc import Iterable
from datetime import time
from decimal import ROUND_HALF_UP, Decimal

from app.questionnaire.answers import Absence, Answer, Answers, Value
from app.questionnaire.part import Derived, Rule
from app.schedule.dates import DAYS_IN_WEEK

MINUTES_IN_HOUR, MINUTES_IN_DAY = 60, 1440
TENTH = Decimal("0.1")
CENTIMETRES = Decimal(100)


def numbers(derived: Iterable[Derived], answers: Answers) -> dict[str, Answer]:
    """Every derived number that has a value, as the answer to the question it stands for.

    Shapes: ``answers`` without those of hidden questions. Members that are not answered add nothing to
    a count or a sum, which have a value as soon as one member is answered; the other rules need both,
    but for days of gestation, which has one as soon as the weeks are answered.
    """
    worked_out = ((one.code, _number(one, answers)) for one in derived)
    return {code: Answer(number) for code, number in worked_out if number is not None}


def contributing(derived: Derived, answers: Answers) -> tuple[str, ...]:
    """The questions whose answers make the number what it is, in order."""
    if derived.rule is Rule.COUNT:
        return tuple(code for code in derived.of if _count(answers.get(code), derived.value))
    if derived.rule is Rule.SUM:
        return tuple(code for code in derived.of if _weight(answers.get(code), dict(derived.weights)))
    return tuple(code for code in derived.of if code in answers)


def _number(derived: Derived, answers: Answers) -> int | Decimal | None:
    """The number, None when too little is answered."""
    given = [answers.get(code) for code in derived.of]
    match derived.rule:
        case Rule.COUNT:
            is_known = any(given)
            return sum(_count(answer, derived.value) for answer in given) if is_known else None
        case Rule.SUM:
            weights = dict(derived.weights)
            return sum(_weight(answer, weights) for answer in given) if any(given) else None
        case Rule.HOURS_BETWEEN:
            return _hours_between(*(answer.value if answer else None for answer in given))
        case Rule.GESTATION_DAYS:
            return _gestation_days(*(answer.value if answer else None for answer in given))
    return _body_mass(*(answer.value if answer else None for answer in given))


def _count(answer: Answer | None, value: str) -> int:
    """1 when this is the answer, or one of several chosen ones."""
    if answer is None:
        return 0
    chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return int(value in chosen)


def _weight(answer: Answer | None, weights: dict[str, int]) -> int:
    """What an answer adds to a sum."""
    if answer is None:
        return 0
    chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return sum(weights.get(code, 0) for code in chosen if isinstance(code, str))


def _hours_between(first: Value | Absence | None, second: Value | Absence | None) -> Decimal | None:
    """Hours from the first clock time to the second, past midnight when it is earlier."""
    if not isinstance(first, time) or not isinstance(second, time):
        return None
    minutes = (_minutes(second) - _minutes(first)) % MINUTES_IN_DAY
    return Decimal(minutes) / MINUTES_IN_HOUR


def _gestation_days(weeks: Value | Absence | None, days: Value | Absence | None) -> int | None:
    """Days of gestation from completed weeks and the days beyond them, none when those are not answered."""
    if not isinstance(weeks, int):
        return None
    return weeks * DAYS_IN_WEEK + (days if isinstance(days, int) else 0)


def _body_mass(height: Value | Absence | None, weight: Value | Absence | None) -> Decimal | None:
    """Kilograms by square metres. Units: centimetres and kilograms."""
    if not isinstance(height, int | Decimal) or not isinstance(weight, int | Decimal) or height <= 0:
        return None
    metres = Decimal(height) / CENTIMETRES
    return Decimal(weight) / (metres * metres)


def to_a_tenth(number: int | Decimal) -> int | Decimal:
    """A number as it is shown; thresholds compare the exact one."""
    return number if isinstance(number, int) else number.quantize(TENTH, ROUND_HALF_UP)


def _minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * MINUTES_IN_HOUR + clock.minute
