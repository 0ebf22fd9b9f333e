"""Visits with their drafts and submissions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert

from app.questionnaire.definition import Question
from app.schedule.dates import end_of_day, tokyo_date
from app.storage import tables
from app.storage import visit_statements as statements
from app.storage.audit import AuditChain
from app.storage.earlier_visits import earlier_than
from app.storage.passes import KeptPasses
from app.storage.people_rows import read_link
from app.storage.vault import Kept, Vault
from app.storage.visit_rows import (
    Pins,
    QuestionsOf,
    Submitting,
    draft_row,
    owner,
    read_draft,
    read_submission,
    read_visit,
    visit_row,
)
from app.visit.handover import Scan, is_valid
from app.visit.ports import Deed, Event, Held, StaleRevisionError, Submitted
from app.visit.visit import Draft, Submission, Visit


class KeptVisits:
    """The port `app.visit.ports.Visits`."""

    def __init__(
        self, vault: Vault, chain: AuditChain, passes: KeptPasses, questions_of: QuestionsOf
    ) -> None:
        self._vault = vault
        self._chain = chain
        self._passes = passes
        self._questions_of = questions_of

    def prepare(self, visit: Visit, draft: Draft, event: Event) -> None:
        """Both are kept."""
        key = self._vault.keys.make(visit.municipality, owner(visit))
        with self._vault.database.writing() as connection:
            connection.execute(insert(tables.visit), visit_row(visit, key))
            connection.execute(insert(tables.draft), draft_row(draft, visit.municipality, key))
            self._chain.append(connection, event)

    def find(self, visit_id: str) -> Visit | None:
        """The visit, or None when absent or forgotten."""
        row = statements.VISIT.one(self._vault.database, visit_id=visit_id)
        if row is None:
            return None
        key = self._vault.keys.find(row.municipality, f"subject:{row.subject_id}")
        return None if key is None else read_visit(row, key)

    def held(self, visit_id: str, person_id: str, now: datetime) -> Held | None:
        """The visit with its draft and this person's link, by one select and one key; None when absent."""
        rows = statements.HELD.all(self._vault.database, visit_id=visit_id, person_id=person_id, now=now)
        if not rows:
            return None
        visit, draft, link = rows[0]
        key = self._vault.keys.find(visit.municipality, f"subject:{visit.subject_id}")
        if key is None:
            return None
        found = read_visit(visit, key)
        kept = read_draft(draft, key, self._questions(found))
        return Held(found, kept, None if link.id is None else read_link(link, key))

    def of_person(self, person_id: str) -> tuple[Visit, ...]:
        """Her visits, newest first."""
        with self._vault.database.reading() as connection:
            return self._read(connection.execute(statements.OF_PERSON, {"person_id": person_id}).all())

    def waiting(self, clinic_id: str, now: datetime) -> tuple[Visit, ...]:
        """The visits this clinic received on the Tokyo day of ``now``, newest first."""
        until = end_of_day(tokyo_date(now))
        wanted = {"clinic_id": clinic_id, "after": until - timedelta(days=1), "until": until}
        with self._vault.database.reading() as connection:
            return self._read(connection.execute(statements.WAITING, wanted).all())

    def draft(self, visit: Visit) -> Draft:
        """Its draft. Errors: KeyError when forgotten."""
        key = self._key(visit)
        wanted = {"municipality": visit.municipality, "visit_id": visit.id}
        row = statements.DRAFT.one(self._vault.database, **wanted)
        if row is None:
            raise KeyError(visit.id)
        return read_draft(row, key, self._questions(visit))

    def save(self, draft: Draft, visit: Visit, event: Event) -> Draft:
        """The draft at its next revision; a quiet save is not audited. Errors: StaleRevisionError."""
        key = self._key(visit)
        with self._vault.database.writing() as connection:
            new = self._replace_draft(connection, draft, visit, key)
            if event.deed is not Deed.DRAFT_SAVED:
                self._chain.append(connection, event)
        return new

    def repin(self, draft: Draft, visit: Visit, event: Event) -> Draft:
        """The draft, moved to other questions, and the visit pinned to them, each at its next revision.

        The visit's row comes first, as in `submit`, so that the two can never wait for each other.
        Errors: StaleRevisionError when the revision of either is not the kept one; nothing is saved.
        """
        key = self._key(visit)
        with self._vault.database.writing() as connection:
            self._replace_visit(connection, visit, key)
            new = self._replace_draft(connection, draft, visit, key)
            self._chain.append(connection, event)
        return new

    def submit(self, visit: Visit, submission: Submission, key: str, event: Event) -> Submission:
        """The submission and the visit as given are kept; acknowledged after the commit.

        The visit's row is locked first, so that of two taps the second finds what the first made.
        Errors: StaleRevisionError when another submission took the number or the visit changed.
        """
        sealing_key = self._key(visit)
        submitting = Submitting(submission, visit.municipality, self._key_hash(visit.id, key))
        with self._vault.database.writing() as connection:
            revision = connection.execute(
                statements.REVISION, {"of": visit.municipality, "visit_id": visit.id}
            ).scalar_one_or_none()
            made = self._submissions(connection, visit)
            for row in made:
                if row.key_hash == submitting.key_hash:
                    return read_submission(row, sealing_key, self._questions(visit))
            if revision != visit.revision or submission.number in {row.number for row in made}:
                raise StaleRevisionError(f"submission {submission.number} of {visit.id}")
            connection.execute(insert(tables.submission), submitting.row(sealing_key))
            self._replace_visit(connection, visit, sealing_key)
            self._chain.append(connection, event)
        return submission

    def submitted_with(self, visit_id: str, key: str) -> Submission | None:
        """The submission that this key made, or None."""
        visit = self.find(visit_id)
        if visit is None:
            return None
        wanted = {
            "municipality": visit.municipality,
            "visit_id": visit_id,
            "key_hash": self._key_hash(visit_id, key),
        }
        with self._vault.database.reading() as connection:
            row = connection.execute(statements.SUBMITTED_WITH, wanted).one_or_none()
        return None if row is None else read_submission(row, self._key(visit), self._questions(visit))

    def newest(self, visit: Visit) -> Submission | None:
        """The last submission, None before the first. Errors: KeyError when forgotten."""
        where = {"municipality": visit.municipality, "visit_id": visit.id}
        row = statements.NEWEST.one(self._vault.database, **where)
        return None if row is None else read_submission(row, self._key(visit), self._questions(visit))

    def submissions(self, visit: Visit) -> tuple[Submission, ...]:
        """All of them by number. Errors: KeyError when forgotten."""
        key, questions = self._key(visit), self._questions(visit)
        rows = statements.ALL_SUBMISSIONS.all(
            self._vault.database, municipality=visit.municipality, visit_id=visit.id
        )
        return tuple(read_submission(row, key, questions) for row in rows)

    def earlier(
        self, visit: Visit, codes: Collection[str], now: datetime, *, siblings: bool
    ) -> tuple[Submitted, ...]:
        """What its author submitted for other visits, newest first, as far as she may see it now."""

        def wanted(pins: Pins) -> Mapping[str, Question]:
            known = self._questions_of(pins)
            return {code: known[code] for code in codes if code in known}

        return earlier_than(self._vault, wanted, visit, now, siblings=siblings)

    def change(self, visit: Visit, event: Event) -> Visit:
        """The visit at its next revision. Errors: StaleRevisionError."""
        key = self._key(visit)
        with self._vault.database.writing() as connection:
            new = self._replace_visit(connection, visit, key)
            self._chain.append(connection, event)
        return new

    def by_scan(self, scan: Scan, now: datetime) -> Visit | None:
        """The visit whose current pass this is, or None.

        Short codes are only 40 bits long: should two good passes ever share one, it opens neither.
        """
        with self._vault.database.reading() as connection:
            rows = connection.execute(statements.BY_SCAN, {"secret_hash": self._passes.hash(scan)}).all()
        found = [
            visit for visit in self._read(rows) if scan in self._passes.scans(visit) and is_valid(visit, now)
        ]
        return found[0] if len(found) == 1 else None

    def history(self, visit_id: str) -> tuple[Event, ...]:
        """What happened to it, oldest first (from the audit chain)."""
        return self._chain.history(visit_id)

    def _replace_draft(self, connection: Connection, draft: Draft, visit: Visit, key: bytes) -> Draft:
        """The draft at its next revision. Errors: StaleRevisionError."""
        new = replace(draft, revision=draft.revision + 1)
        row = draft_row(new, visit.municipality, key)
        values = {"next": new.revision, "new": row["sealed"], "based_on": draft.revision}
        saved = connection.execute(
            statements.SAVE_DRAFT, {"of": visit.municipality, "visit": visit.id, **values}
        )
        if not saved.rowcount:
            raise StaleRevisionError(f"draft of {visit.id}")
        return new

    def _replace_visit(self, connection: Connection, visit: Visit, key: bytes) -> Visit:
        """The visit at its next revision, and the ways to scan it. Errors: StaleRevisionError."""
        new = replace(visit, revision=visit.revision + 1)
        where = {"of": visit.municipality, "visit": visit.id}
        changed = connection.execute(
            statements.CHANGE_VISIT, {**visit_row(new, key), **where, "based_on": visit.revision}
        )
        if not changed.rowcount:
            raise StaleRevisionError(f"visit {visit.id}")
        connection.execute(delete(tables.pass_table).where(statements.PASS_OF), where)
        if scans := self._passes.scans(new):
            connection.execute(insert(tables.pass_table), [self._pass_row(new, scan) for scan in scans])
        return new

    def _pass_row(self, visit: Visit, scan: Scan) -> dict[str, object]:
        return {
            "municipality": visit.municipality,
            "visit_id": visit.id,
            "channel": scan.channel.value,
            "generation": visit.generation,
            "secret_hash": self._passes.hash(scan),
        }

    def _submissions(self, connection: Connection, visit: Visit) -> list[Kept]:
        wanted = {"municipality": visit.municipality, "visit_id": visit.id}
        return list(connection.execute(statements.SUBMISSIONS, wanted))

    def _read(self, rows: Iterable[Kept]) -> tuple[Visit, ...]:
        """The visits of these rows in their order, without those that are forgotten."""
        rows = list(rows)
        keys: dict[tuple[str, str], bytes] = {}
        for town in {row.municipality for row in rows}:
            names = {f"subject:{row.subject_id}" for row in rows if row.municipality == town}
            keys |= {(town, name): key for name, key in self._vault.keys.keys(town, names).items()}
        named = ((row, keys.get((row.municipality, f"subject:{row.subject_id}"))) for row in rows)
        return tuple(read_visit(row, key) for row, key in named if key is not None)

    def _key(self, visit: Visit) -> bytes:
        """The key that seals it. Errors: ForgottenError (a KeyError)."""
        return self._vault.keys.key(visit.municipality, owner(visit))

    def _questions(self, visit: Visit) -> Mapping[str, Question]:
        return self._questions_of(visit.pins)

    def _key_hash(self, visit_id: str, key: str) -> bytes:
        return self._vault.ring.hash("submission_key", visit_id, key)
