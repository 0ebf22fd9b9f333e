"""Evaluating a planned dose when a product is not known: every possible one is tried."""

from collections.abc import Sequence
from dataclasses import replace

from app.schedule.bounds import Facts
from app.schedule.judgement import judge
from app.schedule.planned import plan_dose
from app.schedule.rules import Rules, Vaccine
from app.schedule.verdict import Dose, Reason, Status, Verdict

_BEST_FIRST = (
    Status.ALLOWED,
    Status.LIVE_INTERVAL_CONFLICT,
    Status.TOO_EARLY,
    Status.NEEDS_REVIEW,
    Status.NOT_NEEDED,
    Status.OUT_OF_WINDOW,
    Status.NOT_ELIGIBLE,
)


def evaluate(rules: Rules, facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
    """How a planned dose stands.

    Shapes: of a planned product that is not known the best answer counts (the clinic takes what fits); of a
    past one every possible answer must agree, else a doctor decides and ``by_product`` tells them all.
    Errors: KeyError for a vaccine that the rules do not know; OverflowError beyond the calendar.
    Source: reference/vaccination.md 0, 1, 7.
    """
    vaccine = rules.vaccines[dose.vaccine]
    if not vaccine.editions:
        return Verdict(Status.NOT_ELIGIBLE, Reason.PRODUCT_NOT_ROUTINE)
    unknown = [one for one in history if one.vaccine == vaccine.code and not one.product]
    if not unknown or not vaccine.is_told_apart:
        return _best(rules, facts, history, dose)
    possible = [
        one.code for one in vaccine.products if any(one.is_routine_on(past.given_on) for past in unknown)
    ] or [one.code for one in vaccine.products if one.is_routine]
    return _agreed({code: _best(rules, facts, _as_if(history, vaccine, code), dose) for code in possible})


def _as_if(history: Sequence[Dose], vaccine: Vaccine, product: str) -> tuple[Dose, ...]:
    """The history as if every dose of this vaccine without a product had been this one."""
    return tuple(
        replace(one, product=product) if one.vaccine == vaccine.code and not one.product else one
        for one in history
    )


def _agreed(answers: dict[str, Verdict]) -> Verdict:
    """The one answer of all products, else that a doctor decides."""
    verdicts = list(answers.values())
    if all(one == verdicts[0] for one in verdicts):
        return verdicts[0]
    same = {(one.status, "" if one.status is Status.ALLOWED else one.reason) for one in verdicts}
    firsts = [one.earliest for one in verdicts if one.earliest is not None]
    lasts = [one.latest for one in verdicts if one.latest is not None]
    told = replace(
        verdicts[0],
        earliest=max(firsts, default=None),
        latest=min(lasts, default=None),
        by_product=answers,
    )
    if len(same) == 1:
        return told
    return replace(told, status=Status.NEEDS_REVIEW, reason=Reason.PRODUCT_UNKNOWN)


def _best(rules: Rules, facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
    """The verdict; of a planned product that is not known the best that a product of the day can have.

    Shapes: a product that would be a change counts only when every one would.
    """
    vaccine = rules.vaccines[dose.vaccine]
    if dose.product or not vaccine.is_told_apart:
        return _judged(rules, facts, history, dose)
    products = [one.code for one in vaccine.products if one.is_routine_on(dose.given_on)]
    if not products:
        return _judged(rules, facts, history, dose)
    answers = {code: _judged(rules, facts, history, replace(dose, product=code)) for code in products}
    going_on = [one for one in answers.values() if one.reason != Reason.PRODUCT_CHANGE]
    best = min(going_on or answers.values(), key=lambda one: _BEST_FIRST.index(one.status))
    differ = any(one != best for one in answers.values())
    return replace(best, by_product=answers) if differ else best


def _judged(rules: Rules, facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
    """The verdict when every product is known or does not matter."""
    return judge(plan_dose(rules, facts, history, dose))
