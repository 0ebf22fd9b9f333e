"""What is asked of the tables of visits: each statement once, by name."""

from sqlalchemy import and_, bindparam, or_, select, update

from app.storage import tables
from app.storage.lookups import JoinedLookup, Lookup
from app.visit.visit import SHARED_STATES

VISIT = Lookup(select(tables.visit).where(tables.visit.c.id == bindparam("visit_id")))
LINKED = and_(
    tables.guardianship.c.municipality == tables.visit.c.municipality,
    tables.guardianship.c.subject_id == tables.visit.c.subject_id,
    tables.guardianship.c.person_id == bindparam("person_id"),
    tables.guardianship.c.since <= bindparam("now"),
    or_(tables.guardianship.c.until.is_(None), tables.guardianship.c.until > bindparam("now")),
)
"""A guardianship of the visit's subject that this person has now."""
_DRAFTED = and_(
    tables.draft.c.municipality == tables.visit.c.municipality, tables.draft.c.visit_id == tables.visit.c.id
)
HELD = JoinedLookup(
    select(tables.visit, tables.draft, tables.guardianship)
    .join(tables.draft, _DRAFTED)
    .outerjoin(tables.guardianship, LINKED)
    .where(tables.visit.c.id == bindparam("visit_id"))
    .order_by(tables.guardianship.c.since),
    *(table.c.keys() for table in (tables.visit, tables.draft, tables.guardianship)),
)
REVISION = (
    select(tables.visit.c.revision)
    .where(tables.visit.c.municipality == bindparam("of"), tables.visit.c.id == bindparam("visit_id"))
    .with_for_update()
)
CHANGE_VISIT = update(tables.visit).where(
    tables.visit.c.municipality == bindparam("of"),
    tables.visit.c.id == bindparam("visit"),
    tables.visit.c.revision == bindparam("based_on"),
)
OF_PERSON = (
    select(tables.visit)
    .where(tables.visit.c.person_id == bindparam("person_id"))
    .order_by(tables.visit.c.prepared_at.desc(), tables.visit.c.id)
)
WAITING = (
    select(tables.visit)
    .where(
        tables.visit.c.bound_clinic_id == bindparam("clinic_id"),
        tables.visit.c.received_at > bindparam("after"),
        tables.visit.c.received_at <= bindparam("until"),
    )
    .order_by(tables.visit.c.received_at.desc(), tables.visit.c.id)
)
DRAFT = Lookup(
    select(tables.draft).where(
        tables.draft.c.municipality == bindparam("municipality"),
        tables.draft.c.visit_id == bindparam("visit_id"),
    )
)
SAVE_DRAFT = (
    update(tables.draft)
    .where(
        tables.draft.c.municipality == bindparam("of"),
        tables.draft.c.visit_id == bindparam("visit"),
        tables.draft.c.revision == bindparam("based_on"),
    )
    .values(revision=bindparam("next"), sealed=bindparam("new"))
)
SUBMISSIONS = (
    select(tables.submission)
    .where(
        tables.submission.c.municipality == bindparam("municipality"),
        tables.submission.c.visit_id == bindparam("visit_id"),
    )
    .order_by(tables.submission.c.number)
)
NEWEST = Lookup(SUBMISSIONS.order_by(None).order_by(tables.submission.c.number.desc()).limit(1))
ALL_SUBMISSIONS = Lookup(SUBMISSIONS)
SUBMITTED_WITH = SUBMISSIONS.where(tables.submission.c.key_hash == bindparam("key_hash"))
BY_SCAN = (
    select(tables.visit)
    .join(
        tables.pass_table,
        and_(
            tables.pass_table.c.municipality == tables.visit.c.municipality,
            tables.pass_table.c.visit_id == tables.visit.c.id,
            tables.pass_table.c.generation == tables.visit.c.generation,
        ),
    )
    .where(
        tables.pass_table.c.secret_hash == bindparam("secret_hash"),
        tables.visit.c.state.in_([state.value for state in SHARED_STATES]),
    )
)
PASS_OF = and_(
    tables.pass_table.c.municipality == bindparam("of"), tables.pass_table.c.visit_id == bindparam("visit")
)
