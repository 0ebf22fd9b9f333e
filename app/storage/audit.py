"""The audit chain: append-only, one chain per municipality, each link bound to the one before.

The key of the chain lies in the ring, not in the database; heads are anchored to a file, so that
cutting off the newest links is found too. Links are written in the transaction of their deed. What is
older than the law asks is cut at a signed checkpoint.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.storage.anchors import Anchors
from app.storage.engine import Database
from app.storage.keys import KeyRing
from app.storage.tables import audit, audit_head
from app.storage.vault import Kept
from app.visit.ports import Deed, Event

_HEAD = select(audit_head).where(audit_head.c.municipality == bindparam("municipality"))
_LOCK_HEAD = _HEAD.with_for_update()
_ADD = insert(audit)
_MOVE_HEAD = (
    update(audit_head)
    .where(audit_head.c.municipality == bindparam("of"))
    .values(seq=bindparam("new_seq"), mac=bindparam("new_mac"))
)
_CHAIN = (
    select(audit)
    .where(audit.c.municipality == bindparam("municipality"))
    .order_by(audit.c.seq)
    .execution_options(yield_per=1000)
)
_OF_VISIT = select(audit).where(audit.c.visit_id == bindparam("visit_id")).order_by(audit.c.at, audit.c.seq)


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """How a chain stands: how many links are good, and which ``seq`` is the first that is not."""

    municipality: str
    count: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every link is there, unchanged and in order."""
        return self.broken_at is None


class AuditChain:
    """The port `app.visit.ports.Audit`, and the checking of the chains."""

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
        mac = self._mac("link", *link, prev=head.mac)
        connection.execute(_ADD, dict(zip(audit.c.keys(), (*link, head.mac, mac), strict=True)))
        connection.execute(_MOVE_HEAD, {"of": event.municipality, "new_seq": head.seq + 1, "new_mac": mac})

    def history(self, visit_id: str) -> tuple[Event, ...]:
        """What happened to a visit, oldest first."""
        with self._database.reading() as connection:
            return tuple(_event(row) for row in connection.execute(_OF_VISIT, {"visit_id": visit_id}))

    def municipalities(self, anchors: Path | None = None) -> tuple[str, ...]:
        """Whose chains exist, or once were anchored."""
        statement = select(audit.c.municipality).union(select(audit_head.c.municipality))
        anchored = Anchors(anchors, self._key).municipalities() if anchors else set()
        with self._database.reading() as connection:
            return tuple(sorted(anchored.union(connection.execute(statement).scalars())))

    def anchor(self, path: Path, now: datetime) -> int:
        """Every head that moved since its last anchor stands in this file, on the disk; how many did."""
        with self._database.reading() as connection:
            heads = {row.municipality: (row.seq, row.mac) for row in connection.execute(select(audit_head))}
        return Anchors(path, self._key).append(heads, now)

    def verify(self, municipality: str, anchors: Path | None = None) -> VerifyResult:
        """How this chain stands, checked link by link, against its head and against the anchors.

        Errors: none for a broken chain, which is a result; OSError when the anchors cannot be read.
        """
        anchored = Anchors(anchors, self._key).of(municipality) if anchors else {}
        with self._database.snapshot() as connection:
            head = connection.execute(_HEAD, {"municipality": municipality}).one_or_none()
            start = (head.kept_from, head.kept_prev) if head else (1, self._genesis(municipality))
            if head is not None and head.checkpoint != self._checkpoint(municipality, *start):
                return VerifyResult(municipality, 0, start[0], "the checkpoint was changed")
            with connection.execute(_CHAIN, {"municipality": municipality}) as rows:
                result = self._check(municipality, rows, start, anchored)
        last = start[0] + result.count - 1
        if result.is_whole and max(head.seq if head else 0, *anchored, 0) > last:
            return VerifyResult(municipality, result.count, last + 1, "the newest links were cut off")
        if result.is_whole and (head.seq if head else 0) < last:
            return VerifyResult(municipality, result.count, last, "the head does not name the newest link")
        return result

    def cut(self, municipality: str, before: datetime) -> int:
        """Links before this moment are gone, the chain begins at a signed checkpoint; how many they were.

        The newest link always stays, and so does every link behind the first that is not old enough.
        """
        chain = audit.c.municipality == municipality
        with self._database.writing() as connection:
            head = self._locked_head(connection, municipality)
            young = select(func.min(audit.c.seq)).where(chain, audit.c.at >= before)
            first = connection.execute(young).scalar_one() or head.seq
            prev = connection.execute(select(audit.c.prev).where(chain, audit.c.seq == first)).scalar()
            if prev is None or first <= head.kept_from:
                return 0
            connection.execute(delete(audit).where(chain, audit.c.seq < first))
            checkpoint = self._checkpoint(municipality, first, prev)
            connection.execute(
                update(audit_head)
                .where(audit_head.c.municipality == municipality)
                .values(kept_from=first, kept_prev=prev, checkpoint=checkpoint)
            )
        return int(first - head.kept_from)

    def _locked_head(self, connection: Connection, municipality: str) -> Kept:
        """The head, locked until the transaction ends; made for the first deed of a municipality."""
        found = connection.execute(_LOCK_HEAD, {"municipality": municipality}).one_or_none()
        if found is not None:
            return found
        genesis = self._genesis(municipality)
        first = {
            "municipality": municipality,
            "seq": 0,
            "mac": genesis,
            "kept_from": 1,
            "kept_prev": genesis,
            "checkpoint": self._checkpoint(municipality, 1, genesis),
        }
        connection.execute(self._database.insert(audit_head).on_conflict_do_nothing(), first)
        return connection.execute(_LOCK_HEAD, {"municipality": municipality}).one()

    def _check(
        self, municipality: str, rows: Iterable[Kept], start: tuple[int, bytes], anchored: Mapping[int, str]
    ) -> VerifyResult:
        """Every link against the one before it."""
        count, (seq, prev) = 0, start
        for row in rows:
            reason = self._fault(row, seq, prev)
            if not reason and anchored and anchored.get(seq, row.mac.hex()) != row.mac.hex():
                reason = "another link than the anchored one"
            if reason:
                return VerifyResult(municipality, count, seq, reason)
            count, seq, prev = count + 1, seq + 1, row.mac
        return VerifyResult(municipality, count)

    def _fault(self, row: Kept, seq: int, prev: bytes) -> str:
        """What is wrong with one link, "" for nothing."""
        if row.seq != seq:
            return "a link is missing"
        if row.prev != prev:
            return "the link does not follow the one before"
        is_ours = hmac.compare_digest(row.mac, self._mac("link", *row[:-2], prev=prev))
        return "" if is_ours else "the link was changed"

    def _mac(self, *values: object, prev: bytes = b"") -> bytes:
        """The mac of these values, and of the mac before."""
        return hmac.digest(self._key, json.dumps([str(value) for value in values]).encode() + prev, "sha256")

    def _genesis(self, municipality: str) -> bytes:
        return self._mac("genesis", municipality)

    def _checkpoint(self, municipality: str, kept_from: int, kept_prev: bytes) -> bytes:
        return self._mac("checkpoint", municipality, kept_from, prev=kept_prev)


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
