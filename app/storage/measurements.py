"""What was measured of a child, sealed with the key of the child: forgotten together with it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, delete, insert, select

from app.people.growth import Measurement, by_day
from app.people.ports import Hand
from app.storage.audit import AuditChain
from app.storage.measurement_table import measurements
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept, Vault
from app.visit.ports import Deed, Event

_OF_SUBJECT = select(measurements).where(measurements.c.subject_id == bindparam("subject_id"))
_REMOVE = delete(measurements).where(
    measurements.c.municipality == bindparam("of"),
    measurements.c.id == bindparam("measurement_id"),
    measurements.c.subject_id == bindparam("subject"),
)


class KeptMeasurements:
    """The port `app.people.ports.Measurements`."""

    def __init__(self, vault: Vault, chain: AuditChain) -> None:
        self._vault = vault
        self._chain = chain

    def of_subject(self, subject_id: str) -> tuple[Measurement, ...]:
        """All of them, whoever wrote them; oldest day first. Nothing of a forgotten subject."""
        with self._vault.database.reading() as connection:
            rows = connection.execute(_OF_SUBJECT, {"subject_id": subject_id}).all()
        if not rows:
            return ()
        key = self._vault.keys.find(rows[0].municipality, f"subject:{subject_id}")
        return () if key is None else by_day([_read(row, key) for row in rows])

    def add(self, measurement: Measurement) -> None:
        """It is kept and audited."""
        author = Hand(measurement.person_id, measurement.noted_at)
        key = self._vault.keys.make(measurement.municipality, f"subject:{measurement.subject_id}")
        with self._vault.database.writing() as connection:
            connection.execute(insert(measurements), _row(measurement, key))
            self._chain.append(connection, _deed(Deed.MEASURED, measurement, author))

    def remove(self, measurement: Measurement, hand: Hand) -> None:
        """It is gone, and its removal by this hand audited; removing twice is removing once."""
        one = {
            "of": measurement.municipality,
            "measurement_id": measurement.id,
            "subject": measurement.subject_id,
        }
        with self._vault.database.writing() as connection:
            if connection.execute(_REMOVE, one).rowcount:
                self._chain.append(connection, _deed(Deed.MEASUREMENT_REMOVED, measurement, hand))


def _deed(what: Deed, one: Measurement, hand: Hand) -> Event:
    return Event(what, one.municipality, f"person:{hand.person_id}", "parent", hand.at)


def _cell(row: Kept | Measurement) -> Cell:
    return Cell("measurements", (row.municipality, row.id, row.subject_id, row.person_id), "sealed")


def _row(one: Measurement, key: bytes) -> dict[str, object]:
    plain = {
        "day": one.day.isoformat(),
        "height_cm": _text(one.height_cm),
        "weight_g": one.weight_g,
        "head_cm": _text(one.head_cm),
    }
    return {
        "municipality": one.municipality,
        "id": one.id,
        "subject_id": one.subject_id,
        "person_id": one.person_id,
        "noted_at": one.noted_at,
        "sealed": seal_plain(key, _cell(one), plain),
    }


def _read(row: Kept, key: bytes) -> Measurement:
    """The measurement of a row. Errors: SealError."""
    plain = unseal_plain(key, _cell(row), row.sealed)
    return Measurement(
        id=row.id,
        municipality=row.municipality,
        subject_id=row.subject_id,
        person_id=row.person_id,
        day=date.fromisoformat(plain["day"]),
        noted_at=row.noted_at,
        height_cm=_number(plain["height_cm"]),
        weight_g=plain["weight_g"],
        head_cm=_number(plain["head_cm"]),
    )


def _text(number: Decimal | None) -> str:
    return "" if number is None else str(number)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
