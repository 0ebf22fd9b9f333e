"""The reception in Chromium: scanner keys, full-width digits, kana, short codes as people type them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.support.browser_checks import watched
from tests.support.scanning_desk import FULL_WIDTH, KANA, OPENED_SECONDS, ScanningDesk, one_wrong
from tests.support.server import Server
from tests.support.server_people import Handed, desk_of, handed_over


@pytest.fixture(scope="module")
def handed(server: Server) -> Handed:
    return handed_over(server)


@pytest.fixture(scope="module")
def terminal(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = desk_of(browser, server)
    yield context
    context.close()


@pytest.fixture
def desk(terminal: BrowserContext, server: Server) -> Iterator[ScanningDesk]:
    """A reception page; it must stay silent."""
    page = terminal.new_page()
    with watched(page, server.url) as seen:
        made = ScanningDesk(page)
        made.open()
        yield made
    page.close()
    assert seen.problems == []


def test_scan_by_a_scanners_keys_opens_the_sheet_in_time(desk: ScanningDesk, handed: Handed) -> None:
    assert desk.scan(handed.digits) <= OPENED_SECONDS * 1000
    assert desk.page.url.endswith(handed.visit)
    expect(desk.page.locator("h1")).to_contain_text("例示 ひかり")


@pytest.mark.parametrize("table", [FULL_WIDTH, KANA], ids=["full width", "kana"])
def test_scan_when_the_japanese_input_is_on_opens_the_sheet(
    desk: ScanningDesk, handed: Handed, table: dict[int, str]
) -> None:
    desk.insert(handed.digits.translate(table))
    assert desk.page.url.endswith(handed.visit)


def test_scan_when_one_digit_was_misread_says_so_and_takes_the_next(
    desk: ScanningDesk, handed: Handed
) -> None:
    wrong = str((int(handed.digits[20]) + 1) % 10)
    desk.page.keyboard.type(handed.digits[:20] + wrong + handed.digits[21:])
    desk.page.keyboard.press("Enter")
    assert desk.problem() == "misread_scan_again"
    desk.scan(handed.digits)
    assert desk.page.url.endswith(handed.visit)


def test_short_code_as_people_type_it_opens_the_sheet(desk: ScanningDesk, handed: Handed) -> None:
    typed = {
        "lower case": handed.code.lower(),
        "look-alikes": handed.code.replace("0", "O").replace("1", "l"),
        "full width": handed.code.translate(FULL_WIDTH),
        "without a dash": handed.code.replace("-", " "),
    }
    for name, code in typed.items():
        desk.open()
        desk.enter(code)
        desk.page.wait_for_url("**/clinic/visits/*")
        assert desk.page.url.endswith(handed.visit), name


def test_short_code_with_one_wrong_character_keeps_what_was_typed(desk: ScanningDesk, handed: Handed) -> None:
    code = one_wrong(handed.code)
    desk.enter(code)
    assert desk.problem() == "misread_type_again"
    expect(desk.page.locator("#code")).to_have_value(code)
