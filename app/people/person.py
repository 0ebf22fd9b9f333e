"""A person, whom she may answer for, and what her card said at sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class SubjectKind(StrEnum):
    """Whom forms are about, in the words of a programme's ``subject_is``."""

    CHILD = "child"
    MOTHER = "mother"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a form is about. ``name`` as in the 母子健康手帳, any script; ``kana`` may be "".

    Shapes: ``due_date`` of a mother is that of her pregnancy (None: none now); of a child the day it
    was due, told when it was born early and its corrected age matters (None: not told); ``ended_on`` the
    day a mother's pregnancy ended, by a birth or otherwise (None: it goes on, or she has not told).
    """

    id: str
    municipality: str
    name: str
    kana: str
    sex: Sex
    birth_date: date
    kind: SubjectKind = SubjectKind.CHILD
    due_date: date | None = None
    ended_on: date | None = None


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


RELATIONSHIPS = ("mother", "father", "grandparent", "other")
"""Of a guardian to a child, and of whoever brings it."""
SELF = "self"
"""The relationship of a mother to herself."""
NAME_LENGTH = 100
SELF_DECLARED_RIGHTS = frozenset({Right.ANSWER, Right.CONSENT, Right.SEE_OWN})


def self_declared(
    link_id: str, subject: Subject, person_id: str, relationship: str, *, since: datetime
) -> Guardianship:
    """The link of somebody who says herself what she is to the subject: as strong as a name on paper."""
    return Guardianship(
        id=link_id,
        municipality=subject.municipality,
        person_id=person_id,
        subject_id=subject.id,
        relationship=relationship,
        evidence=Evidence.G0,
        rights=SELF_DECLARED_RIGHTS,
        since=since,
    )


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child as its guardian declares it."""

    name: str
    kana: str
    sex: Sex
    birth_date: date
    relationship: str


def declare_child(
    names: Mapping[str, str | Fault],
    chosen: Mapping[str, str],
    birth_date: date | Fault,
    today: date,
) -> NewChild | tuple[Fault, ...]:
    """The child she declares, or every fault of the form in its order.

    Shapes: ``names`` has ``child_name child_kana`` and ``birth_date`` is a day, each as its own
    reader left it (a fault is passed on); ``chosen`` has ``child_sex relationship``.
    Errors: none; faults are values.
    """
    name, kana = names["child_name"], names["child_kana"]
    sex, relationship = chosen.get("child_sex", ""), chosen.get("relationship", "")
    found = (
        name or Fault("child_name", "child_name_missing"),
        kana,
        _of_a_child(birth_date, today),
        sex if sex in set(Sex) else Fault("child_sex", "choose_one"),
        relationship if relationship in RELATIONSHIPS else Fault("relationship", "choose_one"),
    )
    faults = tuple(one for one in found if isinstance(one, Fault))
    if faults or isinstance(name, Fault) or isinstance(kana, Fault) or isinstance(birth_date, Fault):
        return faults
    return NewChild(name, kana, Sex(sex), birth_date, relationship)


def _of_a_child(birth_date: date | Fault, today: date) -> date | Fault:
    """The day, if somebody born then is a child today."""
    if isinstance(birth_date, Fault):
        return birth_date
    if birth_date > today:
        return Fault("birth_date", "date_in_future")
    return Fault("birth_date", "child_too_old") if birth_date.year < today.year - 20 else birth_date
