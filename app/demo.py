"""The demonstration: plainly fictitious people, made by the same functions as real ones, and its server.

Knows: `definitions/demo/people.toml` and where the made passwords lie (``DATA_DIR/demo-people.json``).
"""

import json
import os
import secrets
import sys
import tomllib
from typing import NoReturn

from app.places.place import Clinic, Municipality, Role, Staff, Terminal
from app.settings import Settings
from app.storage.keys import write_secret
from app.web.login_stand_in.personas import PERSONAS
from app.web.rooms import Rooms
from app.wiring import DEFINITIONS

PEOPLE = DEFINITIONS / "demo" / "people.toml"
MADE = "demo-people.json"
Row = dict[str, str]


def make_demo(rooms: Rooms, settings: Settings) -> None:
    """Municipality, clinics, staff and terminals exist; made only once for a data folder."""
    made = settings.data_dir / MADE
    if made.exists():
        return
    plan = tomllib.loads(PEOPLE.read_text("utf-8"))
    town = plan["municipality"]
    rooms.places.add_municipality(Municipality(town["id"], town["name"], town["phone"]))
    for one in plan["clinic"]:
        rooms.places.add_clinic(Clinic(one["id"], town["id"], one["name"], one["phone"], one["address"]))
    codes: dict[str, list[str]] = {}
    for one in plan["terminal"]:
        terminal = Terminal(rooms.new_id(), town["id"], one["clinic"], one["name"])
        codes.setdefault(one["clinic"], []).append(rooms.places.enrol_terminal(terminal, rooms.now()))
    rows = [_make_staff(rooms, town["id"], one) for one in plan["staff"]]
    for row in rows:
        row["terminal_code"] = codes[row["clinic"]].pop(0) if codes[row["clinic"]] else ""
    write_secret(made, json.dumps(rows, ensure_ascii=False).encode())


def _make_staff(rooms: Rooms, municipality: str, one: Row) -> Row:
    """One member of staff with a fresh password and authenticator secret."""
    password = secrets.token_urlsafe(15)
    role = Role(one["role"])
    staff = Staff(rooms.new_id(), municipality, one["clinic"], one["login"], one["name"], role)
    return {
        "counter": "clinic",
        "login": one["login"],
        "password": password,
        "totp_secret": rooms.staff_login.add(staff, password),
        "role": role.value,
        "clinic": one["clinic"],
    }


def read_demo(settings: Settings) -> list[Row]:
    """Everyone one may sign in as; staff only after the demonstration was made once."""
    parents = [{"counter": "parent", "persona": one.code, "label": one.label} for one in PERSONAS]
    made = settings.data_dir / MADE
    return [*parents, *(json.loads(made.read_text("utf-8")) if made.exists() else [])]


def serve_demo(settings: Settings) -> NoReturn:
    """Says where and whom to sign in as, and becomes the server."""
    lines = [
        f"もんしんパス  {settings.public_url}",
        f"  parents: {settings.public_url}/  choose a sample person at the sign-in",
        f"  clinic:  {settings.public_url}/clinic/login",
        "  login, password, authenticator secret, terminal code (all: flask --app wsgi demo people)",
    ]
    lines += [
        f"    {row['login']}  {row['password']}  {row['totp_secret']}  {row['terminal_code']}"
        for row in read_demo(settings)
        if row["counter"] == "clinic" and row["clinic"] == "midori" and row["role"] != "administrator"
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    os.execv(  # noqa: S606  our own interpreter and arguments
        sys.executable,
        [sys.executable, "-m", "gunicorn", *server_arguments(settings)],
    )


def server_arguments(settings: Settings) -> list[str]:
    """Gunicorn as everywhere: gthread, two workers, no access log (the application writes its own)."""
    return [
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"),
        *("--timeout", "30", "--graceful-timeout", "20", "--bind", f"{settings.host}:{settings.port}"),
        "wsgi:app",
    ]
