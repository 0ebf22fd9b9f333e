"""What to do now: shown at once after a page was saved whose answers are dangerous to wait with."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app.visit.access import Action
from app.visit.filling import answers_to_submit
from app.visit.raised import advice_about
from app.web.guard import open_to
from app.web.parent.advice_cards import cards_of
from app.web.parent.questions import onward, open_page

pages = Blueprint("now", __name__)


@pages.get("/visits/<visit_id>/pages/<page_code>/now")
@open_to(Action.ANSWER)
def now(visit_id: str, page_code: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The advice that this page's answers bring, and one button onwards; without any, the page itself."""
    opened = open_page(page_code)
    given = advice_about(opened.sheet, opened.page, answers_to_submit(opened.sheet, opened.draft.answers))
    if not given:
        return redirect(opened.path, 303)
    cards = cards_of(opened.visit, opened.sheet, given)
    return render_template("parent/now.html", cards=cards, onward=onward(opened))
