"""Reading the definitions for a command, and telling every fault."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from app.people.growth_file import NAME, read_survey
from app.questionnaire.definition import Concern, Library
from app.questionnaire.reading import read_library
from app.schedule.reading import Schedule, read_schedule
from app.schedule.verdict import Reason
from app.wiring import TRANSLATIONS, files_below
from app.wording.extraction import UI_SOURCE, texts_of_ui


def fail_if(lines: Sequence[object]) -> None:
    """Prints every line; exit 1 when there is one."""
    for line in lines:
        click.echo(str(line))
    if lines:
        sys.exit(1)


def library_in(folder: Path, *, is_whole: bool = True) -> Library:
    """The definitions in a folder; prints every fault and exits 1 when there is one."""
    library = read_library(files_below(folder, ".toml"), is_whole=is_whole)
    if isinstance(library, Library):
        return library
    fail_if(library)
    raise AssertionError


def schedule_in(folder: Path) -> Schedule:
    """The schedule in a folder; prints every fault and exits 1 when there is one."""
    found = read_schedule(files_below(folder, ".toml"))
    if isinstance(found, Schedule):
        return found
    fail_if(found)
    raise AssertionError


def tell_unsaid(schedule: Schedule) -> None:
    """Prints every vaccine, product and reason of the schedule that no wording says, and exits 1."""
    wanted = [f"schedule.reason.{reason}" for reason in Reason]
    for vaccine in schedule.rules.vaccines.values():
        wanted.append(f"vaccine.{vaccine.code}")
        wanted.extend(f"product.{product}" for product in vaccine.products_to_tell)
        wanted.extend(f"schedule.reason.{reason}" for reason in sorted(vaccine.reasons))
    said = {text.context for text in texts_of_ui((TRANSLATIONS / UI_SOURCE).read_bytes())}
    unsaid = [key for key in dict.fromkeys(wanted) if f"ui.{key}" not in said]
    fail_if([f"{UI_SOURCE}:1: {key}: is missing, and the schedule names it" for key in unsaid])


def flags_of(concerns: Iterable[Concern]) -> set[str]:
    """What these concerns tell the schedule."""
    return {one.flag for one in concerns if one.flag}


def tell_foreign_flags(library: Library, schedule: Schedule) -> None:
    """Prints every flag of a concern that no rule of the schedule asks for, and exits 1."""
    flags = {(one.code, flag) for one in library.parts.values() for flag in flags_of(one.concerns)}
    flags |= {(one.code, flag) for one in library.programmes.values() for flag in flags_of(one.concerns)}
    foreign = sorted(pair for pair in flags if pair[1] not in schedule.rules.flags)
    fail_if([f"{code}:1: concern.flag: {flag!r} is asked for by no rule" for code, flag in foreign])


def tell_survey(folder: Path) -> None:
    """Prints every fault of the survey of growth and exits 1 when there is one; a folder may have none."""
    file = folder / NAME
    found = read_survey(NAME, file.read_bytes()) if file.exists() else ()
    fail_if(found if isinstance(found, tuple) else ())
