"""Filling in: one posted page turns a draft into a new draft, or into faults with everything kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.fault import Fault
from app.people.person import CardFacts
from app.questionnaire.answers import Answer, Answers, Raw
from app.questionnaire.definition import Page, Question
from app.questionnaire.path import asked, missing, next_page, pages_to_answer, visible_questions
from app.questionnaire.typed import PageContext, read_page
from app.visit.sheet import Sheet
from app.visit.visit import Draft


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft after a page was posted.

    Shapes: ``faults`` empty means that everything on the page is answered; ``revealed`` are questions
    that only now became visible and were not on the posted page, so the page is shown again without
    blame; ``changes`` tells whether anything differs from before.
    """

    draft: Draft
    faults: tuple[Fault, ...]
    revealed: tuple[Question, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the next page may follow."""
        return not self.faults and not self.revealed


def offers_of(facts: CardFacts) -> Mapping[str, str]:
    """What the card said and she may take over with one tick."""
    return {
        origin: value for origin, value in (("login.name", facts.name), ("login.address", facts.address)) if value
    }


def answer_page(draft: Draft, page: Page, raw: Raw, offers: Mapping[str, str], today: date) -> Filled:  # noqa: PLR0913
    """A new draft with what could be read; what could not is kept as typed beside it."""
    reading = read_page(page, raw, PageContext(draft.answers, today, offers))
    codes = {question.code for question in page.questions}
    answers = {code: answer for code, answer in draft.answers.items() if code not in codes} | dict(reading.answers)
    hidden = {
        code: draft.answers[code]
        for code in codes & draft.answers.keys()
        if code not in answers and not _was_posted(code, raw)
    }
    typed = {code: kept for code, kept in draft.typed.items() if code != page.code}
    if reading.faults:
        typed[page.code] = reading.typed
    new = replace(draft, answers=answers | hidden, typed=typed)
    revealed = () if reading.faults else tuple(
        question for question in missing((page,), new.answers) if not _was_posted(question.code, raw)
    )
    return Filled(new, reading.faults, revealed)


def keep_typed(draft: Draft, page: Page, raw: Raw, offers: Mapping[str, str], today: date) -> Draft:  # noqa: PLR0913
    """Quiet saving: good answers are taken, nothing is refused, unanswered stays unanswered."""
    filled = answer_page(draft, page, raw, offers, today)
    return replace(filled.draft, typed={**filled.draft.typed, page.code: dict(raw)}) if filled.faults else filled.draft


def _was_posted(code: str, raw: Raw) -> bool:
    """Whether a question stood on the posted page: its marker or one of its fields came along."""
    return code in raw.get("asked", ()) or any(name == code or name.startswith(f"{code}-") for name in raw)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where she is: pages in order, the first that is not complete (None: all are), how many are left."""

    pages: tuple[Page, ...]
    next: Page | None
    left: int


def progress(sheet: Sheet, answers: Answers) -> Progress:
    """The way through the pages that are answered ahead."""
    pages = pages_to_answer(sheet.pages_ahead, answers)
    open_pages = [page for page in pages if missing((page,), _known(sheet, answers))]
    return Progress(pages, open_pages[0] if open_pages else None, len(open_pages))


def _known(sheet: Sheet, answers: Answers) -> Answers:
    """Draft answers of this sheet only."""
    codes = sheet.questions.keys()
    return {code: answer for code, answer in answers.items() if code in codes}


def page_after(sheet: Sheet, page: Page, answers: Answers) -> Page | None:
    """The next page on the way, None when the answers are to be checked."""
    return next_page(sheet.pages_ahead, page.code, answers)


def answers_to_submit(sheet: Sheet, answers: Answers) -> dict[str, Answer]:
    """Without what is hidden, and without the day's questions."""
    kept = asked(sheet.pages_ahead, answers)
    return dict(kept)


def shown(page: Page, answers: Answers) -> tuple[Question, ...]:
    """The questions of a page that are asked now."""
    return visible_questions(page, answers)
