"""Persons, subjects and the links between them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, or_, select, update

from app.people.expecting import Dates
from app.people.person import Binding, Guardianship, Person, Subject, SubjectKind
from app.people.ports import Hand
from app.storage import tables
from app.storage.audit import AuditChain
from app.storage.lookups import Lookup
from app.storage.people_rows import binding_cell, link_row, read_link, read_subject, subject_row
from app.storage.sealing import seal_plain
from app.storage.vault import Kept, Vault
from app.visit.ports import Deed, Event

_PERSON = select(tables.binding.c.person_id).where(
    tables.binding.c.municipality == bindparam("municipality"),
    tables.binding.c.login_hash == bindparam("login_hash"),
)
_SUBJECT = Lookup(select(tables.subject).where(tables.subject.c.id == bindparam("subject_id")))
_LINKS = (
    select(tables.guardianship)
    .where(
        tables.guardianship.c.person_id == bindparam("person_id"),
        tables.guardianship.c.since <= bindparam("now"),
        or_(tables.guardianship.c.until.is_(None), tables.guardianship.c.until > bindparam("now")),
    )
    .order_by(tables.guardianship.c.since, tables.guardianship.c.id)
)
_LINK = Lookup(_LINKS.where(tables.guardianship.c.subject_id == bindparam("subject_id")))
_RESEAL = (
    update(tables.subject)
    .where(tables.subject.c.municipality == bindparam("of"), tables.subject.c.id == bindparam("subject_id"))
    .values(sealed=bindparam("new"))
)
_ADDED = MappingProxyType({SubjectKind.CHILD: Deed.CHILD_ADDED, SubjectKind.MOTHER: Deed.SELF_ADDED})


class KeptPeople:
    """The port `app.people.ports.People`, and forgetting."""

    def __init__(self, vault: Vault, chain: AuditChain) -> None:
        self._vault = vault
        self._chain = chain

    def sign_in(self, municipality: str, binding: Binding, now: datetime) -> Person:
        """The person of this binding, made at her first sign-in. Two at once make one person."""
        values = (binding.issuer, binding.client_id, binding.sub)
        login_hash = self._vault.ring.hash("parent_login", *values)
        wanted = {"municipality": municipality, "login_hash": login_hash}
        with self._vault.database.reading() as connection:
            found = connection.execute(_PERSON, wanted).scalar_one_or_none()
        if found is None:
            found = self._first_sign_in(municipality, login_hash, binding, now)
        return Person(found, municipality)

    def _first_sign_in(self, municipality: str, login_hash: bytes, login: Binding, now: datetime) -> str:
        """The id of the new person, or of the one that another request made at the same moment."""
        person_id = uuid4().hex
        key = self._vault.keys.make(municipality, f"person:{person_id}")
        plain = {"issuer": login.issuer, "client_id": login.client_id, "sub": login.sub}
        sealed = seal_plain(key, binding_cell(municipality, person_id), plain)
        wanted = {"municipality": municipality, "login_hash": login_hash}
        with self._vault.database.writing() as connection:
            connection.execute(
                self._vault.database.insert(tables.person),
                {"municipality": municipality, "id": person_id, "made_at": now},
            )
            made = connection.execute(
                self._vault.database.insert(tables.binding)
                .on_conflict_do_nothing()
                .returning(tables.binding.c.person_id),
                {**wanted, "person_id": person_id, "sealed": sealed},
            ).one_or_none()
            if made is not None:
                return person_id
            connection.execute(delete(tables.person).where(tables.person.c.id == person_id))
            found: str = connection.execute(_PERSON, wanted).scalar_one()
        self._vault.keys.forget(municipality, f"person:{person_id}")
        return found

    def add_subject(self, subject: Subject, link: Guardianship) -> None:
        """The subject and its first guardianship are kept and audited."""
        key = self._vault.keys.make(subject.municipality, f"subject:{subject.id}")
        deed = _deed_of(Hand(link.person_id, link.since), subject, _ADDED[subject.kind])
        with self._vault.database.writing() as connection:
            connection.execute(insert(tables.subject), subject_row(subject, key))
            connection.execute(insert(tables.guardianship), link_row(link, key))
            self._chain.append(connection, deed)

    def change_dates(self, subject: Subject, dates: Dates, hand: Hand) -> None:
        """The subject has these dates from now on, audited. Errors: ForgottenError (a KeyError)."""
        key = self._vault.keys.key(subject.municipality, f"subject:{subject.id}")
        row = subject_row(replace(subject, due_date=dates.due_date, ended_on=dates.ended_on), key)
        deed = _deed_of(hand, subject, Deed.SUBJECT_CHANGED)
        with self._vault.database.writing() as connection:
            connection.execute(
                _RESEAL, {"of": subject.municipality, "subject_id": subject.id, "new": row["sealed"]}
            )
            self._chain.append(connection, deed)

    def subject(self, subject_id: str) -> Subject | None:
        """The subject, or None when absent or forgotten."""
        row = _SUBJECT.one(self._vault.database, subject_id=subject_id)
        if row is None:
            return None
        key = self._vault.keys.find(row.municipality, f"subject:{subject_id}")
        return None if key is None else read_subject(row, key)

    def subjects_of(self, person_id: str, now: datetime) -> tuple[tuple[Subject, Guardianship], ...]:
        """Whom she may answer for now, oldest link first."""
        with self._vault.database.reading() as connection:
            links = connection.execute(_LINKS, {"person_id": person_id, "now": now}).all()
            ids = [link.subject_id for link in links]
            rows = (
                connection.execute(select(tables.subject).where(tables.subject.c.id.in_(ids))).all()
                if ids
                else []
            )
        keys = self._keys(rows)
        found = {row.id: read_subject(row, keys[row.id]) for row in rows if row.id in keys}
        return tuple(
            (found[link.subject_id], read_link(link, keys[link.subject_id]))
            for link in links
            if link.subject_id in found
        )

    def guardianship(self, person_id: str, subject_id: str, now: datetime) -> Guardianship | None:
        """The valid link between the two, or None."""
        row = _LINK.one(self._vault.database, person_id=person_id, subject_id=subject_id, now=now)
        if row is None:
            return None
        key = self._vault.keys.find(row.municipality, f"subject:{subject_id}")
        return None if key is None else read_link(row, key)

    def forget_subject(self, municipality: str, subject_id: str) -> None:
        """Everything about the subject is unreadable at once, in every copy; its rows stay as counts."""
        self._vault.keys.forget(municipality, f"subject:{subject_id}")

    def forget_person(self, municipality: str, person_id: str) -> None:
        """Nobody signs in as this person again: her login, sessions and key are gone."""
        with self._vault.database.writing() as connection:
            for table, column in (
                (tables.binding, tables.binding.c.person_id),
                (tables.session, tables.session.c.actor_id),
            ):
                connection.execute(
                    delete(table).where(table.c.municipality == municipality, column == person_id)
                )
        self._vault.keys.forget(municipality, f"person:{person_id}")

    def _keys(self, rows: Iterable[Kept]) -> dict[str, bytes]:
        """The keys of these subjects by id, without the forgotten."""
        keys: dict[str, bytes] = {}
        for town in {row.municipality for row in rows}:
            names = {f"subject:{row.id}": row.id for row in rows if row.municipality == town}
            found = self._vault.keys.keys(town, names)
            keys |= {names[owner]: key for owner, key in found.items()}
        return keys


def _deed_of(hand: Hand, subject: Subject, what: Deed) -> Event:
    """What this person did, without saying to whom."""
    return Event(what, subject.municipality, f"person:{hand.person_id}", "parent", hand.at)
