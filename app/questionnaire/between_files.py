"""What the files of a library say about one another, judged once all were read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.questionnaire.concern_tables import Conditioned, tell_discreet
from app.questionnaire.condition import Condition
from app.questionnaire.condition_tables import tell_misfits
from app.questionnaire.facts import FACTS
from app.questionnaire.instrument_file import InstrumentFile
from app.questionnaire.migrate_tables import tell_migration
from app.questionnaire.overlay_file import OverlayFile
from app.questionnaire.overlay_limits import Ground, tell_limits
from app.questionnaire.part_file import PartFile
from app.questionnaire.programme_file import ProgrammeFile, ReadStage
from app.questionnaire.question import Question
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place

Sheets = Mapping[str, Mapping[str, Question | None]]
"""The questions of each sheet, by how the sheet is called."""


@dataclass(frozen=True, slots=True)
class Files:
    """Every file of a library, opened."""

    parts: Sequence[PartFile]
    programmes: Sequence[ProgrammeFile]
    instruments: Sequence[InstrumentFile]
    overlays: Sequence[OverlayFile]
    newest: Mapping[str, PartFile] = field(init=False)
    """By code, the part file with the highest version."""
    newest_programmes: tuple[ProgrammeFile, ...] = field(init=False)
    """Of each family the file with the highest version."""

    @property
    def findings(self) -> tuple[Findings, ...]:
        """The findings of every file."""
        kinds: tuple[Sequence[PartFile | ProgrammeFile | InstrumentFile | OverlayFile], ...]
        kinds = (self.parts, self.programmes, self.instruments, self.overlays)
        return tuple(file.findings for files in kinds for file in files)

    def __post_init__(self) -> None:
        """Which files are the newest is worked out once."""
        newest = {file.folder: file for file in sorted(self.parts, key=lambda file: file.version)}
        programmes = {file.folder: file for file in sorted(self.programmes, key=lambda file: file.version)}
        object.__setattr__(self, "newest", newest)
        object.__setattr__(self, "newest_programmes", tuple(programmes.values()))


def tell_between(files: Files, *, is_whole: bool) -> None:
    """Every code that is used twice, every name that nothing has, every condition that cannot be meant.

    Shapes: what older versions say of other files was judged in their day: they never change, the others do.
    """
    _tell_shared_codes((*files.parts, *files.overlays))
    _tell_shared_stages(files.programmes)
    for file in files.newest_programmes:
        _tell_absent_pages(file, files.newest)
        if is_whole:
            _tell_absent_instruments(file, {instrument.code for instrument in files.instruments})
            _tell_absent_parts(file, files.newest)
    _tell_foreign_conditions(files)
    _tell_migrations(files.parts, is_whole=is_whole)
    _tell_overlays(files, is_whole=is_whole)
    _tell_foreign_hiding(files, is_whole=is_whole)


def tell_no_helplines(parts: Sequence[PartFile]) -> None:
    """A page with helplines, in a library that has none, is on record."""
    for file in parts:
        for at, page in enumerate(file.part.pages if file.part else ()):
            if page.helplines:
                file.findings.tell(("page", at, "helplines"), "there is no helplines.toml")


def _tell_migrations(files: Sequence[PartFile], *, is_whole: bool) -> None:
    """What the map of a part to an earlier version says and the two versions do not bear out."""
    versions = {(file.folder, file.version): file for file in files}
    for file in files:
        if file.part is None or file.part.migration is None:
            continue
        earlier = versions.get((file.folder, file.part.migration.of))
        if earlier.part if earlier else is_whole:
            tell_migration(file.findings, file.part, earlier.part if earlier else None)


def _tell_overlays(files: Files, *, is_whole: bool) -> None:
    """What the newest overlay of each municipality may not change; what is absent only beside sound files.

    Older overlays are pinned together with older parts and were judged in their day.
    """
    parts = [file.part for file in files.newest.values() if file.part]
    programmes = [one for file in files.newest_programmes for one in file.programmes]
    is_sound = len(parts) == len(files.newest) and all(file.programmes for file in files.newest_programmes)
    ground = Ground(parts, programmes, is_whole and is_sound)
    newest = {file.folder: file for file in sorted(files.overlays, key=lambda file: file.version)}
    for file in newest.values():
        tell_limits(file, ground)


def _tell_shared_codes(files: Sequence[PartFile | OverlayFile]) -> None:
    """A code that another part or overlay uses too is on record; versions of one file may share."""
    owners: dict[str, PartFile | OverlayFile] = {}
    for file in files:
        for code, place in file.codes:
            owner = owners.setdefault(code, file)
            if owner.folder != file.folder:
                file.findings.tell(place, f"{code!r} is used already in {owner.findings.path}")


def _tell_shared_stages(programmes: Sequence[ProgrammeFile]) -> None:
    """A stage code that another family uses too is on record; versions of one family may share."""
    owners: dict[str, ProgrammeFile] = {}
    for file in programmes:
        for stage in file.stages:
            owner = owners.setdefault(stage.programme.code, file)
            if owner.folder != file.folder:
                told = f"{stage.programme.code!r} is used already in {owner.findings.path}"
                file.findings.tell((*stage.place, "code"), told)


def _tell_absent_instruments(file: ProgrammeFile, present: set[str]) -> None:
    """An instrument that a programme names and no file holds is on record."""
    for code in file.stages[0].programme.instruments if file.stages else ():
        if code not in present:
            file.findings.tell(("instruments",), f"there is no instrument {code!r}")


def _tell_absent_parts(file: ProgrammeFile, newest: Mapping[str, PartFile]) -> None:
    """A part that a programme names and no file holds is on record, once for each list of parts."""
    told: set[tuple[object, str]] = set()
    for stage in file.stages:
        place = (*stage.place, "parts") if "parts" in stage.programme.own else ("parts",)
        rows = [(place, code) for code in stage.programme.parts]
        rows += [(("parts_alone",), code) for code in stage.programme.parts_alone]
        for row in rows:
            if row[1] not in newest and row not in told:
                told.add(row)
                file.findings.tell(row[0], f"there is no part {row[1]!r}")


def _tell_absent_pages(file: ProgrammeFile, newest: Mapping[str, PartFile]) -> None:
    """A page that a programme leaves out and none of its parts has is on record."""
    parts = [newest[code] for stage in file.stages for code in stage.sheet if code in newest]
    pages = {page for part in parts for page in part.pages}
    is_judged = all(code in newest and newest[code].pages for stage in file.stages for code in stage.sheet)
    for code in file.stages[0].programme.without_pages if file.stages and is_judged else ():
        if code not in pages:
            file.findings.tell(("without_pages",), f"{code!r} is no page of its parts")


def _tell_foreign_conditions(files: Files) -> None:
    """Every concern and advice about a question that its sheet does not ask, or that does not fit it."""
    parts = files.newest.values()
    everywhere = _questions(parts)
    discreet = {code for part in parts for code in part.discreet}
    for part in parts:
        foreign = {code: question for code, question in everywhere.items() if code not in part.questions}
        _tell_foreign(part.findings, part.conditioned, {**foreign, **FACTS})
        tell_discreet(part.findings, part.conditioned, discreet - part.discreet, {})
        known = {**part.numbers, **FACTS}
        for read in part.conditioned:
            _tell_absent_questions(part.findings, read, _sheets_with(part, files), known)
    for file in files.newest_programmes:
        own = [(read, file.stages) for read in file.concerns]
        own += [(read, (stage,)) for stage in file.stages for read in stage.concerns]
        for concern, stages in own:
            _tell_foreign(file.findings, (concern,), {**everywhere, **FACTS})
            tell_discreet(file.findings, (concern,), discreet, {})
            sheets = _asked_alone(_sheets_of(stages, files.newest), stages, files.newest)
            _tell_absent_questions(file.findings, concern, sheets, FACTS)


def _tell_foreign_hiding(files: Files, *, is_whole: bool) -> None:
    """Every instrument that is hidden by a question which a programme naming it does not ask."""
    stages = [stage for file in files.programmes for stage in file.stages]
    everywhere = _questions(files.newest.values())
    for file in files.instruments:
        hidden_when = file.instrument.hidden_when if file.instrument else None
        if hidden_when is None:
            continue
        named = [stage for stage in stages if file.code in stage.programme.instruments]
        sheets = _asked_alone(_sheets_of(named, files.newest), named, files.newest)
        if not named and is_whole:
            sheets = {"any part": everywhere}
        tell_misfits(file.findings, ("hidden_when",), hidden_when, everywhere)
        _tell_absent(file.findings, (("hidden_when",), hidden_when), sheets, {})


def _tell_foreign(
    findings: Findings, reads: Iterable[Conditioned], questions: Mapping[str, Question | None]
) -> None:
    """Every comparison that does not fit the question of another file is on record."""
    for read in reads:
        tell_misfits(findings, (*read.place, "when"), read.when, questions)


def _sheets_with(part: PartFile, files: Files) -> Sheets:
    """The sheets on which this part's concerns count; all parts together when it is on none."""
    stages = [stage for file in files.newest_programmes for stage in file.stages]
    counting = [stage for stage in stages if part.folder in stage.programme.parts]
    return _sheets_of(counting, files.newest) if counting else {"any part": _questions(files.newest.values())}


