"""The search for answers that bring about one outcome, fewest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from app.questionnaire.answers import Absence, Answer, Answers, Value
from app.questionnaire.candidates import candidates
from app.questionnaire.condition import Condition
from app.questionnaire.derived_candidates import Assignment, assignments
from app.questionnaire.facts import FACTS, Facts
from app.questionnaire.part import Derived
from app.questionnaire.path import asked
from app.questionnaire.question import Page, Question
from app.questionnaire.witness_goals import Goal

MOST_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Answers, and facts of the subject, that meet a goal."""

    answers: Answers
    facts: Facts


def search(goal: Goal, pages: Sequence[Page]) -> Found | None:
    """The first answers that meet the goal, replayed on all the pages; None when none were found."""
    names = {name for condition in goal.aim.conditions for name in condition.names}
    numbers = [number for number in goal.derived if number.code in names]
    members = {code for number in numbers for code in number.of}
    needed = _needed(names | members, pages)
    conditions = [*goal.aim.conditions, *(each.shown_when for each in needed.values() if each.shown_when)]
    narrow = _narrowed(pages, {*needed, *(one.code for one in goal.shows)})
    names |= {name for condition in conditions for name in condition.names}
    alone = {code: question for code, question in needed.items() if code in names or code not in members}
    trials = product(
        _facts(names, conditions, goal.aim.ages),
        product(*(_members(number, needed, conditions) for number in numbers)),
        product(*(candidates(question, conditions) for question in alone.values())),
    )
    for facts, assigned, values in islice(trials, MOST_TRIED):
        answers = _answers(assigned, dict(zip(alone, values, strict=True)))
        if all(_is_met(goal, some, answers, facts) for some in (narrow, pages)):
            return Found(asked(pages, answers, facts), facts)
    return None


def _is_met(goal: Goal, pages: Sequence[Page], answers: Answers, facts: Facts) -> bool:
    """Whether it comes out as wanted on these pages."""
    return goal.aim.is_met(pages, asked(pages, answers, facts), facts) is goal.outcome


def _answers(
    assigned: Iterable[Assignment], values: Mapping[str, Value | Absence | None]
) -> dict[str, Answer]:
    """What is tried: members of derived numbers as assigned, unless they are tried by themselves."""
    answers = {code: Answer(value) for assignment in assigned for code, value in assignment.items()}
    return answers | {code: Answer(value) for code, value in values.items() if value is not None}


def _facts(names: set[str], conditions: Sequence[Condition], ages: Iterable[int]) -> list[Facts]:
    """The facts worth trying: nothing known where nothing is compared."""
    months: list[int | None] = [*dict.fromkeys(ages)]
    weeks: list[int | None] = []
    for name, found in (("age_months", months), ("gestation_weeks", weeks)):
        if name in names:
            tried = candidates(FACTS[name], conditions)
            found.extend(value for value in tried if isinstance(value, int))
    return [Facts(age, week) for age, week in product(months or [None], [*weeks, None])]


def _members(
    number: Derived, needed: Mapping[str, Question], conditions: Sequence[Condition]
) -> tuple[Assignment, ...]:
    """What its members may be answered with together; nothing when one of them is not asked here."""
    members = [needed[code] for code in number.of if code in needed]
    return assignments(number, members, conditions) if len(members) == len(number.of) else ({},)


def _needed(names: Iterable[str], pages: Sequence[Page]) -> dict[str, Question]:
    """The questions of these names, and those on which they hang, in page order."""
    questions = {question.code: question for page in pages for question in page.questions}
    waiting = list(names)
    needed: set[str] = set()
    while waiting:
        code = waiting.pop()
        if code in needed or code not in questions:
            continue
        needed.add(code)
        when = questions[code].shown_when
        waiting.extend(when.names if when else ())
    return {code: question for code, question in questions.items() if code in needed}


def _narrowed(pages: Sequence[Page], kept: set[str]) -> tuple[Page, ...]:
    """The pages with only what the search needs to look at."""
    narrow = (replace(page, questions=tuple(q for q in page.questions if q.code in kept)) for page in pages)
    return tuple(page for page in narrow if page.questions)
