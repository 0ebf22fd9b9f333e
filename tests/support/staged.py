"""A page as the application answered it, shown in a real browser under its own headers, without a network.

What `tests/support/reaches.py` reaches can so be looked at in Chromium, whatever it took to get there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as BrowserPage

from app.wording.pseudo import LONG_TAG, MIRRORED_TAG
from tests.support.journey import Fetched, local_path
from tests.support.town import Seat, Town

NOT_PASSED_ON = frozenset({"content-length", "content-encoding", "set-cookie"})
JUDGED_AS = {LONG_TAG: "en", MIRRORED_TAG: "he"}
"""A language that nobody speaks is no valid language for axe; its letters are those of another."""

PHONE = {"width": 390, "height": 844}


class Stage:
    """A browser page on which answers of the application are shown."""

    def __init__(self, page: BrowserPage, town: Town) -> None:
        self.page = page
        self.origin = town.site.settings.public_url
        self._files = Seat(town.site)
        self._shown = Fetched("", 0, {}, b"")
        page.route("**/*", self._answer)

    def show(self, answer: Fetched) -> None:
        """The browser has loaded this answer. Errors: AssertionError when it went elsewhere."""
        body = answer.body
        for tag, judged in JUDGED_AS.items():
            body = body.replace(f'<html lang="{tag}"'.encode(), f'<html lang="{judged}"'.encode())
        self._shown = replace(answer, body=body)
        self.page.goto(self.origin + answer.path)
        assert urlsplit(self.page.url).path == urlsplit(answer.path).path, self.page.url

    @property
    def path(self) -> str:
        """The path of what is shown, without its query."""
        return urlsplit(self._shown.path).path

    def _answer(self, route: Route) -> None:
        request = route.request
        path = local_path(request.url)
        if request.is_navigation_request():
            _fulfil(route, self._shown)
        elif path.startswith("/static/"):
            _fulfil(route, self._files("GET", path, ()))
        else:
            route.abort()


def _fulfil(route: Route, answer: Fetched) -> None:
    headers = {name: value for name, value in answer.headers.items() if name not in NOT_PASSED_ON}
    route.fulfill(status=answer.status, headers=headers, body=answer.body)


@contextmanager
def stage(browser: Browser, town: Town, **options: Any) -> Iterator[Stage]:  # any: of Playwright's own
    """A phone-sized browser page on which answers are shown; without cookies and without a network."""
    settings = {"viewport": PHONE, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", **options}
    context = browser.new_context(**settings)
    try:
        yield Stage(context.new_page(), town)
    finally:
        context.close()
