"""Doses copied from paper: one sealed row each, by the key of whom they are about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select, update

from app.people.dose_history import CopiedDose
from app.people.person import Subject
from app.people.ports import Hand
from app.storage.audit import AuditChain
from app.storage.history_tables import copied_doses
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept, Vault
from app.visit.ports import Deed, Event

_OF_SUBJECT = select(copied_doses).where(
    copied_doses.c.municipality == bindparam("of"), copied_doses.c.subject_id == bindparam("subject")
)
_DOSE = _OF_SUBJECT.where(copied_doses.c.id == bindparam("dose"))
_THIS_REVISION = (
    copied_doses.c.municipality == bindparam("of"),
    copied_doses.c.id == bindparam("dose"),
    copied_doses.c.subject_id == bindparam("subject"),
    copied_doses.c.revision == bindparam("based_on"),
)
_CHANGE = (
    update(copied_doses).where(*_THIS_REVISION).values(revision=bindparam("next"), sealed=bindparam("new"))
)
_REMOVE = delete(copied_doses).where(*_THIS_REVISION)


class KeptHistories:
    """The port `app.people.ports.Histories`."""

    def __init__(self, vault: Vault, chain: AuditChain) -> None:
        self._vault = vault
        self._chain = chain

    def doses(self, subject: Subject) -> tuple[CopiedDose, ...]:
        """Every dose of the subject, in no order. Errors: ForgottenError (a KeyError)."""
        key = self._key(subject)
        with self._vault.database.reading() as connection:
            rows = connection.execute(_OF_SUBJECT, _of(subject)).all()
        return tuple(_read(row, key) for row in rows)

    def dose(self, subject: Subject, dose_id: str) -> CopiedDose | None:
        """The dose of the subject with this id, or None. Errors: ForgottenError (a KeyError)."""
        key = self._key(subject)
        with self._vault.database.reading() as connection:
            row = connection.execute(_DOSE, {**_of(subject), "dose": dose_id}).one_or_none()
        return None if row is None else _read(row, key)

    def add(self, subject: Subject, doses: Sequence[CopiedDose], hand: Hand) -> None:
        """All of them are kept, audited as one deed; an id that is there already is left as it is.

        Errors: ForgottenError (a KeyError).
        """
        key = self._key(subject)
        new = self._vault.database.insert(copied_doses).on_conflict_do_nothing().returning(copied_doses.c.id)
        rows = [_row(subject, dose, key) for dose in doses]
        with self._vault.database.writing() as connection:
            made = [connection.execute(new, row).one_or_none() for row in rows]
            if any(made):
                self._tell(connection, subject, hand)

    def change(self, subject: Subject, dose: CopiedDose, hand: Hand) -> bool:
        """Whether the dose is kept as given, at its next revision."""
        row = _row(subject, replace(dose, revision=dose.revision + 1), self._key(subject))
        values = {"next": row["revision"], "new": row["sealed"], "based_on": dose.revision}
        with self._vault.database.writing() as connection:
            changed = connection.execute(_CHANGE, {**_of(subject), "dose": dose.id, **values})
            if changed.rowcount:
                self._tell(connection, subject, hand)
        return bool(changed.rowcount)

    def remove(self, subject: Subject, dose: CopiedDose, hand: Hand) -> bool:
        """Whether the dose is gone; not when its revision is not the kept one's."""
        values = {"dose": dose.id, "based_on": dose.revision}
        with self._vault.database.writing() as connection:
            removed = connection.execute(_REMOVE, {**_of(subject), **values})
            if removed.rowcount:
                self._tell(connection, subject, hand)
        return bool(removed.rowcount)

    def _key(self, subject: Subject) -> bytes:
        """The key that seals the history. Errors: ForgottenError (a KeyError)."""
        return self._vault.keys.key(subject.municipality, f"subject:{subject.id}")

    def _tell(self, connection: Connection, subject: Subject, hand: Hand) -> None:
        """The chain says that this person changed a history, not whose and not how."""
        actor = f"person:{hand.person_id}"
        event = Event(Deed.HISTORY_CHANGED, subject.municipality, actor, "parent", hand.at)
        self._chain.append(connection, event)


def _of(subject: Subject) -> dict[str, object]:
    return {"of": subject.municipality, "subject": subject.id}


def _cell(row: Kept) -> Cell:
    """Bound to its subject too, so that no dose can be handed to somebody else."""
    return _cell_of(row.municipality, row.subject_id, row.id, row.revision)


def _cell_of(municipality: str, subject_id: str, dose_id: str, revision: int) -> Cell:
    return Cell("copied_doses", (municipality, dose_id, subject_id), "sealed", revision)


def _row(subject: Subject, dose: CopiedDose, key: bytes) -> dict[str, object]:
    plain = {
        "vaccine": dose.vaccine,
        "given_on": None if dose.given_on is None else dose.given_on.isoformat(),
        "product": dose.product,
        "lot": dose.lot,
        "note": dose.note,
        "country": dose.country,
        "as_written": dose.as_written,
        "diseases": dose.diseases,
    }
    cell = _cell_of(subject.municipality, subject.id, dose.id, dose.revision)
    return {
        "municipality": subject.municipality,
        "id": dose.id,
        "subject_id": subject.id,
        "revision": dose.revision,
        "sealed": seal_plain(key, cell, plain),
    }


def _read(row: Kept, key: bytes) -> CopiedDose:
    """The dose of a row. Errors: SealError."""
    plain = unseal_plain(key, _cell(row), row.sealed)
    day = plain["given_on"]
    return CopiedDose(
        id=row.id,
        vaccine=plain["vaccine"],
        given_on=None if day is None else date.fromisoformat(day),
        product=plain["product"],
        lot=plain["lot"],
        note=plain["note"],
        country=plain["country"],
        as_written=plain["as_written"],
        diseases=tuple(plain["diseases"]),
        revision=row.revision,
    )
