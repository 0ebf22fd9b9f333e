"""What somebody types whom nothing troubles: to every question an answer that raises no concern."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.questionnaire.condition import Comparison, Operator
from app.questionnaire.library import Library
from app.questionnaire.question import Kind, Question
from app.questionnaire.reading import read_library
from app.wiring import DEFINITIONS, files_below

Typed = Mapping[str, str | Sequence[str]]
QUIET_HOURS = {"sleep": "20:30", "wake": "06:30"}


@cache
def calm_answers() -> Typed:
    """The fields of every question of the newest parts, filled."""
    library = read_library(files_below(DEFINITIONS, ".toml"))
    if not isinstance(library, Library):
        raise TypeError("the definitions have faults")
    newest = {code: library.newest(code) for code, _ in library.parts}
    alarms = [
        comparison
        for part in newest.values()
        for condition in (*(one.when for one in part.concerns), *(one.when for one in part.advice))
        for comparison in condition.comparisons
    ]
    typed: dict[str, str | Sequence[str]] = {}
    for part in newest.values():
        for question in part.questions:
            typed.update(_typed(question, alarms))
    return typed


def _typed(question: Question, alarms: Sequence[Comparison]) -> dict[str, str | Sequence[str]]:
    """The fields of one question."""
    code = question.code
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE | Kind.CHOICES:
            return {code: _option(question, alarms)}
        case Kind.TEXT:
            return {code: "見本"} if question.required else {}
        case Kind.DATE:
            parts = {"era": "western", "year": "2026", "month": "8", "day": "1"}
            return {f"{code}-{part}": value for part, value in parts.items()}
        case Kind.MONTH_AGE:
            return {f"{code}-years": "0", f"{code}-months": "4"}
        case Kind.TIME:
            return {code: next((hour for word, hour in QUIET_HOURS.items() if word in code), "20:30")}
        case Kind.TEMPERATURE:
            return {code: "36.6"}
    return {code: _number(question, alarms)}


def _option(question: Question, alarms: Sequence[Comparison]) -> str:
    """The first option that no concern compares with; yes and no by the same rule, no first."""
    alarming = {one.value for one in alarms if one.question == question.code}
    exclusive = [choice.code for choice in question.choices if choice.exclusive]
    in_order = ("no", "yes") if question.kind is Kind.YES_NO else (*exclusive, *question.options)
    return next((code for code in in_order if code not in alarming), in_order[0])


def _number(question: Question, alarms: Sequence[Comparison]) -> str:
    """A number within the usual bounds, on the quiet side of every concern."""
    low = question.bounds.soft_low if question.bounds.soft_low is not None else question.bounds.low
    high = question.bounds.soft_high if question.bounds.soft_high is not None else question.bounds.high
    least, most = int(low or 0), int(high or low or 9)
    for one in alarms:
        if one.question != question.code or isinstance(one.value, str | bool):
            continue
        limit = int(str(one.value).partition(".")[0])
        if one.operator in {Operator.LESS, Operator.AT_MOST}:
            least = max(least, limit + 1)
        elif one.operator in {Operator.GREATER, Operator.AT_LEAST}:
            most = min(most, limit - 1)
    return str((least + most) // 2 if least <= most else least)
