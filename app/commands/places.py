"""Municipalities, clinics, staff and terminals."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.commands.running import running_rooms
from app.places.place import Clinic, Municipality, Role, Staff, Terminal


@contextmanager
def telling_refusals() -> Iterator[None]:
    """A value that is taken or unfit is told in one line, exit 1."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@click.group()
def municipality() -> None:
    """Municipalities of this instance."""


@municipality.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--phone", required=True)
@click.option(
    "--required-review",
    default="reviewed",
    type=click.Choice(["machine", "translated", "reviewed", "approved"]),
)
def municipality_add(code: str, name: str, phone: str, required_review: str) -> None:
    """A municipality with its code and name."""
    with telling_refusals():
        running_rooms().places.add_municipality(Municipality(code, name, phone, required_review))


@click.group()
def clinic() -> None:
    """Clinics and health centres."""


@clinic.command("add")
@click.argument("municipality_code")
@click.argument("code")
@click.argument("name")
@click.option("--phone", required=True)
@click.option("--address", default="")
def clinic_add(municipality_code: str, code: str, name: str, *, phone: str, address: str) -> None:
    """A clinic of a municipality."""
    with telling_refusals():
        running_rooms().places.add_clinic(Clinic(code, municipality_code, name, phone, address))


@click.group()
def staff() -> None:
    """Members of staff."""


@staff.command("add")
@click.argument("clinic_code")
@click.argument("login")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.password_option()
def staff_add(clinic_code: str, login: str, name: str, *, role: str, password: str) -> None:
    """A member of staff; prints the secret for her authenticator once."""
    found = running_rooms().places.clinic(clinic_code)
    if found is None:
        raise click.ClickException("no such clinic")
    new = Staff(running_rooms().new_id(), found.municipality, clinic_code, login, name, Role(role))
    with telling_refusals():
        secret = running_rooms().staff_login.add(new, password)
    click.echo(json.dumps({"login": login, "totp_secret": secret}))


@click.group()
def terminal() -> None:
    """Reception devices."""


@terminal.command("enrol")
@click.argument("clinic_code")
@click.argument("name")
def terminal_enrol(clinic_code: str, name: str) -> None:
    """Prints a one-time code to type at /clinic/terminal on the device."""
    found = running_rooms().places.clinic(clinic_code)
    if found is None:
        raise click.ClickException("no such clinic")
    new = Terminal(running_rooms().new_id(), found.municipality, clinic_code, name)
    code = running_rooms().places.enrol_terminal(new, running_rooms().now())
    click.echo(json.dumps({"terminal": name, "code": code}, ensure_ascii=False))
