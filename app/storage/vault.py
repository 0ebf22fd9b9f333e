"""What every keeper holds: the database, the data keys and the ring."""

from dataclasses import dataclass

from app.storage.engine import Database, Kept
from app.storage.key_store import KeyStore
from app.storage.keys import KeyRing

__all__ = ["Kept", "Vault"]


@dataclass(frozen=True, slots=True)
class Vault:
    """Both stores and the ring, opened together."""

    database: Database
    keys: KeyStore
    ring: KeyRing
