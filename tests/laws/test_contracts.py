"""The arrows between the rooms hold, and each contract breaks on a planted import."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Planter = Callable[[Mapping[str, str]], Path]
LINTER = Path(sys.executable).parent / "lint-imports"
ROOMS = (
    *("strict_toml", "schedule", "questionnaire", "people", "places", "visit", "wording"),
    *("identity", "exchange", "storage", "web"),
)
COUNTERS = ("parent", "clinic", "translator", "municipality", "login_stand_in")
SKELETON = {
    **{f"app/{room}/__init__.py": "" for room in ("", *ROOMS)},
    **{f"app/{module}.py": "" for module in ("fault", "settings", "wiring", "commands")},
    **{f"app/web/{counter}/__init__.py": "" for counter in COUNTERS},
    **{f"app/schedule/{module}.py": "" for module in ("dates", "due")},
}

ARROWS = "Arrows point down only"
STORAGE = "The counters reach storage"
IDENTITY = "The counters reach identity"
COUNTER = "Counters do not know"
DATES = "only its dates"
WHOLE = "Nobody inside imports"
SQL = "Only storage knows SQL"
FLASK = "know Flask"
AUTHLIB = "Only identity knows"
PLANTED = [
    (ARROWS, "app/fault.py", "import app.schedule.dates"),
    (ARROWS, "app/strict_toml/a.py", "import app.questionnaire"),
    (ARROWS, "app/strict_toml/a.py", "import app.fault"),
    (ARROWS, "app/schedule/dates.py", "import app.people"),
    (ARROWS, "app/people/a.py", "import app.places"),
    (ARROWS, "app/places/a.py", "import app.questionnaire"),
    (ARROWS, "app/questionnaire/a.py", "import app.people"),
    (ARROWS, "app/people/a.py", "import app.visit"),
    (ARROWS, "app/visit/a.py", "import app.wording"),
    (ARROWS, "app/wording/a.py", "import app.identity"),
    (ARROWS, "app/identity/a.py", "import app.exchange"),
    (ARROWS, "app/identity/a.py", "import app.storage"),
    (ARROWS, "app/storage/a.py", "import app.web"),
    (ARROWS, "app/web/a.py", "import app.settings"),
    (ARROWS, "app/settings.py", "import app.wiring"),
    (ARROWS, "app/wiring.py", "import app.commands"),
    (ARROWS, "app/helpers/__init__.py", ""),
    (STORAGE, "app/web/a.py", "from app.storage import tables"),
    (IDENTITY, "app/web/a.py", "import app.identity"),
    (IDENTITY, "app/web/a.py", "import app.exchange"),
    (COUNTER, "app/web/clinic/a.py", "import app.web.parent"),
    (COUNTER, "app/web/login_stand_in/a.py", "import app.web.clinic"),
    (COUNTER, "app/web/parent/a.py", "import app.web.translator"),
    (DATES, "app/people/a.py", "import app.schedule.due"),
    (DATES, "app/questionnaire/a.py", "from app.schedule import due"),
    (WHOLE, "app/web/a.py", "from app import create_app"),
    (SQL, "app/visit/a.py", "import sqlalchemy"),
    (SQL, "app/web/a.py", "from sqlalchemy.orm import Session"),
    (SQL, "app/commands.py", "import alembic"),
    (SQL, "app/wiring.py", "import psycopg"),
    (SQL, "app/identity/a.py", "import sqlite3"),
    (FLASK, "app/visit/a.py", "from flask import g"),
    (FLASK, "app/storage/a.py", "import werkzeug"),
    (FLASK, "app/identity/a.py", "import flask_wtf"),
    (AUTHLIB, "app/web/a.py", "import authlib"),
    (AUTHLIB, "app/wiring.py", "from authlib.jose import jwt"),
]
ALLOWED = {
    "app/__init__.py": "from flask import Flask\nfrom app.wiring import build\n",
    "app/commands.py": "import flask, app.wiring, app.storage\n",
    "app/wiring.py": "import flask, werkzeug, flask_wtf\nimport app.web.parent, app.storage, app.identity\n",
    "app/web/parent/a.py": "import flask, werkzeug, flask_wtf, app.wording, app.visit, app.web\n",
    "app/storage/a.py": "import sqlalchemy, alembic, psycopg, sqlite3, app.identity, app.wording\n",
    "app/storage/migrations/env.py": "import alembic, sqlalchemy\n",
    "app/identity/a.py": "import authlib, app.people\n",
    "app/people/a.py": "from app.schedule import dates\nfrom app.fault import x\n",
    "app/visit/a.py": "import app.schedule.due, app.people, app.places, app.questionnaire\n",
}


def lint(house: Path, root: Path) -> tuple[str, int]:
    """What the linter says about the house's contracts in another tree."""
    shutil.copy(house / "pyproject.toml", root / "pyproject.toml")
    done = subprocess.run([LINTER, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    return " ".join((done.stdout + done.stderr).split()), done.returncode


def names_of_contracts(house: Path) -> list[str]:
    """The contracts as written."""
    text = (house / "pyproject.toml").read_text(encoding="utf-8")
    return [contract["name"] for contract in tomllib.loads(text)["tool"]["importlinter"]["contracts"]]


def test_contracts_when_the_house_is_linted_are_kept(house: Path) -> None:
    done = subprocess.run([LINTER, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(names_of_contracts(house))} kept, 0 broken" in done.stdout


def test_contracts_when_nothing_forbidden_is_planted_are_kept(house: Path, plant: Planter) -> None:
    said, code = lint(house, plant({**SKELETON, **ALLOWED}))
    assert code == 0, said


def test_contracts_when_rooms_do_not_exist_yet_are_kept(house: Path, plant: Planter) -> None:
    few = {name: text for name, text in SKELETON.items() if "/people/" in name or "/questionnaire/" in name}
    said, code = lint(house, plant({"app/__init__.py": "", **few}))
    assert code == 0, said


@pytest.mark.parametrize(("contract", "place", "line"), PLANTED)
def test_contract_when_its_breach_is_planted_is_broken(
    house: Path, plant: Planter, contract: str, place: str, line: str
) -> None:
    said, code = lint(house, plant({**SKELETON, "app/storage/tables.py": "", place: f"{line}\n"}))
    (name,) = [name for name in names_of_contracts(house) if contract in name]
    assert code == 1, said
    assert f"{name} BROKEN" in said


def test_every_contract_has_a_planted_breach(house: Path) -> None:
    broken = {contract for contract, _, _ in PLANTED}
    assert all(any(part in name for part in broken) for name in names_of_contracts(house))
