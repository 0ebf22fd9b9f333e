"""Check, list and publish questionnaires: needs no settings, keys or database."""

import json
import sys
from pathlib import Path

import click

from app.commands.files import fail_if, library_in
from app.people.growth_file import NAME, read_survey
from app.questionnaire.published import check_ledger, write_ledger
from app.questionnaire.witness import replay
from app.wiring import DEFINITIONS

LEDGER = "published.toml"


@click.group()
def definitions() -> None:
    """Check, list and publish questionnaires."""


@definitions.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFINITIONS)
@click.option("--witness", is_flag=True, help="Print and replay an answer set for every outcome.")
def definitions_check(folder: Path, witness: bool) -> None:
    """Every fault of every file, as path:line: key: message."""
    library = library_in(folder)
    ledger = folder / LEDGER
    survey = folder / NAME
    grown = read_survey(NAME, survey.read_bytes()) if survey.exists() else ()
    fail_if(grown if isinstance(grown, tuple) else ())
    told = check_ledger(library, ledger.read_bytes()) if ledger.exists() else ()
    fail_if([fault for fault in told if fault.key != "unpublished"])
    report: dict[str, object] = {
        "parts": len(library.parts),
        "programmes": len(library.programmes),
        "faults": 0,
    }
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
def definitions_list(as_json: bool) -> None:
    """Programmes with their parts, parts with their number of questions."""
    library = library_in(DEFINITIONS)
    programmes: list[dict[str, object]] = [
        {"code": one.code, one.kind: one.vaccine, "parts": list(one.parts)}
        for one in library.programmes.values()
    ]
    parts: list[dict[str, object]] = [
        {"code": part.code, "version": part.version, "questions": len(part.questions)}
        for part in library.parts.values()
    ]
    if as_json:
        click.echo(json.dumps({"programmes": programmes, "parts": parts}, ensure_ascii=False))
        return
    for row in (*programmes, *parts):
        click.echo(" ".join(str(value) for value in row.values()))


@definitions.command("publish")
def definitions_publish() -> None:
    """Writes the ledger: from now on the published files never change."""
    ledger = DEFINITIONS / LEDGER
    before = ledger.read_bytes() if ledger.exists() else b""
    ledger.write_text(write_ledger(library_in(DEFINITIONS), before), "utf-8")
    click.echo(f"written: {ledger.name}")
