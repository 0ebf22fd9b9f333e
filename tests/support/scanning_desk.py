"""The reception's field under a scanner's keys, an input method, and people's fingers."""

import time

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

KANA = str.maketrans("1234567890", "ぬふあうえおやゆよわ")
FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"}
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OPENED_SECONDS = 5


class ScanningDesk:
    """A reception page with its field ready."""

    def __init__(self, page: BrowserPage) -> None:
        self.page = page

    def open(self) -> None:
        """A fresh page; the field has the focus."""
        self.page.goto("/reception")
        self.page.evaluate("sessionStorage.clear()")
        expect(self.page.locator("#code")).to_be_focused()

    def scan(self, digits: str) -> float:
        """Every digit a key, then Enter, as a wedge scanner does; milliseconds until the sheet is visible."""
        started = time.perf_counter()
        self.page.keyboard.type(digits)
        self.page.keyboard.press("Enter")
        return self._opened_after(started)

    def insert(self, text: str) -> float:
        """The text arrives at once, as from an input method; milliseconds until the sheet is visible."""
        started = time.perf_counter()
        self.page.keyboard.insert_text(text)
        return self._opened_after(started)

    def enter(self, text: str) -> None:
        """A person writes the text and presses Enter."""
        self.page.locator("#code").fill(text)
        self.page.keyboard.press("Enter")

    def problem(self) -> str:
        """The problem that is shown; its page is whole and its field ready."""
        found = self.page.locator("[data-problem]").get_attribute("data-problem")
        self.page.wait_for_load_state()
        return found or ""

    def _opened_after(self, started: float) -> float:
        self.page.wait_for_url("**/clinic/visits/*", timeout=OPENED_SECONDS * 1000)
        expect(self.page.locator("h1")).to_be_visible()
        return round((time.perf_counter() - started) * 1000, 1)


def one_wrong(code: str) -> str:
    """The short code with one wrong character."""
    wrong = ALPHABET[(ALPHABET.index(code[2]) + 1) % len(ALPHABET)]
    return code[:2] + wrong + code[3:]
