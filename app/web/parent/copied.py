"""The doses copied from paper: the list by vaccine, and changing or deleting one of them."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.dose_history import CopiedDose, Row, faults_of, grouped, product_among
from app.people.person import Subject
from app.people.ports import Hand
from app.people.unclear_doses import LOT_LENGTH
from app.questionnaire.typed_text import read_line
from app.visit.access import Action
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.parent.unclear import fields_of_unclear, typed_unclear, unclear_page
from app.web.rooms import rooms
from app.web.typed_day import typed_day, typed_fields_of
from app.web.visitor import requested_id, visitor

pages = Blueprint("copied", __name__)
Typed = MultiDict[str, str]
CHANGED = Fault("", "visit_changed")


@pages.get("/children/<subject_id>/history")
@open_to(Action.SEE_HISTORY)
def history(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Every copied dose, by vaccine and day."""
    subject = own_subject(Action.SEE_HISTORY)
    groups = grouped(rooms().histories.doses(subject), rooms().schedule.rules.most_doses)
    return render_template("parent/copied.html", subject=subject, groups=groups)


@pages.get("/children/<subject_id>/history/<dose_id>")
@open_to(Action.CHANGE_HISTORY)
def dose(subject_id: str, dose_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """One dose, to be changed."""
    subject = own_subject(Action.CHANGE_HISTORY)
    found = _dose_of(subject) or abort(404)
    return _page(subject, found, kept_fields() or _fields_of(found))


@pages.post("/children/<subject_id>/history/<dose_id>")
@open_to(Action.CHANGE_HISTORY)
def change_dose(subject_id: str, dose_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The dose as typed; not over what was changed elsewhere meanwhile."""
    subject = own_subject(Action.CHANGE_HISTORY)
    found = _dose_of(subject) or abort(404)
    changed = _changed(subject, found)
    if isinstance(changed, tuple):
        return _page(subject, found, request.form, *changed), 422
    seen = replace(changed, id=found.id, revision=revision_seen())
    if not rooms().histories.change(subject, seen, hand()):
        return _page(subject, _dose_of(subject) or found, request.form, CHANGED), 409
    return redirect(f"/children/{subject.id}/history", 303)


@pages.get("/children/<subject_id>/history/<dose_id>/delete")
@open_to(Action.CHANGE_HISTORY)
def delete(subject_id: str, dose_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The question before a dose is deleted."""
    subject = own_subject(Action.CHANGE_HISTORY)
    found = _dose_of(subject) or abort(404)
    return _delete_page(subject, found)


@pages.post("/children/<subject_id>/history/<dose_id>/delete")
@open_to(Action.CHANGE_HISTORY)
def delete_dose(subject_id: str, dose_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The dose is gone; a second tap finds it gone already."""
    subject = own_subject(Action.CHANGE_HISTORY)
    found = _dose_of(subject)
    if found and not rooms().histories.remove(subject, replace(found, revision=revision_seen()), hand()):
        return _delete_page(subject, _dose_of(subject) or found, CHANGED), 409
    return redirect(f"/children/{subject.id}/history", 303)


def hand() -> Hand:
    """She who asks, now."""
    return Hand(visitor().actor.id, rooms().now())


def revision_seen() -> int:
    """The revision that stood on the form; one that never is for a form without it."""
    typed = request.form.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _dose_of(subject: Subject) -> CopiedDose | None:
    """The dose that the URL names, if it is this subject's."""
    return rooms().histories.dose(subject, requested_id("dose_id"))


def _changed(subject: Subject, found: CopiedDose) -> CopiedDose | tuple[Fault, ...]:
    """The dose as typed, or every fault of the form."""
    raw, today = typed_fields(), rooms().today()
    if found.is_for_the_doctor:
        return typed_unclear(raw, subject)
    lot = read_line("given-lot", request.form.get("given-lot", ""), LOT_LENGTH)
    product = product_among("given", request.form.get("given-product", ""), _products(found))
    row = Row("given", found.vaccine, typed_day(raw, "given", today), product, lot)
    others = [one for one in rooms().histories.doses(subject) if one.id != found.id]
    faults, dose = faults_of([row], others, (subject.birth_date, today)), row.dose(found.id)
    return dose if dose and not faults else faults


def _products(found: CopiedDose) -> tuple[str, ...]:
    """The products that it may have been."""
    vaccine = rooms().schedule.rules.vaccines.get(found.vaccine)
    return vaccine.products_to_tell if vaccine else ()


def _fields_of(found: CopiedDose) -> Typed:
    """The dose as if it had just been typed."""
    if found.is_for_the_doctor:
        return fields_of_unclear(found)
    typed = typed_fields_of("given", found.given_on)
    typed.update({"given-product": found.product, "given-lot": found.lot})
    return typed


def _page(subject: Subject, found: CopiedDose, typed: Typed, *faults: Fault) -> str:
    if found.is_for_the_doctor:
        return unclear_page(subject, typed, faults, found)
    return render_template(
        "parent/dose.html",
        subject=subject,
        dose=found,
        products=_products(found),
        typed=typed,
        faults=faults,
        main_form="main",
    )


def _delete_page(subject: Subject, found: CopiedDose, *faults: Fault) -> str:
    return render_template("parent/dose_delete.html", subject=subject, dose=found, faults=faults)
