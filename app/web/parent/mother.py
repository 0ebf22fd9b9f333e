"""The expectant mother herself, and the due dates: hers, and that of a child who was born early."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.expecting import Dates, NewMother, check_dates, declare_mother
from app.people.person import (
    NAME_LENGTH,
    SELF,
    Guardianship,
    Sex,
    Subject,
    SubjectKind,
    self_declared,
)
from app.people.ports import Hand
from app.questionnaire.typed_text import read_line
from app.visit.access import Action
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.rooms import rooms
from app.web.typed_day import PARTS, typed_day, typed_fields_of
from app.web.visitor import visitor

pages = Blueprint("mother", __name__)
NAMES = ("mother_name", "mother_kana")
Typed = MultiDict[str, str]


@pages.get("/mother/new")
@open_to(Action.ADD_MOTHER)
def new_mother() -> ResponseReturnValue:
    """The form, with what her card said for her to confirm. Whoever is there already sees her due date."""
    if mother := herself():
        return redirect(f"/children/{mother.id}/dates", 303)
    return _form(kept_fields() or _from_her_card(), ())


@pages.post("/mother/new")
@open_to(Action.ADD_MOTHER)
def add_mother() -> ResponseReturnValue:
    """She herself; a second tap adds nobody."""
    raw, today = typed_fields(), rooms().today()
    names = {name: read_line(name, request.form.get(name, ""), NAME_LENGTH) for name in NAMES}
    born, due = typed_day(raw, "birth_date", today), typed_day(raw, "due_date", today)
    mother = declare_mother(names, born, due, today)
    if isinstance(mother, tuple):
        return _form(request.form, mother), 422
    if not herself():
        rooms().people.add_subject(*_declared(mother))
    return redirect("/home", 303)


@pages.get("/children/<subject_id>/dates")
@open_to(Action.CHANGE_SUBJECT)
def dates(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """When the birth is due, or was; and when it came."""
    subject = own_subject(Action.CHANGE_SUBJECT)
    known = typed_fields_of("due_date", subject.due_date)
    known.update(typed_fields_of("ended_on", subject.ended_on))
    return _dates_page(subject, kept_fields() or known)


@pages.post("/children/<subject_id>/dates")
@open_to(Action.CHANGE_SUBJECT)
def change_dates(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Other dates, or none; a second tap changes nothing."""
    subject = own_subject(Action.CHANGE_SUBJECT)
    dates = Dates() if "remove" in request.form else _typed_dates(subject)
    if isinstance(dates, tuple):
        return _dates_page(subject, request.form, *dates), 422
    if dates != Dates(subject.due_date, subject.ended_on):
        rooms().people.change_dates(subject, dates, Hand(visitor().actor.id, rooms().now()))
    return redirect("/home", 303)


def _typed_dates(subject: Subject) -> Dates | tuple[Fault, ...]:
    """The dates of the form, or its faults; a mother may leave out when her pregnancy ended."""
    raw, today = typed_fields(), rooms().today()
    due, ended = typed_day(raw, "due_date", today), typed_day(raw, "ended_on", today)
    is_typed = any(typed.strip() for part in PARTS[1:] for typed in raw.get(f"ended_on-{part}", ()))
    is_told = is_typed and subject.kind is SubjectKind.MOTHER
    return check_dates(subject, due, ended if is_told else None, today)


def herself() -> Subject | None:
    """The subject that this person is to herself, if she is one."""
    links = rooms().people.subjects_of(visitor().actor.id, rooms().now())
    return next((one for one, link in links if link.relationship == SELF), None)


def _from_her_card() -> Typed:
    """Name and birth date of the sign-in, as if she had typed them: nothing is kept before she saves."""
    facts = visitor().facts
    day = typed_fields_of("birth_date", facts.birth_date)
    return MultiDict([("mother_name", facts.name), *day.items()])


def _declared(mother: NewMother) -> tuple[Subject, Guardianship]:
    """She as a subject, and her own link to herself."""
    actor, new_id = visitor().actor, rooms().new_id
    subject = Subject(
        id=new_id(),
        municipality=actor.municipality,
        name=mother.name,
        kana=mother.kana,
        sex=Sex.FEMALE,
        birth_date=mother.birth_date,
        kind=SubjectKind.MOTHER,
        due_date=mother.due_date,
    )
    return subject, self_declared(new_id(), subject, actor.id, SELF, since=rooms().now())


def _form(typed: Typed, faults: Sequence[Fault]) -> str:
    return render_template(
        "parent/mother_new.html",
        typed=typed,
        faults=faults,
        is_from_card=bool(visitor().facts.name),
        main_form="main",
    )


def _dates_page(subject: Subject, typed: Typed, *faults: Fault) -> str:
    return render_template(
        "parent/subject_dates.html", subject=subject, typed=typed, faults=faults, main_form="main"
    )
