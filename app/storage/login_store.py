"""Sign-ins on their way to the provider, and what the development login keeps."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.identity.ports import LoginTransaction
from app.storage.short_lived import ShortLived
from app.storage.tables import login_transaction, stand_in_code, stand_in_spent
from app.storage.vault import Vault

TRANSACTION_FOR = timedelta(minutes=10)


class KeptTransactions:
    """The port `app.identity.ports.Transactions`."""

    def __init__(self, vault: Vault) -> None:
        self._kept = ShortLived(vault, login_transaction)

    def keep(self, secret: str, transaction: LoginTransaction, now: datetime) -> None:
        """Kept for ten minutes from ``now``."""
        plain = {
            "state": transaction.state,
            "nonce": transaction.nonce,
            "verifier": transaction.verifier,
            "next_path": transaction.next_path,
            "purpose": transaction.purpose,
        }
        self._kept.keep(secret, plain, now + TRANSACTION_FOR)

    def take(self, secret: str, now: datetime) -> LoginTransaction | None:
        """The transaction, once. None when unknown, used or older than ten minutes."""
        plain = self._kept.take(secret, now)
        return None if plain is None else LoginTransaction(**plain)

    def purge(self, now: datetime) -> None:
        """Sign-ins that nobody finished are gone."""
        self._kept.purge(now)


class KeptStandIn:
    """The port `app.identity.ports.StandInStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._codes = ShortLived(vault, stand_in_code)

    def keep_code(self, code: str, payload: str, until: datetime) -> None:
        """Kept until ``until``."""
        self._codes.keep(code, {"payload": payload}, until)

    def take_code(self, code: str, now: datetime) -> str | None:
        """The payload, once. None when unknown, used or past its end."""
        plain = self._codes.take(code, now)
        return None if plain is None else str(plain["payload"])

    def spend(self, jti: str, until: datetime) -> bool:
        """True the first time; False when this id was spent already."""
        row = {"key_hash": self._vault.ring.hash("stand_in_spent", jti), "until": until}
        with self._vault.database.writing() as connection:
            statement = self._vault.database.insert(stand_in_spent).on_conflict_do_nothing()
            spent = connection.execute(statement.returning(stand_in_spent.c.until), row).one_or_none()
        return spent is not None

    def purge(self, now: datetime) -> None:
        """What is past its end is gone."""
        self._codes.purge(now)
        with self._vault.database.writing() as connection:
            connection.execute(delete(stand_in_spent).where(stand_in_spent.c.until < now))
