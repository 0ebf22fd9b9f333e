"""Check and list questionnaires: needs no settings, keys or database."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from app.commands.files import fail_if, library_in, schedule_in, tell_foreign_flags, tell_survey, tell_unsaid
from app.commands.marks import definitions_marks
from app.questionnaire.overview import named_and_absent, overlay_counts, standings
from app.questionnaire.published import LEDGER, check_ledger
from app.questionnaire.witness import replay
from app.wiring import DEFINITIONS


@click.group()
def definitions() -> None:
    """Check, list and publish questionnaires."""


@definitions.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--witness", is_flag=True, help="Print and replay an answer set for every outcome.")
def definitions_check(folder: Path | None, witness: bool) -> None:
    """Every fault of every file, as path:line: key: message. FOLDER may hold only some of the files."""
    library = library_in(folder or DEFINITIONS, is_whole=folder is None)
    schedule = schedule_in(folder or DEFINITIONS)
    tell_unsaid(schedule)
    if folder is None:
        tell_foreign_flags(library, schedule)
    tell_survey(folder or DEFINITIONS)
    ledger = (folder or DEFINITIONS) / LEDGER
    told = check_ledger(library, ledger.read_bytes()) if ledger.exists() else ()
    changed = [fault for fault in told if fault.key != "unpublished"]
    fail_if(changed)
    report: dict[str, object] = {
        "parts": len(library.parts),
        "programmes": len(library.programmes),
        "instruments": len(library.instruments),
        "overlays": len(library.overlays),
        "faults": 0,
    }
    if folder is not None:
        report["absent"] = named_and_absent(library)
    if witness:
        outcome = replay(library)
        for line in outcome.lines:
            click.echo(line)
        report |= {"witnesses": outcome.count, "not_reached": outcome.failed}
    click.echo(json.dumps(report, ensure_ascii=False))
    if report.get("not_reached"):
        sys.exit(1)


@definitions.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.option("--table", "as_table", is_flag=True, help="What there is for each programme.")
def definitions_list(as_json: bool, as_table: bool) -> None:
    """Programmes with their parts, parts with their number of questions."""
    library = library_in(DEFINITIONS)
    if as_table:
        found = standings(library, schedule_in(DEFINITIONS).codes)
        rows = [asdict(standing) | {"holes": standing.holes} for standing in found]
        click.echo(json.dumps(rows, ensure_ascii=False) if as_json else _lines(rows))
        return
    programmes: list[dict[str, object]] = [
        {"code": one.code, one.kind: one.vaccine or one.family, "parts": list(one.parts)}
        for one in library.programmes.values()
    ]
    parts: list[dict[str, object]] = [
        {"code": part.code, "version": part.version, "questions": len(part.questions)}
        for part in library.parts.values()
    ]
    overlays = [asdict(one) for one in overlay_counts(library)]
    if as_json:
        told = {"programmes": programmes, "parts": parts, "overlays": overlays}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for row in (*programmes, *parts, *overlays):
        click.echo(" ".join(str(value) for value in row.values()))


def _lines(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows of a table, one below the other."""
    heads = list(rows[0]) if rows else []
    told = [
        [" ".join(cell) if isinstance(cell, tuple) else str(cell) for cell in row.values()] for row in rows
    ]
    return "\n".join("  ".join(line) for line in (heads, *told))


definitions.add_command(definitions_marks)
