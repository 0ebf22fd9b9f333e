"""Municipalities, clinics and terminals."""

import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from unicodedata import normalize

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.places.place import Clinic, Municipality, Staff, Terminal
from app.storage import tables
from app.storage.audit import AuditChain
from app.storage.lookups import Lookup
from app.storage.staff_secrets import KeptStaff
from app.storage.vault import Kept, Vault
from app.visit.handover import ALPHABET
from app.visit.ports import Deed, Event

CODE_FOR = timedelta(days=1)
CODE_LENGTH = 12
REMEMBERED_SECONDS = 60.0
TOKEN_BYTES = 32
_LOOKALIKES = str.maketrans("OIL", "011", "- \u3000‐‑–—−ー\r\n\t")
_MUNICIPALITIES = select(tables.municipality).order_by(tables.municipality.c.id)
_MUNICIPALITY = Lookup(_MUNICIPALITIES.where(tables.municipality.c.id == bindparam("municipality_id")))
_CLINIC = Lookup(select(tables.clinic).where(tables.clinic.c.id == bindparam("clinic_id")))
_CLINICS = (
    select(tables.clinic)
    .where(tables.clinic.c.municipality == bindparam("municipality_id"))
    .order_by(tables.clinic.c.name, tables.clinic.c.id)
)
_TERMINAL = Lookup(select(tables.terminal).where(tables.terminal.c.token_hash == bindparam("token_hash")))
_REDEEM = (
    update(tables.terminal)
    .where(tables.terminal.c.code_hash == bindparam("old"), tables.terminal.c.code_until >= bindparam("now"))
    .values(code_hash=None, code_until=None, token_hash=bindparam("new"))
    .returning(*tables.terminal.c)
)


class KeptPlaces:
    """The port `app.places.ports.Places`."""

    def __init__(self, vault: Vault, chain: AuditChain, staff: KeptStaff) -> None:
        self._vault = vault
        self._chain = chain
        self._staff = staff
        self._remembered: dict[str, tuple[float, Municipality]] = {}

    def add_municipality(self, municipality: Municipality) -> None:
        """Kept. Errors: ValueError when the id is taken."""
        row = {
            "id": municipality.id,
            "name": municipality.name,
            "phone": municipality.phone,
            "required_review": municipality.required_review,
        }
        self._add(tables.municipality, row)

    def municipality(self, municipality_id: str) -> Municipality | None:
        """The municipality or None; a change is seen by every worker within a minute."""
        until, known = self._remembered.get(municipality_id, (0.0, None))
        if time.monotonic() < until:
            return known
        row = _MUNICIPALITY.one(self._vault.database, municipality_id=municipality_id)
        found = None if row is None else _municipality(row)
        if found is not None:
            self._remembered[municipality_id] = (time.monotonic() + REMEMBERED_SECONDS, found)
        return found

    def municipalities(self) -> tuple[Municipality, ...]:
        """All of this instance, by id."""
        with self._vault.database.reading() as connection:
            return tuple(_municipality(row) for row in connection.execute(_MUNICIPALITIES))

    def add_clinic(self, clinic: Clinic) -> None:
        """Kept. Errors: ValueError when the id is taken or the municipality is unknown."""
        row = {
            "municipality": clinic.municipality,
            "id": clinic.id,
            "name": clinic.name,
            "phone": clinic.phone,
            "address": clinic.address,
        }
        self._add(tables.clinic, row)

    def clinic(self, clinic_id: str) -> Clinic | None:
        """The clinic or None."""
        row = _CLINIC.one(self._vault.database, clinic_id=clinic_id)
        return None if row is None else _clinic(row)

    def clinics(self, municipality_id: str) -> tuple[Clinic, ...]:
        """The clinics of a municipality by name."""
        with self._vault.database.reading() as connection:
            rows = connection.execute(_CLINICS, {"municipality_id": municipality_id})
            return tuple(_clinic(row) for row in rows)

    def staff(self, staff_id: str) -> Staff | None:
        """The member of staff or None."""
        return self._staff.staff(staff_id)

    def enrol_terminal(self, terminal: Terminal, now: datetime) -> str:
        """Kept, not yet enrolled. Returns the one-time code to type at ``/clinic/terminal`` (valid one day).

        Errors: ValueError when the id is taken or the clinic is unknown.
        """
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        row = {
            "municipality": terminal.municipality,
            "id": terminal.id,
            "clinic_id": terminal.clinic_id,
            "name": terminal.name,
            "code_hash": self._vault.ring.hash("terminal_code", code),
            "code_until": now + CODE_FOR,
        }
        self._add(tables.terminal, row)
        return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))

    def redeem_terminal(self, code: str, now: datetime) -> tuple[Terminal, str] | None:
        """Uses the code up; the terminal and its device token for the cookie, or None. Audited.

        The code may be typed in lower case, full width, with or without dashes, O for 0, I or L for 1.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        typed = normalize("NFKC", code[:100]).upper().translate(_LOOKALIKES)
        values = {"old": self._vault.ring.hash("terminal_code", typed), "new": self._token_hash(token)}
        with self._vault.database.writing() as connection:
            row = connection.execute(_REDEEM, {**values, "now": now}).one_or_none()
            if row is None:
                return None
            deed = Event(
                Deed.TERMINAL_ENROLLED, row.municipality, "system", "system", now, clinic_id=row.clinic_id
            )
            self._chain.append(connection, deed)
        return _terminal(row), token

    def terminal(self, token: str) -> Terminal | None:
        """The enrolled terminal with this device token, or None."""
        row = _TERMINAL.one(self._vault.database, token_hash=self._token_hash(token))
        return None if row is None else _terminal(row)

    def purge(self, now: datetime) -> None:
        """Codes that nobody typed in time are gone; their terminals wait for a new one."""
        statement = update(tables.terminal).where(tables.terminal.c.code_until < now)
        with self._vault.database.writing() as connection:
            connection.execute(statement.values(code_hash=None, code_until=None))

    def _token_hash(self, token: str) -> bytes:
        return self._vault.ring.hash("terminal_token", token)

    def _add(self, table: Table, row: Mapping[str, object]) -> None:
        try:
            with self._vault.database.writing() as connection:
                connection.execute(insert(table), row)
        except IntegrityError as error:
            raise ValueError(f"{table.name} {row['id']}: taken, or what it belongs to is unknown") from error


def _municipality(row: Kept) -> Municipality:
    return Municipality(row.id, row.name, row.phone, row.required_review)


def _clinic(row: Kept) -> Clinic:
    return Clinic(row.id, row.municipality, row.name, row.phone, row.address)


def _terminal(row: Kept) -> Terminal:
    return Terminal(row.id, row.municipality, row.clinic_id, row.name)
