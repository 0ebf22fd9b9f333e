"""Filling in: one posted page turns a draft into a new draft, or into faults with everything kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.fault import Fault
from app.people.person import CardFacts
from app.questionnaire.answers import Answer, Answers, Raw
from app.questionnaire.definition import Page
from app.questionnaire.facts import Facts
from app.questionnaire.path import asked, missing, next_page, pages_to_answer, visible_questions
from app.questionnaire.typed import PageContext, answers_after, left_empty, read_page
from app.visit.sheet import Sheet
from app.visit.visit import Draft

NESTED_ON = frozenset({"yes", "no", "other"})
"""A follow-up to one of these stands beneath its question on the same page."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft after a page was posted; no faults means that everything on the page is answered."""

    draft: Draft
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """One posted page: its raw fields, what she may take over from her card, the day in Tokyo, the facts."""

    page: Page
    raw: Raw
    offers: Mapping[str, str]
    today: date
    facts: Facts


def offers_of(facts: CardFacts) -> Mapping[str, str]:
    """What the card said and she may take over with one tick."""
    offered = {"login.name": facts.name, "login.address": facts.address}
    return {origin: value for origin, value in offered.items() if value}


def answer_page(draft: Draft, posted: Posted) -> Filled:
    """A new draft with what could be read; what could not is kept as typed beside it.

    A follow-up that this very post opened and left empty is a fault of its own, so that it is asked.
    Nothing typed on a discreet page is kept beside the draft: it would be shown again.
    """
    page = posted.page
    context = PageContext(draft.answers, posted.today, posted.offers, posted.facts)
    reading = read_page(page, posted.raw, context)
    answers = answers_after(page, draft.answers, reading, posted.facts)
    told = {fault.field.partition("-")[0] for fault in reading.faults}
    left = tuple(
        left_empty(question, answers.get(question.code))
        for question in missing((page,), answers, posted.facts)
        if question.code not in told
    )
    faults = in_page_order(page, reading.faults + left)
    typed = {code: fields for code, fields in draft.typed.items() if code != page.code}
    if faults and not page.discreet:
        typed[page.code] = reading.typed
    return Filled(replace(draft, answers=answers, typed=typed), faults)


def in_page_order(page: Page, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of the questions they belong to."""
    order = {question.code: place for place, question in enumerate(page.questions)}
    return tuple(sorted(faults, key=lambda fault: order.get(fault.field.partition("-")[0], len(order))))


def to_draw(pages: Sequence[Page], answers: Answers, facts: Facts) -> tuple[str, ...]:
    """The questions that stand on one form: those asked now, and follow-ups that unfold on it.

    Shapes: a follow-up unfolds when everything it hangs on stands on the same form; what a fact or an
    answer from elsewhere hides does not stand there.
    """
    drawn: list[str] = []
    for page in pages:
        asked_now = {question.code for question in visible_questions(page, answers, facts)}
        for question in page.questions:
            when = question.shown_when
            if question.code in asked_now or (when is not None and when.names <= set(drawn)):
                drawn.append(question.code)
    return tuple(drawn)


def is_answered(page: Page, answers: Answers, facts: Facts) -> bool:
    """Whether something on the page is answered and nothing required is left."""
    given = any(question.code in answers for question in page.questions if not question.origin)
    return given and not missing((page,), answers, facts)


def without_page(page: Page, answers: Answers) -> dict[str, Answer]:
    """The answers without those of this page: by them nobody sees what a discreet page was answered with."""
    codes = {question.code for question in page.questions}
    return {code: answer for code, answer in answers.items() if code not in codes}


def differs(draft: Draft, page: Page, answers: Answers) -> dict[str, Answer]:
    """What is saved on this page and is not what was posted: shown to her before anything is replaced."""
    saved = {
        question.code: draft.answers.get(question.code) for question in page.questions if not question.origin
    }
    return {
        code: answer for code, answer in saved.items() if answer is not None and answers.get(code) != answer
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """Where she is: pages in order, the first that is not complete (None: all are), how many are left."""

    pages: tuple[Page, ...]
    next: Page | None
    left: int


def progress(sheet: Sheet, answers: Answers) -> Progress:
    """The way through the pages that are answered ahead."""
    pages = pages_to_answer(sheet.pages_ahead, answers, sheet.facts)
    open_pages = [page for page in pages if missing((page,), answers, sheet.facts)]
    return Progress(pages, open_pages[0] if open_pages else None, len(open_pages))


def way_through(sheet: Sheet, answers: Answers) -> tuple[Page, ...]:
    """The pages that are answered ahead, in order."""
    return pages_to_answer(sheet.pages_ahead, answers, sheet.facts)


def page_after(sheet: Sheet, page: Page, answers: Answers) -> Page | None:
    """The next page on the way, None when the answers are to be checked."""
    return next_page(sheet.pages_ahead, page.code, answers, sheet.facts)


def answers_to_submit(sheet: Sheet, answers: Answers) -> dict[str, Answer]:
    """Without what is hidden, and without the day's questions."""
    return dict(asked(sheet.pages_ahead, answers, sheet.facts))
