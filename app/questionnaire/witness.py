"""Witnesses: for every page, condition and concern, answers that bring about each of its outcomes.

What no answers can bring about is dead: a follow-up that is never asked, a concern that is never raised.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product

from app.questionnaire.answers import Answer, Answers, to_plain
from app.questionnaire.candidates import candidates
from app.questionnaire.concerns import raised
from app.questionnaire.conditions import holds
from app.questionnaire.definition import Concern, Condition, Library, Page, Part, Question
from app.questionnaire.path import asked, pages_to_answer

MOST_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers that bring about one outcome; None when none were found.

    Shapes: ``of`` is "page <code>", "question <code>" or "concern <code>".
    """

    of: str
    outcome: bool
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What a whole library showed: a line per witness, how many there are, how many were not found."""

    lines: tuple[str, ...]
    count: int
    failed: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to come out, of a page, a condition or a concern."""

    of: str
    outcome: bool
    about: Page | Condition | Concern

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on which the outcome hangs."""
        match self.about:
            case Condition():
                return (self.about,)
            case Concern():
                return (self.about.when,)
        return tuple(each.shown_when for each in self.about.questions if each.shown_when)

    def is_met(self, pages: Sequence[Page], answers: Answers) -> bool:
        """Whether these answers bring it about, by the functions that everybody uses."""
        known = asked(pages, answers)
        match self.about:
            case Condition():
                return holds(self.about, known) is self.outcome
            case Concern():
                return bool(raised((self.about,), known)) is self.outcome
        return (self.about.code in {page.code for page in pages_to_answer(pages, known)}) is self.outcome


def witnesses(part: Part, beside: Sequence[Part] = ()) -> tuple[Witness, ...]:
    """A witness for both outcomes of every page, follow-up and concern of a part.

    Shapes: ``beside`` are other parts of the sheet; a concern about questions of none of them is left out.
    """
    pages = (*(page for other in beside for page in other.pages), *part.pages)
    goals = (_page_goals(part.pages), _question_goals(part.questions), _concern_goals(part.concerns, pages))
    return tuple(_search(goal, pages) for goal in chain(*goals))


def programme_witnesses(concerns: Iterable[Concern], sheet: Sequence[Part]) -> tuple[Witness, ...]:
    """A witness for both outcomes of every concern of a programme, asked with its sheet."""
    pages = tuple(page for part in sheet for page in part.pages)
    return tuple(_search(goal, pages) for goal in _concern_goals(concerns, pages))


def replay(library: Library) -> Replay:
    """Every witness of every part and programme, as lines to read."""
    newest = {code: library.newest(code) for code, _ in library.parts}
    lines: list[str] = []
    failed = 0
    named: list[tuple[str, tuple[Witness, ...]]] = []
    for (code, version), part in sorted(library.parts.items()):
        beside = [other for other in newest.values() if other.code != code]
        named.append((f"{code} v{version}", witnesses(part, beside)))
    for code, programme in sorted(library.programmes.items()):
        sheet = [newest[each] for each in programme.parts]
        named.append((code, programme_witnesses(programme.concerns, sheet)))
    for name, found in named:
        lines.extend(f"{name}: {_told(witness)}" for witness in found)
        failed += sum(witness.answers is None for witness in found)
    return Replay(tuple(lines), len(lines), failed)


def _told(witness: Witness) -> str:
    """One witness as a line."""
    outcome = "true" if witness.outcome else "false"
    if witness.answers is None:
        return f"{witness.of}: no answers found that make it {outcome}"
    return f"{witness.of} is {outcome} by {json.dumps(to_plain(witness.answers), ensure_ascii=False)}"


def _page_goals(pages: Iterable[Page]) -> Iterator[Goal]:
    """A page is asked; one of follow-ups only can also be passed over."""
    for page in pages:
        if page.is_taken_over:
            continue
        yield Goal(f"page {page.code}", outcome=True, about=page)
        if all(question.shown_when for question in page.questions):
            yield Goal(f"page {page.code}", outcome=False, about=page)


def _question_goals(questions: Iterable[Question]) -> Iterator[Goal]:
    """A follow-up is shown, and is not."""
    for question in questions:
        if question.shown_when is not None:
            for outcome in (True, False):
                yield Goal(f"question {question.code}", outcome, question.shown_when)


def _concern_goals(concerns: Iterable[Concern], pages: Sequence[Page]) -> Iterator[Goal]:
    """A concern is raised, and is not."""
    codes = {question.code for page in pages for question in page.questions}
    for concern in concerns:
        if codes.issuperset(comparison.question for comparison in concern.when.comparisons):
            for outcome in (True, False):
                yield Goal(f"concern {concern.code}", outcome, concern)


def _search(goal: Goal, pages: Sequence[Page]) -> Witness:
    """The first answers that meet the goal, fewest first, replayed on all the pages."""
    needed = _needed(goal, pages)
    conditions = [*goal.conditions, *(each.shown_when for each in needed.values() if each.shown_when)]
    narrow = _narrowed(goal, pages, needed.keys())
    tried = product(*(candidates(question, conditions) for question in needed.values()))
    for values in islice(tried, MOST_TRIED):
        answers = {
            code: Answer(value) for code, value in zip(needed, values, strict=True) if value is not None
        }
        if goal.is_met(narrow, answers) and goal.is_met(pages, answers):
            return Witness(goal.of, goal.outcome, asked(pages, answers))
    return Witness(goal.of, goal.outcome, None)


def _needed(goal: Goal, pages: Sequence[Page]) -> dict[str, Question]:
    """The questions on which the goal hangs, and those on which they hang, in page order."""
    questions = {question.code: question for page in pages for question in page.questions}
    waiting = [comparison.question for when in goal.conditions for comparison in when.comparisons]
    needed: set[str] = set()
    while waiting:
        code = waiting.pop()
        if code in needed or code not in questions:
            continue
        needed.add(code)
        when = questions[code].shown_when
        waiting.extend(comparison.question for comparison in (when.comparisons if when else ()))
    return {code: question for code, question in questions.items() if code in needed}


def _narrowed(goal: Goal, pages: Sequence[Page], needed: Iterable[str]) -> tuple[Page, ...]:
    """The pages with only what the search needs to look at."""
    kept = set(needed)
    if isinstance(goal.about, Page):
        kept |= {question.code for question in goal.about.questions}
    narrow = (replace(page, questions=tuple(q for q in page.questions if q.code in kept)) for page in pages)
    return tuple(page for page in narrow if page.questions)
