"""One programme's file, read and judged by itself."""

import hashlib
import re
from dataclasses import dataclass

from app.questionnaire.condition_tables import ReadConcern, concerns_in, source_in
from app.questionnaire.definition import Explanation, Mark, Programme, Source
from app.questionnaire.part_file import KEBAB
from app.strict_toml.findings import Findings
from app.strict_toml.tables import Table, open_file

FILE_NAME = re.compile(r"(?:.*/)?(?P<code>[^/]+)\.toml")
KINDS = ("vaccine", "checkup")
SUBJECTS = ("child", "mother")


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What one file of a programme holds; ``programme`` None when the file is at fault."""

    code: str
    programme: Programme | None
    findings: Findings
    parts: tuple[str, ...] = ()
    concerns: tuple[ReadConcern, ...] = ()


def open_programme(name: str, data: bytes) -> ProgrammeFile:
    """The programme of a file, with all its faults on record."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        return ProgrammeFile(name, None, Findings(name, {}, list(table)))
    code = table.code("code", KEBAB, "lower-kebab")
    named = FILE_NAME.fullmatch(name)
    if named is None or (code and code != named["code"]):
        table.tell("code", "is not the name of its file")
    kind = _one_of(table, "kind", KINDS)
    is_vaccine = kind != "checkup"
    concerns = concerns_in(table)
    programme = Programme(
        code=code,
        kind=kind,
        vaccine=table.text("vaccine", None if is_vaccine else ""),
        dose=table.whole("dose", None if is_vaccine else 1),
        title=table.text("title"),
        parts=table.texts("parts"),
        explanation=_explanation(table, is_vaccine=is_vaccine),
        bring=table.texts("bring", required=False),
        source=source_in(table),
        concerns=tuple(read.concern for read in concerns),
        subject_is=_one_of(table, "subject_is", SUBJECTS, SUBJECTS[0]),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    table.finish()
    sound = programme if table.is_sound else None
    return ProgrammeFile(code, sound, table.findings, programme.parts, concerns)


def _explanation(table: Table, *, is_vaccine: bool) -> Explanation:
    """What is shown before the first question; only a vaccine must tell effects and relief."""
    inner = table.table("explanation")
    if inner is None:
        return Explanation("", "", "", "", "", Source("", Mark.U))
    default = None if is_vaccine else ""
    explanation = Explanation(
        prevents=inner.text("prevents", default),
        effects=inner.text("effects", default),
        serious=inner.text("serious", default),
        watch=inner.text("watch", default),
        relief=inner.text("relief", default),
        source=source_in(inner),
    )
    inner.finish()
    return explanation


def _one_of(table: Table, key: str, codes: tuple[str, ...], default: str | None = None) -> str:
    """One of these texts."""
    value = table.text(key, default)
    if value and value not in codes:
        table.tell(key, f"{value!r} is none of {', '.join(codes)}")
    return value
