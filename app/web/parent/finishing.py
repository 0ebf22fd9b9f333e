"""Check the answers, agree to the sharing, submit, receipt."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.questionnaire.definition import Page, Question
from app.questionnaire.path import missing, visible_questions
from app.visit.access import Action
from app.visit.filling import answers_to_submit, is_answered, progress
from app.visit.planning import issue
from app.visit.ports import Deed, StaleRevisionError
from app.visit.raised import advice_for
from app.visit.sheet import Sheet
from app.visit.submission import ahead, good_today, share_until
from app.visit.visit import OPEN_STATES, Draft, Visit
from app.web.anew import gone_lead
from app.web.answer_text import answer_text
from app.web.deeds import deed
from app.web.growth import is_checkup_of_child
from app.web.guard import open_to, own_draft, own_visit
from app.web.moving import Current, before_move, keep
from app.web.parent.about import fits_ahead, things_to_bring
from app.web.parent.advice_cards import cards_of
from app.web.question_page import aid_for, seen
from app.web.review import is_aid
from app.web.rooms import rooms
from app.web.templating import day_text, form_text, moment_text, say, say_in_japanese, say_marked

pages = Blueprint("finishing", __name__)
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One question and her answer; ``japanese`` stands beneath where the language is an aid."""

    code: str
    label: str
    japanese: str
    answer: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class CheckBlock:
    """One topic page on the check page; ``path`` leads to where it is changed."""

    title: str
    japanese: str
    path: str
    rows: tuple[CheckRow, ...]


