"""The blank paper of a sheet: every question numbered, Japanese with one other language beside it. Pure.

Every answer has a number, too, so that staff can type a filled paper in: ``12=1``. 0 is "I do not know",
- is "prefer not to say". What is asked discreetly is not on the paper: it goes home with the family.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.questionnaire.condition import Behaviour, Comparison, Condition, Operator
from app.questionnaire.definition import Page, Part
from app.questionnaire.facts import FACTS
from app.questionnaire.question import Kind, Question
from app.wording.extraction import COMMON_ANSWERS

UNKNOWN, DECLINED = "0", "-"


@dataclass(frozen=True, slots=True)
class PaperText:
    """One text: its wording context and its Japanese."""

    context: str
    japanese: str


@dataclass(frozen=True, slots=True)
class PaperOption:
    """One box to tick, by its number."""

    number: str
    text: PaperText


@dataclass(frozen=True, slots=True)
class PaperCondition:
    """When a question is to be answered: a key below ``blank.when`` and what fills it.

    Shapes: ``number`` of the other question on the paper, or "" and the ``fact``; ``answers`` any of which
    it is about, or none where ``value`` is a number.
    """

    key: str
    number: str
    fact: str
    answers: tuple[PaperText, ...]
    value: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One numbered question; ``field`` is its kind as the template draws it."""

    number: str
    code: str
    text: PaperText
    hint: PaperText | None
    kind: Kind
    unit: str
    options: tuple[PaperOption, ...]
    details: PaperText | None
    conditions: tuple[PaperCondition, ...]
    is_any: bool


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One topic."""

    title: PaperText
    questions: tuple[PaperQuestion, ...]
    is_for_the_day: bool


def blank_pages(parts: Sequence[Part], pages: Iterable[Page]) -> tuple[PaperPage, ...]:
    """The pages of a sheet as blank paper, numbered from 1 through all of them."""
    part_of = {page.code: part.code for part in parts for page in part.pages}
    shown = [page for page in pages if not page.discreet]
    questions = [question for page in shown for question in page.questions]
    numbers = {question.code: str(number) for number, question in enumerate(questions, 1)}
    known = {question.code: (part_of[page.code], question) for page in shown for question in page.questions}
    return tuple(_page(page, part_of[page.code], numbers, known) for page in shown)


Known = Mapping[str, tuple[str, Question]]


def _page(page: Page, part: str, numbers: Mapping[str, str], known: Known) -> PaperPage:
    questions = tuple(_question(question, part, numbers, known) for question in page.questions)
    return PaperPage(PaperText(f"{part}.{page.code}.title", page.title), questions, page.is_for_the_day)


def _question(question: Question, part: str, numbers: Mapping[str, str], known: Known) -> PaperQuestion:
    prefix = f"{part}.{question.code}"
    when = question.shown_when
    return PaperQuestion(
        number=numbers[question.code],
        code=question.code,
        text=PaperText(f"{prefix}.text", question.text),
        hint=PaperText(f"{prefix}.hint", question.hint) if question.hint else None,
        kind=question.kind,
        unit=question.unit,
        options=_options(question, prefix),
        details=PaperText(f"{prefix}.details", question.details.text) if question.details else None,
        conditions=_conditions(when, numbers, known) if when else (),
        is_any=when is not None and when.behaviour is Behaviour.ANY,
    )


def _options(question: Question, prefix: str) -> tuple[PaperOption, ...]:
    """The boxes, numbered from 1; then those for not knowing and not saying."""
    named = [(code, option_text(question, prefix, code)) for code in question.options]
    options = [PaperOption(str(number), text) for number, (_, text) in enumerate(named, 1)]
    marks = {"unknown": UNKNOWN, "declined": DECLINED}
    options += [PaperOption(marks[code], option_text(question, prefix, code)) for code in question.absences]
    return tuple(options)


def option_text(question: Question, prefix: str, code: str) -> PaperText:
    """The text of one answer of a question."""
    own = next((choice.text for choice in question.choices if choice.code == code), "")
    context = f"{prefix}.choice.{code}" if own else f"{prefix}.{code}"
    return PaperText(context, own or COMMON_ANSWERS.get(code, code))


def _conditions(when: Condition, numbers: Mapping[str, str], known: Known) -> tuple[PaperCondition, ...]:
    """The comparisons in words; about a question that is off the paper, or not answered yet, nothing is said.

    Shapes: of several answers of one question, any of which will do, there is one condition.
    """
    made = [found for one in when.comparisons if (found := _condition(one, numbers, known))]
    if when.behaviour is not Behaviour.ANY:
        return tuple(made)
    together: dict[tuple[str, str, str, str], PaperCondition] = {}
    for one in made:
        place = one.key, one.number, one.fact, one.value
        before = together[place].answers if place in together else ()
        together[place] = replace(one, answers=(*before, *one.answers))
    return tuple(together.values())


_KEYS = {
    Operator.GREATER: "over",
    Operator.AT_LEAST: "from",
    Operator.LESS: "under",
    Operator.AT_MOST: "to",
    Operator.EQUAL: "is",
    Operator.NOT_EQUAL: "is_not",
}


def _condition(one: Comparison, numbers: Mapping[str, str], known: Known) -> PaperCondition | None:
    key = _KEYS.get(one.operator) or ("answered" if one.value else "not_answered")
    if one.question in FACTS:
        return PaperCondition(key, "", one.question, (), str(one.value))
    if one.question not in known or key == "not_answered":
        return None
    number = numbers[one.question]
    if not isinstance(one.value, str):
        return PaperCondition(key, number, "", (), str(one.value))
    part, question = known[one.question]
    said = option_text(question, f"{part}.{one.question}", one.value)
    return PaperCondition(key, number, "", (said,), "")
