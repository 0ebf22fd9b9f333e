"""One scan at the reception: what was read, how often it was tried, and the visit it opens.

Deciding is `visit.reception` and `visit.handover`; here their question is asked of what is kept.
"""

from datetime import date
from enum import StrEnum

from app.visit.handover import Channel, Misread, Scan, read_scan
from app.visit.limits import (
    BIRTH_DATE_PER_PASS,
    DIGITS_PER_STAFF,
    SHORT_CODE_PER_CLINIC,
    SHORT_CODE_PER_STAFF,
    Limit,
)
from app.visit.ports import Deed, StaleRevisionError
from app.visit.reception import Opened, Refusal, open_visit
from app.visit.visit import Visit
from app.web.deeds import deed
from app.web.rooms import rooms
from app.web.visitor import visitor

DESKS_AT_ONCE = 5


class Wait(StrEnum):
    """Too many tries of one kind."""

    CODES = "too_many_codes"
    BIRTH_DATES = "too_many_birth_dates"


Problem = Misread | Refusal | Wait


def receive(code: str, entered: date | None) -> Visit | Problem:
    """The visit, received at this desk, or why it does not open; ``entered`` is a birth date, if asked."""
    scan = read_scan(code)
    if isinstance(scan, Misread):
        return scan
    if not _is_within_limits(scan):
        return Wait.CODES
    outcome = _opened(scan, entered)
    if isinstance(outcome, Visit) or outcome is Refusal.ASK_BIRTH_DATE:
        _take_tries_back(scan)
    elif isinstance(outcome, Refusal):
        rooms().audit.write(deed(Deed.REFUSED))
    return outcome


def _opened(scan: Scan, entered: date | None) -> Visit | Problem:
    """The decision, kept; when another desk was first, decided again with what it left."""
    visit, decision = _decided(scan, entered)
    if visit is not None and entered is not None and not _may_test_birth_date(visit, decision):
        return Wait.BIRTH_DATES
    for _ in range(DESKS_AT_ONCE):
        if isinstance(decision, Refusal):
            return decision
        if not decision.is_first:
            return decision.visit
        try:
            return rooms().visits.change(decision.visit, deed(Deed.RECEIVED, decision.visit))
        except StaleRevisionError:
            visit, decision = _decided(scan, entered)
    raise StaleRevisionError(DESKS_AT_ONCE)


def _decided(scan: Scan, entered: date | None) -> tuple[Visit | None, Opened | Refusal]:
    """The visit of this pass as it is kept now, and what the house decides about it."""
    now = rooms().now()
    visit = rooms().visits.by_scan(scan, now)
    born = _birth_date(visit) if visit is not None and _is_unbound(visit) else None
    return visit, open_visit(visit, visitor().actor, (born or date.min, entered), now)


def _is_unbound(visit: Visit) -> bool:
    """Whether no clinic is chosen or bound yet."""
    return visit.bound_clinic_id is None and visit.clinic_id is None


def _birth_date(visit: Visit) -> date | None:
    subject = rooms().people.subject(visit.subject_id)
    return subject.birth_date if subject else None


def _may_test_birth_date(visit: Visit, decision: Opened | Refusal) -> bool:
    """Whether the answer may be told; one that tells if the birth date was right counts as a try."""
    if decision is Refusal.NOT_FOUND or not _is_unbound(visit):
        return True
    return rooms().tries.allow(BIRTH_DATE_PER_PASS, visit.id, rooms().now())


def _limits(scan: Scan) -> tuple[tuple[Limit, str], ...]:
    """What is counted for this scan, and under which key."""
    actor = visitor().actor
    if scan.channel is Channel.DIGITS:
        return ((DIGITS_PER_STAFF, actor.id),)
    return ((SHORT_CODE_PER_STAFF, actor.id), (SHORT_CODE_PER_CLINIC, actor.clinic_id))


def _is_within_limits(scan: Scan) -> bool:
    """Counts this try before it is judged, so that many at once gain nothing."""
    now = rooms().now()
    return all(rooms().tries.allow(limit, key, now) for limit, key in _limits(scan))


def _take_tries_back(scan: Scan) -> None:
    """A pass that opens was no failure; the failures before it stay counted."""
    for limit, key in _limits(scan):
        rooms().tries.take_back(limit, key)
