"""A whole site for a test: the real application on a real database, with its own keys and clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pyotp
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

import app.wiring
from app import create_app
from app.demo import make_demo, read_demo
from app.identity.passwords import Passwords
from app.places.place import Terminal
from app.questionnaire.definition import Library
from app.settings import Settings
from app.storage.store import Store
from app.web.rooms import Rooms
from tests.support.journey import Fetched, Journey, Parent, Transport
from tests.support.page_checker import check_page
from tests.support.tally import Tally

QUICK = Passwords(memory_kib=8, time_cost=1)
"""Hashing that costs a test nothing; the real cost is tested in its own room."""

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""24 November 2026, 9:00 in Tokyo."""


class Clock:
    """A clock that tests turn."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.at = start

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.at

    def forward(self, **how_far: float) -> None:
        """Turned on."""
        self.at += timedelta(**how_far)


@dataclass
class Site:
    """The application with its rooms and everyone who may use it."""

    app: Flask
    settings: Settings
    clock: Clock
    pages: list[Fetched]

    @property
    def rooms(self) -> Rooms:
        """The rooms behind the counters."""
        return cast("Rooms", self.app.extensions["rooms"])

    @property
    def store(self) -> Store:
        """What rests."""
        return cast("Store", self.app.extensions["store"])

    def parent(self, language: str = "ja") -> Parent:
        """A parent at her phone, not signed in."""
        return Parent(self._transport(language), self.check)

    def visitor(self, language: str = "ja") -> Journey:
        """Anyone."""
        return Journey(self._transport(language), self.check)

    def staff(self, role: str, clinic: str = "midori", *, at_terminal: bool = True) -> Journey:
        """A signed-in member of staff at an enrolled terminal."""
        journey = self.visitor()
        row = self.login_of(role, clinic)
        if at_terminal:
            terminal = self.enrol(clinic)
            journey.get("/clinic/terminal")
            journey.submit({"code": terminal})
        journey.get("/clinic/login")
        self.clock.forward(seconds=60)
        code = pyotp.TOTP(row["totp_secret"]).at(self.clock.at)
        journey.submit({"login": row["login"], "password": row["password"], "code": code})
        return journey

    def login_of(self, role: str, clinic: str = "midori") -> dict[str, str]:
        """How a member of staff signs in."""
        rows = [row for row in read_demo(self.settings) if row["counter"] == "clinic"]
        return next(row for row in rows if row["role"] == role and row["clinic"] == clinic)

    def enrol(self, clinic: str) -> str:
        """A fresh terminal's one-time code."""
        terminal = Terminal(self.rooms.new_id(), "999999", clinic, "受付テスト")
        return self.rooms.places.enrol_terminal(terminal, self.clock())

    def check(self, page: Fetched) -> None:
        """Every page that any test fetches is checked."""
        self.pages.append(page)
        problems = check_page(page.body, path=page.path, status=page.status, headers=dict(page.headers))
        assert not problems, f"{page.path}: " + "; ".join(problems)

    def _transport(self, language: str) -> Transport:
        client = self.app.test_client()

        def send(method: str, path: str, fields: Sequence[tuple[str, str]]) -> Fetched:
            answer = client.open(
                path,
                method=method,
                data=MultiDict(fields) if method == "POST" else None,
                base_url=self.settings.public_url,
                headers={"Accept-Language": language},
            )
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Fetched(path, answer.status_code, headers, answer.get_data())

        return send


def make_site(
    folder: Path, database_url: str, clock: Clock | None = None, library: Library | None = None
) -> Site:
    """A demonstration on this database, with its people; other definitions when they are given."""
    turned = clock or Clock()
    environment = {
        "APP_MODE": "demo",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PUBLIC_URL": "http://localhost",
        "NOW": turned().isoformat(),
    }
    settings = Settings.from_environment(environment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.wiring, "clock", lambda _fixed: turned)
        patch.setattr(app.wiring, "Passwords", lambda: QUICK)
        if library is not None:
            patch.setattr(app.wiring, "read_definitions", lambda _folder: library)
        made = create_app(settings)
    site = Site(made, settings, turned, [])
    site.store.migrate()
    make_demo(site.rooms, settings)
    return site


@pytest.fixture
def site(engine_url: str, tmp_path: Path, tally: Tally) -> Iterator[Site]:
    """A fresh site on each engine; its pages are counted."""
    made = make_site(tmp_path / "data", engine_url)
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()
