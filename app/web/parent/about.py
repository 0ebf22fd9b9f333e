"""What she reads before the first question: each programme, what to bring, how long it takes."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.people.person import Subject
from app.questionnaire.definition import Programme
from app.questionnaire.path import asked, visible_questions
from app.visit.access import Action
from app.visit.filling import way_through
from app.visit.sheet import Sheet
from app.visit.visit import OPEN_STATES, SHARED_STATES, Draft, State, Visit
from app.web.guard import open_to, own_draft, own_visit
from app.web.moving import Current
from app.web.parent.home import way_on
from app.web.planned_fits import PlannedFits, planned_fits
from app.web.review import is_aid
from app.web.rooms import rooms
from app.web.templating import place_name
from app.web.visitor import visitor

pages = Blueprint("about", __name__)

SECONDS_PER_QUESTION = 12
PARTS = ("prevents", "effects", "serious", "watch", "relief")


@pages.get("/visits/<visit_id>")
@open_to(Action.SEE_OWN)
def about(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The explanation, and the way on from where the visit stands."""
    visit = own_visit(Action.SEE_OWN)
    sheet = rooms().sheet_of(visit)
    child = rooms().people.subject(visit.subject_id)
    questions = count_questions(own_draft(), sheet) if visit.state is State.DRAFTING else 0
    return render_template(
        "parent/visit_about.html",
        visit=visit,
        child=child,
        planned=fits_ahead(visit, child),
        place=place_name(rooms().places.clinic(visit.clinic_id or ""), visitor().language),
        programmes=sheet.programmes,
        parts=PARTS,
        shared=shared_parts(sheet.programmes),
        attends=who_comes(sheet.programmes),
        bring=things_to_bring(sheet),
        questions=questions,
        minutes=minutes_for(questions),
        is_aid=is_aid(),
        onward=onward(visit),
    )


def shared_parts(programmes: Sequence[Programme]) -> frozenset[str]:
    """The parts of the explanation that are word for word the same for several programmes: read once."""
    said = {part: {str(getattr(one.explanation, part)) for one in programmes} for part in PARTS}
    return frozenset(part for part in PARTS if len(programmes) > 1 and len(said[part]) == 1)


def fits_ahead(visit: Visit, child: Subject | None) -> PlannedFits | None:
    """How its vaccines fit the planned day, else today; None when it is over or there is nothing to tell."""
    if child is None or visit.state not in OPEN_STATES:
        return None
    sheet, draft = rooms().sheet_of(visit), rooms().visits.draft(visit)
    told = asked(sheet.pages_ahead, draft.answers, sheet.facts)
    found = planned_fits(visit, child, visit.planned_on or rooms().today(), told)
    return found if found.fits else None


def who_comes(programmes: Sequence[Programme]) -> tuple[Programme, ...]:
    """The programmes whose word on who comes along and signs is to be read, each word once."""
    said = {one.attends: one for one in reversed(programmes) if one.attends}
    return tuple(reversed(said.values()))


def onward(visit: Visit) -> tuple[str, str]:
    """The main button: a key below ``about.go``, and its path."""
    if visit.state is State.DRAFTING:
        path, left = way_on(Current(visit, own_draft()))
        return ("answer" if left else "check"), path
    if visit.state in SHARED_STATES:
        return "show_pass", f"/visits/{visit.id}/pass"
    return "home", "/home"


def count_questions(draft: Draft, sheet: Sheet) -> int:
    """How many questions are on her way, by what is answered so far."""
    way = way_through(sheet, draft.answers)
    return sum(not one.origin for page in way for one in visible_questions(page, draft.answers, sheet.facts))


def minutes_for(questions: int) -> int:
    """About how many minutes the questions take, at least one."""
    return max(1, round(questions * SECONDS_PER_QUESTION / 60))


def things_to_bring(sheet: Sheet) -> dict[str, str]:
    """What to bring for all programmes together: Japanese by the context of its text, each thing once."""
    seen: dict[str, str] = {}
    for programme in sheet.programmes:
        for number, thing in enumerate(programme.bring, 1):
            seen.setdefault(thing, programme.place(f"bring.{number}"))
    return {context: thing for thing, context in seen.items()}
