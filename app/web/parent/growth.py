"""A child's growth: the curve, what was measured in words, writing it down, and taking it back."""

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.growth import GRAMS, MOST_MEASUREMENTS, Measure, Measurement
from app.people.growth_typed import DAY_FIELD, MeasuredValues, TypedMeasurement, read_measurement
from app.people.person import Subject
from app.questionnaire.typed_numbers import POINTS
from app.questionnaire.typed_text import plain_digits
from app.visit.access import Action
from app.web.growth import growth_of, seen_measurements, value_text
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import visitor

pages = Blueprint("growth", __name__)
Typed = MultiDict[str, str]


@pages.get("/children/<subject_id>/growth")
@open_to(Action.SEE_GROWTH)
def growth(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The curves, with what was typed before a language switch."""
    return _page(own_subject(Action.SEE_GROWTH), kept_fields() or MultiDict(), ())


@pages.post("/children/<subject_id>/growth")
@open_to(Action.NOTE_GROWTH)
def note_growth(subject_id: str) -> ResponseReturnValue:
    """What was measured on one day; a second tap writes nothing twice."""
    child = own_subject(Action.NOTE_GROWTH)
    read = read_measurement(child, _typed(), rooms().survey, rooms().today())
    if isinstance(read, tuple):
        return _page(child, request.form, read), 422
    new, own = _measurement(child, read), _written_by_her(child)
    if len(own) >= MOST_MEASUREMENTS:
        return _page(child, request.form, (Fault("", "growth_full"),)), 422
    if not any(one.says_the_same(new) for one in own):
        rooms().measurements.add(new)
    return redirect(f"/children/{subject_id}/growth", 303)


@pages.get("/children/<subject_id>/growth/<measurement_id>/remove")
@open_to(Action.NOTE_GROWTH)
def ask_removal(subject_id: str, measurement_id: str) -> ResponseReturnValue:
    """What removing means. What is gone already leads back to the curve."""
    child = own_subject(Action.NOTE_GROWTH)
    one = _named(child, measurement_id)
    if one is None:
        return redirect(f"/children/{subject_id}/growth", 303)
    return render_template("parent/growth_remove.html", child=child, one=one, values=_values(one))


@pages.post("/children/<subject_id>/growth/<measurement_id>/remove")
@open_to(Action.NOTE_GROWTH)
def remove(subject_id: str, measurement_id: str) -> ResponseReturnValue:
    """The measurement is gone; a second tap changes nothing."""
    one = _named(own_subject(Action.NOTE_GROWTH), measurement_id)
    if one is not None:
        rooms().measurements.remove(one, rooms().now())
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


def _written_by_her(child: Subject) -> tuple[Measurement, ...]:
    """What she may take back: nobody removes what another guardian wrote."""
    seen = seen_measurements(child, visitor().actor.id)
    return tuple(one for one in seen if one.person_id == visitor().actor.id)


def _named(child: Subject, measurement_id: str) -> Measurement | None:
    return next((one for one in _written_by_her(child) if one.id == measurement_id), None)


def _values(one: Measurement) -> tuple[tuple[str, str], ...]:
    """Its values in words, each with the code of what was measured."""
    found: list[tuple[Measure, Decimal | None]] = [(measure, one.value(measure)) for measure in Measure]
    return tuple((measure.value, value_text(measure, value)) for measure, value in found if value is not None)


def _page(child: Subject, typed: Typed, faults: Sequence[Fault]) -> str:
    own = reversed(_written_by_her(child))
    return render_template(
        "parent/growth.html",
        child=child,
        growth=growth_of(child, seen_measurements(child, visitor().actor.id), rooms().today()),
        own=[(one, _values(one)) for one in own],
        measures=[measure.value for measure in Measure],
        typed=typed,
        faults=faults,
        main_form="main",
    )
