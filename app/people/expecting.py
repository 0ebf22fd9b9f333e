"""An expectant mother as she declares herself, and the days on which a birth may be due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.fault import Fault
from app.people.person import Subject, SubjectKind
from app.schedule.dates import age_on

AFTER_DUE, BEFORE_DUE = timedelta(days=30), timedelta(days=300)
BORN_LATE, BORN_EARLY = timedelta(days=30), timedelta(days=150)
YEARS_OF_A_MOTHER = range(8, 71)
"""What is taken without a question (D); outside it a year was mistyped."""


@dataclass(frozen=True, slots=True)
class NewMother:
    """A mother as she declares herself."""

    name: str
    kana: str
    birth_date: date
    due_date: date


def declare_mother(
    names: Mapping[str, str | Fault],
    birth_date: date | Fault,
    due_date: date | Fault,
    today: date,
) -> NewMother | tuple[Fault, ...]:
    """The mother she declares herself to be, or every fault of the form in its order.

    Shapes: ``names`` has ``mother_name mother_kana``; each value and day as its own reader left it (a
    fault is passed on). Errors: none; faults are values.
    """
    name, kana = names["mother_name"] or Fault("mother_name", "mother_name_missing"), names["mother_kana"]
    born, due = _of_a_mother(birth_date, today), due_of_mother(due_date, today)
    found = (name, kana, born, due)
    if isinstance(name, str) and isinstance(kana, str) and isinstance(born, date) and isinstance(due, date):
        return NewMother(name, kana, born, due)
    return tuple(one for one in found if isinstance(one, Fault))


def check_due_date(subject: Subject, due_date: date | Fault, today: date) -> date | Fault:
    """The day, if a birth may be, or may have been, due then for this subject."""
    if subject.kind is SubjectKind.MOTHER:
        return due_of_mother(due_date, today)
    return due_of_child(due_date, subject.birth_date)


def due_of_mother(due_date: date | Fault, today: date) -> date | Fault:
    """The day, if a pregnancy of today may be due then.

    Units: 30 days ago to 300 days from now, both included. Source: reference/checkups.md 1.5 preg.edd.
    """
    if isinstance(due_date, Fault):
        return due_date
    is_likely = today - AFTER_DUE <= due_date <= today + BEFORE_DUE
    return due_date if is_likely else Fault("due_date", "due_date_of_mother")


def due_of_child(due_date: date | Fault, born: date) -> date | Fault:
    """The day, if a child of this birth date may have been due then.

    Units: 30 days before the birth to 150 days after it, both included (D: born in about week 44 to 19).
    """
    if isinstance(due_date, Fault):
        return due_date
    is_likely = born - BORN_LATE <= due_date <= born + BORN_EARLY
    return due_date if is_likely else Fault("due_date", "due_date_of_child")


def _of_a_mother(birth_date: date | Fault, today: date) -> date | Fault:
    """The day, if somebody born then may be a mother today."""
    if isinstance(birth_date, Fault):
        return birth_date
    if birth_date > today:
        return Fault("birth_date", "date_in_future")
    years, _, _ = age_on(birth_date, today)
    return birth_date if years in YEARS_OF_A_MOTHER else Fault("birth_date", "mother_birth_year")
