"""In-memory stores of the identity room; they keep the same promises as the real ones."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.identity.ports import LoginTransaction, StaffSecret
from app.places.place import Staff
from app.visit.limits import Limit


class FakeTransactions:
    """Implements ``Transactions``."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[LoginTransaction, datetime]] = {}

    def keep(self, secret: str, transaction: LoginTransaction, now: datetime) -> None:
        self.kept[secret] = (transaction, now + timedelta(minutes=10))

    def take(self, secret: str, now: datetime) -> LoginTransaction | None:
        transaction, until = self.kept.pop(secret, (None, now))
        return transaction if now < until else None


class FakeStandInStore:
    """Implements ``StandInStore``."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, datetime]] = {}
        self._spent: set[str] = set()

    def keep_code(self, code: str, payload: str, until: datetime) -> None:
        self._codes[code] = (payload, until)

    def take_code(self, code: str, now: datetime) -> str | None:
        payload, until = self._codes.pop(code, (None, now))
        return payload if now < until else None

    def spend(self, jti: str, until: datetime) -> bool:
        del until  # a real store may forget the id then; this one lives as long as a test
        fresh = jti not in self._spent
        self._spent.add(jti)
        return fresh


class FakeStaffSecrets:
    """Implements ``StaffSecrets``."""

    def __init__(self) -> None:
        self.kept: dict[str, StaffSecret] = {}

    def add(self, staff: Staff, password_hash: str, totp_secret: str) -> None:
        if staff.login in self.kept or any(one.staff.id == staff.id for one in self.kept.values()):
            raise ValueError("taken")
        self.kept[staff.login] = StaffSecret(staff, password_hash, totp_secret)

    def find(self, login: str) -> StaffSecret | None:
        return self.kept.get(login)

    def remember_step(self, staff_id: str, step: int) -> bool:
        for login, secret in self.kept.items():
            if secret.staff.id == staff_id and step > secret.last_step:
                self.kept[login] = replace(secret, last_step=step)
                return True
        return False


class FakeTries:
    """Implements ``visit.ports.Tries`` with a sliding window."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], list[datetime]] = {}

    def allow(self, limit: Limit, key: str, now: datetime) -> bool:
        since = now - timedelta(seconds=limit.within_seconds)
        recent = [at for at in self.made.get((limit.name, key), []) if at > since]
        allowed = len(recent) < limit.most
        self.made[limit.name, key] = [*recent, now] if allowed else recent
        return allowed

    def take_back(self, limit: Limit, key: str) -> None:
        self.made[limit.name, key] = self.made.get((limit.name, key), [])[:-1]

    def forget(self, limit: Limit, key: str) -> None:
        self.made.pop((limit.name, key), None)
