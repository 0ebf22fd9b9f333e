"""Everyone who may sign in at a running demo server, and a reception desk with its browser."""

import json
import time
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from playwright.sync_api import Page as BrowserPage

from tests.faults.browser import Browser as HttpBrowser
from tests.support.journey import Parent
from tests.support.reading import digits_in, short_code_on
from tests.support.server import Server

DESKTOP = ViewportSize(width=1280, height=800)


@dataclass(frozen=True, slots=True)
class Handed:
    """A submitted visit and its pass."""

    visit: str
    digits: str
    code: str


def handed_over(server: Server, programmes: tuple[str, ...] = ("mr-1",), persona: str = "father") -> Handed:
    """A visit of today, answered and sent over plain HTTP."""
    parent = Parent(HttpBrowser(server.url))
    parent.sign_in(persona)
    parent.add_child("例示 ひかり")
    visit = parent.whole_way(programmes)
    code = short_code_on(parent.get(f"/visits/{visit}/pass"))
    return Handed(visit, digits_in(parent.get(f"/visits/{visit}/pass.png").body), code)


def staff_rows(server: Server) -> list[dict[str, str]]:
    """How members of staff sign in there."""
    rows: list[dict[str, str]] = json.loads((server.data / "demo-people.json").read_text(encoding="utf-8"))
    return rows


def desk_of(
    browser: Browser, server: Server, role: str = "reception", clinic: str = "midori"
) -> BrowserContext:
    """A browser in which somebody of this role is signed in, at a terminal enrolled for it.

    A clinic of the demonstration has two terminals, each with a code for once: one for the reception,
    one for the examination. So this works once for each of the two on one server.
    """
    row = next(one for one in staff_rows(server) if (one["role"], one["clinic"]) == (role, clinic))
    codes = [one["terminal_code"] for one in staff_rows(server) if one["clinic"] == clinic]
    terminal = [code for code in codes if code][role != "reception"]
    context = browser.new_context(base_url=server.url, viewport=DESKTOP, locale="ja-JP")
    page = context.new_page()
    page.goto("/clinic/terminal")
    page.fill("[name=code]", terminal)
    _enter(page)
    page.goto("/clinic/login")
    _sign_in(page, row)
    page.close()
    return context


def _enter(page: BrowserPage) -> None:
    """Enter is pressed in the field for a code, and the next page is there."""
    with page.expect_navigation():
        page.press("[name=code]", "Enter")


def _sign_in(page: BrowserPage, row: dict[str, str]) -> None:
    """Signs in; a one-time code that was just used is waited out."""
    for _ in range(2):
        page.fill("[name=login]", row["login"])
        page.fill("[name=password]", row["password"])
        page.fill("[name=code]", pyotp.TOTP(row["totp_secret"]).now())
        _enter(page)
        if not page.url.endswith("/clinic/login"):
            return
        time.sleep(31 - time.time() % 30)
    raise AssertionError(page.locator("main").inner_text())
