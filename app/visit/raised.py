"""What a sheet of answers raises: concerns for staff, and advice that the parent is given at once."""

from dataclasses import dataclass

from app.questionnaire.answers import Answers
from app.questionnaire.concern import ADVICE_ORDER
from app.questionnaire.concerns import advice_met, met_by, raised, raised_by_part
from app.questionnaire.definition import Advice, Concern, Page, Part, Programme
from app.visit.facts import facts_with
from app.visit.sheet import Sheet


@dataclass(frozen=True, slots=True)
class RaisedConcern:
    """A concern that holds, and the programmes it counts for (empty: all of the visit).

    Shapes: ``asked`` are the questions whose answers meet its comparisons, those of a derived number in
    the number's place.
    """

    concern: Concern
    programmes: tuple[Programme, ...]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """An advice that holds, with the part under which its words are translated."""

    part: Part
    advice: Advice
    asked: tuple[str, ...] = ()


def concerns_of(sheet: Sheet, answers: Answers) -> tuple[RaisedConcern, ...]:
    """Every concern that holds, most urgent first; a programme's own concern counts for it alone.

    Shapes: one that several programmes have word for word is told once, for all of them.
    """
    facts = facts_with(sheet, answers)
    found = [
        RaisedConcern(concern, (), met_by(concern.when, answers, part))
        for part in sheet.parts
        for concern in raised_by_part(part, answers, facts)
    ]
    own: dict[Concern, list[Programme]] = {}
    for programme in sheet.programmes:
        for concern in raised(programme.concerns, answers, facts):
            own.setdefault(concern, []).append(programme)
    found.extend(RaisedConcern(one, tuple(whose), met_by(one.when, answers)) for one, whose in own.items())
    return tuple(sorted(found, key=lambda one: one.concern.level))


def advice_for(sheet: Sheet, answers: Answers) -> tuple[GivenAdvice, ...]:
    """Every advice that holds, most urgent first."""
    found = [
        GivenAdvice(part, advice, met_by(advice.when, answers, part))
        for part in sheet.parts
        for advice in advice_met(part, answers, sheet.facts)
    ]
    return tuple(sorted(found, key=lambda one: ADVICE_ORDER.index(one.advice.urgency)))


def advice_about(sheet: Sheet, page: Page, answers: Answers) -> tuple[GivenAdvice, ...]:
    """The advice that holds because of what stands on this page."""
    codes = {question.code for question in page.questions}
    return tuple(one for one in advice_for(sheet, answers) if not codes.isdisjoint(one.asked))
