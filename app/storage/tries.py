"""Counting tries, for all workers together."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, update
from sqlalchemy.sql.dml import ReturningInsert

from app.storage.tables import tries
from app.storage.vault import Vault
from app.visit.limits import Limit


class KeptTries:
    """The port `app.visit.ports.Tries`. A window begins with its first try."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def allow(self, limit: Limit, key: str, now: datetime) -> bool:
        """Counts one try; False when it is one too many. Of many at once, exactly the allowed ones pass."""
        window = timedelta(seconds=limit.within_seconds)
        row = {"key_hash": self._hash(limit, key), "count": 1, "until": now + window}
        with self._vault.database.writing() as connection:
            count = connection.execute(self._counting(now, now + 2 * window), row).scalar_one()
        return bool(count <= limit.most)

    def take_back(self, limit: Limit, key: str) -> None:
        """One try less; failures before it stay counted."""
        row = (tries.c.key_hash == self._hash(limit, key), tries.c.count > 0)
        with self._vault.database.writing() as connection:
            connection.execute(update(tries).where(*row).values(count=tries.c.count - 1))

    def forget(self, limit: Limit, key: str) -> None:
        """After a success the count starts again."""
        with self._vault.database.writing() as connection:
            connection.execute(delete(tries).where(tries.c.key_hash == self._hash(limit, key)))

    def purge(self, now: datetime) -> None:
        """Windows that ended are gone."""
        with self._vault.database.writing() as connection:
            connection.execute(delete(tries).where(tries.c.until < now))

    def _counting(self, now: datetime, far: datetime) -> ReturningInsert[int]:
        """One more try; the first of a new window when the old ended (or lies in a future no clock meant)."""
        statement = self._vault.database.insert(tries)
        is_over = or_(tries.c.until <= now, tries.c.until > far)
        return statement.on_conflict_do_update(
            index_elements=["key_hash"],
            set_={
                "count": case((is_over, 1), else_=tries.c.count + 1),
                "until": case((is_over, statement.excluded.until), else_=tries.c.until),
            },
        ).returning(tries.c.count)

    def _hash(self, limit: Limit, key: str) -> bytes:
        return self._vault.ring.hash("tries", limit.name, key)
