"""Last time's answers: which earlier ones a page offers again. Offered is not answered: she confirms it.

Only what stays true (``fresh`` always) is offered, never today's or last month's answers, and nothing of a
discreet page. It comes from submissions of the same guardian: about the same subject, and for questions
about the family also about another child of hers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.questionnaire.answers import Answer, Answers, from_plain, to_plain
from app.questionnaire.definition import Fresh, Page, Question
from app.questionnaire.path import missing
from app.questionnaire.typed import PageContext, read_page, typed_from
from app.visit.sheet import Sheet
from app.visit.visit import Submission


@dataclass(frozen=True, slots=True)
class Earlier:
    """What she submitted for another visit, with the sheet that was answered.

    Shapes: ``is_siblings`` tells that it is about another child of hers.
    """

    submission: Submission
    sheet: Sheet
    is_siblings: bool = False


@dataclass(frozen=True, slots=True)
class LastTime:
    """An earlier answer to a question of a page. ``at`` is when its submission was made."""

    question: Question
    answer: Answer
    at: datetime
    is_siblings: bool
    submission_id: str

    @property
    def mark(self) -> str:
        """Which answer of which submission it is, without saying it."""
        return f"{self.question.code}:{self.submission_id}"


def open_questions(page: Page, answers: Answers) -> tuple[Question, ...]:
    """The questions of a page that have no answer yet and may have had one that is still true."""
    if page.discreet:
        return ()
    return tuple(one for one in page.questions if one.code not in answers and _stays_true(one))


def last_time(
    sheet: Sheet, page: Page, answers: Answers, earlier: Iterable[Earlier], *, today: date
) -> tuple[LastTime, ...]:
    """What a page offers again, in its order: read back from the form it would be, hidden questions left out.

    Shapes: ``answers`` of the draft; ``earlier`` newest first; ``today`` in Tokyo.
    """
    known = [one for one in earlier if _is_for(sheet, one)]
    found: dict[str, LastTime] = {}
    for question in open_questions(page, answers):
        before = _newest(question, known)
        answer = _carried(question, before) if before else None
        if before is not None and answer is not None:
            made = before.submission
            found[question.code] = LastTime(question, answer, made.at, before.is_siblings, made.id)
    return _as_posted(sheet, page, answers, found, today=today)


def _stays_true(question: Question) -> bool:
    return question.fresh is Fresh.ALWAYS and not question.origin


def _is_for(sheet: Sheet, one: Earlier) -> bool:
    """A mother is nobody's sibling here, and has none."""
    return not one.is_siblings or not (sheet.is_about_a_mother or one.sheet.is_about_a_mother)


def _newest(question: Question, earlier: Sequence[Earlier]) -> Earlier | None:
    """The newest submission whose sheet asked this; a sibling's only when her own never did."""
    asked = [one for one in earlier if question.code in one.sheet.questions]
    own = [one for one in asked if not one.is_siblings]
    return next(iter(own or (asked if question.family else ())), None)


def _carried(question: Question, one: Earlier) -> Answer | None:
    """That answer as this version of the question has it; None when it may not or cannot be offered."""
    before, answer = one.sheet.questions[question.code], one.submission.answers.get(question.code)
    is_kept_back = question.code in one.sheet.discreet
    if answer is None or is_kept_back or before.kind is not question.kind or not _stays_true(before):
        return None
    return from_plain(to_plain({question.code: answer}), {question.code: question}).get(question.code)


def _as_posted(
    sheet: Sheet, page: Page, answers: Answers, found: dict[str, LastTime], *, today: date
) -> tuple[LastTime, ...]:
    """Those of them that a form with these answers would be read as, without a fault."""
    if not found:
        return ()
    given = {**answers, **{code: one.answer for code, one in found.items()}}
    raw = {
        field: values
        for question in page.questions
        if question.code in given and not question.origin
        for field, values in typed_from(question, given[question.code]).items()
    }
    reading = read_page(page, raw, PageContext(answers, today, {}, sheet.facts))
    faulty = {fault.field.partition("-")[0] for fault in reading.faults}
    faulty |= {question.code for question in missing((page,), {**answers, **reading.answers}, sheet.facts)}
    return tuple(
        replace(one, answer=reading.answers[code])
        for code, one in found.items()
        if code in reading.answers and code not in faulty
    )
