"""A second visit on a phone: one tap for each page of which everything stays true; Enter goes on."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from app.schedule.dates import TOKYO
from tests.support.browser_checks import watched
from tests.support.family_phone import PHONE, FamilyPhone, one_year_old
from tests.support.server import Server

FIRST, SECOND = ("mr-1", "varicella-1"), ("mr-1",)
SAME = 'button[name="same"]'


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_second_visit_takes_one_tap_where_everything_is_as_last_time(
    browser: Browser, server: Server, script: bool
) -> None:
    context = browser.new_context(
        base_url=server.url, viewport=PHONE, locale="ja-JP", java_script_enabled=script
    )
    page = context.new_page()
    with watched(page, server.url) as seen:
        parent = FamilyPhone(page)
        parent.sign_in("separated" if script else "stranger")
        parent.add_child(one_year_old(datetime.now(TOKYO).date()), "見本 そら")
        parent.prepare(FIRST)
        parent.answer()
        parent.send()
        page.goto("/home")
        visit = parent.prepare(SECOND)
        parent.follow("main a.button")
        assert confirmed(parent) >= 6
        assert parent.path == f"/visits/{visit}/check"
        page.goto(f"/visits/{visit}/pages/birth?from=check")
        expect(page.locator("#birth_weight")).to_have_value("3100")
        with page.expect_navigation():
            page.locator("#birth_weight").press("Enter")
        assert parent.path == f"/visits/{visit}/check"
    assert seen.problems == []
    context.close()


def confirmed(parent: FamilyPhone) -> int:
    """So many pages were confirmed with one tap, the others answered, up to the check."""
    tapped = 0
    while "/pages/" in parent.path:
        before = parent.path
        assert parent.page.locator("#main input:checked").count() == 0
        if parent.page.locator(SAME).count():
            parent.follow(SAME)
            tapped += 1
        if parent.path.partition("#")[0] == before:
            parent.fill(parent.form())
            parent.follow("#main button")
        assert parent.path != before, parent.page.locator("#problems").all_inner_texts()
    return tapped
