"""A posted page: form fields become typed answers, or faults with everything typed kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from app.fault import Fault
from app.questionnaire.answers import Absence, Answer, Answers, MonthAge, Raw, Reading, Value
from app.questionnaire.conditions import holds
from app.questionnaire.facts import Facts
from app.questionnaire.path import opens_details, visible_questions
from app.questionnaire.question import Kind, Page, Question
from app.questionnaire.typed_dates import TypedDate, read_date
from app.questionnaire.typed_numbers import bounds_of, is_unusual, read_month_age, read_number
from app.questionnaire.typed_options import nothing_ticked, read_option, read_options
from app.questionnaire.typed_text import read_text, tidy
from app.questionnaire.typed_times import read_time

POSTED = "asked"
"""A form may list the codes of the questions it showed under this name: an unticked radio posts nothing."""
FIRST_FIELD = {Kind.DATE: "-year", Kind.MONTH_AGE: "-years"}
PART_FIELDS = {Kind.DATE: ("-year", "-month", "-day"), Kind.MONTH_AGE: ("-years", "-months")}
Typed = Value | Absence | Fault | None


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is read against.

    Shapes: ``before`` the answers of the sheet before this post, without those of hidden questions;
    ``today`` in Tokyo; ``offers`` by the name of the offer (``login.address``); ``facts`` of the subject.
    """

    before: Answers
    today: date
    offers: Mapping[str, str]
    facts: Facts


def read_page(page: Page, raw: Raw, context: PageContext) -> Reading:
    """What a posted page says.

    Shapes: follow-ups that this very post hides are ignored; a follow-up that this post reveals and
    that was not on the form is no fault (`path.missing` still tells it). A question whose details are
    at fault keeps its value. Values that are not asked (``origin``) are never read from a form.
    """
    codes = {question.code for question in page.questions if not question.origin}
    known = {code: answer for code, answer in context.before.items() if code not in codes}
    shown = {question.code for question in visible_questions(page, context.before, context.facts)}
    facts = context.facts.answers
    answers: dict[str, Answer] = {}
    faults: list[Fault] = []
    for question in page.questions:
        hidden = question.shown_when is not None and not holds(question.shown_when, {**known, **facts})
        if hidden or question.origin:
            continue
        answer, found = _read_question(question, raw, context)
        if answer is not None:
            answers[question.code] = known[question.code] = answer
        elif not found and question.required and (question.code in shown or _was_posted(question.code, raw)):
            found = (left_empty(question, None),)
        faults.extend(found)
    return Reading(answers, tuple(faults), _typed(codes, raw))


def _read_question(
    question: Question, raw: Raw, context: PageContext
) -> tuple[Answer | None, tuple[Fault, ...]]:
    """The answer to one question, if any, and what is wrong with it."""
    value = _read_value(question, raw, context)
    if value is None:
        return None, ()
    if isinstance(value, Fault):
        return None, (value,)
    answer = Answer(value)
    if question.details is None or not opens_details(question, answer):
        return answer, ()
    field = f"{question.code}-details"
    details = read_text(field, _first(raw, field), question.max_length)
    if isinstance(details, Fault):
        return answer, (details,)
    before = context.before.get(question.code)
    was_open = before is not None and opens_details(question, before)
    if not details and question.details.required and (was_open or field in raw):
        return answer, (Fault(field, "fill_in"),)
    return Answer(value, details), ()


def _read_value(question: Question, raw: Raw, context: PageContext) -> Typed:
    """The value or absence; None when nothing was given.

    Shapes: an absence is a further value of the question's own field, for every kind.
    """
    given = [text for text in raw.get(question.code, ()) if tidy(text)]
    absent = [text for text in given if text in question.absences]
    parts = [f"{question.code}{part}" for part in PART_FIELDS.get(question.kind, ())]
    filled = any(tidy(_first(raw, field)) for field in parts)
    if not absent:
        return _read_kind(question, given, raw, context) if given or filled or question.offer else None
    if len(absent) == len(given) == 1 and not filled:
        return Absence(absent[0])
    is_single = question.kind in {Kind.YES_NO, Kind.CHOICE}
    return Fault(question.code, "choose_one" if is_single else "absence_with_value")


