"""Which concerns a sheet of answers raises, and what a parent is told to do at once."""

from collections.abc import Iterable
from dataclasses import replace

from app.questionnaire.answers import Answers
from app.questionnaire.concern import ADVICE_ORDER, Advice, Concern, Level
from app.questionnaire.condition import Behaviour, Condition
from app.questionnaire.conditions import holds
from app.questionnaire.derived import contributing, numbers
from app.questionnaire.facts import Facts
from app.questionnaire.part import Part

ONE_STEP_DOWN = {Level.A: Level.B, Level.B: Level.C, Level.C: Level.C}


def raised(concerns: Iterable[Concern], answers: Answers, facts: Facts) -> tuple[Concern, ...]:
    """The concerns that hold, each with the level it has at this age, most urgent first, then as defined.

    Shapes: ``answers`` without those of hidden questions (see `path.asked`).
    """
    known = {**answers, **facts.answers}
    met = (_at_this_age(concern, facts) for concern in concerns if holds(concern.when, known))
    return tuple(sorted((one for one in met if one), key=lambda concern: concern.level.value))


def raised_by_part(part: Part, answers: Answers, facts: Facts) -> tuple[Concern, ...]:
    """The same for the concerns of a part, which may compare its derived numbers."""
    return raised(part.concerns, {**answers, **numbers(part.derived, answers)}, facts)


def advice_met(part: Part, answers: Answers, facts: Facts) -> tuple[Advice, ...]:
    """The advice of a part that holds, most urgent first."""
    known = {**answers, **numbers(part.derived, answers), **facts.answers}
    met = (one for one in part.advice if holds(one.when, known))
    return tuple(sorted(met, key=lambda one: ADVICE_ORDER.index(one.urgency)))


def met_by(when: Condition, answers: Answers, part: Part | None = None) -> tuple[str, ...]:
    """The questions whose answers meet a comparison of the condition, in order.

    Shapes: in place of a derived number of the ``part`` those that make it what it is; facts are none.
    """
    derived = {one.code: one for one in part.derived} if part else {}
    known = {**answers, **numbers(derived.values(), answers)}
    codes: list[str] = []
    for one in when.comparisons:
        if one.question in known and holds(Condition(Behaviour.ALL, (one,)), known):
            number = derived.get(one.question)
            codes.extend(contributing(number, answers) if number else (one.question,))
    return tuple(dict.fromkeys(codes))


def _at_this_age(concern: Concern, facts: Facts) -> Concern | None:
    """The concern with its level at this age, None before it counts.

    Shapes: without a known age it counts in full. While the corrected age of a child born before its
    time has not reached ``from_months``, the level is one step lower and the reason tells that age.
    Source: reference/checkups.md, "skip rules in general" (corrected age; D).
    """
    age, corrected = facts.age_months, facts.corrected_months
    if age is not None and age < concern.from_months:
        return replace(concern, level=concern.level_before) if concern.level_before else None
    if corrected is None or corrected >= concern.from_months:
        return concern
    reason = f"{concern.reason}（修正{corrected}か月）"
    return replace(concern, level=ONE_STEP_DOWN[concern.level], reason=reason)
