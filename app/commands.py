"""The flask command line: what an administrator, a nurse who writes definitions or a translator types.

Knows: which function of which room answers a command. ``definitions`` and ``wording`` need no settings,
keys or database. Exit 0 when all is well, 1 when something was found.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app

from app.demo import make_demo, read_demo, serve_demo
from app.places.place import Clinic, Municipality, Role, Staff, Terminal
from app.questionnaire.definition import Library
from app.questionnaire.published import check_ledger, write_ledger
from app.questionnaire.reading import read_library
from app.settings import Settings
from app.storage.keys import add_wrapping_key, make_key_ring, write_secret
from app.storage.store import Store
from app.web.rooms import Rooms
from app.wiring import DEFINITIONS, TRANSLATIONS, files_below
from app.wording import workshop

LEDGER = "published.toml"
BARE = frozenset({"definitions", "wording", "keys-create"})


def needs_no_settings(arguments: Sequence[str]) -> bool:
    """Whether this command line is one that runs in a bare checkout."""
    words = [word for word in arguments[1:] if not word.startswith("-") and word != "wsgi"]
    return Path(arguments[0]).name.startswith("flask") and bool(words) and words[0] in BARE


def bare_app() -> Flask:
    """An application with nothing but the commands that need no settings."""
    app = Flask("app", static_folder=None)
    for command in (definitions, wording, keys_create):
        app.cli.add_command(command)
    return app


def install(app: Flask) -> Flask:
    """The application with every command."""
    for command in (definitions, wording, keys_create, municipality, clinic, staff, terminal, demo, keys, audit):
        app.cli.add_command(command)
    for single in (migrate, worker, run_demo):
        app.cli.add_command(single)
    return app


def _store() -> Store:
    return cast("Store", current_app.extensions["store"])


def _rooms() -> Rooms:
    return cast("Rooms", current_app.extensions["rooms"])


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def _fail_if(lines: Sequence[object]) -> None:
    """Prints every line; exit 1 when there is one."""
    for line in lines:
        click.echo(str(line))
    if lines:
        sys.exit(1)


def _library(folder: Path) -> Library:
    library = read_library(files_below(folder, ".toml"))
    if not isinstance(library, Library):
        _fail_if(library)
        raise AssertionError
    return library


@click.group()
def definitions() -> None:
    """Check, list and publish questionnaires."""


@definitions.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFINITIONS)
@click.option("--witness", is_flag=True, help="Print and replay an answer set for every outcome.")
def definitions_check(folder: Path, witness: bool) -> None:
    """Every fault of every file, as path:line: key: message."""
    library = _library(folder)
    ledger = folder / LEDGER
    _fail_if(check_ledger(library, ledger.read_bytes()) if ledger.exists() else ())
    report: dict[str, object] = {"parts": len(library.parts), "programmes": len(library.programmes), "faults": 0}
    if witness:
        from app.questionnaire.witness import replay

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
    library = _library(DEFINITIONS)
    programmes: list[dict[str, object]] = [
        {"code": one.code, one.kind: one.vaccine, "parts": list(one.parts)} for one in library.programmes.values()
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
    ledger.write_text(write_ledger(_library(DEFINITIONS), before), "utf-8")
    click.echo(f"written: {ledger.name}")


@click.group()
def wording() -> None:
    """Extract, update and check translations."""


@wording.command("update")
@click.argument("tags", nargs=-1)
def wording_update(tags: tuple[str, ...]) -> None:
    """Brings every catalogue up to date with the Japanese; what changed is marked fuzzy."""
    made = workshop.update(files_below(TRANSLATIONS, ".toml", ".po"), _library(DEFINITIONS), tags)
    for name, text in made.items():
        path = TRANSLATIONS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    click.echo(json.dumps({"written": sorted(made)}))


@wording.command("extract")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def wording_extract(folder: Path) -> None:
    """Writes empty catalogues for a new language into a folder."""
    for name, text in workshop.extract(files_below(TRANSLATIONS, ".toml", ".po"), _library(DEFINITIONS)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@wording.command("check")
def wording_check() -> None:
    """Every fault of every catalogue."""
    faults = workshop.check(files_below(TRANSLATIONS, ".toml", ".po"), _library(DEFINITIONS))
    _fail_if(faults)
    click.echo(json.dumps({"faults": 0}))


@wording.command("report")
def wording_report() -> None:
    """How much of each form is translated and reviewed."""
    for row in workshop.report(files_below(TRANSLATIONS, ".toml", ".po"), _library(DEFINITIONS)):
        click.echo(str(row))


@click.group()
def municipality() -> None:
    """Municipalities of this instance."""


@municipality.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--phone", required=True)
@click.option("--required-review", default="reviewed", type=click.Choice(["machine", "translated", "reviewed", "approved"]))
def municipality_add(code: str, name: str, phone: str, required_review: str) -> None:
    """A municipality with its code and name."""
    _rooms().places.add_municipality(Municipality(code, name, phone, required_review))


@click.group()
def clinic() -> None:
    """Clinics and health centres."""


@clinic.command("add")
@click.argument("municipality_code")
@click.argument("code")
@click.argument("name")
@click.option("--phone", required=True)
@click.option("--address", default="")
def clinic_add(municipality_code: str, code: str, name: str, phone: str, address: str) -> None:
    """A clinic of a municipality."""
    _rooms().places.add_clinic(Clinic(code, municipality_code, name, phone, address))


@click.group()
def staff() -> None:
    """Members of staff."""


@staff.command("add")
@click.argument("clinic_code")
@click.argument("login")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.password_option()
def staff_add(clinic_code: str, login: str, name: str, role: str, password: str) -> None:
    """A member of staff; prints the secret for her authenticator once."""
    found = _rooms().places.clinic(clinic_code)
    if found is None:
        raise click.ClickException("no such clinic")
    new = Staff(_rooms().new_id(), found.municipality, clinic_code, login, name, Role(role))
    try:
        secret = _rooms().staff_login.add(new, password)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps({"login": login, "totp_secret": secret}))


@click.group()
def terminal() -> None:
    """Reception devices."""


@terminal.command("enrol")
@click.argument("clinic_code")
@click.argument("name")
def terminal_enrol(clinic_code: str, name: str) -> None:
    """Prints a one-time code to type at /clinic/terminal on the device."""
    found = _rooms().places.clinic(clinic_code)
    if found is None:
        raise click.ClickException("no such clinic")
    new = Terminal(_rooms().new_id(), found.municipality, clinic_code, name)
    code = _rooms().places.enrol_terminal(new, _rooms().now())
    click.echo(json.dumps({"terminal": name, "code": code}, ensure_ascii=False))


@click.group()
def demo() -> None:
    """The demonstration's people."""


