"""Every page of the product, in every state, as everybody who meets it, in every language.

The census (`tests/support/census.py`) says what there is; a page that is not in it fails `tests/laws`.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.wording.pseudo import LONG_TAG, MIRRORED_TAG
from tests.support.census import languages_of, pseudo_wording, reaches_of
from tests.support.database import postgres_database, sqlite_database
from tests.support.faults_on_page import out_of_order
from tests.support.journey import Fetched
from tests.support.page_checker import check_page
from tests.support.reaches import Reach, go
from tests.support.site import make_site
from tests.support.tally import Tally
from tests.support.town import Town


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that also speaks the two languages that nobody speaks."""
    folder = tmp_path_factory.mktemp("town")
    made = speaking_pseudo(make_town(folder, sqlite_database(folder)))
    yield made
    made.site.store.dispose()


def make_town(folder: Path, url: str) -> Town:
    """A fresh town on this database."""
    return Town(make_site(folder / "data", url))


def speaking_pseudo(town: Town) -> Town:
    """The same town with the two pseudo languages."""
    rooms = replace(town.site.rooms, wording=pseudo_wording(town.site.rooms))
    town.site.app.extensions["rooms"] = rooms
    return town


def faults_of(town: Town, reach: Reach, page: Fetched) -> Iterator[str]:
    """What is wrong with this page, beyond what it is made of."""
    if page.status != reach.status:
        yield f"{page.status} instead of {reach.status}, at {page.path}"
    if "no-store" not in page.headers.get("cache-control", ""):
        yield f"Cache-Control: {page.headers.get('cache-control', 'missing')}"
    for mark in town.foreign_marks(reach.role):
        if mark in page.text:
            yield f"shows what is foreign: {mark}"
    if wrong := out_of_order(page):
        yield f"the summary jumps about: {wrong}"
    if reach.is_page:
        yield from check_page(page.body, path=page.path, status=page.status, headers=page.headers)


def walk(town: Town, language: str) -> list[str]:
    """Every fault of every page in this language."""
    town.language = language
    faults = []
    for reach in reaches_of(town.site.rooms):
        if language == "ja" or not reach.is_japanese_only:
            page = go(town, reach)
            town.site.pages.append(page)
            faults += [f"{language} {reach.name}: {fault}" for fault in faults_of(town, reach, page)]
    return faults


def test_every_page_in_every_whole_language_keeps_the_rules(town: Town, tally: Tally) -> None:
    languages = languages_of(town.site.rooms)
    assert {"ja", LONG_TAG, MIRRORED_TAG} <= set(languages)
    faults = [fault for language in languages for fault in walk(town, language)]
    tally["pages_checked"] += len(town.site.pages)
    assert faults == [], "\n".join(faults[:20])
    assert len(town.site.pages) >= 400


def test_every_page_on_postgresql_keeps_the_rules(postgres: Path, tmp_path: Path, tally: Tally) -> None:
    with postgres_database(postgres) as url:
        made = make_town(tmp_path, url)
        faults = walk(made, "ja")
        tally["pages_checked"] += len(made.site.pages)
        made.site.store.dispose()
    assert faults == [], "\n".join(faults[:20])


def test_marks_are_where_they_may_be_read(town: Town) -> None:
    """Or their absence elsewhere would prove nothing."""
    town.language = "ja"
    for role, path in (("doctor", "/clinic/visits/received"), ("parent", "/visits/submitted/check")):
        assert town.mother.mark in go(town, Reach(role, "marked", path)).text
    assert town.mother.subject.name in go(town, Reach("reception", "marked", "/clinic/visits/received")).text


def test_walk_when_a_foreign_word_is_planted_finds_it(town: Town) -> None:
    reach = Reach("reception", "planted", "/clinic/visits/received")
    summary = '<div id="problems"><a href="#b">b</a><a href="#a">a</a></div><i id="a"></i><i id="b"></i>'
    body = f"{town.mother.mark}{summary}".encode()
    planted = Fetched("/x", 200, {"cache-control": "max-age=9"}, body)
    faults = "; ".join(faults_of(town, reach, planted))
    for fault in ("shows what is foreign", "Cache-Control: max-age=9", "has_one_h1", "jumps about"):
        assert fault in faults