def _sheets_of(stages: Sequence[ReadStage], newest: Mapping[str, PartFile]) -> Sheets:
    """The sheet of each stage; one with a part that is absent or cannot be read at all is not judged."""
    sheets: dict[str, Mapping[str, Question | None]] = {}
    for stage in stages:
        parts = [newest.get(code) for code in stage.sheet]
        if all(part and part.questions for part in parts):
            sheets[f"the sheet of {stage.programme.code!r}"] = _questions(part for part in parts if part)
    return sheets


def _asked_alone(sheets: Sheets, stages: Sequence[ReadStage], newest: Mapping[str, PartFile]) -> Sheets:
    """The same without the pages that the programme leaves out."""
    left_out = {
        code
        for stage in stages
        for part in (newest.get(name) for name in stage.sheet)
        for page in stage.programme.without_pages
        for code in (part.pages.get(page, ()) if part else ())
    }
    return {
        name: {code: question for code, question in questions.items() if code not in left_out}
        for name, questions in sheets.items()
    }


def _tell_absent_questions(
    findings: Findings, read: Conditioned, sheets: Sheets, known: Mapping[str, Question | None]
) -> None:
    """A question that one of these sheets lacks, and that is no fact or number, is on record, once."""
    _tell_absent(findings, ((*read.place, "when"), read.when), sheets, known)


def _tell_absent(
    findings: Findings, at: tuple[Place, Condition], sheets: Sheets, known: Mapping[str, Question | None]
) -> None:
    """The same for the condition at a place."""
    place, condition = at
    for row, comparison in enumerate(condition.comparisons):
        lacking = [name for name, questions in sheets.items() if comparison.question not in questions]
        if lacking and comparison.question not in known:
            told = f"{comparison.question!r} is not asked on {', '.join(lacking)}"
            findings.tell((*place, condition.behaviour.value, row, "question"), told)


def _questions(files: Iterable[PartFile]) -> dict[str, Question | None]:
    """The questions of these files by code, None for one at fault."""
    return {code: question for file in files for code, question in file.questions.items()}
