"""Which stage and which course of a vaccine a planned dose belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.schedule.bounds import Facts, day_of
from app.schedule.course import Standing, walk
from app.schedule.dates import PREGNANCY_DAYS
from app.schedule.editions import Course, Edition, Stage
from app.schedule.rules import Vaccine
from app.schedule.verdict import Dose


@dataclass(frozen=True, slots=True)
class StageStanding:
    """How far somebody is in one stage; ``place`` of the stage among those that apply to her."""

    stage: Stage
    place: int
    standing: Standing

    @property
    def number(self) -> int:
        """The number of its next dose over all stages, 0 when it is done."""
        return 0 if self.is_done else self.stage.first_number + len(self.standing.given)

    @property
    def is_done(self) -> bool:
        """No dose of it is left."""
        return self.standing.is_done


def stages_of(edition: Edition, facts: Facts) -> tuple[Stage, ...]:
    """The stages that apply: those of her cohort if there are any, else those for everybody."""
    own = tuple(one for one in edition.stages if one.cohort is not None and one.cohort.holds(facts.born))
    return own or tuple(one for one in edition.stages if one.cohort is None)


def own_doses(vaccine: Vaccine, facts: Facts, history: Sequence[Dose], until: date) -> tuple[Dose, ...]:
    """The past doses that count, by date; where that is the rule, those of this pregnancy or season."""
    begins = date.min
    if vaccine.is_per_pregnancy and facts.due_date is not None:
        begins = facts.due_date - timedelta(days=PREGNANCY_DAYS)
    if vaccine.season_begins_in_month:
        begins = date(until.year, vaccine.season_begins_in_month, 1)
        begins = begins if begins <= until else date(until.year - 1, begins.month, 1)
    counted = [
        dose for dose in history if dose.vaccine in vaccine.counts and begins <= dose.given_on <= until
    ]
    return tuple(sorted(counted, key=lambda dose: dose.given_on))


def standings(
    stages: Sequence[Stage], facts: Facts, given: Sequence[Dose], planned: Dose
) -> tuple[StageStanding, ...]:
    """How far she is in each stage on the planned day; a past dose belongs to the stage it fell into."""
    opens = [stage_opens(stage, facts) for stage in stages]
    shares: list[list[Dose]] = [[] for _ in stages]
    for dose in given:
        shares[_last_open(opens, dose.given_on)].append(dose)
    return tuple(
        StageStanding(stage, place, _standing(stage, facts, share, planned))
        for place, (stage, share) in enumerate(zip(stages, shares, strict=True))
    )


def stage_on(found: Sequence[StageStanding], facts: Facts, on: date) -> StageStanding:
    """The stage that is open on a day, else the one before."""
    return found[_last_open([stage_opens(one.stage, facts) for one in found], on)]


def stage_opens(stage: Stage, facts: Facts) -> date | None:
    """The first day of a stage."""
    return day_of(stage.courses[0].doses[0].opens, facts)


def _last_open(opens: Sequence[date | None], on: date) -> int:
    """The last stage that has opened by this day, the first before all."""
    return max((at for at, day in enumerate(opens) if day is not None and day <= on), default=0)


def _standing(stage: Stage, facts: Facts, given: Sequence[Dose], planned: Dose) -> Standing:
    """How far she is in the course that fits her."""
    first = given[0] if given else planned
    course = next(
        (one for one in stage.courses if _fits(one, first, given, facts)),
        stage.courses[-1],
    )
    return walk(course, facts, given, planned.given_on)


def _fits(course: Course, first: Dose, given: Sequence[Dose], facts: Facts) -> bool:
    """Whether a course is for somebody whose first dose was this one."""
    if course.after_products and not any(dose.product in course.after_products for dose in given):
        return False
    if course.products and first.product not in course.products:
        return False
    last = None if course.started_by is None else day_of(course.started_by, facts)
    return last is None or first.given_on <= last
