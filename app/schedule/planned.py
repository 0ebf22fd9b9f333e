"""A planned dose with everything it is judged by: who, which product, which stages, what was given before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.schedule.bounds import Facts
from app.schedule.editions import Edition
from app.schedule.live import conflicts
from app.schedule.rules import Rules, Vaccine
from app.schedule.stages import StageStanding, own_doses, stages_of, standings
from app.schedule.verdict import Dose, Reason


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned dose with everything it is judged by; every product in it is known or does not matter.

    Shapes: ``given`` the past doses that count for this vaccine; ``others`` those of other vaccines, before
    and after.
    """

    rules: Rules
    vaccine: Vaccine
    edition: Edition
    facts: Facts
    history: tuple[Dose, ...]
    dose: Dose
    stages: tuple[StageStanding, ...]
    given: tuple[Dose, ...]
    others: tuple[Dose, ...]

    @property
    def day(self) -> date:
        """The planned day."""
        return self.dose.given_on


def plan_dose(rules: Rules, facts: Facts, history: Sequence[Dose], dose: Dose) -> Planned:
    """The planned dose with where she stands. Errors: LookupError for a vaccine without rules."""
    vaccine = rules.vaccines[dose.vaccine]
    edition = vaccine.edition_on(dose.given_on)
    given = own_doses(vaccine, facts, history, dose.given_on)
    found = standings(stages_of(edition, facts), facts, given, dose)
    others = tuple(one for one in history if one.vaccine not in vaccine.counts)
    return Planned(rules, vaccine, edition, facts, tuple(history), dose, found, given, others)


def exclusion(planned: Planned) -> str:
    """Why she or the product is outside the routine programme, "" when neither is.

    Shapes: a product that the rules do not list is outside where it matters which one it is.
    """
    vaccine, facts = planned.vaccine, planned.facts
    if vaccine.sex and facts.sex and facts.sex != vaccine.sex:
        return Reason.SEX
    for flag, reason in vaccine.excluded_by:
        if flag in facts.flags:
            return reason
    product = vaccine.product(planned.dose.product)
    if product is None:
        is_outside = bool(planned.dose.product) and vaccine.is_told_apart
    else:
        is_outside = not product.is_routine_on(planned.day)
    return Reason.PRODUCT_NOT_ROUTINE if is_outside else ""


def has_changed(planned: Planned) -> bool:
    """Whether a doctor must decide because it was begun with something else."""
    if any(one.vaccine in planned.vaccine.reviewed_after for one in planned.history):
        return True
    product = planned.vaccine.product(planned.dose.product)
    begun = {one.product for one in planned.given if one.vaccine == planned.vaccine.code and one.product}
    if not planned.vaccine.is_told_apart:
        begun &= {one.code for one in planned.vaccine.products}
    return product is not None and bool(begun - {product.code, *product.continues})


def came_too_early(planned: Planned, stage: StageStanding) -> bool:
    """Whether a past dose of this stage or an earlier one was not yet due, or too close to a live one.

    Shapes: a dose too many that came after the window of its stage came before that of the next one.
    """
    if any(one.standing.invalid for one in planned.stages[: stage.place + 1]):
        return True
    if any(_fell_between(one) for one in planned.stages[: stage.place]):
        return True
    return conflicts(planned.rules, planned.vaccine, planned.given, planned.others)


def _fell_between(stage: StageStanding) -> bool:
    """Whether a dose too many of this stage was given when its window was over."""
    closes, doses = stage.standing.closes(), stage.standing.course.doses
    return any(closes is not None and one.given_on > closes for one in stage.standing.given[len(doses) :])
