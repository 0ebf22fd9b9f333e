"""Witnesses: for every page, condition, concern and advice, answers that bring about each of its outcomes.

What no answers can bring about is dead: a follow-up that is never asked, a concern that is never raised.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.questionnaire.answers import Answers, to_plain
from app.questionnaire.concern import Concern
from app.questionnaire.facts import NO_FACTS, Facts
from app.questionnaire.library import Library
from app.questionnaire.overlay import Overlay, overlaid
from app.questionnaire.part import Part
from app.questionnaire.programme import Programme
from app.questionnaire.question import Page
from app.questionnaire.witness_goals import Goal, concern_goals, goals_of
from app.questionnaire.witness_search import search


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers, and facts of the subject, that bring about one outcome; answers None when none were found.

    Shapes: ``of`` is "page <code>", "question <code>", "concern <code>", "concern <code> before <n>
    months", "concern <code> from <n> months", "derived <code> <comparison>" or "advice <code>".
    """

    of: str
    outcome: bool
    answers: Answers | None
    facts: Facts = NO_FACTS


Named = tuple[str, tuple[Witness, ...]]
"""What witnesses are of, and they themselves."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What a whole library showed: a line per witness, how many there are, how many were not found."""

    lines: tuple[str, ...]
    count: int
    failed: int


def witnesses(part: Part, beside: Sequence[Part] = ()) -> tuple[Witness, ...]:
    """A witness for both outcomes of every page, follow-up, concern, number and advice of a part.

    Shapes: ``beside`` are other parts of the sheet; what hangs on a question of none of them is left out.
    """
    named = {name for when in part.whens for name in when.names}
    others = [other for other in beside if not named.isdisjoint(one.code for one in other.questions)]
    pages = (*(page for other in others for page in other.pages), *part.pages)
    return tuple(_witness(goal, pages) for goal in goals_of(part, pages))


def programme_witnesses(concerns: Iterable[Concern], sheet: Sequence[Part]) -> tuple[Witness, ...]:
    """A witness for both outcomes of every concern of a programme, asked with its sheet."""
    pages = tuple(page for part in sheet for page in part.pages)
    return tuple(_witness(goal, pages) for goal in concern_goals(concerns, pages))


def replay(library: Library) -> Replay:
    """Every witness of every part and programme, and of what overlays change, as lines to read.

    Shapes: absent parts are passed over.
    """
    newest = {code: library.newest(code) for code, _ in library.parts}
    named = _of_parts(library.parts.values(), newest)
    named += _of_programmes(library.programmes.values(), newest)
    for municipality in sorted({municipality for municipality, _ in library.overlays}):
        named += _of_overlay(library, library.overlay_of(municipality), newest)
    lines: list[str] = []
    failed = 0
    for name, found in named:
        lines.extend(f"{name}: {_told(witness)}" for witness in found)
        failed += sum(witness.answers is None for witness in found)
    return Replay(tuple(lines), len(lines), failed)


def _of_parts(parts: Iterable[Part], newest: Mapping[str, Part]) -> list[Named]:
    """The witnesses of these parts, each asked beside the newest of all others."""
    named: list[Named] = []
    for part in sorted(parts, key=lambda part: (part.code, part.version)):
        beside = [other for other in newest.values() if other.code != part.code]
        named.append((f"{part.code} v{part.version}", witnesses(part, beside)))
    return named


def _of_programmes(programmes: Iterable[Programme], newest: Mapping[str, Part]) -> list[Named]:
    """The witnesses of the concerns of these programmes, asked with their sheets."""
    named: list[Named] = []
    for programme in sorted(programmes, key=lambda programme: programme.code):
        asked = dict.fromkeys((*programme.parts, *programme.parts_alone))
        sheet = [newest[each] for each in asked if each in newest]
        named.append((programme.code, programme_witnesses(programme.concerns, sheet)))
    return named


def _of_overlay(library: Library, overlay: Overlay | None, newest: Mapping[str, Part]) -> list[Named]:
    """The witnesses of the parts that an overlay changes, and of the programmes that ask them."""
    if overlay is None:
        return []
    here = {code: overlaid(part, overlay) for code, part in newest.items()}
    changed = [part for part in here.values() if part.overlay is not None]
    codes = {part.code for part in changed}
    asking = [
        one for one in library.programmes.values() if not codes.isdisjoint((*one.parts, *one.parts_alone))
    ]
    named = [*_of_parts(changed, here), *_of_programmes(asking, here)]
    return [(f"{overlay.municipality} v{overlay.version}: {name}", found) for name, found in named]


def _told(witness: Witness) -> str:
    """One witness as a line."""
    outcome = "true" if witness.outcome else "false"
    if witness.answers is None:
        return f"{witness.of}: no answers found that make it {outcome}"
    plain = to_plain({**witness.facts.answers, **witness.answers})
    return f"{witness.of} is {outcome} by {json.dumps(plain, ensure_ascii=False)}"


def _witness(goal: Goal, pages: Sequence[Page]) -> Witness:
    """What the search found."""
    found = search(goal, pages)
    if found is None:
        return Witness(goal.of, goal.outcome, None)
    return Witness(goal.of, goal.outcome, found.answers, found.facts)
