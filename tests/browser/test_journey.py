"""The whole journey in Chromium on a phone, with a script and without, up to the doctor's sheet."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from app.schedule.dates import TOKYO
from tests.support.browser_checks import overflow, watched
from tests.support.family_phone import PHONE, FamilyPhone, one_year_old
from tests.support.server import Server
from tests.support.server_people import desk_of

PROGRAMMES = ("mr-1", "varicella-1")


@pytest.fixture(scope="module")
def desk(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """The doctor, signed in at a terminal."""
    context = desk_of(browser, server, "doctor")
    yield context
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_journey_on_a_phone_ends_at_the_doctor(
    browser: Browser, server: Server, desk: BrowserContext, script: bool
) -> None:
    context = browser.new_context(
        base_url=server.url, viewport=PHONE, locale="ja-JP", java_script_enabled=script
    )
    page = context.new_page()
    with watched(page, server.url) as seen:
        parent = FamilyPhone(page)
        parent.sign_in("mother" if script else "foreign")
        parent.add_child(one_year_old(datetime.now(TOKYO).date()))
        visit = parent.prepare(PROGRAMMES)
        parent.answer()
        assert overflow(page) == []
        parent.send()
        assert parent.path == f"/visits/{visit}/receipt"
        parent.follow('main a[href$="/pass"]')
        parent.answer_today()
        expect(page.locator("#pass-qr")).to_be_visible()
        code = page.locator("#short-code").inner_text()
    assert seen.problems == []
    context.close()

    sheet = desk.new_page()
    sheet.goto("/reception")
    sheet.fill("#code", code)
    sheet.press("#code", "Enter")
    expect(sheet.locator('[data-question="temperature_today"]')).to_contain_text("36.6")
    assert sheet.url.endswith(f"/clinic/visits/{visit}")
    expect(sheet.locator('[data-question="had_varicella"]')).to_contain_text("いいえ")
    sheet.close()
