"""Publish questionnaires: needs no settings, keys or database."""

import json
from pathlib import Path

import click

from app.commands.files import fail_if, library_in, schedule_in, tell_survey
from app.questionnaire.published import LEDGER, check_ledger, unpublished, write_ledger
from app.wiring import DEFINITIONS


@click.command("publish")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--dry-run", is_flag=True, help="Tell what would be published and write nothing.")
def publish(folder: Path | None, dry_run: bool) -> None:
    """Writes the ledger: from now on the published files never change.

    Refuses when the definitions have a fault, or a published file was changed or is gone. FOLDER is that
    of the application when it is not given.
    """
    path = (folder or DEFINITIONS) / LEDGER
    library = library_in(folder or DEFINITIONS)
    schedule_in(folder or DEFINITIONS)
    tell_survey(folder or DEFINITIONS)
    before = path.read_bytes() if path.exists() else b""
    fail_if([fault for fault in check_ledger(library, before) if fault.key != "unpublished"])
    added = unpublished(library, before)
    for name in added:
        click.echo(f"{'would publish' if dry_run else 'published'}: {name}")
    if added and not dry_run:
        path.write_text(write_ledger(library, before), "utf-8")
    click.echo(json.dumps({"published": len(added), "dry_run": dry_run, "retired": len(library.retired)}))
