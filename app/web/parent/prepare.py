"""Preparing a visit: who, what, by whom, where and when, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.person import RELATIONSHIPS, Right, Subject
from app.questionnaire.answers import Raw
from app.questionnaire.definition import Programme
from app.visit.access import Action
from app.visit.planning import Plan, read_day, read_plan
from app.visit.ports import Deed
from app.visit.sheet import assemble, subject_answers
from app.visit.visit import Draft, State, Visit
from app.web.deeds import deed
from app.web.guard import kept_fields, open_to, typed_fields
from app.web.parent.named_choices import name_choices
from app.web.review import required_state
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import visitor
from app.wording.text import PROGRAMMES

pages = Blueprint("prepare", __name__)
Typed = MultiDict[str, str]
WHEN = ("today", "other", "open")
NAMED = {"child": "choose_child", "programme": "choose_programme", "companion": "choose_companion"}
"""Which choice is missing, in the list of faults on top of the page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she wants to prepare."""

    child: Subject
    plan: Plan


@pages.get("/visits/new")
@open_to(Action.PREPARE)
def new_visit() -> ResponseReturnValue:
    """The form. Without a child there is nothing to prepare yet."""
    if not her_children():
        return redirect("/children/new", 303)
    return _form(kept_fields() or MultiDict({"child": request.args.get("child", "")}), ())


@pages.post("/visits/new")
@open_to(Action.PREPARE)
def prepare() -> ResponseReturnValue:
    """A visit and its draft, with the child's facts in it; a second tap finds the first one again."""
    wanted = read_wanted(typed_fields(), her_children())
    if isinstance(wanted, tuple):
        return _form(request.form, wanted), 422
    visit = _same_draft(wanted) or _prepared(wanted)
    return redirect(f"/visits/{visit.id}", 303)


def her_children() -> tuple[Subject, ...]:
    """Whom she may answer for now."""
    now = rooms().now()
    links = rooms().people.subjects_of(visitor().actor.id, now)
    return tuple(child for child, link in links if link.allows(Right.ANSWER, now))


def read_wanted(raw: Raw, children: Sequence[Subject]) -> Wanted | tuple[Fault, ...]:
    """What the form says, or everything that is wrong with it, in the order of the page."""
    chosen = next(iter(raw.get("child", ())), "")
    child = next((one for one in children if one.id == chosen), None)
    programmes = {one.code: one for one in offered()}
    clinics = [clinic.id for clinic in rooms().places.clinics(visitor().actor.municipality)]
    plan = read_plan(raw, programmes, clinics, planned_day(raw, rooms().today()))
    faults = [] if child else [Fault("child", "choose_one")]
    faults += one_dose_each([programmes[code] for code in raw.get("programme", ()) if code in programmes])
    faults += plan if isinstance(plan, tuple) else ()
    if faults or child is None or isinstance(plan, tuple):
        return tuple(faults)
    return Wanted(child, plan)


def planned_day(raw: Raw, today: date) -> date | Fault | None:
    """The day she plans, None while it is open or nothing was said, or what is wrong with it."""
    return read_day(raw, typed_day(raw, "planned", today), today) if "planned" in raw else None


def one_dose_each(programmes: Sequence[Programme]) -> list[Fault]:
    """A fault when two doses of one vaccine were chosen for one visit."""
    vaccines = [one.vaccine for one in set(programmes) if one.vaccine]
    return [Fault("programme", "one_dose_each")] if len(vaccines) > len(set(vaccines)) else []


def offered() -> tuple[Programme, ...]:
    """What a visit of a child can be for."""
    programmes = rooms().library.programmes.values()
    return tuple(one for one in programmes if one.subject_is == "child")


def by_vaccine(programmes: Sequence[Programme]) -> tuple[tuple[Programme, ...], ...]:
    """The doses of one vaccine together, in order; what is no vaccine stands alone."""
    groups: dict[str, list[Programme]] = {}
    for one in programmes:
        groups.setdefault(one.vaccine or one.code, []).append(one)
    return tuple(tuple(sorted(group, key=lambda one: one.dose)) for group in groups.values())


def _same_draft(wanted: Wanted) -> Visit | None:
    """Her unfinished visit with this very plan, if there is one."""
    plan = wanted.plan
    for visit in rooms().visits.of_person(visitor().actor.id):
        same = Plan(visit.programmes, visit.companion, visit.clinic_id, visit.planned_on) == plan
        if same and visit.subject_id == wanted.child.id and visit.state is State.DRAFTING:
            return visit
    return None


def _prepared(wanted: Wanted) -> Visit:
    """The new visit, pinned to today's versions, kept with its first draft."""
    plan, actor = wanted.plan, visitor().actor
    programmes = [rooms().library.programmes[code] for code in plan.programmes]
    sheet = assemble(programmes, rooms().library, actor.municipality)
    visit = Visit(
        id=rooms().new_id(),
        municipality=actor.municipality,
        subject_id=wanted.child.id,
        person_id=actor.id,
        programmes=plan.programmes,
        pins=sheet.pins,
        programme_pins=sheet.programme_pins,
        companion=plan.companion,
        prepared_at=rooms().now(),
        clinic_id=plan.clinic_id,
        planned_on=plan.planned_on,
    )
    draft = Draft(visit.id, subject_answers(wanted.child, sheet), visitor().language.tag)
    rooms().visits.prepare(visit, draft, deed(Deed.PREPARED, visit))
    return visit


def is_aid() -> bool:
    """Whether the Japanese must stand beside the texts of programmes in her language."""
    required = required_state(visitor().actor.municipality)
    return rooms().wording.is_reading_aid(visitor().language, [PROGRAMMES], required)


def _form(typed: Typed, faults: Sequence[Fault]) -> str:
    return render_template(
        "parent/visit_new.html",
        typed=typed,
        faults=name_choices(faults, NAMED),
        children=her_children(),
        groups=by_vaccine(offered()),
        companions=RELATIONSHIPS,
        clinics=rooms().places.clinics(visitor().actor.municipality),
        moments=WHEN,
        is_aid=is_aid(),
        main_form="main",
    )
