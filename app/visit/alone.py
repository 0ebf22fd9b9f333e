"""Who may come to a vaccination without a guardian, and which questions are asked then."""

from collections.abc import Sequence
from datetime import date

from app.people.person import Subject
from app.questionnaire.programme import Programme, Who
from app.schedule.dates import MONTHS_IN_YEAR, reach

ALONE = "alone"
"""The companion of somebody who comes without one."""


def may_come_alone(programmes: Sequence[Programme], subject: Subject, day: date) -> bool:
    """Whether on this day every one of these may be received without a guardian.

    Source: reference/vaccination.md 3 (13 and older, Japanese encephalitis and HPV only).
    """
    return bool(programmes) and all(
        one.alone_from_years and _has_reached(subject, one.alone_from_years, day) for one in programmes
    )


def signs_for_herself(programmes: Sequence[Programme], subject: Subject, day: date) -> bool:
    """Whether on this day the recipient's own signature is enough for every one of these."""
    return bool(programmes) and all(
        any(
            signer.who is Who.RECIPIENT and _has_reached(subject, signer.from_years, day)
            for signer in one.signers
        )
        for one in programmes
    )


def asks_as_alone(programmes: Sequence[Programme], subject: Subject, companion: str, day: date) -> bool:
    """Whether the form for those who come without a guardian is asked: alone, and too young to sign."""
    return companion == ALONE and not signs_for_herself(programmes, subject, day)


def _has_reached(subject: Subject, years: int, day: date) -> bool:
    return reach(subject.birth_date, years * MONTHS_IN_YEAR) <= day
