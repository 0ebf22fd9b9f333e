"""What the places room needs kept and proved; storage and identity implement it."""

from datetime import datetime
from typing import Protocol

from app.fault import Fault
from app.places.place import Clinic, Municipality, Staff, Terminal


class Places(Protocol):
    """Municipalities, clinics, staff and terminals. Every call is one transaction."""

    def add_municipality(self, municipality: Municipality) -> None:
        """Kept. Errors: ValueError when the id is taken."""
        ...

    def municipality(self, municipality_id: str) -> Municipality | None:
        """The municipality or None."""
        ...

    def municipalities(self) -> tuple[Municipality, ...]:
        """All of this instance, by id."""
        ...

    def add_clinic(self, clinic: Clinic) -> None:
        """Kept. Errors: ValueError when the id is taken or the municipality is unknown."""
        ...

    def clinic(self, clinic_id: str) -> Clinic | None:
        """The clinic or None."""
        ...

    def clinics(self, municipality_id: str) -> tuple[Clinic, ...]:
        """The clinics of a municipality by name."""
        ...

    def staff(self, staff_id: str) -> Staff | None:
        """The member of staff or None."""
        ...

    def enrol_terminal(self, terminal: Terminal, now: datetime) -> str:
        """Kept, not yet enrolled; the one-time code to type at ``/clinic/terminal``, good for a day."""
        ...

    def redeem_terminal(self, code: str, now: datetime) -> tuple[Terminal, str] | None:
        """Uses the code up; the terminal and its device token for the cookie, or None."""
        ...

    def terminal(self, token: str) -> Terminal | None:
        """The enrolled terminal with this device token, or None."""
        ...


class StaffLogin(Protocol):
    """Password (argon2id) and TOTP (design 4.21)."""

    def add(self, staff: Staff, password: str) -> str:
        """Kept; returns the TOTP secret (base32). Errors: ValueError for a weak password."""
        ...

    def sign_in(self, login: str, password: str, code: str, now: datetime) -> Staff | Fault:
        """The member of staff, ``staff_login_refused`` for every wrong pair, or ``too_many_tries``."""
        ...
