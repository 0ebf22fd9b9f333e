"""What one edition of a vaccine's rules says: stages, courses, doses, intervals.

Plain values, read from data. An edition has stages (most have one), a stage has courses chosen by the age at
the first dose, a course has doses in their order. A number of a day or an age stands only in the data, with
its source and its mark.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a dose is within its course."""

    PRIMARY = "primary"
    BOOSTER = "booster"


class Measure(StrEnum):
    """What a bound counts: a legal age, days of life, the school year of an age, or gestation."""

    MONTHS = "months"
    DAYS = "days"
    SCHOOL_YEAR_BEGINS = "school_year_begins"
    SCHOOL_YEAR_ENDS = "school_year_ends"
    GESTATION = "gestation"


@dataclass(frozen=True, slots=True)
class Bound:
    """A day in a life: so much of a measure. A fiscal year is that in which so many months are reached."""

    measure: Measure
    count: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Full days or months in between ("27日以上", "6月以上"); one of the two is 0."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those born from one day to another, both included."""

    born_from: date
    born_to: date

    def holds(self, born: date) -> bool:
        """Whether somebody born on this day belongs to it."""
        return self.born_from <= born <= self.born_to


@dataclass(frozen=True, slots=True)
class Skip:
    """When a dose is left out of its course.

    Shapes: ``after`` the dose is given only up to this bound; ``previous_after`` it is not given when
    the dose before it came after this bound; ``previous_gap`` it is not needed when the two doses before
    it lie at least so far apart.
    """

    after: Bound | None = None
    previous_after: Bound | None = None
    previous_gap: Interval | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A dose that is legal but for a doctor to decide: after a bound, or closer than an interval."""

    reason: str
    after: Bound | None = None
    within: Interval | None = None


@dataclass(frozen=True, slots=True)
class DoseRule:
    """One dose of a course.

    Shapes: ``opens`` and ``closes`` the legal window, both days included; ``after_previous`` and
    ``after_first`` minimum intervals; ``accepted_after_previous`` the shorter one a doctor may have chosen
    for a past dose; ``after_skipped`` the interval that holds when a dose before it was left out, and
    ``accepted_after_skipped`` the shorter one a doctor may have chosen then;
    ``usual_from``, ``usual_to``, ``usual_after_previous`` the recommended time; ``fine_reason`` the reason
    code when all is well, ``skipped_fine_reason`` and ``skipped_early_reason`` those when a dose before it
    was left out.
    """

    role: Role
    opens: Bound
    closes: Bound | None
    after_previous: Interval = Interval()
    after_first: Interval = Interval()
    accepted_after_previous: Interval | None = None
    after_skipped: Interval | None = None
    accepted_after_skipped: Interval | None = None
    skip: Skip = Skip()
    review: Review | None = None
    usual_from: Bound | None = None
    usual_to: Bound | None = None
    usual_after_previous: Interval | None = None
    fine_reason: str = ""
    skipped_fine_reason: str = ""
    skipped_early_reason: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Doses in order, for those whose first dose came up to ``started_by`` (None: no limit).

    Shapes: ``products`` what the first dose must have been (empty: any); ``after_products`` what any past
    dose must have been (empty: it does not matter).
    """

    doses: tuple[DoseRule, ...]
    started_by: Bound | None = None
    products: tuple[str, ...] = ()
    after_products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A window of its own within a vaccine's life (MR 1 and 2).

    Shapes: ``courses`` the first that fits is the one; ``first_number`` the number of its first dose over
    all stages; ``cohort`` only for those (None: everybody else); ``needs_earlier`` a doctor decides when an
    earlier stage is not complete; ``fine_reason`` the reason code when all is well.
    """

    courses: tuple[Course, ...]
    first_number: int = 1
    cohort: Cohort | None = None
    needs_earlier: bool = False
    fine_reason: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Beyond the window of one stage (from 1): for a cohort, when the municipality accepts it."""

    stage: int
    cohort: Cohort
    begins: date
    ends: date
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A measure that is over for a cohort.

    Shapes: ``ends`` with a dose from ``begun_from`` to ``begun_to``, else ``ends_otherwise``.
    """

    cohort: Cohort
    begun_from: date
    begun_to: date
    ends: date
    ends_otherwise: date
    reason: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The rules for doses given from ``valid_from`` to ``valid_to``, both included: a fiscal year."""

    valid_from: date
    valid_to: date
    stages: tuple[Stage, ...]
    extensions: tuple[Extension, ...] = ()
    ended: tuple[Ended, ...] = ()
    starts: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether these are the rules of that day; on any other they are only the nearest that are known."""
        return self.valid_from <= day <= self.valid_to

    @property
    def reasons(self) -> frozenset[str]:
        """Every reason code that these rules name."""
        courses = [course for stage in self.stages for course in stage.courses]
        doses = [dose for course in courses for dose in course.doses]
        of_doses = (
            reason
            for dose in doses
            for reason in (dose.fine_reason, dose.skipped_fine_reason, dose.skipped_early_reason)
        )
        of_reviews = (dose.review.reason for dose in doses if dose.review)
        beside = (*(one.reason for one in self.extensions), *(one.reason for one in self.ended))
        named = (*of_doses, *of_reviews, *beside, *(stage.fine_reason for stage in self.stages))
        return frozenset(named) - {""}
