"""What the people room needs kept and proved; storage and identity implement it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.fault import Fault
from app.people.dose_history import CopiedDose
from app.people.expecting import Dates
from app.people.growth import Measurement
from app.people.person import Binding, CardFacts, Guardianship, Person, Subject


@dataclass(frozen=True, slots=True)
class Hand:
    """Which person changes something, and when (aware UTC)."""

    person_id: str
    at: datetime


class People(Protocol):
    """Persons, subjects and their links. Every call is one transaction."""

    def sign_in(self, municipality: str, binding: Binding, now: datetime) -> Person:
        """The person of this binding, made at her first sign-in. Two at once make one person."""
        ...

    def add_subject(self, subject: Subject, link: Guardianship) -> None:
        """The subject and its first guardianship are kept (and audited)."""
        ...

    def change_dates(self, subject: Subject, dates: Dates, hand: Hand) -> None:
        """The subject has these dates from now on (and the change is audited)."""
        ...

    def subject(self, subject_id: str) -> Subject | None:
        """The subject, or None when absent or forgotten."""
        ...

    def subjects_of(self, person_id: str, now: datetime) -> tuple[tuple[Subject, Guardianship], ...]:
        """Whom she may answer for now, oldest link first."""
        ...

    def guardianship(self, person_id: str, subject_id: str, now: datetime) -> Guardianship | None:
        """The valid link between the two, or None."""
        ...


class Histories(Protocol):
    """Doses that were copied from papers, one history for each subject. Every call is one transaction."""

    def doses(self, subject: Subject) -> tuple[CopiedDose, ...]:
        """Every dose of the subject, in no order. Errors: KeyError when forgotten."""
        ...

    def dose(self, subject: Subject, dose_id: str) -> CopiedDose | None:
        """The dose of the subject with this id, or None."""
        ...

    def add(self, subject: Subject, doses: Sequence[CopiedDose], hand: Hand) -> None:
        """All of them are kept, audited as one deed; an id that is there already is left as it is.

        Errors: KeyError when forgotten.
        """
        ...

    def change(self, subject: Subject, dose: CopiedDose, hand: Hand) -> bool:
        """Whether the dose is kept as given; not when its revision is not the kept one's, or it is gone."""
        ...

    def remove(self, subject: Subject, dose: CopiedDose, hand: Hand) -> bool:
        """Whether the dose is gone; not when its revision is not the kept one's."""
        ...


@dataclass(frozen=True, slots=True)
class LoginStart:
    """Where to send the browser, and the secret its cookie must bring back (url-safe text)."""

    url: str
    transaction: str


@dataclass(frozen=True, slots=True)
class LoginResult:
    """A proved login: who, what the card said, where she wanted to go."""

    binding: Binding
    facts: CardFacts
    next_path: str
    acr: str


class ParentLogin(Protocol):
    """The My Number card login (reference/identity.md 4)."""

    authorization_origin: str
    """Scheme, host and port of the provider, for ``form-action``."""

    def begin(self, next_path: str, now: datetime) -> LoginStart | Fault:
        """A transaction is kept for ten minutes. Fault ``login_unavailable`` when it cannot start."""
        ...

    def finish(self, transaction: str, query: dict[str, list[str]], now: datetime) -> LoginResult | Fault:
        """Checks everything and uses the transaction up.

        Errors, as faults: ``login_cancelled``, ``login_other_browser`` (no or foreign transaction),
        ``login_refused`` (any failed check), ``login_unavailable`` (provider down, slow or broken).
        """
        ...


class Measurements(Protocol):
    """What was measured of each subject, sealed. Every call is one transaction."""

    def of_subject(self, subject_id: str) -> tuple[Measurement, ...]:
        """All of them, whoever wrote them; oldest day first. Nothing of a forgotten subject."""
        ...

    def add(self, measurement: Measurement) -> None:
        """It is kept (and audited)."""
        ...

    def remove(self, measurement: Measurement, hand: Hand) -> None:
        """It is gone, and its removal by this hand audited; removing twice is removing once."""
        ...
