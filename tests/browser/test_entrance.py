"""The first page: accessible on the smallest phone, in the dark, at twice the text, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.support.browser_checks import overflow, weigh
from tests.support.server import Server

Accessible = Callable[[BrowserPage, str], None]
FIRST_FLIGHT = 14_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_entrance_when_opened_on_a_small_phone_is_accessible(
    page: BrowserPage, accessible: Accessible, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/")
    accessible(page, "/")


def test_entrance_when_its_text_is_twice_as_large_does_not_overflow(page: BrowserPage) -> None:
    page.set_viewport_size({"width": 640, "height": 568})
    page.goto("/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == []


def test_entrance_when_opened_first_costs_one_flight(page: BrowserPage, server: Server) -> None:
    weight = weigh(page, f"{server.url}/")
    assert weight.gzip_bytes <= FIRST_FLIGHT
    assert weight.requests <= 3


def test_entrance_when_there_is_no_script_has_its_heading(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    fresh = context.new_page()
    fresh.goto("/")
    assert fresh.get_by_role("heading", level=1).count() == 1
    context.close()
