"""A child's growth: the curve, what was measured in words, writing it down, and taking it back."""

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.growth import GRAMS, MOST_MEASUREMENTS, Measure, Measurement
from app.people.growth_typed import DAY_FIELD, MeasuredValues, TypedMeasurement, read_measurement
from app.people.person import Subject, SubjectKind
from app.people.ports import Hand
from app.questionnaire.typed_numbers import POINTS
from app.questionnaire.typed_text import plain_digits
from app.visit.access import Action
from app.web.growth import growth_of, value_text
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import requested_id, visitor

pages = Blueprint("growth", __name__)
Typed = MultiDict[str, str]


@pages.get("/children/<subject_id>/growth")
@open_to(Action.SEE_GROWTH)
def growth(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The curves, with what was typed before a language switch."""
    return _page(_no_mother(own_subject(Action.SEE_GROWTH)), kept_fields() or MultiDict(), ())


@pages.post("/children/<subject_id>/growth")
@open_to(Action.NOTE_GROWTH)
def note_growth(subject_id: str) -> ResponseReturnValue:
    """What was measured on one day; a second tap writes nothing twice."""
    child = _no_mother(own_subject(Action.NOTE_GROWTH))
    read = read_measurement(child, _typed(), rooms().survey, rooms().today())
    if isinstance(read, tuple):
        return _page(child, request.form, read), 422
    new, kept = _measurement(child, read), rooms().measurements.of_subject(child.id)
    if len(kept) >= MOST_MEASUREMENTS:
        return _page(child, request.form, (Fault("", "growth_full"),)), 422
    if not any(one.says_the_same(new) for one in kept):
        rooms().measurements.add(new)
    return redirect(f"/children/{subject_id}/growth", 303)


@pages.get("/children/<subject_id>/growth/<measurement_id>/remove")
@open_to(Action.NOTE_GROWTH)
def ask_removal(subject_id: str, measurement_id: str) -> ResponseReturnValue:  # noqa: ARG001  read by name
    """What removing means. What is gone already leads back to the curve."""
    child = _no_mother(own_subject(Action.NOTE_GROWTH))
    one = _named(child)
    if one is None:
        return redirect(f"/children/{subject_id}/growth", 303)
    return render_template("parent/growth_remove.html", child=child, one=one, values=_values(one))


@pages.post("/children/<subject_id>/growth/<measurement_id>/remove")
@open_to(Action.NOTE_GROWTH)
def remove(subject_id: str, measurement_id: str) -> ResponseReturnValue:  # noqa: ARG001  read by name
    """The measurement is gone; a second tap changes nothing."""
    one = _named(_no_mother(own_subject(Action.NOTE_GROWTH)))
    if one is not None:
        rooms().measurements.remove(one, Hand(visitor().actor.id, rooms().now()))
    return redirect(f"/children/{subject_id}/growth", 303)


def _typed() -> TypedMeasurement:
    """The form as it came."""
    return TypedMeasurement(
        day=typed_day(typed_fields(), DAY_FIELD, rooms().today()),
        texts={measure: _plain(request.form.get(measure.value, "")) for measure in Measure},
        sure={measure: request.form.get(f"{measure.value}-sure", "") for measure in Measure},
    )


def _plain(text: str) -> str:
    """Digits of any script as 0 to 9, lower case, without blanks."""
    return "".join(plain_digits(text).casefold().translate(POINTS).split())


def _measurement(child: Subject, read: MeasuredValues) -> Measurement:
    """What was read, written down by her now."""
    weight = read.values.get(Measure.WEIGHT)
    return Measurement(
        id=rooms().new_id(),
        municipality=child.municipality,
        subject_id=child.id,
        person_id=visitor().actor.id,
        day=read.day,
        noted_at=rooms().now(),
        height_cm=read.values.get(Measure.HEIGHT),
        weight_g=None if weight is None else int(weight * GRAMS),
        head_cm=read.values.get(Measure.HEAD),
    )


def _no_mother(subject: Subject) -> Subject:
    """The same subject. Errors: 404 for a mother, since the survey is of children."""
    if subject.kind is SubjectKind.MOTHER:
        abort(404)
    return subject


def _named(child: Subject) -> Measurement | None:
    """The measurement that the URL names, if it is of this child."""
    kept, asked = rooms().measurements.of_subject(child.id), requested_id("measurement_id")
    return next((one for one in kept if one.id == asked), None)


def _values(one: Measurement) -> tuple[tuple[str, str], ...]:
    """Its values in words, each with the code of what was measured."""
    found: list[tuple[Measure, Decimal | None]] = [(measure, one.value(measure)) for measure in Measure]
    return tuple((measure.value, value_text(measure, value)) for measure, value in found if value is not None)


def _page(child: Subject, typed: Typed, faults: Sequence[Fault]) -> str:
    kept = rooms().measurements.of_subject(child.id)
    return render_template(
        "parent/growth.html",
        child=child,
        growth=growth_of(child, kept, rooms().today()),
        kept=[(one, _values(one)) for one in reversed(kept)],
        measures=[measure.value for measure in Measure],
        typed=typed,
        faults=faults,
        main_form="main",
    )
