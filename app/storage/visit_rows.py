"""Visits, drafts and submissions as rows, and back. What is sealed is sealed by the subject's key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.questionnaire.answers import from_plain, to_plain
from app.questionnaire.definition import Question
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept
from app.visit.visit import Draft, Kind, Share, State, Submission, Visit

Pins = tuple[tuple[str, int], ...]
QuestionsOf = Callable[[Pins], Mapping[str, Question]]
Plain = dict[str, Any]  # Any: JSON


def owner(visit: Visit) -> str:
    """Whose key seals this visit."""
    return f"subject:{visit.subject_id}"


def visit_row(visit: Visit, key: bytes) -> dict[str, object]:
    """The visit as its row."""
    plan = {
        "programmes": visit.programmes,
        "pins": visit.pins,
        "programme_pins": visit.programme_pins,
        "companion": visit.companion,
        "planned_on": _iso(visit.planned_on),
    }
    return {
        "municipality": visit.municipality,
        "id": visit.id,
        "subject_id": visit.subject_id,
        "person_id": visit.person_id,
        "state": visit.state.value,
        "clinic_id": visit.clinic_id,
        "bound_clinic_id": visit.bound_clinic_id,
        "generation": visit.generation,
        "revision": visit.revision,
        "prepared_at": visit.prepared_at,
        "issued_at": visit.issued_at,
        "received_at": visit.received_at,
        "closed_at": visit.closed_at,
        "plan": seal_plain(key, _visit_cell(visit), plan),
    }


def read_visit(row: Kept, key: bytes) -> Visit:
    """The visit of a row. Errors: SealError."""
    plan = unseal_plain(key, _visit_cell(row), row.plan)
    return Visit(
        id=row.id,
        municipality=row.municipality,
        subject_id=row.subject_id,
        person_id=row.person_id,
        programmes=tuple(plan["programmes"]),
        pins=tuple((part, version) for part, version in plan["pins"]),
        companion=plan["companion"],
        prepared_at=row.prepared_at,
        state=State(row.state),
        clinic_id=row.clinic_id,
        planned_on=_date(plan["planned_on"]),
        generation=row.generation,
        issued_at=row.issued_at,
        bound_clinic_id=row.bound_clinic_id,
        received_at=row.received_at,
        closed_at=row.closed_at,
        revision=row.revision,
        programme_pins=tuple((family, version) for family, version in plan.get("programme_pins", ())),
    )


def draft_row(draft: Draft, municipality: str, key: bytes) -> dict[str, object]:
    """The draft as its row."""
    plain = {
        "answers": to_plain(draft.answers),
        "typed": {
            page: {name: list(values) for name, values in raw.items()} for page, raw in draft.typed.items()
        },
        "language": draft.language,
        "earlier": dict(draft.earlier),
    }
    cell = _draft_cell(municipality, draft.visit_id, draft.revision)
    return {
        "municipality": municipality,
        "visit_id": draft.visit_id,
        "revision": draft.revision,
        "sealed": seal_plain(key, cell, plain),
    }


def read_draft(row: Kept, key: bytes, questions: Mapping[str, Question]) -> Draft:
    """The draft of a row. Errors: SealError."""
    plain = unseal_plain(key, _draft_cell(row.municipality, row.visit_id, row.revision), row.sealed)
    return Draft(
        visit_id=row.visit_id,
        answers=from_plain(plain["answers"], questions),
        language=plain["language"],
        revision=row.revision,
        typed=plain["typed"],
        earlier=plain.get("earlier", {}),
    )


@dataclass(frozen=True, slots=True)
class Submitting:
    """A submission on its way into its row."""

    submission: Submission
    municipality: str
    key_hash: bytes

    def row(self, key: bytes) -> dict[str, object]:
        """The submission as its row."""
        it = self.submission
        plain = {
            "kind": it.kind.value,
            "answers": to_plain(it.answers),
            "language": it.language,
            "review_state": it.review_state,
            "share": _plain_share(it.share),
            "answered_on": _iso(it.answered_on),
            "by_pass": it.by_pass,
        }
        cell = _submission_cell(self.municipality, it.visit_id, it.id, it.number)
        return {
            "municipality": self.municipality,
            "visit_id": it.visit_id,
            "number": it.number,
            "id": it.id,
            "key_hash": self.key_hash,
            "at": it.at,
            "sealed": seal_plain(key, cell, plain),
        }


def read_submission(row: Kept, key: bytes, questions: Mapping[str, Question]) -> Submission:
    """The submission of a row. Errors: SealError."""
    cell = _submission_cell(row.municipality, row.visit_id, row.id, row.number)
    plain = unseal_plain(key, cell, row.sealed)
    return Submission(
        id=row.id,
        visit_id=row.visit_id,
        number=row.number,
        kind=Kind(plain["kind"]),
        answers=from_plain(plain["answers"], questions),
        language=plain["language"],
        review_state=plain["review_state"],
        at=row.at,
        share=_share(plain["share"]),
        answered_on=_date(plain["answered_on"]),
        by_pass=plain["by_pass"],
    )


def _visit_cell(it: Visit | Kept) -> Cell:
    """Bound to subject and person too, so that no row can be handed to somebody else."""
    return Cell("visit", (it.municipality, it.id, it.subject_id, it.person_id), "plan", it.revision)


def _draft_cell(municipality: str, visit_id: str, revision: int) -> Cell:
    return Cell("draft", (municipality, visit_id), "sealed", revision)


def _submission_cell(municipality: str, visit_id: str, submission_id: str, number: int) -> Cell:
    return Cell("submission", (municipality, visit_id, submission_id), "sealed", number)


def _plain_share(share: Share | None) -> Plain | None:
    if share is None:
        return None
    return {
        "clinic_id": share.clinic_id,
        "until": share.until.isoformat(),
        "language": share.language,
        "text_sha256": share.text_sha256,
    }


def _share(plain: Plain | None) -> Share | None:
    if plain is None:
        return None
    until = datetime.fromisoformat(plain["until"])
    return Share(plain["clinic_id"], until, plain["language"], plain["text_sha256"])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
