"""Persons, subjects and links as rows, and back."""

from datetime import date

from app.people.person import Evidence, Guardianship, Right, Sex, Subject, SubjectKind
from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.vault import Kept


def binding_cell(municipality: str, person_id: str) -> Cell:
    """Where a login is sealed: by the person's key."""
    return Cell("binding", (municipality, person_id), "sealed")


def _subject_cell(municipality: str, subject_id: str) -> Cell:
    return Cell("subject", (municipality, subject_id), "sealed")


def _link_cell(row: Kept | Guardianship) -> Cell:
    return Cell("guardianship", (row.municipality, row.id, row.person_id, row.subject_id), "sealed")


def subject_row(subject: Subject, key: bytes) -> dict[str, str | bytes]:
    """The subject as its row."""
    plain = {
        "name": subject.name,
        "kana": subject.kana,
        "sex": subject.sex.value,
        "birth_date": subject.birth_date.isoformat(),
        "kind": subject.kind.value,
        "due_date": None if subject.due_date is None else subject.due_date.isoformat(),
        "ended_on": None if subject.ended_on is None else subject.ended_on.isoformat(),
    }
    sealed = seal_plain(key, _subject_cell(subject.municipality, subject.id), plain)
    return {"municipality": subject.municipality, "id": subject.id, "sealed": sealed}


def read_subject(row: Kept, key: bytes) -> Subject:
    """The subject of a row. A row from before there were mothers is a child. Errors: SealError."""
    plain = unseal_plain(key, _subject_cell(row.municipality, row.id), row.sealed)
    due_date, ended_on = plain.get("due_date"), plain.get("ended_on")
    return Subject(
        id=row.id,
        municipality=row.municipality,
        name=plain["name"],
        kana=plain["kana"],
        sex=Sex(plain["sex"]),
        birth_date=date.fromisoformat(plain["birth_date"]),
        kind=SubjectKind(plain.get("kind", SubjectKind.CHILD.value)),
        due_date=None if due_date is None else date.fromisoformat(due_date),
        ended_on=None if ended_on is None else date.fromisoformat(ended_on),
    )


def link_row(link: Guardianship, key: bytes) -> dict[str, object]:
    """The link as its row, sealed by its subject's key."""
    plain = {
        "relationship": link.relationship,
        "evidence": link.evidence.value,
        "rights": sorted(right.value for right in link.rights),
    }
    return {
        "municipality": link.municipality,
        "id": link.id,
        "person_id": link.person_id,
        "subject_id": link.subject_id,
        "since": link.since,
        "until": link.until,
        "sealed": seal_plain(key, _link_cell(link), plain),
    }


def read_link(row: Kept, key: bytes) -> Guardianship:
    """The link of a row, sealed by its subject's key. Errors: SealError."""
    plain = unseal_plain(key, _link_cell(row), row.sealed)
    return Guardianship(
        id=row.id,
        municipality=row.municipality,
        person_id=row.person_id,
        subject_id=row.subject_id,
        relationship=plain["relationship"],
        evidence=Evidence(plain["evidence"]),
        rights=frozenset(Right(right) for right in plain["rights"]),
        since=row.since,
        until=row.until,
    )
