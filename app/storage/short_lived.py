"""What is kept for minutes and taken once: forms, sign-ins on their way, codes of the stand-in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete

from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.tables import ShortLivedColumns
from app.storage.vault import Vault


class ShortLived:
    """One table of sealed things, each under a secret of which only the keyed hash is kept."""

    def __init__(self, vault: Vault, table: Table[ShortLivedColumns]) -> None:
        self._vault = vault
        self._table = table

    def keep(self, secret: str, plain: dict[str, Any], until: datetime) -> None:  # Any: JSON
        """Kept until ``until``, in place of what was there."""
        key_hash = self._hash(secret)
        sealed = seal_plain(self._vault.ring.session, self._cell(key_hash), plain)
        statement = self._vault.database.insert(self._table)
        replacing = statement.on_conflict_do_update(
            index_elements=["key_hash"],
            set_={"until": statement.excluded.until, "sealed": statement.excluded.sealed},
        )
        with self._vault.database.writing() as connection:
            connection.execute(replacing, {"key_hash": key_hash, "until": until, "sealed": sealed})

    def take(self, secret: str, now: datetime) -> dict[str, Any] | None:  # Any: JSON
        """What was kept, once; None when unknown, taken or past its end."""
        key_hash = self._hash(secret)
        statement = (
            delete(self._table)
            .where(self._table.c.key_hash == key_hash)
            .returning(self._table.c.until, self._table.c.sealed)
        )
        with self._vault.database.writing() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None or now > row.until:
            return None
        return unseal_plain(self._vault.ring.session, self._cell(key_hash), row.sealed)

    def purge(self, now: datetime) -> None:
        """What is past its end is gone."""
        with self._vault.database.writing() as connection:
            connection.execute(delete(self._table).where(self._table.c.until < now))

    def _hash(self, secret: str) -> bytes:
        return self._vault.ring.hash(self._table.name, secret)

    def _cell(self, key_hash: bytes) -> Cell:
        return Cell(self._table.name, (key_hash.hex(),), "sealed")
