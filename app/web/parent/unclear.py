"""A dose given abroad, or on a day that nobody knows: what stands on the paper, for the doctor to judge."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.dose_history import CopiedDose, are_all_kept
from app.people.person import Subject
from app.people.ports import Hand
from app.people.unclear_doses import (
    AS_WRITTEN_LENGTH,
    COUNTRY_LENGTH,
    DISEASES,
    LOT_LENGTH,
    UnclearDose,
    read_unclear,
)
from app.questionnaire.answers import Raw
from app.questionnaire.typed_text import read_line, tidy_line
from app.visit.access import Action
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.parent.dose_ids import with_id
from app.web.rooms import rooms
from app.web.typed_day import PARTS, typed_day, typed_fields_of
from app.web.visitor import visitor

pages = Blueprint("unclear", __name__)
Typed = MultiDict[str, str]
LENGTHS = {"as_written": AS_WRITTEN_LENGTH, "country": COUNTRY_LENGTH, "lot": LOT_LENGTH}


@pages.get("/children/<subject_id>/history/abroad")
@open_to(Action.CHANGE_HISTORY)
def abroad(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The form for one such dose."""
    return unclear_page(own_subject(Action.CHANGE_HISTORY), kept_fields() or MultiDict(), ())


@pages.post("/children/<subject_id>/history/abroad")
@open_to(Action.CHANGE_HISTORY)
def keep_abroad(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """One more such dose; a second tap adds no second one."""
    subject = own_subject(Action.CHANGE_HISTORY)
    typed = typed_unclear(typed_fields(), subject)
    if isinstance(typed, tuple):
        return unclear_page(subject, request.form, typed), 422
    if not are_all_kept([typed], rooms().histories.doses(subject)):
        one = with_id(subject, typed, "abroad")
        rooms().histories.add(subject, [one], Hand(visitor().actor.id, rooms().now()))
    return redirect(f"/children/{subject.id}/history", 303)


def typed_unclear(raw: Raw, subject: Subject) -> CopiedDose | tuple[Fault, ...]:
    """The dose as typed, without an id, or every fault of the form."""
    today = rooms().today()
    texts = {name: read_line(name, next(iter(raw.get(name, ())), ""), most) for name, most in LENGTHS.items()}
    parts = [next(iter(raw.get(f"given-{part}", ())), "").strip() for part in PARTS[1:]]
    typed = UnclearDose(
        diseases=tuple(raw.get("disease", ())),
        as_written=texts["as_written"],
        given_on=typed_day(raw, "given", today) if any(parts) else None,
        day_unknown="yes" in raw.get("day_unknown", ()),
        country=texts["country"],
        lot=texts["lot"],
        year_and_month=_remembered(parts),
    )
    return read_unclear(typed, subject.birth_date, today)


def _remembered(parts: Sequence[str]) -> str:
    """What she typed of a day, as short as a day is."""
    return tidy_line(" / ".join(part for part in parts if part))[:LOT_LENGTH]


def fields_of_unclear(dose: CopiedDose) -> Typed:
    """The dose as if it had just been typed; what she remembered of a day stands in its fields again."""
    typed = typed_fields_of("given", dose.given_on)
    for part, text in zip(PARTS[1:], dose.note.split(" / ") if dose.note else (), strict=False):
        typed[f"given-{part}"] = text
    typed.update({"as_written": dose.as_written, "country": dose.country, "lot": dose.lot})
    typed.setlist("disease", list(dose.diseases))
    if dose.given_on is None:
        typed["day_unknown"] = "yes"
    return typed


def unclear_page(
    subject: Subject, typed: Typed, faults: Sequence[Fault], dose: CopiedDose | None = None
) -> str:
    """The form, for a new dose or for one that is being changed."""
    return render_template(
        "parent/unclear.html",
        subject=subject,
        dose=dose,
        typed=typed,
        faults=faults,
        diseases=DISEASES,
        submission_key=rooms().new_id(),
        main_form="main",
    )
