"""Preparing a visit: who, what, by whom, where and when, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.person import RELATIONSHIPS, SELF, Right, Subject, SubjectKind
from app.questionnaire.answers import Raw
from app.questionnaire.definition import Programme
from app.visit.access import Action
from app.visit.alone import ALONE, asks_as_alone, may_come_alone
from app.visit.planning import Plan, not_one_visit, read_day, read_plan
from app.visit.ports import Deed
from app.visit.sheet import assemble, subject_answers
from app.visit.visit import Draft, State, Visit
from app.web.deeds import deed
from app.web.guard import kept_fields, open_to, typed_fields
from app.web.parent.named_choices import name_choices
from app.web.parent.offers import offers_for
from app.web.review import is_aid
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import visitor

pages = Blueprint("prepare", __name__)
Typed = MultiDict[str, str]
WHEN = ("today", "other", "open")
NAMED = {"child": "choose_child", "programme": "choose_programme", "companion": "choose_companion"}
"""Which choice is missing, in the list of faults on top of the page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she wants to prepare."""

    subject: Subject
    plan: Plan


@pages.get("/visits/new")
@open_to(Action.PREPARE)
def new_visit() -> ResponseReturnValue:
    """The form for whom she chose, or first the choice. Without anybody there is nothing to prepare yet."""
    mine = her_subjects()
    if not mine:
        return redirect("/children/new", 303)
    typed = kept_fields() or MultiDict({"child": request.args.get("child", "")})
    kind = kind_of_form(typed, mine)
    if kind is None:
        return render_template("parent/visit_who.html", subjects=mine)
    return _form(typed, (), kind)


@pages.post("/visits/new")
@open_to(Action.PREPARE)
def prepare() -> ResponseReturnValue:
    """A visit and its draft, with the child's facts in it; a second tap finds the first one again."""
    mine = her_subjects()
    wanted = read_wanted(typed_fields(), mine)
    if isinstance(wanted, tuple):
        return _form(request.form, wanted, kind_of_form(request.form, mine) or SubjectKind.CHILD), 422
    visit = _same_draft(wanted) or _prepared(wanted)
    return redirect(f"/visits/{visit.id}", 303)


def her_subjects() -> tuple[Subject, ...]:
    """Whom she may answer for now: children, and she herself."""
    now = rooms().now()
    links = rooms().people.subjects_of(visitor().actor.id, now)
    return tuple(child for child, link in links if link.allows(Right.ANSWER, now))


def kind_of_form(typed: Typed, mine: Sequence[Subject]) -> SubjectKind | None:
    """Whom the form is for: a form is for children or for the mother. None while she has to choose."""
    kinds = {one.kind for one in mine}
    chosen = {one.kind for one in mine if one.id == typed.get("child")} or {
        kind for kind in kinds if kind == typed.get("about")
    }
    kinds = chosen or kinds
    return kinds.pop() if len(kinds) == 1 else None


def read_wanted(raw: Raw, mine: Sequence[Subject]) -> Wanted | tuple[Fault, ...]:
    """What the form says, or everything that is wrong with it, in the order of the page."""
    chosen = next(iter(raw.get("child", ())), "")
    subject = next((one for one in mine if one.id == chosen), None)
    programmes = dict(rooms().library.programmes)
    clinics = [clinic.id for clinic in rooms().places.clinics(visitor().actor.municipality)]
    companions: tuple[str, ...] = (*RELATIONSHIPS, ALONE)
    if subject and subject.kind is SubjectKind.MOTHER:
        raw, companions = {**raw, "companion": [SELF]}, (SELF,)
    plan = read_plan(raw, programmes, clinics, planned_day(raw, rooms().today()), companions=companions)
    faults = [] if subject else [Fault("child", "choose_one")]
    named = [programmes[code] for code in raw.get("programme", ()) if code in programmes]
    faults += one_kind_only(named, subject) or not_together(named)
    faults += plan if isinstance(plan, tuple) else cannot_come_alone(named, subject, plan)
    if faults or subject is None or isinstance(plan, tuple):
        return tuple(faults)
    return Wanted(subject, plan)


