"""The store of data keys: one key per owner, wrapped by the ring, in a database of its own.

An owner is "person:<id>", "subject:<id>" or "staff:<id>". A forgotten owner leaves an empty row, so
that no new key is ever made for it. No backup of the data contains this store.
"""

import secrets
from collections.abc import Iterable

from sqlalchemy import (
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypedColumns,
    bindparam,
    select,
    text,
    update,
)

from app.storage.engine import Database
from app.storage.keys import KEY_BYTES, KeyRing, KeyRingError
from app.storage.lookups import Lookup
from app.storage.sealing import Cell, seal, unseal

key_metadata = MetaData()
_CREATE_LOCK = 0x4D50_4B31


class WrappedKeyColumns(TypedColumns):
    """``key_id`` names the wrapping key; both it and ``wrapped`` are empty when the owner is forgotten."""

    municipality = Column(String, primary_key=True)
    owner = Column(String, primary_key=True)
    key_id = Column(String, nullable=False, index=True)
    wrapped = Column(LargeBinary, nullable=False)


wrapped_key = Table("wrapped_key", key_metadata, WrappedKeyColumns)

_FIND = Lookup(
    select(wrapped_key.c.key_id, wrapped_key.c.wrapped).where(
        wrapped_key.c.municipality == bindparam("municipality"), wrapped_key.c.owner == bindparam("owner")
    )
)
_FIND_MANY = select(wrapped_key.c.owner, wrapped_key.c.key_id, wrapped_key.c.wrapped).where(
    wrapped_key.c.municipality == bindparam("municipality"),
    wrapped_key.c.owner.in_(bindparam("owners", expanding=True)),
)


class ForgottenError(KeyError):
    """The owner has no data key: forgotten, or its key store was lost. What it sealed cannot be read."""


class KeyStore:
    """Data keys by owner. Nothing is remembered between two calls."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._ring = ring

    def create(self) -> None:
        """Its table exists."""
        with self._database.writing() as connection:
            if not self._database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CREATE_LOCK})
            key_metadata.create_all(connection)

    def ping(self) -> None:
        """The store answers and has its table. Errors: StorageUnavailableError."""
        _FIND.one(self._database, municipality="", owner="")

    def find(self, municipality: str, owner: str) -> bytes | None:
        """The owner's key; None when it was forgotten or never made."""
        row = _FIND.one(self._database, municipality=municipality, owner=owner)
        if row is None or not row.wrapped:
            return None
        return self._unwrap(municipality, owner, row.key_id, row.wrapped)

    def key(self, municipality: str, owner: str) -> bytes:
        """The owner's key. Errors: ForgottenError."""
        key = self.find(municipality, owner)
        if key is None:
            raise ForgottenError(owner)
        return key

    def keys(self, municipality: str, owners: Iterable[str]) -> dict[str, bytes]:
        """The keys of those owners who are not forgotten."""
        wanted = {"municipality": municipality, "owners": sorted(set(owners))}
        with self._database.reading() as connection:
            rows = connection.execute(_FIND_MANY, wanted).all()
        return {
            row.owner: self._unwrap(municipality, row.owner, row.key_id, row.wrapped)
            for row in rows
            if row.wrapped
        }

    def make(self, municipality: str, owner: str) -> bytes:
        """The owner's key, made if it is the first time; of two at once one wins. Errors: ForgottenError."""
        found = self.find(municipality, owner)
        if found is not None:
            return found
        self._insert(municipality, owner)
        return self.key(municipality, owner)

    def _insert(self, municipality: str, owner: str) -> None:
        key_id, wrapped = self._wrap(municipality, owner, secrets.token_bytes(KEY_BYTES))
        with self._database.writing() as connection:
            connection.execute(
                self._database.insert(wrapped_key).on_conflict_do_nothing(),
                {"municipality": municipality, "owner": owner, "key_id": key_id, "wrapped": wrapped},
            )

    def forget(self, municipality: str, owner: str) -> None:
        """The owner's key is destroyed: whatever it sealed, in any copy, cannot be read again.

        On SQLite the bytes are overwritten at once. PostgreSQL may keep a dead row until it is cleaned;
        it ends for good when the wrapping key of its time is taken out of the ring.
        """
        with self._database.writing() as connection:
            connection.execute(
                self._database.insert(wrapped_key).on_conflict_do_update(
                    index_elements=["municipality", "owner"], set_={"key_id": "", "wrapped": b""}
                ),
                {"municipality": municipality, "owner": owner, "key_id": "", "wrapped": b""},
            )
        if self._database.is_sqlite:
            with self._database.reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewrap(self, batch: int = 500) -> int:
        """Every key is wrapped by the ring's active key; returns how many were not. May be repeated."""
        self._reread()
        done = 0
        while changed := self._rewrap_some(batch):
            done += changed
        return done

    def _rewrap_some(self, batch: int) -> int:
        statement = (
            select(wrapped_key)
            .where(wrapped_key.c.key_id.not_in(["", self._ring.active]))
            .limit(batch)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            rows = connection.execute(statement).all()
            for row in rows:
                key = self._unwrap(row.municipality, row.owner, row.key_id, row.wrapped)
                key_id, wrapped = self._wrap(row.municipality, row.owner, key)
                connection.execute(
                    update(wrapped_key)
                    .where(wrapped_key.c.municipality == row.municipality, wrapped_key.c.owner == row.owner)
                    .values(key_id=key_id, wrapped=wrapped)
                )
        return len(rows)

    def _wrap(self, municipality: str, owner: str, key: bytes) -> tuple[str, bytes]:
        key_id = self._ring.active
        return key_id, seal(self._ring.wrap[key_id], _cell(municipality, owner, key_id), key)

    def _unwrap(self, municipality: str, owner: str, key_id: str, wrapped: bytes) -> bytes:
        if key_id not in self._ring.wrap:
            self._reread()
        if key_id not in self._ring.wrap:
            raise KeyRingError(f"the ring has no wrapping key {key_id}")
        return unseal(self._ring.wrap[key_id], _cell(municipality, owner, key_id), wrapped)

    def _reread(self) -> None:
        """A key that another process added to the ring is known here without a restart."""
        if self._ring.source is not None:
            self._ring = KeyRing.read(self._ring.source)


def _cell(municipality: str, owner: str, key_id: str) -> Cell:
    return Cell("wrapped_key", (municipality, owner, key_id), "wrapped")
