"""Sessions and kept forms: sealed by the ring's session key, found by a keyed hash."""

import json
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from app.people.person import CardFacts
from app.questionnaire.answers import Raw
from app.storage.lookups import Lookup
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.short_lived import ShortLived
from app.storage.tables import kept_form, session
from app.storage.vault import Kept, Vault
from app.visit.sessions import KEPT_FORM_FOR, LIFETIMES, TOUCH_AFTER, Counter, Session

ID_BYTES = 32
KEPT_AFTER_END = timedelta(days=1)
_FIND = Lookup(
    select(session).where(
        session.c.id_hash == bindparam("id_hash"), session.c.counter == bindparam("counter")
    )
)
_TOUCH = (
    update(session)
    .where(session.c.id_hash == bindparam("of"), session.c.seen_at < bindparam("now"))
    .values(seen_at=bindparam("now"))
)
_CLOSE = delete(session).where(session.c.id_hash == bindparam("id_hash"))


class KeptSessions:
    """The port `app.visit.ports.Sessions`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._forms = ShortLived(vault, kept_form)

    def open(self, session: Session) -> str:
        """A new random id for the cookie: 256 bits, url-safe."""
        session_id = secrets.token_urlsafe(ID_BYTES)
        with self._vault.database.writing() as connection:
            connection.execute(_INSERT, self._row(session, self._hash(session_id)))
        return session_id

    def find(self, session_id: str, counter: Counter, now: datetime) -> Session | None:
        """The live session, its ``seen_at`` renewed at most once a minute, or None."""
        found = self.last_known(session_id, counter)
        if found is None or found.is_expired(now):
            return None
        if now - found.seen_at >= TOUCH_AFTER:
            with self._vault.database.writing() as connection:
                connection.execute(_TOUCH, {"of": self._hash(session_id), "now": now})
        return found

    def last_known(self, session_id: str, counter: Counter) -> Session | None:
        """The session even if it is expired (not yet purged); only to keep a form for its owner."""
        row = _FIND.one(self._vault.database, id_hash=self._hash(session_id), counter=counter.value)
        return None if row is None else self._read(row)

    def close(self, session_id: str) -> None:
        """Gone."""
        with self._vault.database.writing() as connection:
            connection.execute(_CLOSE, {"id_hash": self._hash(session_id)})

    def keep_form(self, owner: str, path: str, fields: Raw, now: datetime) -> None:
        """Typed fields, sealed, for ten minutes; what was kept for the same path before is replaced."""
        plain = {name: list(values) for name, values in fields.items()}
        self._forms.keep(json.dumps([owner, path]), plain, now + KEPT_FORM_FOR)

    def take_form(self, owner: str, path: str, now: datetime) -> Raw | None:
        """What was kept for this owner and path, once."""
        return self._forms.take(json.dumps([owner, path]), now)

    def purge(self, now: datetime) -> None:
        """Sessions that ended more than a day ago are gone, and forms that nobody came back for."""
        ended = [
            and_(
                session.c.counter == counter.value,
                or_(
                    session.c.seen_at < now - life.idle - KEPT_AFTER_END,
                    session.c.opened_at < now - life.most - KEPT_AFTER_END,
                ),
            )
            for counter, life in LIFETIMES.items()
        ]
        with self._vault.database.writing() as connection:
            connection.execute(delete(session).where(or_(*ended)))
        self._forms.purge(now)

    def _hash(self, session_id: str) -> bytes:
        return self._vault.ring.hash("session", session_id)

    def _row(self, session: Session, id_hash: bytes) -> dict[str, object]:
        facts = session.facts
        plain = {
            "name": facts.name,
            "address": facts.address,
            "birth_date": facts.birth_date.isoformat() if facts.birth_date else None,
            "sex": facts.sex,
            "acr": session.acr,
        }
        row = {
            "municipality": session.municipality,
            "id_hash": id_hash,
            "counter": session.counter.value,
            "actor_id": session.actor_id,
            "opened_at": session.opened_at,
            "seen_at": session.seen_at,
        }
        cell = _cell(id_hash, session.municipality, session.counter.value, session.actor_id)
        return {**row, "sealed": seal_plain(self._vault.ring.session, cell, plain)}

    def _read(self, row: Kept) -> Session:
        cell = _cell(row.id_hash, row.municipality, row.counter, row.actor_id)
        plain = unseal_plain(self._vault.ring.session, cell, row.sealed)
        birth_date = plain["birth_date"]
        return Session(
            counter=Counter(row.counter),
            actor_id=row.actor_id,
            municipality=row.municipality,
            opened_at=row.opened_at,
            seen_at=row.seen_at,
            facts=CardFacts(
                name=plain["name"],
                address=plain["address"],
                birth_date=date.fromisoformat(birth_date) if birth_date else None,
                sex=plain["sex"],
            ),
            acr=plain["acr"],
        )


_INSERT = insert(session)


def _cell(id_hash: bytes, *bound: str) -> Cell:
    """Bound to the actor too: nobody's session can be turned into somebody else's."""
    return Cell("session", (id_hash.hex(), *bound), "sealed")
