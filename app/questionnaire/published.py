"""The ledger of published definitions: what was published never changes.

Shapes: ``[parts.<code>] v<version> = "<sha256>"`` and ``[programmes.<code>] v<version> = "<sha256>"``.
"""

import tomllib
from collections.abc import Mapping

from app.questionnaire.definition import Library
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.tables import Table, open_file

LEDGER = "published.toml"
Entry = tuple[str, ...]
"""Where a definition stands in the ledger: ``("parts", code, "v1")`` or ``("programmes", code, "v1")``."""


def check_ledger(library: Library, ledger: bytes) -> tuple[DefinitionFault, ...]:
    """What the ledger says against the definitions, by their files.

    Shapes: the fault's key is ``changed``, ``gone`` or ``unpublished``; only the last is put right by
    `write_ledger`. A ledger that cannot be read gives its own fault.
    """
    table = open_file(LEDGER, ledger)
    if not isinstance(table, Table):
        return table
    published, present = _entries(ledger), _present(library)
    faults = [
        DefinitionFault(_path(entry), 1, "unpublished", "is not in the ledger: publish it before it is used")
        for entry in present.keys() - published.keys()
    ]
    for entry, sha256 in published.items():
        if entry not in present:
            line = table.findings.line(entry)
            faults.append(DefinitionFault(LEDGER, line, "gone", f"{_path(entry)} was published and is gone"))
        elif present[entry] != sha256:
            told = "was published and has changed: restore it and make a new version"
            faults.append(DefinitionFault(_path(entry), 1, "changed", told))
    return tuple(sorted(faults, key=lambda fault: (fault.path, fault.line)))


def write_ledger(library: Library, ledger: bytes) -> str:
    """The text of the ledger with everything unpublished added; what stands in it stays as it is.

    Errors: tomllib.TOMLDecodeError when the old ledger cannot be read (see `check_ledger`).
    """
    entries = _present(library) | _entries(ledger)
    tables: dict[Entry, list[str]] = {}
    for entry in sorted(entries, key=_in_order):
        tables.setdefault(entry[:-1], []).append(f'{entry[-1]} = "{entries[entry]}"\n')
    return "\n".join(f"[{'.'.join(table)}]\n{''.join(rows)}" for table, rows in tables.items())


def _entries(ledger: bytes) -> dict[Entry, str]:
    """Everything the ledger holds."""
    entries: dict[Entry, str] = {}
    waiting: list[tuple[Entry, object]] = [((), tomllib.loads(ledger.decode("utf-8")))]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(((*place, key), inner) for key, inner in value.items())
        else:
            entries[place] = str(value)
    return entries


def _present(library: Library) -> dict[Entry, str]:
    """Everything the library holds."""
    parts: dict[Entry, str] = {
        ("parts", code, f"v{version}"): part.sha256 for (code, version), part in library.parts.items()
    }
    programmes: dict[Entry, str] = {
        ("programmes", family, f"v{version}"): stages[0].sha256
        for (family, version), stages in library.every_version.items()
    }
    return parts | programmes


def _path(entry: Entry) -> str:
    """The file of an entry."""
    return "/".join(entry) + ".toml"


def _in_order(entry: Entry) -> tuple[Entry, int, Entry]:
    """Parts before programmes, versions by number."""
    number = entry[-1].removeprefix("v")
    return entry[:-1], int(number) if number.isdecimal() else 0, entry
