"""An expectant mother as she declares herself, and the days on which a birth may be due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.fault import Fault
from app.people.person import Subject, SubjectKind
from app.schedule.dates import PREGNANCY_DAYS, age_on

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


@dataclass(frozen=True, slots=True)
class Dates:
    """When a birth is or was due, and when the pregnancy ended; None for what is not told."""

    due_date: date | None = None
    ended_on: date | None = None


def check_dates(
    subject: Subject, due_date: date | Fault, ended_on: date | Fault | None, today: date
) -> Dates | tuple[Fault, ...]:
    """The dates, if they may be those of this subject, or every fault in the order of the form.

    Shapes: a due date that was kept before is not judged anew.
    """
    is_mother = subject.kind is SubjectKind.MOTHER
    if due_date != subject.due_date or due_date is None:
        due_date = due_of_mother(due_date, today) if is_mother else due_of_child(due_date, subject.birth_date)
    if isinstance(ended_on, date) and isinstance(due_date, date):
        ended_on = end_of_pregnancy(ended_on, due_date, today)
    faults = tuple(one for one in (due_date, ended_on) if isinstance(one, Fault))
    if faults or isinstance(due_date, Fault) or isinstance(ended_on, Fault):
        return faults
    return Dates(due_date, ended_on)


def end_of_pregnancy(ended_on: date, due_date: date, today: date) -> date | Fault:
    """The day, if a pregnancy with this due date may have ended then.

    Units: from the day that its weeks count from to 30 days after the due date, both included (D).
    """
    if ended_on > today:
        return Fault("ended_on", "date_in_future")
    is_likely = due_date - timedelta(days=PREGNANCY_DAYS) <= ended_on <= due_date + AFTER_DUE
    return ended_on if is_likely else Fault("ended_on", "ended_far_from_due")


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
