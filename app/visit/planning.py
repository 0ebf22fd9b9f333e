"""Preparing a visit and changing its plan: clinic, day, a new pass, no more sharing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.fault import Fault
from app.people.person import RELATIONSHIPS
from app.questionnaire.programme import Programme
from app.visit.visit import State, Visit

FURTHEST = timedelta(days=366)
OPEN = "open"
"""Typed for a clinic or a day that is left open."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What she chose: programmes, who brings the child, where (None: open) and when (None: open)."""

    programmes: tuple[str, ...]
    companion: str
    clinic_id: str | None
    planned_on: date | None


def read_plan(
    typed: Mapping[str, Sequence[str]],
    offered: Collection[str],
    clinics: Collection[str],
    planned_on: date | Fault | None,
    *,
    companions: Collection[str] = RELATIONSHIPS,
) -> Plan | tuple[Fault, ...]:
    """Her plan, or every fault of the form. ``planned_on`` was read and checked by the caller."""
    programmes = tuple(dict.fromkeys(typed.get("programme", ())))
    companion = (typed.get("companion") or [""])[0]
    clinic = (typed.get("clinic") or [""])[0]
    faults: list[Fault] = []
    if not programmes or not set(programmes) <= set(offered):
        faults.append(Fault("programme", "choose_any"))
    if companion not in companions:
        faults.append(Fault("companion", "choose_one"))
    if clinic and clinic not in clinics:
        faults.append(Fault("clinic", "choose_one"))
    if isinstance(planned_on, Fault):
        faults.append(planned_on)
    if faults or isinstance(planned_on, Fault):
        return tuple(faults)
    return Plan(programmes, companion, clinic or None, planned_on)


def not_one_visit(programmes: Collection[Programme]) -> str:
    """Why these cannot be one visit, as the message of a fault; "" when they can.

    A checkup has questions and a place of its own; of one vaccine there is one dose on a day.
    """
    if len({one.subject_is for one in programmes}) > 1:
        return "one_person_only"
    if len(set(programmes)) > 1 and any(one.kind == "checkup" for one in programmes):
        return "one_checkup_alone"
    vaccines = [one.vaccine for one in set(programmes) if one.vaccine]
    return "one_dose_each" if len(vaccines) > len(set(vaccines)) else ""


def check_day(day: date, today: date) -> Fault | None:
    """A planned day lies today or within a year."""
    if day < today:
        return Fault("planned", "planned_in_past")
    if day > today + FURTHEST:
        return Fault("planned", "planned_too_far")
    return None


def issue(visit: Visit, now: datetime) -> Visit:
    """The visit with its pass: issued once at the first submission, kept by later ones."""
    if visit.generation:
        return visit
    return replace(visit, state=State.SUBMITTED, generation=1, issued_at=now)


def reissue(visit: Visit, now: datetime) -> Visit:
    """A new pass; the old one is dead at once."""
    return replace(visit, generation=visit.generation + 1, issued_at=now)


def move(visit: Visit, clinic_id: str | None, planned_on: date | None, now: datetime) -> Visit:
    """Another clinic or day: answers and pass stay; she is received anew, elsewhere by another clinic."""
    unbound = visit.bound_clinic_id is not None and clinic_id != visit.bound_clinic_id
    again = unbound or planned_on != visit.planned_on
    return replace(
        visit,
        clinic_id=clinic_id,
        planned_on=planned_on,
        issued_at=now if visit.issued_at else None,
        state=State.SUBMITTED if again and visit.state is State.RECEIVED else visit.state,
        bound_clinic_id=None if unbound else visit.bound_clinic_id,
        received_at=None if again else visit.received_at,
    )


def withdraw(visit: Visit) -> Visit:
    """She stops sharing: the pass is dead, no clinic opens the answers any more."""
    return replace(visit, state=State.WITHDRAWN, bound_clinic_id=None)


def read_clinic(typed: Mapping[str, Sequence[str]], offered: Collection[str]) -> str | Fault | None:
    """Where she is now: a clinic's id, None for the first that scans, or the fault of saying neither."""
    chosen = (typed.get("clinic") or [""])[0]
    if chosen == OPEN:
        return None
    return chosen if chosen in offered else Fault("clinic", "choose_one")


def read_day(typed: Mapping[str, Sequence[str]], other: date | Fault, today: date) -> date | Fault | None:
    """When she goes: a day, None while it is open, or what is wrong.

    Shapes: ``other`` was read from its own fields by the caller; it counts only when she chose it.
    """
    when = (typed.get("planned") or [""])[0]
    if when == OPEN:
        return None
    if when == "today":
        return today
    if when != "other":
        return Fault("planned", "choose_one")
    return other if isinstance(other, Fault) else check_day(other, today) or other
