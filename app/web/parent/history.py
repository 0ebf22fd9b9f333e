"""Who has opened the answers, when and why; and what she did herself. Never the name of a member of staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app.places.place import Clinic
from app.schedule.dates import tokyo_date
from app.visit.access import ONE_LOOK, STAFF, Action, Who
from app.visit.ports import Deed, Event
from app.web.guard import open_to, own_visit
from app.web.rooms import rooms
from app.web.templating import time_text

pages = Blueprint("history", __name__)

BY_CLINICS = frozenset({Deed.RECEIVED, Deed.READ_IDENTITY, Deed.READ_ANSWERS, Deed.CLOSED, Deed.REFUSED})
BY_HER = frozenset(
    {Deed.PREPARED, Deed.SUBMITTED, Deed.DAY_ANSWERED, Deed.PLAN_CHANGED, Deed.REISSUED, Deed.WITHDRAWN}
)
READERS = MappingProxyType({Who.NURSE.value: "nurse", Who.DOCTOR.value: "doctor"})


@dataclass(frozen=True, slots=True)
class Look:
    """One line: ``what`` a key below ``looked.what``, ``role`` one below ``looked.role`` ("" for hers)."""

    what: str
    role: str
    clinic: Clinic | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of today: ``key`` below ``today``, ``mark`` done, now or todo, ``time`` in words."""

    key: str
    mark: str
    time: str = ""


@pages.get("/visits/<visit_id>/looked")
@open_to(Action.SEE_OWN)
def looked(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Who looked, newest first, and her own deeds."""
    visit = own_visit(Action.SEE_OWN)
    if not visit.generation:
        return redirect(f"/visits/{visit.id}", 303)
    events = each_once(rooms().visits.history(visit.id))
    return render_template(
        "parent/looked.html",
        visit=visit,
        by_clinics=[_look(event) for event in reversed(events) if event.deed in BY_CLINICS],
        by_her=[_look(event) for event in reversed(events) if event.deed in BY_HER],
    )


def each_once(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, oldest first; the same deed by the same kind of person within a minute counts once."""
    kept: list[Event] = []
    latest: dict[tuple[str, ...], datetime] = {}
    for event in events:
        same = (event.deed.value, event.role, event.clinic_id)
        before = latest.get(same)
        latest[same] = event.at
        if before is None or event.at - before > ONE_LOOK or event.deed in BY_HER:
            kept.append(event)
    return tuple(kept)


def _look(event: Event) -> Look:
    clinic = rooms().places.clinic(event.clinic_id) if event.clinic_id else None
    return Look(event.deed.value, event.role if event.role in STAFF else "", clinic, event.at)


def steps_of_today(events: Sequence[Event], today: date) -> tuple[Step, ...]:
    """Where her visit stands today: received, read by whom, the examination, the end. Nothing before that."""
    first: dict[str, datetime] = {}
    for event in events:
        key = _step_key(event)
        if key and tokyo_date(event.at) == today:
            first.setdefault(key, event.at)
    if not first:
        return ()
    if "closed" in first:
        return tuple(Step(key, "done", time_text(at)) for key, at in first.items())
    *done, last = first
    steps = [Step(key, "done", time_text(first[key])) for key in done]
    if last in READERS.values():
        return (*steps, Step(f"{last}_now", "now", time_text(first[last])), Step("examination", "todo"))
    return (*steps, Step(last, "done", time_text(first[last])), Step("reading", "todo"))


def _step_key(event: Event) -> str:
    """Which step an event is, "" for none."""
    if event.deed is Deed.READ_ANSWERS:
        return READERS.get(event.role, "")
    return event.deed.value if event.deed in (Deed.RECEIVED, Deed.CLOSED) else ""
