"""Whom a parent can call, and where the quick exit of a page leads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.questionnaire.concern import Urgency
from app.questionnaire.condition_tables import SNAKE
from app.strict_toml.findings import Findings
from app.strict_toml.source import Source, source_in
from app.strict_toml.tables import Table, open_file

HELPLINES_FILE = "helplines.toml"
PHONE = re.compile(r"#?[0-9]+(-[0-9]+)*")
ADDRESS = re.compile(r"https://[a-z0-9.-]+/[a-zA-Z0-9./-]*")
SUBJECTS = ("", "child", "mother")


ON_PAGES = "helplines"
STANDS = (ON_PAGES, *Urgency)
"""Where a line may stand: on pages with helplines, or beside an advice of an urgency."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """One number to call. ``subject`` "child" or "mother" when it is for visits about one of them only.

    Shapes: what it is for is a text of the wording, ``helpline.<code>``.
    """

    code: str
    phone: str
    stands: tuple[str, ...]
    subject: str
    source: Source

    @property
    def address(self) -> str:
        """The ``tel:`` address of the number."""
        return "tel:" + self.phone.replace("-", "").replace("#", "%23")


@dataclass(frozen=True, slots=True)
class Helplines:
    """All lines in their order, and the address to which the quick exit leads."""

    leave: str = ""
    lines: tuple[Helpline, ...] = ()

    def at(self, stand: str, subject: str) -> tuple[Helpline, ...]:
        """The lines that stand there for a visit about this subject."""
        return tuple(one for one in self.lines if stand in one.stands and one.subject in ("", subject))


@dataclass(frozen=True, slots=True)
class HelplinesFile:
    """What the file holds; ``helplines`` None when it is at fault."""

    helplines: Helplines | None
    findings: Findings


def open_helplines(files: Mapping[str, bytes]) -> HelplinesFile | None:
    """The helplines among these files, with all faults on record; None when there is no such file."""
    if HELPLINES_FILE not in files:
        return None
    table = open_file(HELPLINES_FILE, files[HELPLINES_FILE])
    if not isinstance(table, Table):
        return HelplinesFile(None, Findings(HELPLINES_FILE, {}, list(table)))
    leave = table.code("leave", ADDRESS, "https://example.jp/")
    source_in(table)
    lines: list[Helpline] = []
    for row in table.tables("line", required=True):
        line = _line(row)
        if line.code in {other.code for other in lines}:
            row.tell("code", f"{line.code!r} is used twice")
        lines.append(line)
    table.finish()
    return HelplinesFile(Helplines(leave, tuple(lines)) if table.is_sound else None, table.findings)


def _line(row: Table) -> Helpline:
    """One line; every fault is told."""
    line = Helpline(
        code=row.code("code", SNAKE, "lower_snake"),
        phone=row.code("phone", PHONE, "#8000 or 0120-000-000"),
        stands=row.texts("stands"),
        subject=row.text("subject", ""),
        source=source_in(row),
    )
    row.finish()
    for stand in line.stands:
        if stand not in STANDS:
            row.tell("stands", f"{stand!r} is none of {', '.join(STANDS)}")
    if line.subject not in SUBJECTS:
        row.tell("subject", f"{line.subject!r} is none of child, mother")
    return line
