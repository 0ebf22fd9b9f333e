"""Opening a visit at a clinic: who may, and what the first scan binds."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.schedule.dates import tokyo_date
from app.visit.access import Action, Actor, Verdict, may_enter
from app.visit.handover import is_valid
from app.visit.visit import OPEN_STATES, State, Visit


class Refusal(StrEnum):
    """Why a pass does not open; each a fault key. Everything foreign, ended or unknown is one."""

    NOT_FOUND = "pass_not_found"
    ASK_BIRTH_DATE = "birth_date_needed"
    BIRTH_DATE_WRONG = "birth_date_wrong"
    NOT_ENROLLED = "terminal_not_enrolled"


@dataclass(frozen=True, slots=True)
class Opened:
    """The visit as it is after the scan; ``is_first`` when this scan bound it."""

    visit: Visit
    is_first: bool


def open_visit(
    visit: Visit | None, actor: Actor, birth_dates: tuple[date, date | None], now: datetime
) -> Opened | Refusal:
    """Decides one scan.

    Shapes: ``birth_dates`` are the subject's and the one staff entered (None: not yet).
    A visit with a chosen clinic opens there only; without one it is bound by the first clinic that
    also knows the birth date. Re-scanning at the bound clinic changes nothing.
    """
    if may_enter(actor, Action.RECEIVE) is not Verdict.YES or not actor.terminal_id:
        return Refusal.NOT_ENROLLED
    if visit is None or visit.state not in OPEN_STATES or visit.municipality != actor.municipality:
        return Refusal.NOT_FOUND
    if visit.state is State.DRAFTING or not is_valid(visit, now):
        return Refusal.NOT_FOUND
    clinic = visit.bound_clinic_id or visit.clinic_id
    if clinic is not None and clinic != actor.clinic_id:
        return Refusal.NOT_FOUND
    known, entered = birth_dates
    if clinic is None and entered is None:
        return Refusal.ASK_BIRTH_DATE
    if clinic is None and entered != known:
        return Refusal.BIRTH_DATE_WRONG
    if visit.state is State.RECEIVED:
        return Opened(visit, is_first=False)
    return Opened(
        replace(
            visit,
            state=State.RECEIVED,
            bound_clinic_id=actor.clinic_id,
            received_at=now,
            planned_on=visit.planned_on or tokyo_date(now),
        ),
        is_first=True,
    )


def close(visit: Visit, now: datetime) -> Visit:
    """The clinic is done; the pass ends and nothing can be amended any more."""
    return visit if visit.state is State.CLOSED else replace(visit, state=State.CLOSED, closed_at=now)
