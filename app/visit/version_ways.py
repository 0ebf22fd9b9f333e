"""From one version of the questions to another: which visit must go, and what becomes of each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.questionnaire.definition import Library, Part, Programme, Question
from app.questionnaire.migration import Migration
from app.visit.sheet import Pins, Sheet, assemble
from app.visit.visit import State, Visit


@dataclass(frozen=True, slots=True)
class Way:
    """Where one question's answers go.

    Shapes: ``code`` of the new question; ``choices`` the new names of its choices; ``is_vouched`` a map says
    that it means the same; ``is_asked_again`` a map says that it does not.
    """

    code: str
    choices: Mapping[str, str]
    is_vouched: bool
    is_asked_again: bool


def is_behind(visit: Visit, library: Library) -> bool:
    """Whether its draft is pinned to a part that is retired and can be moved. What was submitted never is."""
    if visit.state is not State.DRAFTING or library.retired.keys().isdisjoint(visit.pins):
        return False
    return set(visit.programmes) <= library.programmes.keys()


def newest_sheet(visit: Visit, library: Library) -> Sheet:
    """The sheet with which this visit would be prepared today. Errors: KeyError when a programme is gone."""
    programmes = [library.programmes[code] for code in visit.programmes]
    comes_alone = _is_asked_alone(programmes, visit.pins)
    return assemble(programmes, library, visit.municipality, comes_alone=comes_alone)


def pinned_to(visit: Visit, sheet: Sheet) -> Visit:
    """The visit on this sheet."""
    return replace(visit, pins=sheet.pins, programme_pins=sheet.programme_pins)


def unkept(revision: int) -> int:
    """The revision of a draft that was moved and is not kept yet, and back: below zero, like no kept one."""
    return -revision - 1


def ways_between(old: Sheet, new: Sheet, library: Library) -> dict[str, Way]:
    """Where the answers of every question of the old sheet go, by its code."""
    versions = {part.code: part.version for part in new.parts}
    ways: dict[str, Way] = {}
    for part in old.parts:
        maps = _maps(part, versions.get(part.code, part.version), library)
        ways |= {question.code: _way(question, maps) for question in part.questions}
    return ways


def _is_asked_alone(programmes: Sequence[Programme], pins: Pins) -> bool:
    """Whether these pins are the sheet of a recipient who comes without a guardian."""
    asked = {code for code, _ in pins}
    return all(
        one.parts_alone and asked.issuperset(one.parts_alone) and not asked.issuperset(one.parts)
        for one in programmes
    )


def _maps(part: Part, version: int, library: Library) -> list[Migration]:
    """The maps that lead from this part to a newer version of it, in the order they are applied.

    Shapes: found from the newest back; a map may pass over versions between, a version without a map
    changes no names.
    """
    versions = [each for code, each in library.parts if code == part.code and part.version < each <= version]
    maps: list[Migration] = []
    reached = version
    for each in sorted(versions, reverse=True):
        migration = library.parts[part.code, each].migration
        if each > reached or migration is None:
            continue
        if migration.of >= part.version:
            maps.append(migration)
            reached = migration.of
    return maps[::-1]


def _way(question: Question, maps: Sequence[Migration]) -> Way:
    """Where the answers of one question go by these maps, one after the other."""
    code, is_vouched, is_asked_again = question.code, False, False
    choices = {option: option for option in question.options}
    for one in maps:
        choices = {option: one.choice(code, now) for option, now in choices.items()}
        is_vouched = is_vouched or one.says_the_same(code)
        is_asked_again = is_asked_again or one.asks_again(code)
        code = one.target(code)
    return Way(code, choices, is_vouched, is_asked_again)
