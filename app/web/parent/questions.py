"""Topic pages: one page of questions, saved by every POST and quietly while she writes."""

from contextlib import suppress
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.fault import Fault
from app.questionnaire.answers import Answers, Raw
from app.questionnaire.definition import Page
from app.questionnaire.path import visible_questions
from app.visit.access import Action
from app.visit.filling import (
    Filled,
    Posted,
    answer_page,
    answers_to_submit,
    differs,
    offers_of,
    page_after,
    progress,
    to_draw,
    way_through,
)
from app.visit.ports import Deed, StaleRevisionError
from app.visit.raised import advice_about
from app.visit.sheet import Sheet
from app.visit.visit import Draft, Visit
from app.web.anew import anew_lead
from app.web.answer_text import answer_text
from app.web.guard import kept_fields, open_to, own_draft, own_visit
from app.web.moving import Current, before_move, current, keep
from app.web.parent.discreet import answered_page, foot_of, hides_answers, lead_of, saved_fields, seen_by
from app.web.parent.home import way_on
from app.web.parent.last_time import FIELD, card, offered
from app.web.question_page import PageRequest, draw
from app.web.rooms import rooms
from app.web.templating import say, time_text
from app.web.visitor import visitor

pages = Blueprint("questions", __name__)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A topic page of one visit, with what is saved of it."""

    visit: Visit
    sheet: Sheet
    page: Page
    draft: Draft

    @property
    def path(self) -> str:
        """Where it lies."""
        return f"/visits/{self.visit.id}/pages/{self.page.code}"

    @property
    def way_back(self) -> str:
        """The same, still knowing that she came from the check."""
        return self.path + came_from()


def open_page(code: str) -> Opened:
    """The page of the request. Errors: 404 for a page that is not asked ahead."""
    visit = own_visit(Action.ANSWER)
    shown = form_of_before() or Current(visit, own_draft())
    sheet = rooms().sheet_of(shown.visit)
    page = sheet.page(code)
    if page is None or page.is_for_the_day or page.is_taken_over:
        abort(404)
    return Opened(shown.visit, sheet, page, shown.draft)


def form_of_before() -> Current | None:
    """The visit as it is kept, when the posted form was drawn from its questions before they were retired."""
    before = before_move() if request.method == "POST" else None
    return before if before and not request.form.get("revision", "").startswith("-") else None


@pages.get("/visits/<visit_id>/pages/<page_code>")
@open_to(Action.ANSWER)
def question_page(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """One topic page, filled with what is saved, or with what was typed before a language switch."""
    opened = open_page(page_code)
    kept, answers = kept_fields(), opened.draft.answers
    typed = {name: kept.getlist(name) for name in kept} if kept else opened.draft.typed.get(page_code)
    if not typed and "again" not in request.args and hides_answers(opened.sheet, opened.page, answers):
        steps, following = steps_of(opened), onward(opened)
        return answered_page(opened.visit, opened.sheet, opened.page, steps=steps, onward=following)
    return show(opened, typed or saved_fields(opened.page, answers), seen_by(opened.page, answers))


@pages.post("/visits/<visit_id>/pages/<page_code>")
@open_to(Action.ANSWER)
def answer(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Saves the page. 303 onward, 422 with faults, 409 when another device saved something else."""
    raw = posted_fields()
    opened, faults, status = save_page(open_page(page_code), raw)
    if status != 409 and "quiet" not in request.form and form_of_before():
        return redirect(moved_on(opened), 303)
    if "quiet" in request.form:
        return told_quietly(opened.draft, 409 if status == 409 else 200)
    if status == 303:
        return redirect(leads_to(opened), 303)
    return show(opened, raw, opened.draft.answers, faults), status


def posted_fields() -> Raw:
    """What was typed on the page, and which revision it showed."""
    return {name: values for name, values in request.form.lists() if name not in ("csrf_token", FIELD)}


def save_page(
    opened: Opened, raw: Raw, what: Deed = Deed.DRAFT_SAVED
) -> tuple[Opened, tuple[Fault, ...], int]:
    """The page after saving, its faults, the status; nothing of another device is overwritten unseen."""
    for _ in range(TRIES):
        offers, facts = offers_of(visitor().facts), opened.sheet.facts
        filled = answer_page(opened.draft, Posted(opened.page, raw, offers, rooms().today(), facts))
        others = conflicts(opened, filled)
        if others:
            return opened, others, 409
        try:
            kept = keep(Current(opened.visit, filled.draft), what)
        except StaleRevisionError:
            opened = open_page(opened.page.code)
            continue
        opened = replace(opened, visit=kept.visit, draft=kept.draft)
        return opened, filled.faults, 422 if filled.faults else 303
    return opened, (), 409


