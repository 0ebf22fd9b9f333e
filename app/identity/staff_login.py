"""Staff sign in with a password and a one-time code. Implements ``places.ports.StaffLogin``.

Every wrong pair gets the same answer after nearly the same work, whether the login exists or not.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from unicodedata import normalize

import pyotp

from app.fault import Fault
from app.identity.passwords import Passwords, refuse_weak
from app.identity.ports import StaffSecret, StaffSecrets
from app.places.place import Staff
from app.visit.limits import Limit
from app.visit.ports import Tries

STEP_SECONDS = 30
CODE_DIGITS = 6
LONGEST_LOGIN = 100
LIMITS = (
    Limit("staff_login", 5, 600),
    Limit("staff_login_hour", 15, 3_600),
    Limit("staff_login_day", 60, 86_400),
)
"""Progressive and never permanent; counted by the login typed, the same for one that does not exist."""


class PasswordLogin:
    """Password (argon2id) and TOTP (RFC 6238, one step of tolerance, no code twice)."""

    def __init__(
        self,
        staff_secrets: StaffSecrets,
        tries: Tries,
        passwords: Passwords,
        *,
        new_totp_secret: Callable[[], str] = pyotp.random_base32,
    ) -> None:
        self._secrets = staff_secrets
        self._tries = tries
        self._passwords = passwords
        self._new_totp_secret = new_totp_secret

    def add(self, staff: Staff, password: str) -> str:
        """The member of staff is kept under her login in plain small letters; returns the TOTP secret.

        Errors: WeakPasswordError (a ValueError), ValueError when the login is taken or unusable.
        """
        login = plain_login(staff.login)
        if not 0 < len(login) <= LONGEST_LOGIN:
            raise ValueError(f"the login must have 1 to {LONGEST_LOGIN} characters")
        refuse_weak(password, login)
        totp_secret = self._new_totp_secret()
        self._secrets.add(replace(staff, login=login), self._passwords.hashed(password), totp_secret)
        return totp_secret

    def sign_in(self, login: str, password: str, code: str, now: datetime) -> Staff | Fault:
        """The member of staff, or ``staff_login_refused`` / ``too_many_tries``.

        A try counts before it is judged, so that many at once gain nothing; a success forgets the count.
        """
        login = plain_login(login[:LONGEST_LOGIN])
        key = hashlib.sha256(login.encode()).hexdigest()  # people type passwords into the wrong field
        if not all(self._tries.allow(limit, key, now) for limit in LIMITS):
            return Fault("", "too_many_tries")
        staff = self._proved(self._secrets.find(login), password, code, now)
        if staff is None:
            return Fault("", "staff_login_refused")
        for limit in LIMITS:
            self._tries.forget(limit, key)
        return staff

    def _proved(self, secret: StaffSecret | None, password: str, code: str, now: datetime) -> Staff | None:
        """The member of staff when both factors are right and the code is fresh."""
        known = self._passwords.matches(secret.password_hash if secret else self._passwords.nobody, password)
        step = matching_step(secret.totp_secret if secret else NOBODYS_TOTP_SECRET, code, now)
        if secret is None or not known or step is None or step <= secret.last_step:
            return None
        return secret.staff if self._secrets.remember_step(secret.staff.id, step) else None


NOBODYS_TOTP_SECRET = "A" * 32


def matching_step(totp_secret: str, code: str, now: datetime) -> int | None:
    """The step this code belongs to: the present one, the one before or the one after; else None."""
    typed = "".join(normalize("NFKC", code).split())
    totp = pyotp.TOTP(totp_secret, digits=CODE_DIGITS, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    matching = [
        step
        for step in (present - 1, present, present + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
    ]
    return matching[-1] if matching else None


def plain_login(typed: str) -> str:
    """One login however it is typed: full-width, capital, with spaces around."""
    return normalize("NFKC", typed).strip().casefold()
