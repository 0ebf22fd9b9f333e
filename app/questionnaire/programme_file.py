"""One programme's file, read and judged by itself: what its stages share, and each stage."""

import hashlib
from dataclasses import dataclass, replace

from app.questionnaire.concern_tables import ReadConcern, concerns_in
from app.questionnaire.file_names import KEBAB, VersionedName, versioned_name
from app.questionnaire.programme import Explanation, Programme, Signer, Who
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.source import Mark, Source, source_in
from app.strict_toml.tables import Table, open_file

KINDS = ("vaccine", "checkup")
SUBJECTS = ("child", "mother")
NO_EXPLANATION = Explanation("", "", "", "", "", Source("", Mark.U))


@dataclass(frozen=True, slots=True)
class ReadStage:
    """A stage where it stands; ``concerns`` are its own, ``programme`` holds all of them."""

    place: Place
    programme: Programme
    concerns: tuple[ReadConcern, ...]

    @property
    def sheet(self) -> tuple[str, ...]:
        """The parts that a visit for it may ask."""
        return tuple(dict.fromkeys((*self.programme.parts, *self.programme.parts_alone)))


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What one file of a programme holds.

    Shapes: ``folder`` and ``version`` by its file name; ``concerns`` are those of every stage;
    ``programmes`` empty when the file is at fault, ``stages`` with whatever could be read.
    """

    folder: str
    version: int
    findings: Findings
    programmes: tuple[Programme, ...] = ()
    stages: tuple[ReadStage, ...] = ()
    concerns: tuple[ReadConcern, ...] = ()


def open_programme(name: str, data: bytes) -> ProgrammeFile:
    """The stages of a file, with all its faults on record."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        named = VersionedName.of(name)
        return ProgrammeFile(named.folder, named.version, Findings(name, {}, list(table)))
    named, code, version = versioned_name(table, name)
    concerns = concerns_in(table)
    shared = replace(
        _shared(table, concerns), family=code, version=version, sha256=hashlib.sha256(data).hexdigest()
    )
    stages = _stages(table, shared, concerns)
    table.finish()
    programmes = tuple(stage.programme for stage in stages) if table.is_sound else ()
    return ProgrammeFile(named.folder, named.version, table.findings, programmes, stages, concerns)


def _shared(table: Table, concerns: tuple[ReadConcern, ...]) -> Programme:
    """What every stage has, as a programme without a stage; every fault is told."""
    kind = _one_of(table, "kind", KINDS)
    is_vaccine = kind != "checkup"
    parts_alone, from_years = table.texts("parts_alone", required=False), table.whole("alone_from_years", 0)
    if table.has("parts_alone") is not table.has("alone_from_years"):
        missing = "alone_from_years" if table.has("parts_alone") else "parts_alone"
        table.tell(missing, "is missing: parts_alone and alone_from_years go together")
    shared = Programme(
        code="",
        kind=kind,
        vaccine=table.text("vaccine", None if is_vaccine else ""),
        dose=0,
        title="",
        parts=table.texts("parts"),
        explanation=_explanation(table, is_vaccine=is_vaccine),
        bring=table.texts("bring", required=False),
        source=source_in(table),
        concerns=tuple(read.concern for read in concerns),
        subject_is=_one_of(table, "subject_is", SUBJECTS, SUBJECTS[0]),
        voluntary=table.flag("voluntary"),
        attends=table.text("attends", ""),
        signers=_signers(table),
        parts_alone=parts_alone,
        alone_from_years=from_years,
        without_pages=table.texts("without_pages", required=False),
        instruments=table.texts("instruments", required=False),
    )
    if shared.vaccine and not is_vaccine:
        table.tell("vaccine", "does not go with the kind checkup")
    return shared


def _stages(table: Table, shared: Programme, concerns: tuple[ReadConcern, ...]) -> tuple[ReadStage, ...]:
    """Every stage with what it says itself in place of what is shared."""
    used = {read.concern.code for read in concerns}
    stages: list[ReadStage] = []
    for row in table.tables("stage", required=True):
        own = frozenset(key for key in ("parts", "bring", "source", "explanation") if row.has(key))
        is_vaccine = shared.kind != "checkup"
        code = row.code("code", KEBAB, "lower-kebab")
        if code in {stage.programme.code for stage in stages}:
            row.tell("code", f"{code!r} is used twice")
        read = concerns_in(row, used)
        used |= {one.concern.code for one in read}
        programme = replace(
            shared,
            code=code,
            dose=row.whole("dose", None if is_vaccine else 1),
            title=row.text("title"),
            parts=row.texts("parts") if "parts" in own else shared.parts,
            bring=row.texts("bring", required=False) if "bring" in own else shared.bring,
            source=source_in(row) if "source" in own else shared.source,
            explanation=(
                _explanation(row, is_vaccine=is_vaccine) if "explanation" in own else shared.explanation
            ),
            concerns=(*shared.concerns, *(one.concern for one in read)),
            own=own,
        )
        row.finish()
        stages.append(ReadStage(row.place, programme, read))
    return tuple(stages)


def _signers(table: Table) -> tuple[Signer, ...]:
    """Who may sign, in order; those at fault are told and left out."""
    signers: list[Signer] = []
    for row in table.tables("signer"):
        who = row.one_of("who", Who)
        from_years, below = row.whole("from_years", 0, least=0), row.whole("below_years", 0)
        note, source = row.text("note", ""), source_in(row)
        row.finish()
        if below and below <= from_years:
            row.tell("below_years", f"{below} is not more than from_years, {from_years}")
        if row.is_sound and who is not None:
            signers.append(Signer(who, from_years, below or None, note, source))
    return tuple(signers)


def _explanation(table: Table, *, is_vaccine: bool) -> Explanation:
    """What is shown before the first question; only a vaccine must tell effects and relief."""
    inner = table.table("explanation")
    if inner is None:
        return NO_EXPLANATION
    default = None if is_vaccine else ""
    explanation = Explanation(
        prevents=inner.text("prevents"),
        effects=inner.text("effects", default),
        serious=inner.text("serious", default),
        watch=inner.text("watch"),
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
