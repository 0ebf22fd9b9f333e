"""What a witness is to bring about: a page asked, a condition met, a concern raised at an age."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.questionnaire.answers import Answer, Answers
from app.questionnaire.concern import Concern
from app.questionnaire.concerns import raised
from app.questionnaire.condition import Behaviour, Condition
from app.questionnaire.conditions import holds
from app.questionnaire.derived import numbers
from app.questionnaire.facts import FACTS, Facts
from app.questionnaire.part import Derived, Part
from app.questionnaire.path import pages_to_answer
from app.questionnaire.question import Page, Question


class Aim(Protocol):
    """Something that holds for some answers and not for others."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on which it hangs."""
        ...

    @property
    def ages(self) -> tuple[int, ...]:
        """Months of age worth trying."""
        ...

    def is_met(self, pages: Sequence[Page], known: Answers, facts: Facts) -> bool:
        """Whether it holds, by the functions that everybody uses; ``known`` without hidden answers."""
        ...


@dataclass(frozen=True, slots=True)
class Goal:
    """An aim, and whether it is to hold. ``shows`` are questions that must be looked at, too."""

    of: str
    outcome: bool
    aim: Aim
    derived: tuple[Derived, ...] = ()
    shows: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class PageAsked:
    """The page has something to ask."""

    page: Page
    ages: tuple[int, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of its questions."""
        return tuple(each.shown_when for each in self.page.questions if each.shown_when)

    def is_met(self, pages: Sequence[Page], known: Answers, facts: Facts) -> bool:
        """Whether it is among the pages to answer."""
        return self.page.code in {page.code for page in pages_to_answer(pages, known, facts)}


@dataclass(frozen=True, slots=True)
class Met:
    """A condition is met."""

    condition: Condition
    derived: tuple[Derived, ...] = ()
    ages: tuple[int, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Itself."""
        return (self.condition,)

    def is_met(self, pages: Sequence[Page], known: Answers, facts: Facts) -> bool:  # noqa: ARG002  an Aim
        """Whether it holds."""
        return holds(self.condition, _with_numbers(self.derived, known, facts))


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern is raised; with ``is_before`` or not given, at an age before or from its ``from_months``."""

    concern: Concern
    derived: tuple[Derived, ...] = ()
    is_before: bool | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its own."""
        return (self.concern.when,)

    @property
    def ages(self) -> tuple[int, ...]:
        """Those on both sides of its own."""
        if not self.concern.from_months:
            return ()
        return (self.concern.from_months - 1, self.concern.from_months)

    def is_met(self, pages: Sequence[Page], known: Answers, facts: Facts) -> bool:  # noqa: ARG002  an Aim
        """Whether it has the level that it should have at this age."""
        compared = _with_numbers(self.derived, known, facts)
        levels = [one.level for one in raised((self.concern,), compared, facts)]
        if self.is_before is None:
            return bool(levels)
        if facts.age_months is None or (facts.age_months < self.concern.from_months) is not self.is_before:
            return False
        wanted = self.concern.level_before if self.is_before else self.concern.level
        return holds(self.concern.when, compared) and levels == ([wanted] if wanted else [])


def goals_of(part: Part, pages: Sequence[Page]) -> Iterator[Goal]:
    """Both outcomes of every page, follow-up, concern, derived number and advice of a part.

    Shapes: what hangs on a question that is on none of these pages is left out.
    """
    yield from _page_goals(part.pages)
    for question in part.questions:
        if question.shown_when is not None:
            yield from _both(f"question {question.code}", Met(question.shown_when), ())
    yield from concern_goals(part.concerns, pages, part.derived)
    yield from _number_goals(part)
    for advice in part.advice:
        if _is_asked(advice.when, pages, part.derived):
            yield from _both(f"advice {advice.code}", Met(advice.when, part.derived), part.derived)


def concern_goals(
    concerns: Iterable[Concern], pages: Sequence[Page], derived: tuple[Derived, ...] = ()
) -> Iterator[Goal]:
    """A concern is raised, and is not; one that hangs on the age before it and from it on."""
    for concern in concerns:
        if not _is_asked(concern.when, pages, derived):
            continue
        name = f"concern {concern.code}"
        yield from _both(name, Raised(concern, derived), derived)
        if concern.from_months:
            at = f"{concern.from_months} months"
            yield Goal(f"{name} before {at}", True, Raised(concern, derived, True), derived)
            yield Goal(f"{name} from {at}", True, Raised(concern, derived, False), derived)


def _page_goals(pages: Iterable[Page]) -> Iterator[Goal]:
    """A page is asked; one of follow-ups only can also be passed over."""
    for page in pages:
        if page.is_taken_over:
            continue
        aim = PageAsked(page)
        yield Goal(f"page {page.code}", True, aim, shows=page.questions)
        if len(aim.conditions) == len(page.questions):
            yield Goal(f"page {page.code}", False, aim, shows=page.questions)


def _number_goals(part: Part) -> Iterator[Goal]:
    """Every comparison of a derived number holds, and does not."""
    codes = {one.code for one in part.derived}
    compared = (one for when in part.whens for one in when.comparisons if one.question in codes)
    for one in dict.fromkeys(compared):
        condition = Condition(Behaviour.ALL, (one,))
        name = f"derived {one.question} {one.operator.value} {one.value}"
        yield from _both(name, Met(condition, part.derived), part.derived)


def _both(of: str, aim: Aim, derived: tuple[Derived, ...]) -> Iterator[Goal]:
    """It holds, and it does not."""
    for outcome in (True, False):
        yield Goal(of, outcome, aim, derived)


def _is_asked(when: Condition, pages: Sequence[Page], derived: Iterable[Derived]) -> bool:
    """Whether everything it compares can be answered here."""
    codes = {question.code for page in pages for question in page.questions}
    return when.names <= codes | FACTS.keys() | {one.code for one in derived}


def _with_numbers(derived: Iterable[Derived], known: Answers, facts: Facts) -> dict[str, Answer]:
    """What conditions compare: answers, derived numbers, facts."""
    return {**known, **numbers(derived, known), **facts.answers}
