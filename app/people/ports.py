"""What the people room needs kept and proved; storage and identity implement it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.fault import Fault
from app.people.growth import Measurement
from app.people.person import Binding, CardFacts, Guardianship, Person, Subject


class People(Protocol):
    """Persons, subjects and their links. Every call is one transaction."""

    def sign_in(self, municipality: str, binding: Binding, now: datetime) -> Person:
        """The person of this binding, made at her first sign-in. Two at once make one person."""
        ...

    def add_subject(self, subject: Subject, link: Guardianship) -> None:
        """The subject and its first guardianship are kept (and audited)."""
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

    def remove(self, measurement: Measurement, now: datetime) -> None:
        """It is gone, and its removal by its author audited; removing twice is removing once."""
        ...
