"""One part's file, read and judged by itself."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.questionnaire.concern_tables import Conditioned, advice_in, concerns_in, tell_discreet
from app.questionnaire.condition_tables import tell_misfits
from app.questionnaire.derived_tables import ReadDerived, derived_in, tell_members
from app.questionnaire.facts import FACTS
from app.questionnaire.file_names import VersionedName, versioned_name
from app.questionnaire.migrate_tables import migration_in
from app.questionnaire.page_tables import ReadPage, page_in
from app.questionnaire.part import Part
from app.questionnaire.question import Question
from app.questionnaire.question_tables import ReadQuestion
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.tables import Table, open_file


@dataclass(frozen=True, slots=True)
class PartFile:
    """What one file of a part holds.

    Shapes: ``folder`` and ``version`` by its file name; ``part`` None when the file is at fault;
    ``codes`` every code of a page, question or derived number as written, with its place; ``questions``
    by code, and derived ``numbers`` in the shape of questions, None for one at fault; ``discreet`` the
    codes of questions on discreet pages; ``members`` the questions of each derived number, ``pages``
    those of each page.
    """

    folder: str
    version: int
    part: Part | None
    findings: Findings
    codes: tuple[tuple[str, Place], ...] = ()
    questions: Mapping[str, Question | None] = field(default_factory=dict)
    numbers: Mapping[str, Question | None] = field(default_factory=dict)
    conditioned: tuple[Conditioned, ...] = ()
    discreet: frozenset[str] = frozenset()
    members: Mapping[str, Collection[str]] = field(default_factory=dict)
    pages: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def comparable(self) -> dict[str, Question | None]:
        """What its concerns and advice can compare: its questions and its derived numbers."""
        return {**self.questions, **self.numbers}


def open_part(name: str, data: bytes) -> PartFile:
    """The part of a file, with all its faults on record."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        named = VersionedName.of(name)
        return PartFile(named.folder, named.version, None, Findings(name, {}, list(table)))
    named, code, version = versioned_name(table, name)
    title = table.text("title")
    pages = tuple(page_in(row) for row in table.tables("page", required=True))
    derived, concerns, advice = derived_in(table), concerns_in(table), advice_in(table)
    migration = migration_in(table, version)
    table.finish()
    questions = {read.code: read.question for page in pages for read in page.questions}
    file = PartFile(
        named.folder,
        named.version,
        None,
        table.findings,
        codes=_codes(pages, derived),
        questions=questions,
        numbers={read.code: tell_members(table.findings, read, questions) for read in derived},
        conditioned=(*concerns, *advice),
        discreet=_discreet(pages),
        members={read.code: read.derived.of for read in derived if read.derived},
        pages={page.page.code: [read.code for read in page.questions] for page in pages},
    )
    _tell_repeated(table.findings, file.codes)
    _tell_conditions(table.findings, pages, questions)
    _tell_conditioned(file)
    part = Part(
        code=code,
        version=version,
        title=title,
        pages=tuple(page.page for page in pages),
        concerns=tuple(read.concern for read in concerns),
        sha256=hashlib.sha256(data).hexdigest(),
        derived=tuple(read.derived for read in derived if read.derived),
        advice=tuple(read.advice for read in advice),
        migration=migration,
    )
    return replace(file, part=part) if table.is_sound else file


def _discreet(pages: Iterable[ReadPage]) -> frozenset[str]:
    """The codes of the questions on discreet pages."""
    return frozenset(read.code for page in pages if page.page.discreet for read in page.questions)


def _tell_conditioned(file: PartFile) -> None:
    """Every concern and advice that compares its own part wrongly, or betrays a discreet answer."""
    for read in file.conditioned:
        tell_misfits(file.findings, (*read.place, "when"), read.when, {**file.comparable, **FACTS})
    tell_discreet(file.findings, file.conditioned, file.discreet, file.members)


def _codes(pages: tuple[ReadPage, ...], derived: tuple[ReadDerived, ...]) -> tuple[tuple[str, Place], ...]:
    """Every code of pages, questions and derived numbers with its place, in order."""
    codes: list[tuple[str, Place]] = []
    for page in pages:
        codes.append((page.page.code, (*page.place, "code")))
        codes.extend((read.code, (*read.place, "code")) for read in page.questions)
    codes.extend((number.code, (*number.place, "code")) for number in derived)
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
        if comparison.question in earlier or comparison.question in FACTS:
            continue
        which = "stands later" if comparison.question in questions else "is no question of this part"
        row = (*place, condition.behaviour.value, at, "question")
        findings.tell(row, f"{comparison.question!r} {which}: shown_when needs an earlier question")
    tell_misfits(findings, place, condition, {**questions, **FACTS})
