"""One tap: what she answered last time is the same today. Works like the page itself."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.questionnaire.answers import Raw
from app.visit.access import Action
from app.visit.filling import Posted, answer_page, offers_of
from app.visit.ports import Deed
from app.web.guard import open_to
from app.web.parent.last_time import FIELD, offered, only_left_open, with_confirmed
from app.web.parent.questions import Opened, leads_to, open_page, posted_fields, save_page, show
from app.web.rooms import rooms
from app.web.visitor import visitor

pages = Blueprint("same", __name__)


@pages.post("/visits/<visit_id>/pages/<page_code>/same")
@open_to(Action.ANSWER)
def same(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Saves what she typed and, for what is still open, the earlier answers that were shown to her.

    303 onward, or back to what is left to answer; 422 with faults of what she typed, 409 like the page.
    """
    opened, typed = open_page(page_code), posted_fields()
    raw = confirmed(opened, typed)
    deed = Deed.DRAFT_SAVED if raw == typed else Deed.LAST_TIME_CONFIRMED
    opened, faults, status = save_page(opened, raw, deed)
    if status == 303:
        return redirect(leads_to(opened), 303)
    if status == 422 and only_left_open(faults, raw):
        return redirect(f"{opened.way_back}#{faults[0].field}", 303)
    return show(opened, raw, opened.draft.answers, faults), status


def confirmed(opened: Opened, typed: Raw) -> Raw:
    """Her form with the earlier answers beside what she typed: found anew, never taken from the form."""
    facts = opened.sheet.facts
    posted = Posted(opened.page, typed, offers_of(visitor().facts), rooms().today(), facts)
    answers = answer_page(opened.draft, posted).draft.answers
    offers = offered(opened.visit, opened.sheet, opened.page, answers)
    return with_confirmed(typed, offers, request.form.get(FIELD, "").split())
