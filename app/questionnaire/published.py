"""The ledger of published definitions: what was published never changes.

Shapes: ``[parts.<code>] v<version> = "<sha256>"``, the same for ``programmes`` and ``overlays``;
``[instruments] <code> = "<sha256>"``; and, written by hand, ``[retired.<part>] v<version> = "<why>"``: a
draft of that version is moved to the newest.
"""

import json
import tomllib
from collections.abc import Collection, Mapping

from app.questionnaire.library import Library
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.lines import Place
from app.strict_toml.tables import Table, open_file

LEDGER = "published.toml"
RETIRED = "retired"
KINDS = ("parts", "programmes", "overlays", "instruments")
Entry = tuple[str, ...]
"""Where a definition stands: ``("parts", code, "v1")``, or ``("instruments", code)``."""


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
        DefinitionFault(
            path_of(entry), 1, "unpublished", "is not in the ledger: publish it before it is used"
        )
        for entry in present.keys() - published.keys()
    ]
    for entry, sha256 in published.items():
        if entry not in present:
            line = table.findings.line(entry)
            faults.append(
                DefinitionFault(LEDGER, line, "gone", f"{path_of(entry)} was published and is gone")
            )
        elif present[entry] != sha256:
            told = "was published and has changed: restore it and make a new version"
            faults.append(DefinitionFault(path_of(entry), 1, "changed", told))
    return tuple(sorted(faults, key=lambda fault: (fault.path, fault.line)))


def unpublished(library: Library, ledger: bytes) -> tuple[str, ...]:
    """The files that `write_ledger` would add, in its order.

    Errors: tomllib.TOMLDecodeError when the ledger cannot be read (see `check_ledger`).
    """
    added = _present(library).keys() - _entries(ledger).keys()
    return tuple(path_of(entry) for entry in sorted(added, key=_in_order))


def write_ledger(library: Library, ledger: bytes) -> str:
    """The text of the ledger with everything unpublished added; what stands in it stays as it is.

    Errors: tomllib.TOMLDecodeError when the old ledger cannot be read (see `check_ledger`).
    """
    entries = _present(library) | _entries(ledger)
    retired: dict[Entry, str] = {
        (RETIRED, code, f"v{version}"): why for (code, version), why in library.retired.items()
    }
    tables: dict[Entry, list[str]] = {}
    for entry in (*sorted(entries, key=_in_order), *sorted(retired, key=_in_order)):
        text = json.dumps((entries | retired)[entry], ensure_ascii=False)
        tables.setdefault(entry[:-1], []).append(f"{entry[-1]} = {text}\n")
    return "\n".join(f"[{'.'.join(table)}]\n{''.join(rows)}" for table, rows in tables.items())


def read_retired(
    ledger: bytes, versions: Collection[tuple[str, int]]
) -> dict[tuple[str, int], str] | tuple[DefinitionFault, ...]:
    """Why which versions of parts are retired, or every fault of saying so.

    Shapes: ``versions`` of all parts that are there; a retired one must have a newer one to move to.
    """
    table = open_file(LEDGER, ledger)
    if not isinstance(table, Table):
        return table
    retired: dict[tuple[str, int], str] = {}
    for code, version, place, why in _retired_rows(table):
        newest = max((each for part, each in versions if part == code), default=0)
        if (code, version) not in versions:
            table.findings.tell(place, f"there is no version {version} of {code!r}")
        elif version == newest:
            table.findings.tell(place, f"there is no newer version of {code!r} to move to")
        retired[code, version] = why
    return table.findings.sorted() or retired


def _retired_rows(table: Table) -> list[tuple[str, int, Place, str]]:
    """Part, version, place and reason of everything retired; what cannot be read is told and left out."""
    rows: list[tuple[str, int, Place, str]] = []
    parts = table.table(RETIRED, required=False)
    for code in parts.keys if parts else ():
        part = parts.table(code) if parts else None
        for key in part.keys if part else ():
            number = key.removeprefix("v")
            if part and number.isdecimal() and key.startswith("v"):
                rows.append((code, int(number), (RETIRED, code, key), part.text(key)))
        if part:
            part.finish()
    return rows


def _entries(ledger: bytes) -> dict[Entry, str]:
    """Everything the ledger holds as published."""
    entries: dict[Entry, str] = {}
    waiting: list[tuple[Entry, object]] = [
        ((kind,), inner) for kind, inner in tomllib.loads(ledger.decode("utf-8")).items() if kind != RETIRED
    ]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(((*place, key), inner) for key, inner in value.items())
        else:
            entries[place] = str(value)
    return entries


def _present(library: Library) -> dict[Entry, str]:
    """Everything the library holds."""
    present: dict[Entry, str] = {
        ("parts", code, f"v{version}"): part.sha256 for (code, version), part in library.parts.items()
    }
    for (family, version), stages in library.every_version.items():
        present["programmes", family, f"v{version}"] = stages[0].sha256
    for (municipality, version), overlay in library.overlays.items():
        present["overlays", municipality, f"v{version}"] = overlay.sha256
    for code, instrument in library.instruments.items():
        present["instruments", code] = instrument.sha256
    return present


def path_of(entry: Entry) -> str:
    """The file of an entry."""
    return "/".join(entry) + ".toml"


def _in_order(entry: Entry) -> tuple[int, Entry, int, Entry]:
    """Parts, programmes, overlays, instruments; versions by number."""
    kind = KINDS.index(entry[0]) if entry[0] in KINDS else len(KINDS)
    number = entry[-1].removeprefix("v")
    return kind, entry[:-1], int(number) if number.isdecimal() else 0, entry
