"""A person, whom she may answer for, and what her card said at sign-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from unicodedata import normalize

from app.fault import Fault


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the provider told at this sign-in; kept only with the session until she confirms it.

    Shapes: every text may be ""; ``birth_date`` None when missing or not a whole date.
    """

    name: str = ""
    address: str = ""
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """Which login stands for a person: never the key of a person (Source: reference/identity.md 0.8)."""

    issuer: str
    client_id: str
    sub: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in as a citizen. ``id`` is ours and random."""

    id: str
    municipality: str


class Sex(StrEnum):
    """As the official sheet has it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a form is about. ``name`` as in the 母子健康手帳, any script; ``kana`` may be ""."""

    id: str
    municipality: str
    name: str
    kana: str
    sex: Sex
    birth_date: date


class Evidence(StrEnum):
    """How a guardianship is proved: G0 self-declared … G4 at the counter (reference/identity.md 3)."""

    G0 = "G0"
    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G4 = "G4"


class Right(StrEnum):
    """What a guardianship allows."""

    ANSWER = "answer"
    CONSENT = "consent"
    SEE_OWN = "see_own"
    SEE_HISTORY = "see_history"


@dataclass(frozen=True, slots=True)
class Guardianship:
    """The link person–subject. Valid from ``since`` until ``until`` (None: open), both aware UTC."""

    id: str
    municipality: str
    person_id: str
    subject_id: str
    relationship: str
    evidence: Evidence
    rights: frozenset[Right]
    since: datetime
    until: datetime | None = None

    def allows(self, right: Right, now: datetime) -> bool:
        """Whether the link carries this right at this moment."""
        return right in self.rights and self.since <= now and (self.until is None or now < self.until)


SELF_DECLARED_RIGHTS = frozenset({Right.ANSWER, Right.CONSENT, Right.SEE_OWN})
RELATIONSHIPS = ("mother", "father", "grandparent", "other")
NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child as its guardian declares it."""

    name: str
    kana: str
    sex: Sex
    birth_date: date
    relationship: str


def declare_child(
    typed: Mapping[str, Sequence[str]], birth_date: date | Fault, today: date
) -> NewChild | tuple[Fault, ...]:
    """The child she declares, or every fault of the form.

    Shapes: ``typed`` has ``child_name child_kana child_sex relationship``; ``birth_date`` was read
    from its own fields by the caller (its fault is passed on). Errors: none; faults are values.
    """
    faults: list[Fault] = []
    name = _one(typed, "child_name")
    kana = _one(typed, "child_kana")
    sex = _one(typed, "child_sex")
    relationship = _one(typed, "relationship")
    if not name:
        faults.append(Fault("child_name", "child_name_missing"))
    for field, text in (("child_name", name), ("child_kana", kana)):
        if len(text) > NAME_LENGTH:
            faults.append(Fault(field, "too_long", {"most": str(NAME_LENGTH), "length": str(len(text))}))
    if isinstance(birth_date, Fault):
        faults.append(birth_date)
    elif birth_date > today:
        faults.append(Fault("birth_date", "date_in_future"))
    elif birth_date.year < today.year - 20:
        faults.append(Fault("birth_date", "child_too_old"))
    if sex not in set(Sex):
        faults.append(Fault("child_sex", "choose_one"))
    if relationship not in RELATIONSHIPS:
        faults.append(Fault("relationship", "choose_one"))
    if faults or isinstance(birth_date, Fault):
        return tuple(faults)
    return NewChild(name, kana, Sex(sex), birth_date, relationship)


def _one(typed: Mapping[str, Sequence[str]], field: str) -> str:
    """The first value of a field, tidied: NFC, no control or direction marks, no outer spaces."""
    values = typed.get(field) or [""]
    return tidy_line(values[0])


def tidy_line(text: str) -> str:
    """One line of text as a person meant it: NFC, without control and direction characters."""
    kept = "".join(
        " " if char in "\r\n\t" else char for char in normalize("NFC", text) if not is_invisible(char)
    )
    return " ".join(kept.split(" ")).strip(" \u3000")


def is_invisible(char: str) -> bool:
    """Control characters (NUL, …) and the marks that turn the direction of text. Line ends are not."""
    code = ord(char)
    if char in "\r\n\t":
        return False
    return code < 0x20 or 0x7F <= code <= 0x9F or char in DIRECTION_MARKS


DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
