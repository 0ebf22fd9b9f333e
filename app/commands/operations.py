"""Running it: the demonstration, migrations, the worker, keys, the audit chain."""

import json
import sys
import time
from pathlib import Path

import click

from app.commands.running import running_rooms, running_settings, running_store
from app.demo import make_demo, read_demo, serve_demo
from app.storage.keys import add_wrapping_key, make_key_ring, write_secret


@click.group()
def demo() -> None:
    """The demonstration's people."""


@demo.command("people")
@click.option("--json", "as_json", is_flag=True)
def demo_people(as_json: bool) -> None:
    """Whom one may sign in as."""
    people = read_demo(running_settings())
    click.echo(json.dumps(people, ensure_ascii=False) if as_json else "\n".join(str(one) for one in people))


@click.command("run-demo")
def run_demo() -> None:
    """Migrates, makes the demonstration's people once, and serves."""
    running_store().migrate()
    make_demo(running_rooms(), running_settings())
    running_store().dispose()
    serve_demo(running_settings())


@click.command("migrate")
def migrate() -> None:
    """Both databases get the tables this code needs."""
    running_store().migrate()


@click.command("worker")
@click.option("--once", is_flag=True)
def worker(once: bool) -> None:
    """Removes what is over and anchors the audit chain; without --once every minute."""
    while True:
        running_store().purge(running_rooms().now())
        running_store().audit.anchor(running_settings().audit_anchor_file, running_rooms().now())
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
    add_wrapping_key(running_settings().key_ring_file)
    click.echo(json.dumps({"rewrapped": running_store().keys.rewrap()}))


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command("verify")
def audit_verify() -> None:
    """Whether nothing was changed, removed or reordered; names the first broken row."""
    anchors = running_settings().audit_anchor_file
    chain = running_store().audit
    known = anchors if anchors.exists() else None
    if known is None and not running_settings().is_demo:
        raise click.ClickException(
            f"no anchors at {anchors}: a chain that was cut off at its end cannot be told"
        )
    results = [chain.verify(one, known) for one in chain.municipalities(known)]
    click.echo(json.dumps([str(result) for result in results]))
    if not all(result.is_whole for result in results):
        sys.exit(1)
