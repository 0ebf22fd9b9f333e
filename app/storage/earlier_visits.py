"""What a guardian submitted before: the newest submission of each of her other visits, in one select."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select

from app.people.person import Right
from app.storage import tables
from app.storage.lookups import JoinedLookup
from app.storage.people_rows import read_link
from app.storage.vault import Vault
from app.storage.visit_rows import QuestionsOf, read_submission, read_visit
from app.storage.visit_statements import LINKED
from app.visit.ports import Submitted
from app.visit.visit import State, Visit

MOST_VISITS = 5
"""So many of the newest visits of each subject are looked at."""
_COUNTING = (State.SUBMITTED, State.RECEIVED, State.CLOSED)


def _earlier(*, of_all: bool) -> JoinedLookup:
    """Visits with their newest submission and her link; of ``:subject_id`` alone or of all her subjects."""
    visit, made, link = tables.visit, tables.submission, tables.guardianship
    again = made.alias()
    last = (
        select(func.max(again.c.number))
        .where(again.c.municipality == visit.c.municipality, again.c.visit_id == visit.c.id)
        .correlate(visit)
        .scalar_subquery()
    )
    wanted = [
        visit.c.municipality == bindparam("municipality"),
        visit.c.person_id == bindparam("person_id"),
        visit.c.id != bindparam("visit_id"),
        or_(*(visit.c.state == state.value for state in _COUNTING)),
    ]
    if not of_all:
        wanted.append(visit.c.subject_id == bindparam("subject_id"))
    of_visit = and_(
        made.c.municipality == visit.c.municipality, made.c.visit_id == visit.c.id, made.c.number == last
    )
    newest_first = made.c.at.desc(), visit.c.id
    place = func.row_number().over(partition_by=visit.c.subject_id, order_by=newest_first)
    ranked = select(visit.c.municipality, visit.c.id, place.label("place")).select_from(visit)
    found = ranked.join(made, of_visit).where(*wanted).subquery()
    is_found = and_(
        found.c.municipality == visit.c.municipality, found.c.id == visit.c.id, found.c.place <= MOST_VISITS
    )
    return JoinedLookup(
        select(visit, made, link)
        .select_from(visit)
        .join(found, is_found)
        .join(made, of_visit)
        .join(link, LINKED)
        .order_by(*newest_first, link.c.since),
        *(table.c.keys() for table in (visit, made, link)),
    )


_OF_SUBJECT: JoinedLookup = _earlier(of_all=False)
_OF_FAMILY: JoinedLookup = _earlier(of_all=True)


def earlier_than(
    vault: Vault, questions_of: QuestionsOf, visit: Visit, now: datetime, *, siblings: bool
) -> tuple[Submitted, ...]:
    """See `app.visit.ports.Visits.earlier`. What is forgotten, or no longer hers to see, is left out."""
    wanted = {
        "municipality": visit.municipality,
        "person_id": visit.person_id,
        "visit_id": visit.id,
        "now": now,
    }
    if siblings:
        rows = _OF_FAMILY.all(vault.database, **wanted)
    else:
        rows = _OF_SUBJECT.all(vault.database, **wanted, subject_id=visit.subject_id)
    keys = _keys(vault, visit.municipality, {row.subject_id for row, _, _ in rows})
    found: dict[str, Submitted] = {}
    for row, made, link in rows:
        key = keys.get(row.subject_id)
        if key is None or row.id in found or not read_link(link, key).allows(Right.SEE_OWN, now):
            continue
        one = read_visit(row, key)
        found[one.id] = Submitted(one, read_submission(made, key, questions_of(one.pins)))
    return tuple(found.values())


def _keys(vault: Vault, municipality: str, subject_ids: set[str]) -> Mapping[str, bytes]:
    """The keys of these subjects by id, without the forgotten."""
    if not subject_ids:
        return {}
    owners = {f"subject:{subject_id}": subject_id for subject_id in subject_ids}
    return {owners[owner]: key for owner, key in vault.keys.keys(municipality, owners).items()}