@pages.get("/visits/<visit_id>/check")
@open_to(Action.ANSWER)
def check(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Every answer by topic, each with a way to change it."""
    visit = own_visit(Action.ANSWER)
    sheet = rooms().sheet_of(visit)
    draft = own_draft()
    way = progress(sheet, draft.answers)
    blocks = [_block(visit, sheet, page, draft) for page in way.pages]
    given = advice_for(sheet, answers_to_submit(sheet, draft.answers))
    return render_template(
        "parent/check.html",
        visit=visit,
        cards=cards_of(visit, sheet, given),
        blocks=blocks,
        left=way.left,
        following=way.next,
        planned=None if way.left else fits_ahead(visit, rooms().people.subject(visit.subject_id)),
        is_aid=is_aid(),
        aid=aid_for(sheet.parts),
        gone=gone_lead(sheet, draft),
    )


def _block(visit: Visit, sheet: Sheet, page: Page, draft: Draft) -> CheckBlock:
    part = sheet.part_of(page).code
    asked = visible_questions(page, draft.answers, sheet.facts)
    rows = (_kept_back(sheet, page, draft),) if page.discreet else [_row(part, one, draft) for one in asked]
    again = "&again=1" if page.discreet else ""
    return CheckBlock(
        form_text(f"{part}.{page.code}.title", page.title),
        page.title,
        f"/visits/{visit.id}/pages/{page.code}?from=check{again}",
        tuple(rows),
    )


def _kept_back(sheet: Sheet, page: Page, draft: Draft) -> CheckRow:
    """In the place of a discreet page's answers: whether it is answered."""
    is_whole = is_answered(page, draft.answers, sheet.facts)
    told = "discreet.is_answered" if is_whole else "answer.none"
    is_open = bool(missing((page,), draft.answers, sheet.facts))
    return CheckRow(page.code, say("discreet.label"), say_in_japanese("discreet.label"), say(told), is_open)


def _row(part: str, question: Question, draft: Draft) -> CheckRow:
    answer = draft.answers.get(question.code)
    return CheckRow(
        question.code,
        form_text(f"{part}.{question.code}.text", question.text),
        question.text,
        answer_text(part, question, answer),
        answer is None and question.required,
    )


@pages.get("/visits/<visit_id>/share")
@open_to(Action.SUBMIT)
def share(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """What is shared, with whom, until when; one button agrees and submits."""
    visit = own_visit(Action.SUBMIT)
    draft = own_draft()
    if progress(rooms().sheet_of(visit), draft.answers).next is not None:
        return redirect(f"/visits/{visit.id}/check", 303)
    return _share_page(visit, draft)


@pages.post("/visits/<visit_id>/share")
@open_to(Action.SUBMIT)
def submit(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Submits once for one key, acknowledged after it is durable; the second tap gets the same receipt."""
    visit = own_visit(Action.SUBMIT)
    key = request.form.get("submission_key", "")[:KEY_LENGTH]
    sheet, draft = rooms().sheet_of(visit), own_draft()
    is_whole = progress(sheet, draft.answers).next is None
    is_what_she_saw = bool(key) and request.form.get("revision", "") == str(draft.revision)
    if not (is_whole and is_what_she_saw):
        return _answer_late_tap(visit, draft, key, is_whole)
    words = seen(sheet.parts, "\n".join(share_sentences(visit, say)))
    made = ahead(visit, sheet, draft, seen=words, previous=rooms().visits.newest(visit), now=rooms().now())
    try:
        if before_move():
            visit = keep(Current(visit, draft)).visit
        rooms().visits.submit(issue(visit, rooms().now()), made, key, deed(Deed.SUBMITTED, visit))
    except StaleRevisionError:
        return _share_page(visit, rooms().visits.draft(visit), Fault("", "answers_changed")), 409
    return redirect(f"/visits/{visit.id}/receipt", 303)


def _answer_late_tap(visit: Visit, draft: Draft, key: str, is_whole: bool) -> ResponseReturnValue:
    """A tap whose answers are not the draft's any more: the receipt of the first tap, else asked anew."""
    if key and rooms().visits.submitted_with(visit.id, key):
        return redirect(f"/visits/{visit.id}/receipt", 303)
    if not is_whole:
        return redirect(f"/visits/{visit.id}/check", 303)
    return _share_page(visit, draft, Fault("", "answers_changed")), 409


def share_sentences(visit: Visit, said: Callable[..., str]) -> tuple[str, ...]:
    """What she agrees to, in her language; ``said`` writes the sentence that names the clinic."""
    clinic = rooms().places.clinic(visit.clinic_id) if visit.clinic_id else None
    with_whom = said("share.with_clinic", clinic=clinic.name) if clinic else say("share.with_first_clinic")
    return (
        say("share.what"),
        with_whom,
        say("share.roles"),
        _until(visit),
        say("share.stop"),
        *((say("share.growth"),) if is_checkup_of_child(rooms().sheet_of(visit)) else ()),
    )


def _until(visit: Visit) -> str:
    """The end of the sharing: a whole day when she named one, else a moment."""
    if visit.planned_on is not None:
        return say("share.until_day", day=day_text(visit.planned_on))
    return say("share.until", until=moment_text(share_until(visit, rooms().now())))


def _share_page(visit: Visit, draft: Draft, *faults: Fault) -> str:
    return render_template(
        "parent/share.html",
        visit=visit,
        sentences=share_sentences(visit, say_marked),
        subject=rooms().people.subject(visit.subject_id),
        revision=draft.revision,
        key=rooms().new_id(),
        is_again=bool(visit.generation),
        faults=faults,
    )


@pages.get("/visits/<visit_id>/receipt")
@open_to(Action.SEE_OWN)
def receipt(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """What was received, what to bring, and the way to the pass."""
    visit = own_visit(Action.SEE_OWN)
    newest = rooms().visits.newest(visit)
    if newest is None:
        return redirect(f"/visits/{visit.id}/check", 303)
    sheet = rooms().sheet_of(visit)
    given = advice_for(sheet, good_today(sheet, newest, rooms().today()))
    return render_template(
        "parent/receipt.html",
        visit=visit,
        submission=newest,
        bring=things_to_bring(sheet),
        is_aid=is_aid(),
        cards=cards_of(visit, sheet, given) if visit.state in OPEN_STATES else (),
    )
