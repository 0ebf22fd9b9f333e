"""What the law says about every vaccine: what it is, its products, and its editions by fiscal year.

Plain values, read from data; `app.schedule.editions` has what an edition says.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.schedule.editions import Bound, Edition, Interval

LONG_ILLNESS = "long_illness"
"""The fact that a long illness may have kept somebody from a vaccine in time."""


class Form(StrEnum):
    """How a vaccine is made and given; only injected live ones keep a distance from one another."""

    INACTIVATED = "inactivated"
    INJECTED_LIVE = "injected_live"
    ORAL_LIVE = "oral_live"
    NASAL_LIVE = "nasal_live"


class Proposal(StrEnum):
    """Whether a vaccine is proposed: always, only to finish what was begun with it, or never."""

    ALWAYS = "always"
    TO_FINISH = "to_finish"
    NEVER = "never"


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
class HandbookRows:
    """Where a vaccine stands among those copied from the 母子健康手帳, and how much is usual there.

    Shapes: ``place`` in the order of the handbook; ``rows`` are offered for copying; ``most`` doses that
    somebody is usually given, None where there is no such number. Units: ``from_months`` the age from which
    a handbook of today usually has it, None for seldom; it decides what stands open, nothing else.
    """

    place: int
    rows: int = 1
    most: int | None = None
    from_months: int | None = None


@dataclass(frozen=True, slots=True)
class Vaccine:
    """One vaccine of the schedule; one without editions is known from histories only.

    Shapes: ``counts`` the vaccines whose past doses count as doses of this one (itself among them);
    ``reviewed_after`` vaccines after which a doctor decides; ``switch_reason`` the reason code when a dose
    of another counted vaccine lies before; ``sex`` "F" when it is for girls and women only; ``excluded_by``
    the facts that put somebody outside the routine programme, with their reason code; ``may_be_late``
    whether a long illness may excuse a missed window, ``late_until`` up to which age (None: any);
    ``proposal`` whether it is proposed;
    ``season_begins_in_month`` the month with which a season begins, of which alone the doses count (0: none);
    ``handbook`` how it is copied from the handbook, None when it is not.
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
    may_be_late: bool = True
    late_until: Bound | None = None
    products: tuple[Product, ...] = ()
    editions: tuple[Edition, ...] = ()
    handbook: HandbookRows | None = None

    def edition_on(self, day: date) -> Edition:
        """The rules of this day; before the first the first, after the last the last. Errors: IndexError."""
        begun = [one for one in self.editions if one.valid_from <= day]
        return begun[-1] if begun else self.editions[0]

    @property
    def reasons(self) -> frozenset[str]:
        """Every reason code that its rules name."""
        named = {self.switch_reason, *(reason for _, reason in self.excluded_by)} - {""}
        return frozenset(named.union(*(edition.reasons for edition in self.editions)))

    @property
    def is_told_apart(self) -> bool:
        """Whether it matters which product was given: for the course, or for what may follow."""
        codes = {one.code for one in self.products}
        if any(codes - {one.code, *one.continues} for one in self.products):
            return True
        stages = (stage for edition in self.editions for stage in edition.stages)
        return any(course.products or course.after_products for stage in stages for course in stage.courses)

    @property
    def products_to_tell(self) -> tuple[str, ...]:
        """The products that whoever copies a dose may choose from, newest first; () where none matters."""
        return tuple(one.code for one in self.products if one.is_routine) if self.is_told_apart else ()

    def product(self, code: str) -> Product | None:
        """The product with this code, in whatever case it was written."""
        return next((one for one in self.products if one.code.casefold() == code.casefold()), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every vaccine by its code, and the distance between two injected live ones."""

    vaccines: dict[str, Vaccine]
    between_live: Interval

    @property
    def flags(self) -> frozenset[str]:
        """Every fact about somebody that these rules ask for, beside her dates and her sex."""
        named = (flag for vaccine in self.vaccines.values() for flag, _ in vaccine.excluded_by)
        return frozenset({LONG_ILLNESS, *named})

    def period_on(self, day: date) -> tuple[date, date] | None:
        """From and until when the rules hold that are used on this day; None when no vaccine has any."""
        used = [one.edition_on(day) for one in self.vaccines.values() if one.editions]
        if not used:
            return None
        return max(one.valid_from for one in used), min(one.valid_to for one in used)

    @property
    def of_handbook(self) -> tuple[tuple[Vaccine, HandbookRows], ...]:
        """The vaccines that are copied from the handbook, in its order."""
        found = [(one, one.handbook) for one in self.vaccines.values() if one.handbook is not None]
        return tuple(sorted(found, key=lambda pair: pair[1].place))

    @property
    def most_doses(self) -> dict[str, int | None]:
        """How many doses somebody is usually given, by vaccine, in the order of the handbook."""
        return {vaccine.code: rows.most for vaccine, rows in self.of_handbook}
