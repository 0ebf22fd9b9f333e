"""Every page of the product in a real browser: axe, targets, overflow, the console."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from app.wording.pseudo import MIRRORED_TAG
from tests.support.axe import axe_findings, judge
from tests.support.browser_checks import overflow, small_targets
from tests.support.browser_walk import pages_in, seen_with
from tests.support.census import pseudo_wording
from tests.support.database import sqlite_database
from tests.support.journey import Fetched
from tests.support.reaches import Reach
from tests.support.site import make_site
from tests.support.staged import Stage, stage
from tests.support.town import Town

LEAST = {"ja": 200, MIRRORED_TAG: 150}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that also speaks from right to left."""
    folder = tmp_path_factory.mktemp("town")
    site = make_site(folder / "data", sqlite_database(folder))
    site.app.extensions["rooms"] = replace(site.rooms, wording=pseudo_wording(site.rooms))
    yield Town(site)
    site.store.dispose()


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Stage]:
    with stage(browser, town) as made:
        yield made


@pytest.mark.parametrize("language", list(LEAST))
def test_every_page_is_accessible(town: Town, phone: Stage, tally: Counter[str], language: str) -> None:
    def look(shown: Stage, _reach: Reach) -> list[str]:
        return [
            *judge(axe_findings(shown.page), shown.path, tally),
            *small_targets(shown.page),
            *overflow(shown.page),
        ]

    pages = list(pages_in(town, language))
    problems = [problem for reach in pages for problem in seen_with(phone, town, reach, look)]
    assert problems == [], "\n".join(problems[:20])
    assert len(pages) >= LEAST[language]


def test_look_when_faults_are_planted_finds_them(town: Town, phone: Stage) -> None:
    body = b'<!doctype html><html lang="ja"><title>x</title><main><h1>x</h1><input></main>'
    body += b"<script>alert(1)</script>"
    policy = {"content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.support.browser_walk.go", lambda _town, _reach: Fetched("/x", 200, policy, body))
        found = "; ".join(seen_with(phone, town, Reach("parent", "planted", "/x"), _axe))
    assert "axe violations label" in found
    assert "Content Security Policy" in found


def _axe(shown: Stage, _reach: Reach) -> list[str]:
    return [str(finding) for finding in axe_findings(shown.page)]
