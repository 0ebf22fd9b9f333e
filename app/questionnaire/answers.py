"""Typed answers by question code, the reading of what was typed, and their plain form for keeping.

Absence has names: a code that is missing was not asked or not answered; `Absence` says that she does
not know or prefers not to say. Neither is ever "no".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.fault import Fault
from app.questionnaire.definition import Kind, Question


class Absence(StrEnum):
    """An answer that is not a value."""

    UNKNOWN = "unknown"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class MonthAge:
    """An age in completed years and months."""

    years: int
    months: int


Value = str | int | Decimal | date | time | MonthAge | tuple[str, ...]
"""yes/no, choice and text: str; choices: tuple of codes; integer: int; decimal and temperature: Decimal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the free text that belongs to it ("" for none)."""

    value: Value | Absence
    details: str = ""


Answers = Mapping[str, Answer]
Raw = Mapping[str, Sequence[str]]
"""Form fields exactly as typed: ``{"convulsion_ever": ["yes"], "convulsion_ever-details": ["…"]}``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a posted page says: its good answers, its faults, and what was typed, untouched."""

    answers: Answers
    faults: tuple[Fault, ...]
    typed: Raw


def to_plain(answers: Answers) -> dict[str, object]:
    """The answers as plain JSON values: ``{"value": …}`` or ``{"absent": …}``, and ``details`` if any."""
    return {code: _plain(answer) for code, answer in answers.items()}


def _plain(answer: Answer) -> dict[str, object]:
    """One answer as plain values; numbers with a point and dates as text, nothing rounded."""
    plain: dict[str, object]
    match answer.value:
        case Absence():
            plain = {"absent": answer.value.value}
        case MonthAge(years, months):
            plain = {"value": [years, months]}
        case tuple():
            plain = {"value": list(answer.value)}
        case Decimal():
            plain = {"value": str(answer.value)}
        case date():
            plain = {"value": answer.value.isoformat()}
        case time():
            plain = {"value": answer.value.isoformat("minutes")}
        case _:
            plain = {"value": answer.value}
    return plain | ({"details": answer.details} if answer.details else {})


def from_plain(plain: Mapping[str, object], questions: Mapping[str, Question]) -> dict[str, Answer]:
    """The answers that plain values mean for these questions; foreign codes and wrong shapes are dropped."""
    answers: dict[str, Answer] = {}
    for code, kept in plain.items():
        question = questions.get(code)
        answer = _answer(question, kept) if question and isinstance(kept, Mapping) else None
        if answer is not None:
            answers[code] = answer
    return answers


def _answer(question: Question, kept: Mapping[object, object]) -> Answer | None:
    """The answer to one question, None when it has another shape."""
    absent, details = kept.get("absent"), kept.get("details", "")
    value: Value | Absence | None
    if absent is None:
        value = _value(question, kept.get("value"))
    else:
        value = Absence(absent) if isinstance(absent, str) and absent in question.absences else None
    if value is None or not isinstance(details, str):
        return None
    return Answer(value, details)


def _value(question: Question, value: object) -> Value | None:
    """A plain value as this kind of question has it."""
    match question.kind, value:
        case ((Kind.YES_NO | Kind.CHOICE), str()):
            return value if value in question.options else None
        case Kind.CHOICES, list():
            chosen = tuple(code for code in value if isinstance(code, str) and code in question.options)
            return chosen if chosen and len(chosen) == len(value) else None
        case Kind.TEXT, str():
            return value or None
        case Kind.INTEGER, int() if not isinstance(value, bool):
            return value
        case ((Kind.DECIMAL | Kind.TEMPERATURE), str()):
            return _decimal(value)
        case ((Kind.DATE | Kind.TIME), str()):
            return _date(value) if question.kind is Kind.DATE else _time(value)
        case Kind.MONTH_AGE, [int(years), int(months)] if bool not in {type(years), type(months)}:
            return MonthAge(years, months) if years >= 0 and 0 <= months <= 11 else None
    return None


def _decimal(text: str) -> Decimal | None:
    """A finite number, None for anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _date(text: str) -> date | None:
    """A day, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    """A clock time to the minute, None for anything else."""
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        return None
    return clock if clock == time(clock.hour, clock.minute) else None
