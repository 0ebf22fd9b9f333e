"""Members of staff, with how they prove who they are."""

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.identity.ports import StaffSecret
from app.places.place import Role, Staff
from app.storage import tables
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept, Vault

_BY_LOGIN = select(tables.staff).where(tables.staff.c.login_hash == bindparam("login_hash"))
_BY_ID = select(tables.staff).where(tables.staff.c.id == bindparam("staff_id"))
_REMEMBER_STEP = (
    update(tables.staff)
    .where(tables.staff.c.id == bindparam("staff_id"), tables.staff.c.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
)


class KeptStaff:
    """The port `app.identity.ports.StaffSecrets`, and staff by their id."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, staff: Staff, password_hash: str, totp_secret: str) -> None:
        """Kept. Errors: ValueError when the id or the login is taken, or the clinic is unknown."""
        key = self._vault.keys.make(staff.municipality, f"staff:{staff.id}")
        profile = {"login": staff.login, "name": staff.name, "role": staff.role.value}
        secret = {"password_hash": password_hash, "totp_secret": totp_secret}
        row = {
            "municipality": staff.municipality,
            "id": staff.id,
            "clinic_id": staff.clinic_id,
            "login_hash": self._hash(staff.login),
            "last_step": 0,
            "profile": seal_plain(key, _cell(staff, "profile"), profile),
            "secret": seal_plain(key, _cell(staff, "secret"), secret),
        }
        try:
            with self._vault.database.writing() as connection:
                connection.execute(insert(tables.staff), row)
        except IntegrityError as error:
            raise ValueError(f"staff {staff.id}: the id or the login is taken, or no such clinic") from error

    def find(self, login: str) -> StaffSecret | None:
        """By the login exactly as it was added, or None."""
        with self._vault.database.reading() as connection:
            row = connection.execute(_BY_LOGIN, {"login_hash": self._hash(login)}).one_or_none()
        key = self._key(row)
        if row is None or key is None:
            return None
        secret = unseal_plain(key, _cell(row, "secret"), row.secret)
        return StaffSecret(
            staff=_read_staff(row, key),
            password_hash=secret["password_hash"],
            totp_secret=secret["totp_secret"],
            last_step=row.last_step,
        )

    def remember_step(self, staff_id: str, step: int) -> bool:
        """True and kept when ``step`` is newer than the last one; else False (compare and set)."""
        with self._vault.database.writing() as connection:
            return connection.execute(_REMEMBER_STEP, {"staff_id": staff_id, "step": step}).rowcount == 1

    def staff(self, staff_id: str) -> Staff | None:
        """The member of staff or None."""
        with self._vault.database.reading() as connection:
            row = connection.execute(_BY_ID, {"staff_id": staff_id}).one_or_none()
        key = self._key(row)
        return None if row is None or key is None else _read_staff(row, key)

    def _key(self, row: Kept | None) -> bytes | None:
        """The key of this member of staff; None when there is no row or it is forgotten."""
        return None if row is None else self._vault.keys.find(row.municipality, f"staff:{row.id}")

    def _hash(self, login: str) -> bytes:
        return self._vault.ring.hash("staff_login", login)


def _cell(it: Staff | Kept, column: str) -> Cell:
    """Bound to the clinic too: nobody is moved to another clinic by changing a plain column."""
    return Cell("staff", (it.municipality, it.id, it.clinic_id), column)


def _read_staff(row: Kept, key: bytes) -> Staff:
    profile = unseal_plain(key, _cell(row, "profile"), row.profile)
    return Staff(
        id=row.id,
        municipality=row.municipality,
        clinic_id=row.clinic_id,
        login=profile["login"],
        name=profile["name"],
        role=Role(profile["role"]),
    )
