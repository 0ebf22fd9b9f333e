"""One Chromium and one demo server per worker; every page is watched and must stay silent."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as BrowserPage

from tests.support.axe import axe_findings, judge
from tests.support.browser_checks import Observation, overflow, small_targets, watched
from tests.support.chromium import chromium_browser
from tests.support.server import Server, demo_server

PHONE = {"width": 375, "height": 667}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; a missing one is a failure."""
    with chromium_browser() as running:
        yield running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application as `make run` starts it, with fresh demo people."""
    with demo_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A phone without cookies. The content policy is in force."""
    fresh = browser.new_context(base_url=server.url, viewport=PHONE, locale="ja-JP", timezone_id="Asia/Tokyo")
    yield fresh
    fresh.close()


@pytest.fixture
def observation(page: BrowserPage, server: Server) -> Iterator[Observation]:
    """What the page of this test said and fetched so far."""
    with watched(page, server.url) as seen:
        yield seen
    assert seen.problems == []


@pytest.fixture
def page(context: BrowserContext) -> BrowserPage:
    """An empty page."""
    return context.new_page()


@pytest.fixture(autouse=True)
def _is_silent(request: pytest.FixtureRequest) -> None:
    """Every test with a page is watched, whether it asks for it or not."""
    if "page" in request.fixturenames:
        request.getfixturevalue("observation")


@pytest.fixture
def accessible(tally: Counter[str]) -> Callable[[BrowserPage, str], None]:
    """Call it with a page and its path: axe, targets and overflow must find nothing."""

    def check(page: BrowserPage, path: str) -> None:
        problems = judge(axe_findings(page), path, tally)
        own = [f"{path}: {found}" for found in (*small_targets(page), *overflow(page))]
        assert [*problems, *own] == []

    return check
