"""The flask command line: what an administrator, a nurse who writes definitions or a translator types.

Knows: which function of which room answers a command. ``definitions``, ``schedule``, ``wording``
and ``keys-create`` need no settings, keys or database. Exit 0 when all is well, 1 when something was found.
"""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from app.commands.definitions import definitions
from app.commands.operations import audit, demo, keys, keys_create, migrate, run_demo, worker
from app.commands.places import clinic, municipality, staff, terminal
from app.commands.publishing import publish
from app.commands.schedule import schedule
from app.commands.wording import wording

definitions.add_command(publish)
BARE = (definitions, schedule, wording, keys_create)
RUNNING = (municipality, clinic, staff, terminal, demo, run_demo, migrate, worker, keys, audit)


def needs_no_settings(arguments: Sequence[str]) -> bool:
    """Whether this command line is one that runs in a bare checkout."""
    words = [word for word in arguments[1:] if not word.startswith("-") and word != "wsgi"]
    program = Path(arguments[0])
    is_flask = program.name.startswith("flask") or program.parent.name == "flask"
    return is_flask and words[:1] in [[command.name] for command in BARE]


def bare_app() -> Flask:
    """An application with nothing but the commands that need no settings."""
    app = Flask("app", static_folder=None)
    for command in BARE:
        app.cli.add_command(command)
    return app


def install(app: Flask) -> Flask:
    """The application with every command."""
    for command in (*BARE, *RUNNING):
        app.cli.add_command(command)
    return app