@demo.command("people")
@click.option("--json", "as_json", is_flag=True)
def demo_people(as_json: bool) -> None:
    """Whom one may sign in as."""
    people = read_demo(_settings())
    click.echo(json.dumps(people, ensure_ascii=False) if as_json else "\n".join(str(one) for one in people))


@click.command("run-demo")
def run_demo() -> None:
    """Migrates, makes the demonstration's people once, and serves."""
    _store().migrate()
    make_demo(_rooms(), _settings())
    _store().dispose()
    serve_demo(_settings())


@click.command("migrate")
def migrate() -> None:
    """Both databases get the tables this code needs."""
    _store().migrate()


@click.command("worker")
@click.option("--once", is_flag=True)
def worker(once: bool) -> None:
    """Removes what is over and anchors the audit chain; without --once every minute."""
    while True:
        _store().purge(_rooms().now())
        _store().audit.anchor(_settings().audit_anchor_file, _rooms().now())
        if once:
            return
        time.sleep(60)


@click.group()
def keys() -> None:
    """The key ring."""


@click.command("keys-create")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def keys_create(path: Path) -> None:
    """A new key ring for KEY_RING_FILE. Errors: the file must not exist."""
    write_secret(path, make_key_ring())


@keys.command("rotate")
def keys_rotate() -> None:
    """A new wrapping key; every data key is wrapped again."""
    add_wrapping_key(_settings().key_ring_file)
    click.echo(json.dumps({"rewrapped": _store().keys.rewrap()}))


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command("verify")
def audit_verify() -> None:
    """Whether nothing was changed, removed or reordered; names the first broken row."""
    anchors = _settings().audit_anchor_file
    chain = _store().audit
    results = [chain.verify(one, anchors if anchors.exists() else None) for one in chain.municipalities()]
    click.echo(json.dumps([str(result) for result in results]))
    if not all(result.is_whole for result in results):
        sys.exit(1)
