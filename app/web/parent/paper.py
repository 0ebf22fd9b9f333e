"""The Japanese sheet for a clinic that cannot scan: on her screen or printed, in the order of the paper form.

Sensitive answers stand on it only if she ticked them, each time anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.questionnaire.answers import Answers
from app.questionnaire.definition import Question
from app.schedule.dates import TOKYO, tokyo_date
from app.visit.access import Action, may_print
from app.visit.sheet import Sheet, subject_answers
from app.visit.submission import good_today
from app.visit.visit import Submission, Visit
from app.web.guard import open_to, own_visit
from app.web.paper_reading import for_paper
from app.web.rooms import rooms
from app.web.sheet_reading import NO_FACTS, Gap, SheetReading, read_sheet
from app.web.templating import form_text
from app.wording.extraction import COMMON_ANSWERS
from app.wording.formats import date_text, time_text

pages = Blueprint("paper", __name__)

GAPS = {
    Gap.UNANSWERED: "記入なし",
    Gap.NOT_TODAY: "当日の回答はまだありません",
    Gap.UNKNOWN: COMMON_ANSWERS["unknown"],
    Gap.DECLINED: COMMON_ANSWERS["declined"],
    Gap.WITHHELD: "紙には書いていません（本人に確かめてください）",
    Gap.KEPT_BACK: "回答済み（紙には書きません）",
}
"""What stands on the paper where there is no value."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A sensitive answer that she may put on the paper, in her own language."""

    code: str
    label: str
    is_chosen: bool


@pages.get("/visits/<visit_id>/paper")
@open_to(Action.SEE_OWN)
def paper(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The sheet as it is good today."""
    visit = own_visit(Action.SEE_OWN)
    submissions = rooms().visits.submissions(visit)
    if not submissions:
        return redirect(f"/visits/{visit.id}", 303)
    sheet, chosen = rooms().sheet_of(visit), frozenset(request.args.getlist("with"))
    return render_template(
        "parent/paper.html",
        visit=visit,
        programmes=sheet.programmes,
        reading=_reading(visit, sheet, submissions, chosen),
        sensitive=sensitive_of(sheet, good_today(sheet, submissions[-1], rooms().today()), chosen),
        gaps=GAPS,
        given_at=_in_japanese(submissions[-1]),
    )


def _reading(
    visit: Visit, sheet: Sheet, submissions: Sequence[Submission], chosen: Collection[str]
) -> SheetReading:
    subject = rooms().people.subject(visit.subject_id)
    facts = subject_answers(subject, sheet) if subject else NO_FACTS
    languages = rooms().wording.languages
    return for_paper(read_sheet(sheet, submissions, rooms().today(), languages, facts=facts), sheet, chosen)


def sensitive_of(sheet: Sheet, answers: Answers, chosen: Collection[str]) -> tuple[Sensitive, ...]:
    """Her answers that stand on the paper only if she wants it; those of discreet pages never do."""
    return tuple(
        Sensitive(question.code, _label(part.code, question), question.code in chosen)
        for part in sheet.parts
        for question in part.questions
        if question.code in answers and question.code not in sheet.discreet
        if not may_print(question, ())
    )


def _label(part: str, question: Question) -> str:
    return form_text(f"{part}.{question.code}.text", question.text)


def _in_japanese(submission: Submission) -> str:
    """When it was submitted, as Japanese staff write it."""
    japanese = rooms().wording.languages.source
    at = submission.at.astimezone(TOKYO)
    return f"{date_text(japanese, tokyo_date(submission.at))} {time_text(japanese, at.time())}"
