"""Topic pages: one page of questions, saved by every POST and quietly while she writes."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from app.fault import Fault
from app.questionnaire.answers import Answer, Raw
from app.questionnaire.definition import Page
from app.questionnaire.path import visible_questions
from app.questionnaire.typed import typed_from
from app.visit.access import Action
from app.visit.filling import Filled, Posted, answer_page, differs, offers_of, page_after, progress
from app.visit.ports import Deed, StaleRevisionError
from app.visit.sheet import Sheet, subject_answers
from app.visit.visit import Draft, Visit
from app.web.answer_text import answer_text
from app.web.deeds import deed
from app.web.guard import kept_fields, open_to, own_visit
from app.web.question_page import PageRequest, draw, taken_over
from app.web.rooms import rooms
from app.web.templating import form_text, say, time_text
from app.web.visitor import visitor

pages = Blueprint("questions", __name__)


@pages.get("/visits/<visit_id>/pages/<page_code>")
@open_to(Action.ANSWER)
def question_page(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """One topic page, filled with what is saved, or with what was typed before a language switch."""
    visit = own_visit(Action.ANSWER)
    sheet, page = _sheet_and_page(visit, page_code)
    draft = rooms().visits.draft(visit)
    kept = kept_fields()
    typed = {name: kept.getlist(name) for name in kept} if kept else draft.typed.get(page.code)
    return _show(visit, sheet, page, draft, typed or _saved_fields(page, draft))


@pages.post("/visits/<visit_id>/pages/<page_code>")
@open_to(Action.ANSWER)
def answer(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Saves the page. 303 onward, 422 with faults, 409 when another device saved something else."""
    visit = own_visit(Action.ANSWER)
    sheet, page = _sheet_and_page(visit, page_code)
    draft = rooms().visits.draft(visit)
    raw: Raw = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    filled = answer_page(draft, Posted(page, raw, offers_of(visitor().facts), rooms().today()))
    is_quiet = "quiet" in request.form
    faults = _conflicts(page, draft, filled)
    if faults:
        return (
            _quiet_answer(draft, 409)
            if is_quiet
            else _refused(visit, sheet, page, draft, raw, (*faults,), 409)
        )
    try:
        saved = rooms().visits.save(filled.draft, visit, deed(Deed.DRAFT_SAVED, visit))
    except StaleRevisionError:
        latest = rooms().visits.draft(visit)
        return _quiet_answer(latest, 409) if is_quiet else _refused(visit, sheet, page, latest, raw, (), 409)
    if is_quiet:
        return _quiet_answer(saved, 200)
    if filled.faults:
        return _refused(visit, sheet, page, saved, raw, filled.faults, 422)
    return redirect(_onward(visit, sheet, page, saved), 303)


def _sheet_and_page(visit: Visit, code: str) -> tuple[Sheet, Page]:
    """The visit's sheet and a topic page of it. Errors: 404 for a page that is not asked ahead."""
    sheet = rooms().sheet_of(visit)
    page = sheet.page(code)
    if page is None or page.is_for_the_day:
        abort(404)
    return sheet, page


def _saved_fields(page: Page, draft: Draft) -> Raw:
    """The saved answers of a page as form fields."""
    fields: dict[str, list[str]] = {}
    for question in page.questions:
        if question.code in draft.answers and not question.origin:
            fields.update(
                {
                    name: list(values)
                    for name, values in typed_from(question, draft.answers[question.code]).items()
                }
            )
    return fields


def _conflicts(page: Page, draft: Draft, filled: Filled) -> tuple[Fault, ...]:
    """What another device saved on this page since it was opened, told question by question."""
    if request.form.get("revision", "") == str(draft.revision):
        return ()
    others = differs(draft, page, filled.draft.answers)
    return tuple(
        Fault(code, "other_answer", {"value": _in_words(page, code, other)}) for code, other in others.items()
    )


