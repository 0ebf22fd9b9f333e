"""Doses that a parent copied from the 母子健康手帳: what a row may say, and how the history reads.

What was copied is what paper says: it is never refused for being medically unlikely, only for being
impossible. Whether a dose counts is for the schedule and the doctor to say.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.fault import Fault

DOUBTS = frozenset({"dose_order"})
"""Faults that are no more than a question."""


@dataclass(frozen=True, slots=True)
class CopiedDose:
    """One dose as it was copied.

    Shapes: ``vaccine`` a code of the schedule, or "" for what the doctor has to decide: given abroad, or on
    a day nobody knows (``given_on`` None); such a dose has ``as_written`` and the ``diseases`` it
    protects against. ``product`` "" when not known. ``revision`` counts changes of this dose.
    """

    id: str
    vaccine: str
    given_on: date | None
    product: str = ""
    lot: str = ""
    note: str = ""
    country: str = ""
    as_written: str = ""
    diseases: tuple[str, ...] = ()
    revision: int = 0

    @property
    def is_for_the_doctor(self) -> bool:
        """Whether nobody but the doctor may say what it counts for."""
        return not self.vaccine

    def says_the_same_as(self, other: "CopiedDose") -> bool:
        """Whether both are copies of one entry: all but id and revision."""
        return _content(self) == _content(other)


def _content(dose: CopiedDose) -> tuple[object, ...]:
    return (
        *(dose.vaccine, dose.given_on, dose.product, dose.lot),
        *(dose.note, dose.country, dose.as_written, dose.diseases),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was typed. ``field`` is the start of its fields' names; the others as read."""

    field: str
    vaccine: str
    given_on: date | Fault
    product: str | Fault = ""
    lot: str | Fault = ""

    def dose(self, dose_id: str = "") -> CopiedDose | None:
        """The dose it names, possible or not; None for a row with a fault."""
        day, product, lot = self.given_on, self.product, self.lot
        if isinstance(day, Fault) or isinstance(product, Fault) or isinstance(lot, Fault):
            return None
        return CopiedDose(dose_id, self.vaccine, day, product, lot)


def product_among(field: str, typed: str, offered: Sequence[str]) -> str | Fault:
    """The product that was chosen, "" for none; a fault for one that is not offered for this vaccine."""
    return typed if not typed or typed in offered else Fault(f"{field}-product", "choose_one")


def faults_of(
    rows: Sequence[Row], kept: Sequence[CopiedDose], life: tuple[date, date], *, is_sure: bool = False
) -> tuple[Fault, ...]:
    """What is impossible in these rows, and what should be looked at once more, in their order.

    Shapes: ``kept`` are the doses copied before, without one that is being changed; ``life`` is from the
    birth to today; ``is_sure`` that she has already looked at what is only unlikely.
    """
    copied = [(dose.vaccine, dose.given_on) for dose in kept]
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        before = [one.given_on for one in rows[:number] if one.vaccine == row.vaccine]
        wrong = _wrong_with(row, before, life)
        if isinstance(row.given_on, Fault):
            faults.append(row.given_on)
        elif wrong and not (is_sure and wrong in DOUBTS):
            faults.append(Fault(f"{row.field}-year", wrong))
        elif (row.vaccine, row.given_on) in copied:
            faults.append(Fault(f"{row.field}-year", "dose_already_copied"))
        faults += [one for one in (row.product, row.lot) if isinstance(one, Fault)]
    return tuple(faults)


def _wrong_with(row: Row, before: Sequence[date | Fault], life: tuple[date, date]) -> str:
    """What is wrong with the day of a row behind these days of its vaccine, "" for nothing."""
    day, days = row.given_on, [one for one in before if isinstance(one, date)]
    if isinstance(day, Fault):
        return ""
    if day > life[1]:
        return "date_in_future"
    if day < life[0]:
        return "dose_before_birth"
    if day in days:
        return "dose_twice"
    return "dose_order" if days and day < max(days) else ""


def are_all_kept(doses: Sequence[CopiedDose], kept: Sequence[CopiedDose]) -> bool:
    """Whether every one of these was copied before, word for word: a second tap, not a second dose."""
    return bool(doses) and all(any(one.says_the_same_as(other) for other in kept) for one in doses)


@dataclass(frozen=True, slots=True)
class Group:
    """The doses of one vaccine by day; ``is_unusual`` when they are more than somebody is usually given."""

    vaccine: str
    doses: tuple[CopiedDose, ...]
    is_unusual: bool = False


def grouped(doses: Sequence[CopiedDose], most: Mapping[str, int | None]) -> tuple[Group, ...]:
    """The history by vaccine; what the doctor decides comes last (``""``).

    Shapes: ``most`` doses that somebody is usually given, of each vaccine in the order of the handbook.
    """
    often = Counter(dose.vaccine for dose in doses)
    others = sorted(often.keys() - most.keys(), key=lambda code: (not code, code))
    groups = []
    for code in (*(code for code in most if code in often), *others):
        own = sorted((dose for dose in doses if dose.vaccine == code), key=_by_day)
        usual = most.get(code)
        groups.append(Group(code, tuple(own), usual is not None and often[code] > usual))
    return tuple(groups)


def _by_day(dose: CopiedDose) -> tuple[bool, date, str]:
    """By day, those without one last."""
    return dose.given_on is None, dose.given_on or date.max, dose.as_written
