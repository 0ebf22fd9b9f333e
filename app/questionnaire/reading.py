"""Reading definitions: names and bytes become parts, programmes and the library, or every fault at once."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from app.questionnaire.between_files import Files, tell_between, tell_no_helplines
from app.questionnaire.helplines import Helplines, open_helplines
from app.questionnaire.instrument_file import open_instrument
from app.questionnaire.library import Library
from app.questionnaire.overlay import Overlay
from app.questionnaire.overlay_file import open_overlay
from app.questionnaire.part import Part
from app.questionnaire.part_file import open_part
from app.questionnaire.programme import Programme
from app.questionnaire.programme_file import open_programme
from app.questionnaire.published import LEDGER, read_retired
from app.strict_toml.findings import DefinitionFault

PART_FOLDER = "parts"
PROGRAMME_FOLDER = "programmes"
INSTRUMENT_FOLDER = "instruments"
OVERLAY_FOLDER = "overlays"
WINDOWS = "windows.toml"
"""A municipality's own windows lie beside its overlay; the schedule reads them."""


def read_part(name: str, data: bytes) -> Part | tuple[DefinitionFault, ...]:
    """The part of a file named ``…/<code>/v<version>.toml``, or all its faults by line.

    Shapes: what other files say is not judged (see `read_library`). Errors: none; faults are values.
    """
    file = open_part(name, data)
    return file.part or file.findings.sorted()


def read_programme(name: str, data: bytes) -> tuple[Programme, ...] | tuple[DefinitionFault, ...]:
    """The stages of a file named ``…/<code>/v<version>.toml``, or all its faults by line.

    Shapes: whether its parts exist is not judged (see `read_library`). Errors: none; faults are values.
    """
    file = open_programme(name, data)
    return file.programmes or file.findings.sorted()


def read_overlay(name: str, data: bytes) -> Overlay | tuple[DefinitionFault, ...]:
    """The overlay of a file named ``…/<municipality>/v<version>.toml``, or all its faults by line.

    Shapes: whether it keeps within its limits is not judged (see `read_library`). Errors: none; faults
    are values.
    """
    file = open_overlay(name, data)
    return file.overlay or file.findings.sorted()


def read_library(
    files: Mapping[str, bytes], *, is_whole: bool = True
) -> Library | tuple[DefinitionFault, ...]:
    """All definitions together, or all faults of all files, by name and line.

    Shapes: names are paths from the definitions' folder (``parts/vaccination-core/v1.toml``,
    ``programmes/mr/v1.toml``, ``instruments/epds.toml``, ``helplines.toml``,
    ``overlays/<municipality>/v1.toml``); of the ledger (``published.toml``) only what is retired; other TOML
    is not ours and passed over. Programmes ask the newest version of each part. When it is not
    ``is_whole``, parts and instruments that are named and absent are no faults.
    Errors: none; faults are values.
    """
    names = sorted(name for name in files if name.endswith(".toml"))
    opened = Files(
        [open_part(name, files[name]) for name in names if _folder(name) == PART_FOLDER],
        [open_programme(name, files[name]) for name in names if _folder(name) == PROGRAMME_FOLDER],
        [open_instrument(name, files[name]) for name in names if _folder(name) == INSTRUMENT_FOLDER],
        [open_overlay(name, files[name]) for name in names if _is_overlay(name)],
    )
    helplines = open_helplines(files)
    tell_between(opened, is_whole=is_whole)
    if helplines is None and is_whole:
        tell_no_helplines(opened.parts)
    found = [*opened.findings, *((helplines.findings,) if helplines else ())]
    faults = [fault for findings in found for fault in findings.sorted()]
    versions = [(file.folder, file.version) for file in opened.parts]
    retired = read_retired(files.get(LEDGER, b"") if is_whole else b"", versions)
    faults += retired if isinstance(retired, tuple) else ()
    if faults or isinstance(retired, tuple):
        return tuple(sorted(faults, key=lambda fault: fault.path))
    return Library(
        {(file.part.code, file.part.version): file.part for file in opened.parts if file.part},
        {one.code: one for file in opened.newest_programmes for one in file.programmes},
        {(file.folder, file.version): file.programmes for file in opened.programmes},
        {file.code: file.instrument for file in opened.instruments if file.instrument},
        (helplines and helplines.helplines) or Helplines(),
        {(file.folder, file.version): file.overlay for file in opened.overlays if file.overlay},
        retired,
    )


def _folder(name: str) -> str:
    """The first folder of a name."""
    return PurePosixPath(name).parts[0]


def _is_overlay(name: str) -> bool:
    """Whether a file of a municipality is its overlay."""
    return _folder(name) == OVERLAY_FOLDER and PurePosixPath(name).name != WINDOWS
