"""What the law says about one vaccine: who, when, how often, how far apart. Plain values, read from data.

A vaccine has editions by fiscal year, an edition has stages (most have one), a stage has courses chosen by
the age at the first dose, a course has doses in their order. A number of a day or an age stands only in the
data, with its source and its mark.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """How a vaccine is made and given; only injected live ones keep a distance from one another."""

    INACTIVATED = "inactivated"
    INJECTED_LIVE = "injected_live"
    ORAL_LIVE = "oral_live"
    NASAL_LIVE = "nasal_live"


class Role(StrEnum):
    """What a dose is within its course."""

    PRIMARY = "primary"
    BOOSTER = "booster"


class Proposal(StrEnum):
    """Whether a vaccine is proposed: always, only to finish what was begun with it, or never."""

    ALWAYS = "always"
    TO_FINISH = "to_finish"
    NEVER = "never"


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
class Product:
    """A product. ``routine_from``, ``routine_to``: from and until when it is given as routine.

    Shapes: ``cvx`` and ``yj`` "" where not known; ``continues`` the products whose series it may finish;
    ``is_routine`` false for a look-alike that never was.
    """

    code: str
    name: str
    cvx: str = ""
    yj: str = ""
    routine_from: date | None = None
    routine_to: date | None = None
    is_routine: bool = True
    continues: tuple[str, ...] = ()

    def is_routine_on(self, day: date) -> bool:
        """Whether it is given as routine on this day."""
        begun = self.routine_from is None or self.routine_from <= day
        return self.is_routine and begun and (self.routine_to is None or day <= self.routine_to)


@dataclass(frozen=True, slots=True)
class Edition:
    """The rules for doses given from ``valid_from`` to ``valid_to`` (None: until they change)."""

    valid_from: date
    valid_to: date | None
    stages: tuple[Stage, ...]
    extensions: tuple[Extension, ...] = ()
    ended: tuple[Ended, ...] = ()
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Vaccine:
    """One vaccine of the schedule; one without editions is known from histories only.

    Shapes: ``counts`` the vaccines whose past doses count as doses of this one (itself among them);
    ``reviewed_after`` vaccines after which a doctor decides; ``switch_reason`` the reason code when a dose
    of another counted vaccine lies before; ``sex`` "F" when it is for girls and women only; ``excluded_by``
    the facts that put somebody outside the routine programme, with their reason code; ``late_until`` the
    age up to which a long illness may excuse a missed window; ``proposal`` whether it is proposed;
    ``season_begins_in_month`` the month with which a season begins, of which alone the doses count (0: none).
    """

    code: str
    name: str
    form: Form
    counts: tuple[str, ...]
    reviewed_after: tuple[str, ...] = ()
    switch_reason: str = ""
    sex: str = ""
    excluded_by: tuple[tuple[str, str], ...] = ()
    is_voluntary: bool = False
    is_per_pregnancy: bool = False
    season_begins_in_month: int = 0
    proposal: Proposal = Proposal.ALWAYS
    late_until: Bound | None = None
    products: tuple[Product, ...] = ()
    editions: tuple[Edition, ...] = ()

    def edition_on(self, day: date) -> Edition:
        """The rules of this day; before the first the first, after the last the last. Errors: IndexError."""
        begun = [one for one in self.editions if one.valid_from <= day]
        return begun[-1] if begun else self.editions[0]

    @property
    def is_told_apart(self) -> bool:
        """Whether it matters which product was given: for the course, or for what may follow."""
        codes = {one.code for one in self.products}
        if any(codes - {one.code, *one.continues} for one in self.products):
            return True
        stages = (stage for edition in self.editions for stage in edition.stages)
        return any(course.products or course.after_products for stage in stages for course in stage.courses)

    def product(self, code: str) -> Product | None:
        """The product with this code."""
        return next((one for one in self.products if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every vaccine by its code, and the distance between two injected live ones."""

    vaccines: dict[str, Vaccine]
    between_live: Interval
