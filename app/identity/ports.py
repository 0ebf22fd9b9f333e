"""What the identity room needs kept; storage implements it. Tries are counted by ``visit.ports.Tries``."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.places.place import Staff


@dataclass(frozen=True, slots=True)
class LoginTransaction:
    """One sign-in on its way to the provider and back. Everything but ``purpose`` is kept sealed.

    Shapes: ``purpose`` is ``"login"`` today; a transaction of one purpose never finishes another.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next_path: str
    purpose: str


class Transactions(Protocol):
    """Sign-ins on their way. The browser's secret is kept as a keyed hash only."""

    def keep(self, secret: str, transaction: LoginTransaction, now: datetime) -> None:
        """Kept for ten minutes from ``now``."""
        ...

    def take(self, secret: str, now: datetime) -> LoginTransaction | None:
        """The transaction, once: it is gone afterwards. None when unknown, used or older than ten minutes."""
        ...


class StandInStore(Protocol):
    """What the development login keeps. Its rows belong to no municipality; several workers share them."""

    def keep_code(self, code: str, payload: str, until: datetime) -> None:
        """Kept until ``until``."""
        ...

    def take_code(self, code: str, now: datetime) -> str | None:
        """The payload, once. None when unknown, used or past its end."""
        ...

    def spend(self, jti: str, until: datetime) -> bool:
        """True the first time; False when this id was spent already. Rows past ``until`` may be dropped."""
        ...


@dataclass(frozen=True, slots=True)
class StaffSecret:
    """How a member of staff proves who she is.

    Shapes: ``password_hash`` in PHC form; ``totp_secret`` base32; ``last_step`` the newest used
    30-second step since 1970, 0 before the first sign-in.
    """

    staff: Staff
    password_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)
    last_step: int = 0


class StaffSecrets(Protocol):
    """Members of staff with their secrets, which rest sealed."""

    def add(self, staff: Staff, password_hash: str, totp_secret: str) -> None:
        """Kept. Errors: ValueError when the id or the login is taken."""
        ...

    def find(self, login: str) -> StaffSecret | None:
        """By the login exactly as it was added, or None."""
        ...

    def remember_step(self, staff_id: str, step: int) -> bool:
        """True and kept when ``step`` is newer than the last one; else False (compare and set)."""
        ...
