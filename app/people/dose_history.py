"""Doses that a parent copied from the 母子健康手帳: what a row may say, and how the history reads.

What was copied is what paper says: it is never refused for being medically unlikely, only for being
impossible. Whether a dose counts is for the schedule and the doctor to say.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.fault import Fault


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine as the handbook's pages name it.

    Shapes: ``products`` whose difference matters; ``rows`` are offered for copying; ``most`` doses that
    somebody is usually given (D), None where there is no such number. Units: ``from_months`` the age from
    which a handbook of today usually has it, None for seldom; it decides what stands open, nothing else.
    """

    code: str
    products: tuple[str, ...] = ()
    rows: int = 1
    most: int | None = None
    from_months: int | None = None


VACCINES = (
    Vaccine("ROTA", ("RV1", "RV5"), 3, 3, 2),
    Vaccine("HEPB", (), 3, 3, 2),
    Vaccine("DPT_IPV_HIB", (), 4, 4, 2),
    Vaccine("DPT_IPV", (), 4, 4),
    Vaccine("IPV", (), 4, 4),
    Vaccine("DPT", (), 4, 4),
    Vaccine("HIB", (), 4, 4),
    Vaccine("PCV", ("PCV7", "PCV13", "PCV15", "PCV20"), 4, 4, 2),
    Vaccine("BCG", (), 1, 1, 5),
    Vaccine("MR", (), 2, 2, 12),
    Vaccine("M", (), 1, 2),
    Vaccine("R", (), 1, 2),
    Vaccine("VAR", (), 2, 2, 12),
    Vaccine("MUMPS", (), 2, 2),
    Vaccine("JE", (), 4, 4, 36),
    Vaccine("DT", (), 1, 1, 132),
    Vaccine("HPV", ("HPV2", "HPV4", "HPV9"), 3, 3, 144),
    Vaccine("RSV_MAT", ("ABRYSVO",)),
    Vaccine("FLU", ("INJECTION", "NASAL"), 2),
    Vaccine("COVID", (), 2),
)
"""In the order of the handbook. Source: reference/vaccination.md 1; the numbers of doses D."""
DOUBTS = frozenset({"dose_order"})
"""Faults that are no more than a question."""
BY_CODE = MappingProxyType({one.code: one for one in VACCINES})


@dataclass(frozen=True, slots=True)
class CopiedDose:
    """One dose as it was copied.

    Shapes: ``vaccine`` a code of `VACCINES`, or "" for what the doctor has to decide: given abroad, or on
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
    """One row as it was typed. ``field`` is the start of its fields' names; day and lot as read."""

    field: str
    vaccine: str
    given_on: date | Fault
    product: str = ""
    lot: str | Fault = ""

    @property
    def is_readable(self) -> bool:
        """Whether it names a dose at all, possible or not."""
        return isinstance(self.given_on, date) and isinstance(self.lot, str)

    def dose(self, dose_id: str) -> CopiedDose:
        """The dose it names. Errors: TypeError for a row with a fault."""
        if isinstance(self.given_on, Fault) or isinstance(self.lot, Fault):
            raise TypeError("a row with a fault is no dose")
        return CopiedDose(dose_id, self.vaccine, self.given_on, self.product, self.lot)


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
        faults += _faults_beside_the_day(row)
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


def _faults_beside_the_day(row: Row) -> Iterator[Fault]:
    if row.product and row.product not in BY_CODE[row.vaccine].products:
        yield Fault(f"{row.field}-product", "choose_one")
    if isinstance(row.lot, Fault):
        yield row.lot


def are_all_kept(doses: Sequence[CopiedDose], kept: Sequence[CopiedDose]) -> bool:
    """Whether every one of these was copied before, word for word: a second tap, not a second dose."""
    return bool(doses) and all(any(one.says_the_same_as(other) for other in kept) for one in doses)


@dataclass(frozen=True, slots=True)
class Group:
    """The doses of one vaccine by day; ``is_unusual`` when they are more than somebody is usually given."""

    vaccine: str
    doses: tuple[CopiedDose, ...]
    is_unusual: bool = False


def grouped(doses: Sequence[CopiedDose]) -> tuple[Group, ...]:
    """The history by vaccine, in the order of the handbook; what the doctor decides comes last (``""``)."""
    often = Counter(dose.vaccine for dose in doses)
    groups = []
    for code in (*BY_CODE, ""):
        most = BY_CODE[code].most if code else None
        own = sorted((dose for dose in doses if dose.vaccine == code), key=_by_day)
        if own:
            groups.append(Group(code, tuple(own), most is not None and often[code] > most))
    return tuple(groups)


def _by_day(dose: CopiedDose) -> tuple[bool, date, str]:
    """By day, those without one last."""
    return dose.given_on is None, dose.given_on or date.max, dose.as_written
