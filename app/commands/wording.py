"""Extract, update and check translations: needs no settings, keys or database."""

import json
from pathlib import Path

import click

from app.commands.files import fail_if, library_in
from app.wiring import DEFINITIONS, TRANSLATIONS, files_below
from app.wording import workshop


@click.group()
def wording() -> None:
    """Extract, update and check translations."""


@wording.command("update")
@click.argument("tags", nargs=-1)
def wording_update(tags: tuple[str, ...]) -> None:
    """Brings every catalogue up to date with the Japanese; what changed is marked fuzzy."""
    made = workshop.update(files_below(TRANSLATIONS, ".toml", ".po"), library_in(DEFINITIONS), tags)
    for name, text in made.items():
        path = TRANSLATIONS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    click.echo(json.dumps({"written": sorted(made)}))


@wording.command("extract")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def wording_extract(folder: Path) -> None:
    """Writes empty catalogues for a new language into a folder."""
    for name, text in workshop.extract(
        files_below(TRANSLATIONS, ".toml", ".po"), library_in(DEFINITIONS)
    ).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@wording.command("check")
def wording_check() -> None:
    """Every fault of every catalogue."""
    faults = workshop.check(files_below(TRANSLATIONS, ".toml", ".po"), library_in(DEFINITIONS))
    fail_if(faults)
    click.echo(json.dumps({"faults": 0}))


@wording.command("report")
def wording_report() -> None:
    """How much of each form is translated and reviewed."""
    for row in workshop.report(files_below(TRANSLATIONS, ".toml", ".po"), library_in(DEFINITIONS)):
        click.echo(str(row))
