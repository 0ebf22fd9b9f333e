"""What every parent page weighs as it is served from a cold cache: one flight, three requests, one script."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import html5lib
import pytest
from werkzeug.test import TestResponse

from app.web.assets import Assets
from tests.support.browser_walk import pages_in
from tests.support.census import languages_of, pseudo_wording
from tests.support.database import sqlite_database
from tests.support.journey import HTML, Fetched
from tests.support.reaches import go
from tests.support.site import make_site
from tests.support.town import Town

FIRST_FLIGHT = 14_000
SCRIPT = 2_000
REQUESTS = 3
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
AS_SERVED = 1
"""The level at which the application compresses, as the last test proves."""


@dataclass(frozen=True)
class Weight:
    """A page with its files, compressed: bytes in all, of scripts, and requests."""

    all: int
    script: int
    requests: int


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    site = make_site(folder / "data", sqlite_database(folder))
    site.app.extensions["rooms"] = replace(site.rooms, wording=pseudo_wording(site.rooms))
    yield Town(site)
    site.store.dispose()


def weight_of(town: Town, page: Fetched) -> Weight:
    """The page as it is served with gzip, and every file it names; a ``data:`` icon is part of the page."""
    assets: Assets = town.site.app.extensions["assets"]
    files = [path for path in files_of(page) if not path.startswith("data:")]
    packed = {path: len(found.packed) for path in files if (found := assets.find(path.rpartition("/")[2]))}
    assert len(packed) == len(files), f"a file that is not ours: {files}"
    html = len(gzip.compress(page.body, AS_SERVED, mtime=0))
    script = sum(size for path, size in packed.items() if path.endswith(".js"))
    return Weight(html + sum(packed.values()), script, 1 + len(packed))


def files_of(page: Fetched) -> list[str]:
    """What the browser fetches for the page."""
    found = []
    for element in html5lib.parse(page.text).iter():
        source = element.get("src") if element.tag in (f"{HTML}script", f"{HTML}img") else None
        target = element.get("href") if element.tag == f"{HTML}link" else None
        found += [path for path in (source, target) if path]
    return found


def test_every_parent_page_in_every_language_comes_in_one_flight(town: Town) -> None:
    heavy, heaviest = [], 0
    for language in languages_of(town.site.rooms):
        for reach in pages_in(town, language):
            if reach.is_japanese_only:
                continue
            weight = weight_of(town, go(town, reach))
            heaviest = max(heaviest, weight.all)
            if weight.all > FIRST_FLIGHT or weight.script > SCRIPT or weight.requests > REQUESTS:
                heavy.append(f"{language} {reach.name}: {weight}")
    assert heavy == [], "\n".join(heavy)
    assert heaviest > FIRST_FLIGHT / 3, "hardly anything was weighed"
    print(f"heaviest parent page: {heaviest} bytes")  # noqa: T201  belongs to the report of a run


def test_application_compresses_as_it_is_weighed(town: Town) -> None:
    client = town.site.app.test_client()
    address = {"base_url": town.site.settings.public_url}
    plain = client.get("/no-card", headers={"Accept-Encoding": "identity"}, **address)
    packed = client.get("/no-card", headers={"Accept-Encoding": "gzip"}, **address)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.compress(with_token_of(packed, plain), AS_SERVED, mtime=0) == packed.data


def with_token_of(packed: TestResponse, plain: TestResponse) -> bytes:
    """The plain page with the token that the packed one holds: nothing else differs."""
    tokens = [TOKEN.search(body) for body in (gzip.decompress(packed.data), plain.data)]
    assert all(tokens)
    new, old = (found[1] for found in tokens if found)
    return plain.data.replace(old, new)
