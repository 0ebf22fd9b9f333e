"""The day's questions: on the visit day only, by login or by the device cookie, which never reads."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.questionnaire.answers import Raw
from app.questionnaire.definition import Page, Part
from app.visit.access import Action
from app.visit.filling import Filled, Posted, answer_page, to_draw
from app.visit.handover import is_the_day
from app.visit.ports import Deed, StaleRevisionError
from app.visit.sheet import Sheet
from app.visit.submission import good_today, of_the_day
from app.visit.visit import Draft, Submission, Visit
from app.web.deeds import deed
from app.web.guard import is_author, kept_fields, open_to, own_visit
from app.web.question_page import PageRequest, draw, fields_of, seen
from app.web.rooms import rooms

pages = Blueprint("day", __name__)


@pages.get("/visits/<visit_id>/day")
@open_to(Action.ANSWER_TODAY)
def day(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """All of the day's questions on one page; on another day the pass page says when they come."""
    visit = own_visit(Action.ANSWER_TODAY)
    newest = rooms().visits.newest(visit)
    if newest is None or not is_the_day(visit, rooms().today()):
        return redirect(f"/visits/{visit.id}/pass", 303)
    kept = kept_fields()
    typed = {name: kept.getlist(name) for name in kept} if kept else _given_today(visit, newest)
    return _show(visit, typed, Filled(_day_draft(visit, newest), ()))


@pages.post("/visits/<visit_id>/day")
@open_to(Action.ANSWER_TODAY)
def answer_day(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The day's answers become the next submission; the pass stays the same."""
    visit = own_visit(Action.ANSWER_TODAY)
    newest = rooms().visits.newest(visit)
    if newest is None or not is_the_day(visit, rooms().today()):
        return redirect(f"/visits/{visit.id}/pass", 303)
    raw: Raw = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    sheet = rooms().sheet_of(visit)
    filled = _read(sheet, _day_draft(visit, newest), raw)
    if filled.faults:
        return _show(visit, raw, filled), 422
    answers, words = filled.draft.answers, seen(sheet.parts)
    made = of_the_day(sheet, newest, answers, seen=words, now=rooms().now(), by_pass=not is_author(visit))
    key = f"day-{request.form.get('submission_key', '')[:64] or made.number}"
    try:
        rooms().visits.submit(visit, made, key, deed(Deed.DAY_ANSWERED, visit))
    except StaleRevisionError:
        return _show(visit, raw, filled), 409
    return redirect(f"/visits/{visit.id}/pass?today=1", 303)


def _day_draft(visit: Visit, newest: Submission) -> Draft:
    """A draft for the day only: what she answered before decides what is asked, nothing of it is shown."""
    return Draft(visit.id, newest.answers, newest.language, newest.number)


def _sections(sheet: Sheet) -> tuple[tuple[Part, Page], ...]:
    return tuple((sheet.part_of(page), page) for page in sheet.pages_of_the_day)


def _read(sheet: Sheet, draft: Draft, raw: Raw) -> Filled:
    """Reads every page of the day from the one form."""
    filled = Filled(draft, ())
    for page in sheet.pages_of_the_day:
        step = answer_page(filled.draft, Posted(page, raw, {}, rooms().today(), sheet.facts))
        filled = Filled(step.draft, filled.faults + step.faults)
    return filled


def _given_today(visit: Visit, newest: Submission) -> Raw:
    """What she already answered today, for a signed-in parent only: the device cookie never reads."""
    if not is_author(visit) or newest.answered_on != rooms().today():
        return {}
    sheet = rooms().sheet_of(visit)
    questions = [question for page in sheet.pages_of_the_day for question in page.questions]
    return fields_of(questions, good_today(sheet, newest, rooms().today()))


def _show(visit: Visit, typed: Raw, filled: Filled) -> str:
    """Draws the day's page."""
    sheet = rooms().sheet_of(visit)
    sections = _sections(sheet)
    part, first = sections[0]
    return draw(
        PageRequest(
            sections=sections,
            title=(part.code, f"{first.code}.title", first.title),
            typed=typed,
            visible=to_draw(sheet.pages_of_the_day, filled.draft.answers, sheet.facts),
            path=f"/visits/{visit.id}/day",
            revision=filled.draft.revision,
            faults=filled.faults,
            quiet=False,
            put={
                "hidden": str(
                    Markup('<input type="hidden" name="submission_key" value="{}">').format(rooms().new_id())
                )
            },
        )
    )
