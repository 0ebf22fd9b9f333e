"""Short ways to make questions, pages and conditions for the tests of this room."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.questionnaire.answers import Answer, Answers, Raw, Reading, Value
from app.questionnaire.definition import (
    Behaviour,
    Bounds,
    Choice,
    Comparison,
    Concern,
    Condition,
    Details,
    Explanation,
    Kind,
    Mark,
    Operator,
    Page,
    Programme,
    Question,
    Source,
)
from app.questionnaire.facts import NO_FACTS
from app.questionnaire.typed import PageContext, read_page
from app.strict_toml.tables import Comparable

TODAY = date(2026, 11, 22)
SOURCE = Source("reference", Mark.R)


def ask(code: str, kind: Kind = Kind.YES_NO, **fields: Any) -> Question:  # Any: passed through to Question
    """A question with as little as possible."""
    return Question(code=code, kind=kind, text=code, short=code, source=SOURCE, **fields)


def when(question: str, op: str, value: Comparable) -> Condition:
    """A condition of one comparison."""
    return Condition(Behaviour.ALL, (Comparison(question, Operator(op), value),))


def page(*questions: Question, code: str = "a_page") -> Page:
    """A page of these questions."""
    return Page(code, code, questions)


def stage(code: str, parts: tuple[str, ...], *concerns: Concern) -> Programme:
    """A vaccine with these parts."""
    said = Explanation("", "", "", "", "", SOURCE)
    return Programme(code, "vaccine", code, 1, code, parts, said, (), SOURCE, concerns, family=code)


def choices(*codes: str) -> tuple[Choice, ...]:
    """Options; one called "none" is exclusive."""
    return tuple(Choice(code, code, exclusive=code == "none") for code in codes)


def hard(low: float, high: float) -> Bounds:
    """Hard bounds."""
    return Bounds(Decimal(str(low)), Decimal(str(high)))


def soft(low: float, high: float) -> Bounds:
    """Soft bounds."""
    return Bounds(soft_low=Decimal(str(low)), soft_high=Decimal(str(high)))


def given(**values: Value) -> Answers:
    """Answers without details."""
    return {code: Answer(value) for code, value in values.items()}


def opening(*codes: str, required: bool = False) -> Details:
    """Details that these codes open."""
    return Details(codes, "what", required)


def read(question: Question, raw: Raw, **offers: str) -> Reading:
    """One question posted alone."""
    named = {name.replace("_", "."): value for name, value in offers.items()}
    return read_page(page(question), raw, PageContext({}, TODAY, named, NO_FACTS))


def messages(reading: Reading) -> list[tuple[str, str]]:
    """Fields and message keys of the faults."""
    return [(fault.field, fault.message) for fault in reading.faults]