def _in_words(page: Page, code: str, other: Answer) -> str:
    question = next(one for one in page.questions if one.code == code)
    part = next(part for part in rooms().library.parts.values() if question in part.questions)
    return answer_text(part.code, question, other)


def _quiet_answer(draft: Draft, status: int) -> ResponseReturnValue:
    """For the script: the new revision and the words to show."""
    words = say("form.saved", time=time_text(rooms().now())) if status == 200 else say("form.saving_failed")
    return {"saved": words, "revision": str(draft.revision)}, status


def _onward(visit: Visit, sheet: Sheet, page: Page, draft: Draft) -> str:
    """The next topic page; back to the check when she came from there and all is answered."""
    base = f"/visits/{visit.id}"
    if request.args.get("from") == "check" and progress(sheet, draft.answers).next is None:
        return f"{base}/check"
    following = page_after(sheet, page, draft.answers)
    return f"{base}/pages/{following.code}" if following else f"{base}/check"


def _refused(  # noqa: PLR0913  one place for both refusals
    visit: Visit, sheet: Sheet, page: Page, draft: Draft, raw: Raw, faults: tuple[Fault, ...], status: int
) -> ResponseReturnValue:
    """The same page with everything typed, at the revision that is saved now."""
    return _show(visit, sheet, page, draft, raw, faults), status


def _show(  # noqa: PLR0913
    visit: Visit, sheet: Sheet, page: Page, draft: Draft, typed: Raw, faults: tuple[Fault, ...] = ()
) -> str:
    """Draws the page."""
    way = progress(sheet, draft.answers).pages
    number = next((place for place, one in enumerate(way, 1) if one.code == page.code), 0)
    part = sheet.part_of(page)
    path = f"/visits/{visit.id}/pages/{page.code}"
    query = "?from=check" if request.args.get("from") == "check" else ""
    return draw(
        PageRequest(
            sections=((part, page),),
            title=(part.code, f"{page.code}.title", page.title),
            typed=typed,
            visible=[question.code for question in visible_questions(page, draft.answers)] + _openable(page),
            path=path + query,
            revision=draft.revision,
            steps=(number, len(way)),
            faults=faults,
            offers=offers_of(visitor().facts),
            put={
                "lead": _conflict_lead(faults) + _facts_of_child(visit, sheet, page),
                "foot": _back_link(visit, way, number),
            },
        )
    )


def _openable(page: Page) -> list[str]:
    """Follow-ups to a question of the same page are always on the page; they unfold there."""
    codes = {question.code for question in page.questions}
    return [
        question.code
        for question in page.questions
        if question.shown_when and all(one.question in codes for one in question.shown_when.comparisons)
    ]


def _conflict_lead(faults: tuple[Fault, ...]) -> str:
    """Says calmly that another screen saved something else."""
    if not any(fault.message == "other_answer" for fault in faults):
        return ""
    return str(
        Markup('<div class="card problems"><h2>{}</h2><p>{}</p></div>').format(
            say("form.conflict.title"), say("form.conflict.text")
        )
    )


def _facts_of_child(visit: Visit, sheet: Sheet, page: Page) -> str:
    """What is not asked because the child's registration holds it."""
    taken = [question for question in page.questions if question.origin]
    subject = rooms().people.subject(visit.subject_id) if taken else None
    if subject is None:
        return ""
    known = subject_answers(subject, sheet)
    part = sheet.part_of(page).code
    rows = [
        (
            form_text(f"{part}.{question.code}.text", question.text),
            answer_text(part, question, known[question.code]),
        )
        for question in taken
        if question.code in known
    ]
    return str(taken_over(page, rows))


def _back_link(visit: Visit, way: tuple[Page, ...], number: int) -> str:
    """To the page before, or to the explanation from the first one."""
    before = f"/pages/{way[number - 2].code}" if number > 1 else ""
    return f'<ul class="links"><li><a href="/visits/{escape(visit.id)}{before}">{escape(say("form.back"))}</a></li></ul>'
