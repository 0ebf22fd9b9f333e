"""The age by which growth and development are read: of a child born early, counted from the day it was due.

For growth and milestones only. What a child is entitled to always follows its calendar age.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.schedule.dates import (
    DAYS_IN_WEEK,
    MONTHS_IN_YEAR,
    after_months,
    age_on,
    completed_months,
    gestation_days,
)

PRETERM_BEFORE_DAYS = 37 * DAYS_IN_WEEK
EARLIEST_BIRTH_DAYS = 20 * DAYS_IN_WEEK
CORRECTED_UNTIL_MONTHS = 24
_DAYS_OF_A_MONTH = Decimal("30.4375")


@dataclass(frozen=True, slots=True)
class GrowthAge:
    """How old a child is on a day.

    Units: ``real_months`` and ``corrected_months`` in months with their fraction, since the birth and
    since the due date (below zero before it). Shapes: ``corrected_months`` None unless it counts.
    """

    real_months: Decimal
    corrected_months: Decimal | None = None

    @property
    def on_curve(self) -> Decimal:
        """The age at which it is drawn and compared."""
        return self.real_months if self.corrected_months is None else self.corrected_months


def is_preterm(born: date, due: date | None) -> bool:
    """Whether the child was born before 37 weeks; not when the due date is unknown or cannot be right.

    Source: reference/checkups.md 1.1, 2.2 (weeks of gestation, from 20).
    """
    if due is None:
        return False
    return EARLIEST_BIRTH_DAYS <= gestation_days(due, born) < PRETERM_BEFORE_DAYS


def corrected_from(born: date, due: date | None, day: date) -> date | None:
    """The due date, while on this day the age counts from it; None when it counts from the birth.

    Errors: ValueError when ``day`` lies before ``born``. Source: reference/checkups.md 1.1.
    """
    is_young = completed_months(born, day) < CORRECTED_UNTIL_MONTHS
    return due if is_young and is_preterm(born, due) else None


def growth_age(born: date, due: date | None, day: date) -> GrowthAge:
    """The age on this day (see `corrected_from`). Errors: ValueError when ``day`` lies before ``born``."""
    real = months_since(born, day)
    counted = corrected_from(born, due, day)
    if counted is None:
        return GrowthAge(real)
    return GrowthAge(real, months_since(counted, day) if day >= counted else _before(counted, day))


def months_since(start: date, day: date) -> Decimal:
    """Completed months, and of the next one the part that has passed. Errors: ValueError before ``start``."""
    years, months, days = age_on(start, day)
    completed = years * MONTHS_IN_YEAR + months
    length = (after_months(start, completed + 1) - after_months(start, completed)).days
    return completed + Decimal(days) / length


def _before(due: date, day: date) -> Decimal:
    return -Decimal((due - day).days) / _DAYS_OF_A_MONTH
