"""After submitting: another clinic or day, today, a new code, no more sharing. Answers and pass stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.visit.access import Action
from app.visit.planning import move, read_clinic, read_day, reissue, withdraw
from app.visit.ports import Deed, StaleRevisionError
from app.visit.visit import State, Visit
from app.web import cookies
from app.web.deeds import deed
from app.web.guard import kept_fields, open_to, own_visit, typed_fields
from app.web.parent.passes import author_page
from app.web.rooms import rooms
from app.web.typed_day import typed_day

pages = Blueprint("plan", __name__)
CHANGED = Fault("", "visit_changed")
WHEN = ("today", "other", "open")
_LONGEST_REVISION = 9


@pages.get("/visits/<visit_id>/clinic")
@open_to(Action.CHANGE_PLAN)
def clinic(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Where she is now."""
    kept = kept_fields()
    return _clinic_page(own_visit(Action.CHANGE_PLAN), kept.get("clinic", "") if kept else "")


@pages.post("/visits/<visit_id>/clinic")
@open_to(Action.CHANGE_PLAN)
def change_clinic(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The visit belongs to another clinic, or to the first that scans."""
    visit = own_visit(Action.CHANGE_PLAN)
    offered = [one.id for one in rooms().places.clinics(visit.municipality)]
    chosen = read_clinic(typed_fields(), offered)
    typed = request.form.get("clinic", "")
    if isinstance(chosen, Fault):
        return _clinic_page(visit, typed, chosen), 422
    if not _is_kept(move(visit, chosen, visit.planned_on, rooms().now()), Deed.PLAN_CHANGED):
        return _clinic_page(_now(visit), typed, CHANGED), 409
    return redirect(_back(visit), 303)


@pages.get("/visits/<visit_id>/plan")
@open_to(Action.CHANGE_PLAN)
def plan(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """When she goes."""
    kept = kept_fields()
    return _day_page(own_visit(Action.CHANGE_PLAN), kept.to_dict() if kept else {})


@pages.post("/visits/<visit_id>/plan")
@open_to(Action.CHANGE_PLAN)
def change_day(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Another day, or none yet; an ended pass is good again."""
    visit, today, typed = own_visit(Action.CHANGE_PLAN), rooms().today(), typed_fields()
    chosen = read_day(typed, typed_day(typed, "planned", today), today)
    if isinstance(chosen, Fault):
        return _day_page(visit, request.form.to_dict(), chosen), 422
    if not _is_kept(_on_day(visit, chosen), Deed.PLAN_CHANGED):
        return _day_page(_now(visit), request.form.to_dict(), CHANGED), 409
    return redirect(_back(visit), 303)


@pages.post("/visits/<visit_id>/today")
@open_to(Action.CHANGE_PLAN)
def go_today(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """She goes today, so today's questions can be answered. A second tap changes nothing."""
    visit, today = own_visit(Action.CHANGE_PLAN), rooms().today()
    if visit.planned_on != today and not _is_kept(_on_day(visit, today), Deed.PLAN_CHANGED):
        return _conflict(visit)
    return redirect(_back(visit), 303)


@pages.post("/visits/<visit_id>/reissue")
@open_to(Action.CHANGE_PLAN)
def new_code(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """A new pass; the old one is dead at once, on every device."""
    visit = own_visit(Action.CHANGE_PLAN)
    if visit.generation and not _is_kept(reissue(visit, rooms().now()), Deed.REISSUED):
        return _conflict(visit)
    return redirect(_back(visit), 303)


@pages.get("/visits/<visit_id>/stop")
@open_to(Action.WITHDRAW)
def stop(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """What stopping means."""
    visit = own_visit(Action.WITHDRAW)
    return _stop_page(visit) if visit.generation else redirect(f"/visits/{visit.id}", 303)


@pages.post("/visits/<visit_id>/stop")
@open_to(Action.WITHDRAW)
def stop_sharing(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """No clinic opens the answers any more; the device forgets the pass."""
    visit = own_visit(Action.WITHDRAW)
    if not visit.generation:
        return redirect(f"/visits/{visit.id}", 303)
    if not _is_kept(withdraw(visit), Deed.WITHDRAWN):
        return _stop_page(_now(visit), CHANGED), 409
    response = redirect(f"/visits/{visit.id}/looked", 303)
    cookies.drop(response, cookies.pass_cookie(visit.id))
    return response


def _on_day(visit: Visit, day: date | None) -> Visit:
    """Another day at the same clinic, also when it was the first that scanned."""
    return move(visit, visit.bound_clinic_id or visit.clinic_id, day, rooms().now())


def _is_kept(changed: Visit, what: Deed) -> bool:
    """Whether the change was kept; not when the visit changed since the form was opened."""
    try:
        rooms().visits.change(replace(changed, revision=_revision_seen(changed)), deed(what, changed))
    except StaleRevisionError:
        return False
    return True


def _revision_seen(visit: Visit) -> int:
    """The revision that stood on the form, else the one just read."""
    typed = request.form.get("revision", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_REVISION
    return int(typed) if is_number else visit.revision


def _now(visit: Visit) -> Visit:
    """The visit as it is kept."""
    return rooms().visits.find(visit.id) or visit


def _conflict(visit: Visit) -> ResponseReturnValue:
    """The pass page as it is now, with a word that something changed."""
    current = _now(visit)
    if not current.generation:
        return redirect(f"/visits/{visit.id}", 303)
    return author_page(current, (CHANGED,)), 409


def _back(visit: Visit) -> str:
    """Where a changed plan is seen."""
    return f"/visits/{visit.id}" if visit.state is State.DRAFTING else f"/visits/{visit.id}/pass"


def _clinic_page(visit: Visit, chosen: str, *faults: Fault) -> str:
    return render_template(
        "parent/plan_clinic.html",
        visit=visit,
        chosen=chosen,
        clinics=rooms().places.clinics(visit.municipality),
        current=rooms().places.clinic(visit.bound_clinic_id or visit.clinic_id or ""),
        faults=faults,
        main_form="main",
    )


def _day_page(visit: Visit, typed: Mapping[str, str], *faults: Fault) -> str:
    return render_template(
        "parent/plan_day.html",
        visit=visit,
        typed=typed,
        moments=WHEN,
        faults=_on_fields(faults),
        main_form="main",
    )


def _on_fields(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """A day that was read but does not fit belongs to its year, where the date begins."""
    late = {"planned_in_past", "planned_too_far"}
    return tuple(replace(one, field="planned-year") if one.message in late else one for one in faults)


def _stop_page(visit: Visit, *faults: Fault) -> str:
    current = rooms().places.clinic(visit.bound_clinic_id or visit.clinic_id or "")
    return render_template("parent/stop.html", visit=visit, clinic=current, faults=faults)
