"""Reading definitions: names and bytes become parts, programmes and the library, or every fault at once."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from app.questionnaire.condition_tables import ReadConcern, tell_misfits
from app.questionnaire.definition import Library, Part, Programme, Question
from app.questionnaire.part_file import PartFile, open_part
from app.questionnaire.programme_file import ProgrammeFile, open_programme
from app.strict_toml.findings import DefinitionFault, Findings

PART_FOLDERS = frozenset({"parts", "overlays"})
PROGRAMME_FOLDER = "programmes"


def read_part(name: str, data: bytes) -> Part | tuple[DefinitionFault, ...]:
    """The part of a file named ``…/<code>/v<version>.toml``, or all its faults by line.

    Shapes: what other files say is not judged (see `read_library`). Errors: none; faults are values.
    """
    file = open_part(name, data)
    return file.part or file.findings.sorted()


def read_programme(name: str, data: bytes) -> Programme | tuple[DefinitionFault, ...]:
    """The programme of a file named ``…/<code>.toml``, or all its faults by line.

    Shapes: whether its parts exist is not judged (see `read_library`). Errors: none; faults are values.
    """
    file = open_programme(name, data)
    return file.programme or file.findings.sorted()


def read_library(files: Mapping[str, bytes]) -> Library | tuple[DefinitionFault, ...]:
    """All definitions together, or all faults of all files, by name and line.

    Shapes: names are paths from the definitions' folder (``parts/vaccination-core/v1.toml``,
    ``programmes/mr-1.toml``, ``overlays/<municipality>/<code>/v1.toml``); other TOML is not ours and
    passed over. Programmes ask the newest version of each part. Errors: none; faults are values.
    """
    names = sorted(name for name in files if name.endswith(".toml"))
    parts = [open_part(name, files[name]) for name in names if _folder(name) in PART_FOLDERS]
    programmes = [open_programme(name, files[name]) for name in names if _folder(name) == PROGRAMME_FOLDER]
    _tell_shared_codes(parts)
    newest = _newest(parts)
    for programme in programmes:
        _tell_absent_parts(programme, newest)
    _tell_foreign_concerns(newest, programmes)
    findings = [*(part.findings for part in parts), *(programme.findings for programme in programmes)]
    faults = [fault for found in findings for fault in found.sorted()]
    if faults:
        return tuple(sorted(faults, key=lambda fault: fault.path))
    return Library(
        {(file.part.code, file.part.version): file.part for file in parts if file.part},
        {file.programme.code: file.programme for file in programmes if file.programme},
    )


def _folder(name: str) -> str:
    """The first folder of a name."""
    return PurePosixPath(name).parts[0]


def _newest(parts: Sequence[PartFile]) -> dict[str, PartFile]:
    """By code, the file with the highest version."""
    return {file.folder: file for file in sorted(parts, key=lambda file: file.version)}


def _tell_shared_codes(parts: Sequence[PartFile]) -> None:
    """A page or question code that another part uses too is on record; versions of one part may share."""
    owners: dict[str, PartFile] = {}
    for file in parts:
        for code, place in file.codes:
            owner = owners.setdefault(code, file)
            if owner.folder != file.folder:
                file.findings.tell(place, f"{code!r} is used already in {owner.findings.path}")


def _tell_absent_parts(file: ProgrammeFile, newest: Mapping[str, PartFile]) -> None:
    """A part that a programme names and no file holds is on record."""
    for code in file.parts:
        if code not in newest:
            file.findings.tell(("parts",), f"there is no part {code!r}")


def _tell_foreign_concerns(newest: Mapping[str, PartFile], programmes: Sequence[ProgrammeFile]) -> None:
    """Every concern about a question that its sheet does not ask, or that does not fit it, is on record."""
    everywhere = _questions(newest.values())
    owners: list[PartFile | ProgrammeFile] = [*newest.values(), *programmes]
    for owner in owners:
        own = owner.questions if isinstance(owner, PartFile) else {}
        foreign = {code: question for code, question in everywhere.items() if code not in own}
        for read in owner.concerns:
            tell_misfits(owner.findings, (*read.place, "when"), read.concern.when, foreign)
            _tell_absent_questions(owner.findings, read, _sheets_of(owner, newest, programmes))


def _sheets_of(
    owner: PartFile | ProgrammeFile, newest: Mapping[str, PartFile], programmes: Sequence[ProgrammeFile]
) -> dict[str, Mapping[str, Question | None]]:
    """The questions of each sheet on which this file's concerns count, by programme; all when on none.

    A sheet with a part that is absent or cannot be read at all is not judged.
    """
    if isinstance(owner, ProgrammeFile):
        counting = [owner]
    else:
        counting = [programme for programme in programmes if owner.folder in programme.parts]
    if not counting:
        return {"any part": _questions(newest.values())}
    sheets = {file.code: [newest.get(code) for code in file.parts] for file in counting}
    return {
        f"the sheet of {code!r}": _questions(part for part in parts if part)
        for code, parts in sheets.items()
        if all(part and part.questions for part in parts)
    }


def _tell_absent_questions(
    findings: Findings, read: ReadConcern, sheets: Mapping[str, Mapping[str, Question | None]]
) -> None:
    """A question that one of these sheets lacks is on record, once."""
    when = read.concern.when
    for at, comparison in enumerate(when.comparisons):
        lacking = [name for name, questions in sheets.items() if comparison.question not in questions]
        if lacking:
            place = (*read.place, "when", when.behaviour.value, at, "question")
            findings.tell(place, f"{comparison.question!r} is not asked on {', '.join(lacking)}")


def _questions(files: Iterable[PartFile]) -> dict[str, Question | None]:
    """The questions of these files by code, None for one at fault."""
    return {code: question for file in files for code, question in file.questions.items()}
