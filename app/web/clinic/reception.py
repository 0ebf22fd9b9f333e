"""The reception: one field that is always ready, and the board of the day beside it."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.visit.access import Action
from app.visit.handover import Misread
from app.visit.reception import Refusal
from app.visit.visit import Visit
from app.web.clinic.board import board_of
from app.web.clinic.desk import place_of_desk
from app.web.clinic.scanning import Problem, Wait, receive
from app.web.guard import open_to
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import visitor

pages = Blueprint("clinic_reception", __name__)
pages.context_processor(place_of_desk)

SECOND_STEP = frozenset({Refusal.ASK_BIRTH_DATE, Refusal.BIRTH_DATE_WRONG, Wait.BIRTH_DATES})
KEPT = frozenset({Misread.NOT_OURS, Misread.SCAN_AGAIN, Misread.TYPE_AGAIN, Misread.KANA}) | SECOND_STEP
"""What was typed stays where it can be mended; a whole code that opens nothing makes room for the next."""


@pages.get("/reception")
@open_to(Action.RECEIVE)
def desk() -> ResponseReturnValue:
    """The field, ready."""
    return _page(None)


@pages.post("/reception")
@open_to(Action.RECEIVE)
def receive_pass() -> ResponseReturnValue:
    """The sheet of the visit, or what to do instead."""
    code = code_of(request.form)
    entered = birth_date_of(request.form)
    if isinstance(entered, Fault):
        return _page(Refusal.ASK_BIRTH_DATE, code, (entered,))
    outcome = receive(code, entered)
    if isinstance(outcome, Visit):
        return redirect(f"/clinic/visits/{outcome.id}", 303)
    return _page(outcome, code)


def _page(problem: Problem | None, code: str = "", faults: tuple[Fault, ...] = ()) -> ResponseReturnValue:
    """The reception with what went wrong, if anything did."""
    status = 200 if problem is None else 429 if isinstance(problem, Wait) else 422
    html = render_template(
        "clinic/reception.html",
        problem=problem.value if problem else "",
        is_second_step=problem in SECOND_STEP,
        code=code if problem in KEPT else "",
        faults=faults,
        typed=request.form,
        board=board_of(visitor().actor.clinic_id, rooms().now()),
    )
    return html, status


def code_of(form: MultiDict[str, str]) -> str:
    """What is in the field now; a scanner without the script adds its digits to those that were shown."""
    typed, shown = form.get("code", ""), form.get("shown", "")
    rest = typed.replace(shown, "", 1) if shown else typed
    return rest if rest.strip() else typed


def birth_date_of(form: MultiDict[str, str]) -> date | Fault | None:
    """The birth date of the second step, by its four fields or as one ISO date; None when it is blank."""
    if whole := form.get("birth_date", ""):
        try:
            return date.fromisoformat(whole)
        except ValueError:
            return Fault("birth_date", "date_impossible")
    fields = {name: form.getlist(name) for name in form}
    if not any(form.get(f"birth_date-{part}", "").strip() for part in ("year", "month", "day")):
        return None
    read = typed_day(fields, "birth_date", rooms().today())
    return replace(read, field="birth_date") if isinstance(read, Fault) else read
