"""What staff read off a licensed paper becomes the next entry of the visit."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.visit.access import Action
from app.visit.instruments import PaperScore, TypedScore, read_score
from app.visit.ports import Deed
from app.visit.visit import Visit
from app.web.clinic.desk import place_of_desk
from app.web.clinic.papers import Refused, slots_at
from app.web.clinic.visits import answers_at, show_sheet
from app.web.deeds import deed
from app.web.guard import open_to, own_visit
from app.web.rooms import rooms
from app.web.visitor import visitor

pages = Blueprint("clinic_scores", __name__)
pages.context_processor(place_of_desk)

FIGURES = ("total", "critical")
KEY_LENGTH = 64


@pages.post("/clinic/visits/<visit_id>/scores")
@open_to(Action.ENTER_SCORE)
def enter_score(visit_id: str) -> ResponseReturnValue:
    """Kept as the next entry; the same tap twice is one entry."""
    visit = own_visit(Action.ENTER_SCORE)
    read = read_entry(visit)
    if isinstance(read, Refused):
        return show_sheet(visit, read), 422
    key = request.form.get("submission_key", "")[:KEY_LENGTH] or rooms().new_id()
    rooms().paper_scores.enter(visit, read, key, deed(Deed.SCORE_ENTERED, visit))
    return redirect(f"/clinic/visits/{visit_id}#paper-{read.instrument}", 303)


def read_entry(visit: Visit) -> PaperScore | Refused:
    """The score that was posted, or what is wrong with it and what was typed."""
    sheet, typed = rooms().sheet_of(visit), TypedScore(*(request.form.get(one, "") for one in FIGURES))
    code = request.form.get("instrument", "")
    slots = slots_at(visit, sheet, answers_at(visit, sheet))
    slot = next((one for one in slots if one.is_open and one.instrument.code == code), None)
    if slot is None:
        return Refused(typed=typed)
    read = read_score(slot.instrument, typed, visitor().actor.id, rooms().now())
    if isinstance(read, PaperScore):
        return read
    faults = tuple(replace(fault, field=f"{fault.field}-{code}") for fault in read)
    return Refused(slot.instrument, typed, faults)