def moved_on(opened: Opened) -> str:
    """Keeps the draft, just saved on retired questions, on the newest ones; where it goes on there."""
    moved = current(opened.visit, opened.draft)
    with suppress(StaleRevisionError):
        keep(moved)
    return way_on(moved)[0]


def conflicts(opened: Opened, filled: Filled) -> tuple[Fault, ...]:
    """What another device saved on this page since it was opened, told question by question."""
    if request.form.get("revision", "") == str(opened.draft.revision):
        return ()
    part = opened.sheet.part_of(opened.page).code
    saved = differs(opened.draft, opened.page, filled.draft.answers)
    if opened.page.discreet:
        return tuple(Fault(code, "other_answer_kept_back") for code in saved)
    return tuple(
        Fault(question.code, "other_answer", {"value": answer_text(part, question, saved[question.code])})
        for question in opened.page.questions
        if question.code in saved
    )


def told_quietly(draft: Draft, status: int) -> ResponseReturnValue:
    """For the script: the new revision and the words to show."""
    words = say("form.saved", time=time_text(rooms().now())) if status == 200 else say("form.saving_failed")
    return {"saved": words, "revision": str(draft.revision)}, status


def leads_to(opened: Opened) -> str:
    """Where a page leads that has just been saved without a fault."""
    return advised(opened) or onward(opened)


def onward(opened: Opened) -> str:
    """The next topic page; back to the check when she came from there and all is answered."""
    answers, base = opened.draft.answers, f"/visits/{opened.visit.id}"
    if request.args.get("from") == "check" and progress(opened.sheet, answers).next is None:
        return f"{base}/check"
    following = page_after(opened.sheet, opened.page, answers)
    return f"{base}/pages/{following.code}" if following else f"{base}/check"


def advised(opened: Opened) -> str:
    """Where she reads what to do now, when this page's answers bring an advice; else ""."""
    answers = answers_to_submit(opened.sheet, opened.draft.answers)
    if not advice_about(opened.sheet, opened.page, answers):
        return ""
    return f"{opened.path}/now{came_from()}"


def steps_of(opened: Opened) -> tuple[int, int]:
    """Which of the pages this is (0: none of them now), and how many there are."""
    way = way_through(opened.sheet, opened.draft.answers)
    return next((at for at, one in enumerate(way, 1) if one.code == opened.page.code), 0), len(way)


def show(opened: Opened, typed: Raw, answers: Answers, faults: tuple[Fault, ...] = ()) -> str:
    """Draws the page. ``answers`` decide which of its questions are asked now."""
    way = way_through(opened.sheet, opened.draft.answers)
    number, count = steps_of(opened)
    part = opened.sheet.part_of(opened.page)
    asked = visible_questions(opened.page, answers, opened.sheet.facts)
    return draw(
        PageRequest(
            sections=((part, opened.page),),
            title=(part.code, f"{opened.page.code}.title", opened.page.title),
            typed=typed,
            visible=to_draw((opened.page,), answers, opened.sheet.facts),
            path=opened.way_back,
            revision=opened.draft.revision,
            steps=(number, count),
            faults=faults,
            offers=offers_of(visitor().facts),
            put={
                "lead": conflict_lead(faults)
                + str(anew_lead(opened.sheet, opened.draft, asked))
                + lead_of(opened.page)
                + last_time_card(opened, typed, faults),
                "foot": foot_of(opened.page) + back_link(opened, way[number - 2] if number > 1 else None),
            },
        )
    )


def conflict_lead(faults: tuple[Fault, ...]) -> str:
    """Says calmly that another screen saved something else."""
    if not any(fault.message.startswith("other_answer") for fault in faults):
        return ""
    words = say("form.conflict.title"), say("form.conflict.text")
    return str(Markup('<div class="card problems"><h2>{}</h2><p>{}</p></div>').format(*words))


def last_time_card(opened: Opened, typed: Raw, faults: tuple[Fault, ...]) -> str:
    """What she answered before, where it may be so again; nothing while two devices differ."""
    if conflict_lead(faults):
        return ""
    offers = offered(opened.visit, opened.sheet, opened.page, opened.draft.answers)
    return card(opened.sheet.part_of(opened.page), offers, typed, f"{opened.path}/same{came_from()}")


def came_from() -> str:
    """The query that brings her back to the check."""
    return "?from=check" if request.args.get("from") == "check" else ""


def back_link(opened: Opened, before: Page | None) -> str:
    """To the page before, or to the explanation from the first one."""
    path = f"/visits/{opened.visit.id}" + (f"/pages/{before.code}" if before else "")
    return str(Markup('<ul class="links"><li><a href="{}">{}</a></li></ul>').format(path, say("form.back")))
