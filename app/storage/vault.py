"""What every keeper holds: the database, the data keys and the ring."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from app.storage.engine import Database
from app.storage.key_store import KeyStore
from app.storage.keys import KeyRing

Kept = Row[*tuple[Any, ...]]
"""One row of a table as it was kept; its columns are typed in `tables`."""


@dataclass(frozen=True, slots=True)
class Vault:
    """Both stores and the ring, opened together."""

    database: Database
    keys: KeyStore
    ring: KeyRing
