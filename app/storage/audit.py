"""The audit chain: append-only, one chain per municipality, each link bound to the one before.

The key of the chain lies in the ring, not in the database; head and count are anchored to a file, so
that cutting off the newest links is found too. Links are written in the transaction of their deed.
"""

import hmac
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from app.storage.engine import Database
from app.storage.keys import KeyRing
from app.storage.tables import audit, audit_head
from app.storage.vault import Kept
from app.visit.ports import Deed, Event

_HEAD = select(audit_head.c.seq, audit_head.c.mac).where(
    audit_head.c.municipality == bindparam("municipality")
)
_LOCK_HEAD = _HEAD.with_for_update()
_ADD = insert(audit)
_MOVE_HEAD = (
    update(audit_head)
    .where(audit_head.c.municipality == bindparam("of"))
    .values(seq=bindparam("new_seq"), mac=bindparam("new_mac"))
)
_OF_VISIT = select(audit).where(audit.c.visit_id == bindparam("visit_id")).order_by(audit.c.at, audit.c.seq)


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """How a chain stands. ``broken_at`` is the ``seq`` of the first link that is not as it was written."""

    municipality: str
    count: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every link is there, unchanged and in order."""
        return self.broken_at is None


class AuditChain:
    """The port `app.visit.ports.Audit`, and the checking of the chain."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._key = ring.audit

    def write(self, event: Event) -> None:
        """Appended and committed."""
        with self._database.writing() as connection:
            self.append(connection, event)

    def append(self, connection: Connection, event: Event) -> None:
        """The next link, in its deed's transaction. Deeds of one municipality queue here, so come last."""
        head = self._locked_head(connection, event.municipality)
        link = (
            event.municipality,
            head.seq + 1,
            event.at,
            event.deed.value,
            event.actor,
            event.role,
            event.visit_id,
            event.clinic_id,
        )
        mac = self._mac(link, head.mac)
        connection.execute(_ADD, dict(zip(audit.c.keys(), (*link, head.mac, mac), strict=True)))
        connection.execute(_MOVE_HEAD, {"of": event.municipality, "new_seq": head.seq + 1, "new_mac": mac})

    def history(self, visit_id: str) -> tuple[Event, ...]:
        """What happened to a visit, oldest first."""
        with self._database.reading() as connection:
            return tuple(_event(row) for row in connection.execute(_OF_VISIT, {"visit_id": visit_id}))

    def municipalities(self) -> tuple[str, ...]:
        """Whose chains exist."""
        statement = select(audit.c.municipality).union(select(audit_head.c.municipality))
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(statement).scalars()))

    def verify(self, municipality: str, anchors: Path | None = None) -> VerifyResult:
        """How this chain stands, checked link by link, against its head and against the anchors.

        Errors: none for a broken chain, which is a result; OSError when the anchors cannot be read.
        """
        anchored = self._read_anchors(municipality, anchors) if anchors else {}
        statement = select(audit).where(audit.c.municipality == municipality).order_by(audit.c.seq)
        with self._database.snapshot() as connection:
            head = connection.execute(_HEAD, {"municipality": municipality}).one_or_none()
            with connection.execute(statement.execution_options(yield_per=1000)) as rows:
                result = self._check(municipality, rows, anchored)
        count = result.count
        if result.is_whole and max(head.seq if head else 0, *anchored, 0) > count:
            return VerifyResult(municipality, count, count + 1, "the newest links were cut off")
        if result.is_whole and (head is None or head.seq < count) and count:
            return VerifyResult(municipality, count, count, "the head does not name the newest link")
        return result

    def anchor(self, path: Path, now: datetime) -> int:
        """Head and count of every chain stand at the end of this file, signed and on the disk; how many."""
        with self._database.reading() as connection:
            heads = connection.execute(select(audit_head).order_by(audit_head.c.municipality)).all()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            for head in heads:
                line = [now.isoformat(), head.municipality, head.seq, head.mac.hex()]
                file.write(json.dumps([*line, self._sign(line)]) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return len(heads)

    def _locked_head(self, connection: Connection, municipality: str) -> Row[int, bytes]:
        """The head, locked until the transaction ends; made for the first deed of a municipality."""
        found = connection.execute(_LOCK_HEAD, {"municipality": municipality}).one_or_none()
        if found is not None:
            return found
        connection.execute(
            self._database.insert(audit_head).on_conflict_do_nothing(),
            {"municipality": municipality, "seq": 0, "mac": self._genesis(municipality)},
        )
        return connection.execute(_LOCK_HEAD, {"municipality": municipality}).one()

    def _check(self, municipality: str, rows: Iterable[Kept], anchored: Mapping[int, str]) -> VerifyResult:
        """Every link against the one before it."""
        count, prev = 0, self._genesis(municipality)
        for row in rows:
            reason = self._fault(row, count + 1, prev)
            if not reason and anchored.get(row.seq, row.mac.hex()) != row.mac.hex():
                reason = "another link than the anchored one"
            if reason:
                return VerifyResult(municipality, count, count + 1, reason)
            count, prev = count + 1, row.mac
        return VerifyResult(municipality, count)

    def _fault(self, row: Kept, seq: int, prev: bytes) -> str:
        """What is wrong with one link, "" for nothing."""
        if row.seq != seq:
            return "a link is missing"
        if row.prev != prev:
            return "the link does not follow the one before"
        return "" if hmac.compare_digest(row.mac, self._mac(row[:-2], prev)) else "the link was changed"

    def _mac(self, link: Sequence[object], prev: bytes) -> bytes:
        """The mac of a link: of its columns in the order of the table, and of the mac before."""
        return hmac.digest(self._key, json.dumps(["link", *map(str, link)]).encode() + prev, "sha256")

    def _genesis(self, municipality: str) -> bytes:
        return hmac.digest(self._key, json.dumps(["genesis", municipality]).encode(), "sha256")

    def _sign(self, line: list[str | int]) -> str:
        return hmac.digest(self._key, json.dumps(["anchor", *line]).encode(), "sha256").hex()

    def _read_anchors(self, municipality: str, path: Path) -> dict[int, str]:
        """The anchored macs by ``seq``. A line written without the key stands for an impossible link."""
        anchored: dict[int, str] = {}
        for text in path.read_text(encoding="utf-8").splitlines():
            *line, signature = json.loads(text)
            if line[1] != municipality:
                continue
            is_signed = hmac.compare_digest(str(signature), self._sign(line))
            anchored[int(line[2])] = str(line[3]) if is_signed else "forged"
        return {seq: mac for seq, mac in anchored.items() if seq}


def _event(row: Kept) -> Event:
    return Event(
        deed=Deed(row.deed),
        municipality=row.municipality,
        actor=row.actor,
        role=row.role,
        at=row.at,
        visit_id=row.visit_id,
        clinic_id=row.clinic_id,
    )
