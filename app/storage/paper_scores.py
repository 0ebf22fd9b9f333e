"""Scores of licensed papers: one sealed row each, by the key of whom the visit is about."""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select

from app.storage import visit_statements as statements
from app.storage.audit import AuditChain
from app.storage.lookups import Lookup
from app.storage.score_tables import paper_scores
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept, Vault
from app.storage.visit_rows import owner
from app.visit.instruments import PaperScore
from app.visit.ports import Event
from app.visit.visit import Visit

_OF_VISIT = (
    select(paper_scores)
    .where(
        paper_scores.c.municipality == bindparam("municipality"),
        paper_scores.c.visit_id == bindparam("visit_id"),
    )
    .order_by(paper_scores.c.number)
)
_ALL = Lookup(_OF_VISIT)


class KeptPaperScores:
    """The port `app.visit.ports.PaperScores`."""

    def __init__(self, vault: Vault, chain: AuditChain) -> None:
        self._vault = vault
        self._chain = chain

    def enter(self, visit: Visit, score: PaperScore, key: str, event: Event) -> PaperScore:
        """The score as the next entry; the same figures with the same ``key`` are the entry they made.

        The visit's row is locked first, so that of two taps the second finds what the first made.
        Errors: ForgottenError (a KeyError).
        """
        sealing_key, key_hash = self._key(visit), self._key_hash(visit, score, key)
        with self._vault.database.writing() as connection:
            connection.execute(statements.REVISION, {"of": visit.municipality, "visit_id": visit.id})
            made = self._rows(connection, visit)
            for row in made:
                if row.key_hash == key_hash:
                    return _read(row, sealing_key)
            kept = replace(score, number=max((row.number for row in made), default=0) + 1)
            connection.execute(insert(paper_scores), _row(visit, kept, sealing_key) | {"key_hash": key_hash})
            self._chain.append(connection, event)
        return kept

    def of_visit(self, visit: Visit) -> tuple[PaperScore, ...]:
        """Every entry of the visit by number. Errors: ForgottenError (a KeyError)."""
        key = self._key(visit)
        rows = _ALL.all(self._vault.database, municipality=visit.municipality, visit_id=visit.id)
        return tuple(_read(row, key) for row in rows)

    def _rows(self, connection: Connection, visit: Visit) -> list[Kept]:
        wanted = {"municipality": visit.municipality, "visit_id": visit.id}
        return list(connection.execute(_OF_VISIT, wanted))

    def _key(self, visit: Visit) -> bytes:
        """The key that seals it. Errors: ForgottenError (a KeyError)."""
        return self._vault.keys.key(visit.municipality, owner(visit))

    def _key_hash(self, visit: Visit, score: PaperScore, key: str) -> bytes:
        """Of the form and of what was typed: a page from the browser's memory may hold a correction."""
        typed = (score.instrument, str(score.total), str(score.critical), score.entered_by)
        return self._vault.ring.hash("paper_score", visit.id, key, *typed)


def _row(visit: Visit, score: PaperScore, key: bytes) -> dict[str, object]:
    plain = {
        "instrument": score.instrument,
        "total": score.total,
        "critical": score.critical,
        "entered_by": score.entered_by,
    }
    return {
        "municipality": visit.municipality,
        "visit_id": visit.id,
        "number": score.number,
        "at": score.at,
        "sealed": seal_plain(key, _cell((visit.municipality, visit.id), score), plain),
    }


def _read(row: Kept, key: bytes) -> PaperScore:
    """The score of a row. Errors: SealError."""
    plain = unseal_plain(key, _cell((row.municipality, row.visit_id), row), row.sealed)
    return PaperScore(
        instrument=plain["instrument"],
        total=plain["total"],
        critical=plain["critical"],
        entered_by=plain["entered_by"],
        at=row.at,
        number=row.number,
    )


def _cell(of: tuple[str, str], it: PaperScore | Kept) -> Cell:
    """Bound to its moment too, so that no entry can be dated otherwise."""
    return Cell("paper_scores", (*of, it.at.isoformat()), "sealed", it.number)
