"""Municipalities, clinics, the people who work there and the terminals at their desks."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Municipality:
    """Who runs this instance for its citizens.

    Shapes: ``id`` is the six-digit local government code or a demo code; ``required_review`` is the
    review state from which a language is offered without the Japanese beside it.
    """

    id: str
    name: str
    phone: str
    required_review: str = "reviewed"


@dataclass(frozen=True, slots=True)
class Clinic:
    """Any place that receives: a practice, a hospital, a health centre."""

    id: str
    municipality: str
    name: str
    phone: str
    address: str = ""


class Role(StrEnum):
    """What a member of staff does."""

    RECEPTION = "reception"
    NURSE = "nurse"
    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Staff:
    """One member of a clinic's staff. ``login`` is what is typed at sign-in."""

    id: str
    municipality: str
    clinic_id: str
    login: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Terminal:
    """An enrolled reception device."""

    id: str
    municipality: str
    clinic_id: str
    name: str
