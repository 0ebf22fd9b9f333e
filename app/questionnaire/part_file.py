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
    part = Part(code, version, table.text("title"), (), sha256=hashlib.sha256(data).hexdigest())
    pages = tuple(page_in(row) for row in table.tables("page", required=True))
    derived, concerns, advice = derived_in(table), concerns_in(table), advice_in(table)
    part = replace(
        part,
        pages=tuple(page.page for page in pages),
        concerns=tuple(read.concern for read in concerns),
        derived=tuple(read.derived for read in derived if read.derived),
        advice=tuple(read.advice for read in advice),
        migration=migration_in(table, version),
    )
    table.finish()
    file = _judged(PartFile(named.folder, named.version, part, table.findings), pages, derived)
    file = replace(file, conditioned=(*concerns, *advice))
    _tell_conditioned(file)
    return file if table.is_sound else replace(file, part=None)


def _judged(file: PartFile, pages: tuple[ReadPage, ...], derived: tuple[ReadDerived, ...]) -> PartFile:
    """The file with what its pages and derived numbers hold, as written; what is wrong among them is told."""
    questions = {read.code: read.question for page in pages for read in page.questions}
    codes = [code for page in pages for code in page.codes]
    codes += [(number.code, (*number.place, "code")) for number in derived if number.code]
    file.findings.tell_repeated(codes)
    _tell_conditions(file.findings, pages, questions)
    return replace(
        file,
        codes=tuple(codes),
        questions=questions,
        numbers={read.code: tell_members(file.findings, read, questions) for read in derived},
        discreet=_discreet(pages),
        members={read.code: read.derived.of for read in derived if read.derived},
        pages={page.page.code: [read.code for read in page.questions] for page in pages},
    )


def _discreet(pages: Iterable[ReadPage]) -> frozenset[str]:
    """The codes of the questions on discreet pages."""
    return frozenset(read.code for page in pages if page.page.discreet for read in page.questions)


def _tell_conditioned(file: PartFile) -> None:
    """Every concern and advice that compares its own part wrongly, or betrays a discreet answer."""
    for read in file.conditioned:
        tell_misfits(file.findings, (*read.place, "when"), read.when, {**file.comparable, **FACTS})
    tell_discreet(file.findings, file.conditioned, file.discreet, file.members)


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