def one_kind_only(programmes: Sequence[Programme], subject: Subject | None) -> list[Fault]:
    """A fault when something is not for whom she chose: what a mother needs is never a child's."""
    is_mixed = subject is not None and any(one.subject_is != subject.kind for one in programmes)
    return [Fault("programme", "not_for_chosen")] if is_mixed else []


def not_together(programmes: Sequence[Programme]) -> list[Fault]:
    """A fault when what was chosen cannot be one visit."""
    message = not_one_visit(programmes)
    return [Fault("programme", message)] if message else []


def cannot_come_alone(programmes: Sequence[Programme], subject: Subject | None, plan: Plan) -> list[Fault]:
    """A fault when nobody is to come along, though somebody has to."""
    day = plan.planned_on or rooms().today()
    must_not = subject is None or not may_come_alone(programmes, subject, day)
    return [Fault("companion", "cannot_come_alone")] if plan.companion == ALONE and must_not else []


def planned_day(raw: Raw, today: date) -> date | Fault | None:
    """The day she plans, None while it is open or nothing was said, or what is wrong with it."""
    return read_day(raw, typed_day(raw, "planned", today), today) if "planned" in raw else None


def _same_draft(wanted: Wanted) -> Visit | None:
    """Her unfinished visit with this very plan, if there is one."""
    plan = wanted.plan
    for visit in rooms().visits.of_person(visitor().actor.id):
        same = Plan(visit.programmes, visit.companion, visit.clinic_id, visit.planned_on) == plan
        if same and visit.subject_id == wanted.subject.id and visit.state is State.DRAFTING:
            return visit
    return None


def _prepared(wanted: Wanted) -> Visit:
    """The new visit, pinned to today's versions, kept with its first draft."""
    plan, actor = wanted.plan, visitor().actor
    programmes = [rooms().library.programmes[code] for code in plan.programmes]
    day = plan.planned_on or rooms().today()
    is_alone = asks_as_alone(programmes, wanted.subject, plan.companion, day)
    sheet = assemble(programmes, rooms().library, actor.municipality, comes_alone=is_alone)
    visit = Visit(
        id=rooms().new_id(),
        municipality=actor.municipality,
        subject_id=wanted.subject.id,
        person_id=actor.id,
        programmes=plan.programmes,
        pins=sheet.pins,
        programme_pins=sheet.programme_pins,
        companion=plan.companion,
        prepared_at=rooms().now(),
        clinic_id=plan.clinic_id,
        planned_on=plan.planned_on,
    )
    draft = Draft(visit.id, subject_answers(wanted.subject, sheet), visitor().language.tag)
    rooms().visits.prepare(visit, draft, deed(Deed.PREPARED, visit))
    return visit


def companions_for(children: Sequence[Subject]) -> tuple[str, ...]:
    """Who may come along; nobody only where one of them is old enough for what allows it."""
    today = rooms().today()
    stages = [one for one in rooms().library.programmes.values() if one.alone_from_years]
    is_old_enough = any(may_come_alone([one], child, today) for one in stages for child in children)
    return (*RELATIONSHIPS, ALONE) if is_old_enough else RELATIONSHIPS


def _form(typed: Typed, faults: Sequence[Fault], kind: SubjectKind) -> str:
    mine = [one for one in her_subjects() if one.kind is kind]
    chosen = next((one for one in mine if one.id == typed.get("child")), mine[0] if len(mine) == 1 else None)
    return render_template(
        "parent/visit_new.html",
        kind=kind,
        typed=typed,
        faults=name_choices(faults, NAMED),
        children=mine,
        is_one_of_two=len(her_subjects()) > len(mine),
        offers=offers_for(kind, chosen, typed.getlist("programme")),
        companions=companions_for(mine) if kind is SubjectKind.CHILD else (),
        clinics=rooms().places.clinics(visitor().actor.municipality),
        moments=WHEN,
        is_aid=is_aid(),
        main_form="main",
    )
