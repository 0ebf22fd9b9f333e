"""One municipality's overlay, read and judged by itself; `overlay_limits` judges it against the parts."""

import hashlib
import re
from dataclasses import dataclass

from app.questionnaire.condition_tables import SNAKE
from app.questionnaire.file_names import KEBAB, VersionedName, versioned_name
from app.questionnaire.overlay import Added, Hide, Order, Overlay, ProgrammeChange, Rename
from app.questionnaire.page_tables import ReadPage, page_in
from app.questionnaire.question import Question
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

MUNICIPALITY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NEVER = "a municipality never changes this"
FIXED = (
    *("code", "kind", "paper", "required", "choices", "shown_when", "details", "fresh", "privacy", "export"),
    *("unit", "hard", "soft", "unknown", "origin", "danger", "family", "core", "discreet", "helplines"),
)
"""What a rename cannot reach: everything but words."""


@dataclass(frozen=True, slots=True)
class ReadAdded:
    """An added page where it stands; ``read`` holds its questions with their places."""

    place: Place
    part: str
    after: str
    read: ReadPage


@dataclass(frozen=True, slots=True)
class OverlayFile:
    """What one file of a municipality holds.

    Shapes: ``folder`` and ``version`` by its file name; ``overlay`` None when the file is at fault, else
    its lists stand in the order of the file; ``added`` whatever could be read.
    """

    folder: str
    version: int
    overlay: Overlay | None
    findings: Findings
    added: tuple[ReadAdded, ...] = ()

    @property
    def codes(self) -> tuple[tuple[str, Place], ...]:
        """Every code of its own pages and questions with its place, in order."""
        return tuple(code for added in self.added for code in added.read.codes)


def prefix_of(municipality: str) -> str:
    """How the codes of a municipality's own pages and questions begin: ``m999999_``, ``sample_town_``."""
    named = municipality.replace("-", "_")
    return f"m{named}_" if named[:1].isdigit() else f"{named}_"


def open_overlay(name: str, data: bytes) -> OverlayFile:
    """The overlay of a file, with all its faults on record."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        named = VersionedName.of(name)
        return OverlayFile(named.folder, named.version, None, Findings(name, {}, list(table)))
    named, municipality, version = versioned_name(
        table, name, key="municipality", spelling=(MUNICIPALITY, "999999")
    )
    title, source = table.text("title"), source_in(table)
    table.refuse(("concern", "advice", "derived", "page"), NEVER)
    hides = tuple(_hide(row) for row in table.tables("hide"))
    renames = tuple(_rename(row) for row in table.tables("rename"))
    orders = tuple(_order(row) for row in table.tables("order"))
    added = tuple(_added(row, prefix_of(named.folder)) for row in table.tables("add"))
    changes = tuple(_programme(row) for row in table.tables("programme"))
    table.finish()
    file = OverlayFile(named.folder, named.version, None, table.findings, added)
    file.findings.tell_repeated(file.codes)
    if not table.is_sound:
        return file
    overlay = Overlay(
        municipality=municipality,
        version=version,
        title=title,
        source=source,
        hides=hides,
        renames=renames,
        orders=orders,
        added=tuple(Added(one.part, one.after, one.read.page) for one in added),
        programmes=changes,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return OverlayFile(named.folder, named.version, overlay, table.findings, added)


def _hide(row: Table) -> Hide:
    """One thing that is not asked."""
    hide = Hide(row.text("question", ""), row.text("page", ""), row.text("reason", ""))
    row.refuse(("part", "concern", "advice", "choice", "programme"), NEVER)
    row.finish()
    _tell_unless_one(row, "question", "page")
    return hide


def _rename(row: Table) -> Rename:
    """Other words for one thing."""
    rename = Rename(
        row.text("question", ""),
        row.text("page", ""),
        row.text("choice", ""),
        row.text("text", ""),
        row.text("short", ""),
        row.text("hint", ""),
    )
    row.refuse(FIXED, NEVER)
    row.finish()
    _tell_unless_one(row, "question", "page")
    words = {"text": rename.text, "short": rename.short, "hint": rename.hint}
    if not any(words.values()):
        row.tell("", "says no other words: text, short or hint")
    for key in ("choice", "short", "hint"):
        if rename.page and row.has(key):
            row.tell(key, "goes with a question only")
    if rename.choice and rename.hint:
        row.tell("hint", "goes with the question, not with one of its choices")
    return rename


def _order(row: Table) -> Order:
    """An order of pages or of questions."""
    part, page = row.text("part", ""), row.text("page", "")
    codes = row.texts("pages" if part else "questions")
    row.finish()
    _tell_unless_one(row, "part", "page")
    return Order(part, page, codes)


def _added(row: Table, prefix: str) -> ReadAdded:
    """A page of its own; every code begins with the municipality's prefix."""
    part, after = row.code("part", KEBAB, "lower-kebab"), row.text("after", "")
    row.refuse(("concern", "advice", "derived"), NEVER)
    read = page_in(row)
    for code, place in read.codes:
        if SNAKE.fullmatch(code) and not code.startswith(prefix):
            row.findings.tell(place, f"{code!r} must begin with {prefix!r}: it is the municipality's own")
    for one in read.questions:
        if one.question is not None:
            _tell_claims(row.findings, one.place, one.question)
    return ReadAdded(row.place, part, after, read)


def _tell_claims(findings: Findings, place: Place, question: Question) -> None:
    """A municipality's own question that claims to be national is on record."""
    for key, claims in (
        ("paper", bool(question.paper)),
        ("core", question.core),
        ("origin", bool(question.origin)),
        ("choices", any(choice.number for choice in question.choices)),
    ):
        if claims:
            told = f"{question.code!r} is the municipality's own: only national questions have this"
            findings.tell((*place, key), told)


def _programme(row: Table) -> ProgrammeChange:
    """What is said otherwise of one stage."""
    code = row.code("code", KEBAB, "lower-kebab")
    bring, attends = row.texts("bring_add", required=False), row.text("attends", "")
    row.refuse(("parts", "kind", "vaccine", "explanation", "concern", "signer", "parts_alone"), NEVER)
    row.finish()
    if not bring and not attends:
        row.tell("", "says nothing: bring_add or attends")
    return ProgrammeChange(code, bring, attends)


def _tell_unless_one(row: Table, first: str, second: str) -> None:
    """A row that means both of two things, or neither, is on record."""
    if row.has(first) is row.has(second):
        row.tell("", f"needs exactly one of {first}, {second}")
