"""The distance between injected live vaccines (reference/vaccination.md 1.7, V)."""

from collections.abc import Iterable
from datetime import date

from app.schedule.bounds import first_day_after
from app.schedule.rules import Form, Rules, Vaccine
from app.schedule.verdict import Dose


def is_injected_live(rules: Rules, code: str) -> bool:
    """Whether a vaccine keeps this distance; one that the rules do not know does not."""
    vaccine = rules.vaccines.get(code)
    return vaccine is not None and vaccine.form is Form.INJECTED_LIVE


def is_too_close(rules: Rules, vaccine: Vaccine, other: Dose, day: date) -> bool:
    """Whether this vaccine on this day is too close to another, before or after; the same day never is."""
    if vaccine.form is not Form.INJECTED_LIVE or not is_injected_live(rules, other.vaccine):
        return False
    first, second = sorted((other.given_on, day))
    return first != second and second < first_day_after(first, rules.between_live)


def after_live(rules: Rules, vaccine: Vaccine, others: Iterable[Dose], soonest: date) -> date:
    """The first day from ``soonest`` on that keeps the distance to every other injected live vaccine."""
    if vaccine.form is not Form.INJECTED_LIVE:
        return soonest
    day = soonest
    for other in sorted(others, key=lambda one: one.given_on):
        if is_too_close(rules, vaccine, other, day):
            day = first_day_after(other.given_on, rules.between_live)
    return day


def after_each_live(rules: Rules, vaccine: Vaccine, others: Iterable[Dose]) -> list[date]:
    """The first day that each other injected live vaccine leaves to this one."""
    if vaccine.form is not Form.INJECTED_LIVE:
        return []
    live = (one.given_on for one in others if is_injected_live(rules, one.vaccine))
    return [first_day_after(day, rules.between_live) for day in live]


def conflicts(rules: Rules, vaccine: Vaccine, given: Iterable[Dose], others: Iterable[Dose]) -> bool:
    """Whether a past dose of this vaccine came too soon after another injected live one."""
    earlier = [one for one in others if is_injected_live(rules, one.vaccine)]
    return any(
        other.given_on < dose.given_on and is_too_close(rules, vaccine, other, dose.given_on)
        for dose in given
        for other in earlier
    )
