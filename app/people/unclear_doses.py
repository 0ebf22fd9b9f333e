"""Doses that only the doctor can judge: given abroad, or on a day that nobody knows.

Nothing here says which vaccine of ours such a dose is like: what stands on the paper is kept as written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.fault import Fault
from app.people.dose_history import CopiedDose

UNKNOWN = "unknown"
DISEASES = (
    *("measles", "rubella", "mumps", "varicella", "polio", "diphtheria", "tetanus", "pertussis"),
    *("hib", "pneumococcus", "hepatitis_b", "rotavirus", "tuberculosis", "japanese_encephalitis"),
    *("hpv", "rsv", "influenza", "covid", "hepatitis_a", "meningococcus", "yellow_fever", "rabies"),
    *("typhoid", "cholera", "other", UNKNOWN),
)
"""What a vaccine can protect against, the usual ones first."""
AS_WRITTEN_LENGTH, COUNTRY_LENGTH, LOT_LENGTH = 200, 100, 40


@dataclass(frozen=True, slots=True)
class UnclearDose:
    """What she typed, each field as its own reader left it.

    Shapes: ``given_on`` None when no day was typed; ``day_unknown`` that she ticked so; ``year_and_month``
    what she typed of a day she does not know.
    """

    diseases: Sequence[str]
    as_written: str | Fault
    given_on: date | Fault | None
    day_unknown: bool
    country: str | Fault
    lot: str | Fault
    year_and_month: str = ""


def read_unclear(typed: UnclearDose, born: date, today: date) -> CopiedDose | tuple[Fault, ...]:
    """The dose as written, without an id, or every fault in the order of the page."""
    day = _day(typed, born, today)
    found = (
        _fault_of_diseases(typed.diseases),
        typed.as_written or Fault("as_written", "as_written_missing"),
        day,
        typed.country,
        typed.lot,
    )
    faults = tuple(one for one in found if isinstance(one, Fault))
    texts = [one for one in (typed.as_written, typed.country, typed.lot) if isinstance(one, str)]
    if faults or isinstance(day, Fault):
        return faults
    as_written, country, lot = texts
    return CopiedDose(
        id="",
        vaccine="",
        given_on=day,
        lot=lot,
        note=typed.year_and_month if typed.day_unknown else "",
        country=country,
        as_written=as_written,
        diseases=tuple(one for one in DISEASES if one in typed.diseases),
    )


def _fault_of_diseases(chosen: Sequence[str]) -> Fault | None:
    if not chosen or not set(chosen) <= set(DISEASES):
        return Fault("disease", "choose_disease")
    return Fault("disease", "absence_with_value") if UNKNOWN in chosen and len(set(chosen)) > 1 else None


def _day(typed: UnclearDose, born: date, today: date) -> date | Fault | None:
    """The day, None when she does not know it, or what is wrong with it."""
    if typed.day_unknown:
        return Fault("day_unknown", "absence_with_value") if isinstance(typed.given_on, date) else None
    if typed.given_on is None:
        return Fault("given-year", "day_or_unknown")
    if isinstance(typed.given_on, Fault):
        return typed.given_on
    if typed.given_on > today:
        return Fault("given-year", "date_in_future")
    return Fault("given-year", "dose_before_birth") if typed.given_on < born else typed.given_on