def _read_kind(question: Question, given: Sequence[str], raw: Raw, context: PageContext) -> Typed:
    """The value by kind; None when a date, an age or a text turns out to be blank."""
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return read_option(question, given)
        case Kind.CHOICES:
            return read_options(question, given)
        case Kind.TEXT:
            text = given[0] if given else _offered(question, raw, context)
            return read_text(question.code, text, question.max_length) or None
    is_sure = "yes" in raw.get(f"{question.code}-sure", ())
    if question.kind is Kind.DATE:
        era, *parts = (_first(raw, f"{question.code}-{part}") for part in ("era", "year", "month", "day"))
        typed = TypedDate(era, *parts)
        return None if typed.is_blank else read_date(question, typed, context.today, is_sure=is_sure)
    if question.kind is Kind.MONTH_AGE:
        years, months = (_first(raw, f"{question.code}-{part}") for part in ("years", "months"))
        return read_month_age(question, years, months, context.facts.age_months, is_sure=is_sure)
    if question.kind is Kind.TIME:
        return read_time(question, given[0])
    return read_number(question, given[0], is_sure=is_sure)


def _offered(question: Question, raw: Raw, context: PageContext) -> str:
    """The offered value, when she took it over."""
    taken = "yes" in raw.get(f"{question.code}-offer", ())
    return context.offers.get(question.offer, "") if taken else ""


def left_empty(question: Question, answer: Answer | None) -> Fault:
    """The fault of a question that `path.missing` tells: nothing answered, or required details left out."""
    if answer is not None:
        return Fault(f"{question.code}-details", "fill_in")
    return Fault(question.code + FIRST_FIELD.get(question.kind, ""), nothing_ticked(question))


def typed_from(question: Question, answer: Answer) -> Raw:
    """The form fields that say this answer, for showing it again; `read_page` reads the same answer back."""
    code, value = question.code, answer.value
    fields: dict[str, list[str]] = {f"{code}-details": [answer.details]} if answer.details else {}
    match value:
        case Absence():
            fields[code] = [value.value]
        case tuple():
            fields[code] = list(value)
        case MonthAge():
            fields |= {f"{code}-years": [str(value.years)], f"{code}-months": [str(value.months)]}
        case date():
            parts = {"era": "western", "year": value.year, "month": value.month, "day": value.day}
            fields |= {f"{code}-{part}": [str(number)] for part, number in parts.items()}
        case time():
            fields[code] = [value.isoformat("minutes")]
        case _:
            fields[code] = [f"{value:f}" if isinstance(value, Decimal) else str(value)]
    if _is_unusual(question, answer):
        fields[f"{code}-sure"] = ["yes"]
    return fields


def _is_unusual(question: Question, answer: Answer) -> bool:
    """Whether she once said that she is sure (of a date: whether she may have been asked)."""
    value = answer.value
    if isinstance(value, date):
        return question.bounds.soft_low is not None
    if isinstance(value, MonthAge):
        value = value.years * 12 + value.months
    return isinstance(value, int | Decimal) and is_unusual(bounds_of(question), value)


def answers_after(page: Page, before: Answers, reading: Reading, facts: Facts) -> dict[str, Answer]:
    """The answers once a page was read: what it shows replaced, what it hides kept, the rest untouched.

    Shapes: a visible question without a good answer has none afterwards.
    """
    codes = {question.code for question in page.questions if not question.origin}
    after = {code: answer for code, answer in before.items() if code not in codes} | dict(reading.answers)
    visible = {question.code for question in visible_questions(page, after, facts)}
    hidden = {code: before[code] for code in codes - visible if code in before}
    return after | hidden


def _was_posted(code: str, raw: Raw) -> bool:
    """Whether the question stood on the form."""
    return code in raw.get(POSTED, ()) or any(field == code or field.startswith(f"{code}-") for field in raw)


def _typed(codes: set[str], raw: Raw) -> Raw:
    """The fields of these questions as they were typed."""
    return {field: values for field, values in raw.items() if field.partition("-")[0] in codes}


def _first(raw: Raw, field: str) -> str:
    """The first value of a field, "" for none."""
    return next(iter(raw.get(field, ())), "")
