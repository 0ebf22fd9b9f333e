"""One part's file, read and judged by itself."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.questionnaire.condition_tables import ReadConcern, concerns_in, tell_misfits
from app.questionnaire.definition import Part, Question
from app.questionnaire.question_tables import ReadPage, ReadQuestion, page_in
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.tables import Table, open_file

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FILE_NAME = re.compile(r"(?:.*/)?(?P<folder>[^/]+)/v(?P<version>[1-9][0-9]*)\.toml")


@dataclass(frozen=True, slots=True)
class PartFile:
    """What one file of a part holds.

    Shapes: ``folder`` and ``version`` by its file name; ``part`` None when the file is at fault;
    ``codes`` every page and question code as written, with its place; ``questions`` by code, None for
    one at fault.
    """

    folder: str
    version: int
    part: Part | None
    findings: Findings
    codes: tuple[tuple[str, Place], ...] = ()
    questions: Mapping[str, Question | None] = field(default_factory=dict)
    concerns: tuple[ReadConcern, ...] = ()


def open_part(name: str, data: bytes) -> PartFile:
    """The part of a file, with all its faults on record."""
    named = FILE_NAME.fullmatch(name)
    folder, number = (named["folder"], int(named["version"])) if named else (name, 0)
    table = open_file(name, data)
    if not isinstance(table, Table):
        return PartFile(folder, number, None, Findings(name, {}, list(table)))
    code, version = table.code("code", KEBAB, "lower-kebab"), table.whole("version")
    if named is None:
        table.tell("", "must be named <code>/v<version>.toml")
    elif code and code != folder:
        table.tell("code", f"is not the name of its folder, {folder!r}")
    if number and version and version != number:
        table.tell("version", f"is not the version of its file name, v{number}")
    title = table.text("title")
    pages = tuple(page_in(row) for row in table.tables("page", required=True))
    concerns = concerns_in(table)
    table.finish()
    questions = {read.code: read.question for page in pages for read in page.questions}
    codes = _codes(pages)
    _tell_repeated(table.findings, codes)
    _tell_conditions(table.findings, pages, questions)
    for read in concerns:
        tell_misfits(table.findings, (*read.place, "when"), read.concern.when, questions)
    whole = tuple(page.page for page in pages)
    sha256 = hashlib.sha256(data).hexdigest()
    part = Part(code, version, title, whole, tuple(read.concern for read in concerns), sha256)
    sound = part if table.is_sound else None
    return PartFile(folder, number, sound, table.findings, codes, questions, concerns)


def _codes(pages: tuple[ReadPage, ...]) -> tuple[tuple[str, Place], ...]:
    """Every code of pages and questions with its place, in order."""
    codes: list[tuple[str, Place]] = []
    for page in pages:
        codes.append((page.page.code, (*page.place, "code")))
        codes.extend((read.code, (*read.place, "code")) for read in page.questions)
    return tuple((code, place) for code, place in codes if code)


def _tell_repeated(findings: Findings, codes: tuple[tuple[str, Place], ...]) -> None:
    """A code that stands twice in the file, for pages or questions, is on record."""
    first: dict[str, Place] = {}
    for code, place in codes:
        if code in first:
            findings.tell(place, f"{code!r} is used already in line {findings.line(first[code])}")
        first.setdefault(code, place)


def _tell_conditions(
    findings: Findings, pages: tuple[ReadPage, ...], questions: Mapping[str, Question | None]
) -> None:
    """Every condition that looks forward, into another part, or for an impossible value is on record."""
    earlier: set[str] = set()
    for page in pages:
        for read in page.questions:
            _tell_far_references(findings, read, earlier, questions)
            earlier.add(read.code)


def _tell_far_references(
    findings: Findings, read: ReadQuestion, earlier: set[str], questions: Mapping[str, Question | None]
) -> None:
    """The same for one question."""
    condition = None if read.question is None else read.question.shown_when
    if condition is None:
        return
    place = (*read.place, "shown_when")
    for at, comparison in enumerate(condition.comparisons):
        if comparison.question in earlier:
            continue
        which = "stands later" if comparison.question in questions else "is no question of this part"
        row = (*place, condition.behaviour.value, at, "question")
        findings.tell(row, f"{comparison.question!r} {which}: shown_when needs an earlier question")
    tell_misfits(findings, place, condition, questions)
