"""The census of pages: every GET route, in every state, as everybody who may meet it, in every language.

``python -m tests.support.census`` counts and writes `tests/laws/census.json`; fewer fails the build.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.web.rooms import Rooms
from app.wording.catalogue import Wording
from app.wording.extraction import texts_of_library
from app.wording.pseudo import LONG_TAG, MIRRORED_TAG, with_pseudo
from app.wording.text import Text, must_be_whole
from tests.support.reaches import Reach
from tests.support.reaches_clinic import clinic_reaches
from tests.support.reaches_growth import CHECKUPS, GROWTH
from tests.support.reaches_parent import parent_reaches
from tests.support.reaches_schedule import TIMELINES, blank_reaches
from tests.support.rules import bare_app, routes_of

COMMITTED = Path(__file__).parents[1] / "laws" / "census.json"
STAND_IN = "/stand-in/api/realms/main/protocol/openid-connect"
UNREACHED = {
    "/healthz/live": "two words of JSON for a machine",
    "/healthz/ready": "two words of JSON for a machine",
    "/static/<name>": "files, which every page that links them brings along",
    f"{STAND_IN}/userinfo": "JSON of the development login for the server alone",
    f"{STAND_IN}/certs": "JSON of the development login for the server alone",
}
MOST_UNREACHED = 5


@dataclass(frozen=True, slots=True)
class Census:
    """How much is reached. ``pages`` counts every reach once for each of its languages."""

    routes: int
    roles: int
    states: int
    languages: int
    reaches: int
    pages: int


def reaches_of(rooms: Rooms) -> tuple[Reach, ...]:
    """Every way to every page."""
    return (
        *parent_reaches(rooms.library),
        *TIMELINES,
        *GROWTH,
        *blank_reaches(rooms.library),
        *clinic_reaches(),
        *CHECKUPS,
    )


def rule_of(app: Flask, path: str) -> str:
    """The rule that answers a GET at this path, "" for none."""
    adapter = app.url_map.bind("localhost", "/")
    try:
        rule, _ = adapter.match(path.partition("?")[0], "GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return ""
    return str(rule.rule)


def unreached(app: Flask, reaches: Iterable[Reach]) -> list[str]:
    """GET rules that nobody reaches and that are not named, and names that are no longer needed."""
    known = {route.rule for route in routes_of(app) if route.method == "GET"}
    reached = {rule_of(app, reach.path) for reach in reaches}
    forgotten = [f"nobody reaches {rule}" for rule in sorted(known - reached - UNREACHED.keys())]
    needless = [f"named without need: {rule}" for rule in sorted(UNREACHED.keys() - (known - reached))]
    return forgotten + needless


def whole_languages(wording: Wording, texts: Iterable[Text]) -> tuple[str, ...]:
    """The offered languages in which nothing is missing."""
    pairs = [text.pair for text in (*wording.ui_texts, *texts) if must_be_whole(text.domain)]
    return tuple(one.tag for one in wording.languages.offered if wording.speaks(one, pairs))


def languages_of(rooms: Rooms) -> tuple[str, ...]:
    """Every whole language, and the two that nobody speaks."""
    whole = whole_languages(rooms.wording, texts_of_library(rooms.library))
    return tuple(dict.fromkeys((*whole, LONG_TAG, MIRRORED_TAG)))


def pseudo_wording(rooms: Rooms) -> Wording:
    """The wording with the two pseudo languages."""
    return with_pseudo(rooms.wording, texts_of_library(rooms.library))


def counted(app: Flask) -> Census:
    """The census of the application as it stands."""
    rooms: Rooms = app.extensions["rooms"]
    reaches, languages = reaches_of(rooms), languages_of(rooms)
    return Census(
        routes=len({rule_of(app, reach.path) for reach in reaches} - {""}),
        roles=len({reach.role for reach in reaches}),
        states=len({(rule_of(app, reach.path), reach.state) for reach in reaches}),
        languages=len(languages),
        reaches=len(reaches),
        pages=sum(1 if reach.is_japanese_only else len(languages) for reach in reaches),
    )


def committed() -> Census:
    """The counts of the last commit."""
    return Census(**json.loads(COMMITTED.read_text(encoding="utf-8")))


def fewer(now: Census, before: Census) -> list[str]:
    """Every count that is lower than it was."""
    old = asdict(before)
    return [
        f"{name}: {old[name]} before, {count} now" for name, count in asdict(now).items() if count < old[name]
    ]


def main() -> int:
    """Counts, prints and writes."""
    with tempfile.TemporaryDirectory() as folder:
        now = counted(bare_app(Path(folder) / "data"))
    text = json.dumps(asdict(now))
    COMMITTED.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
