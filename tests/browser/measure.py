"""``python -m tests.browser.measure``: what the main job costs a parent and a reception; one line of JSON.

Counted from the first topic page to the receipt, for a healthy child's first measles-rubella and varicella,
on a phone with a cold cache; then scans by keyboard events until the sheet can be seen. Then, as new users
would, from home to the receipt: a first visit at two months, a checkup at three years, a first pregnancy
visit. ``minutes`` are counted at 12 seconds for a question, as the page before the first one tells them.
"""

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as BrowserPage

from app.schedule.dates import TOKYO
from app.web.parent.about import SECONDS_PER_QUESTION
from tests.support.calm import calm_answers
from tests.support.chromium import chromium_browser
from tests.support.family_phone import PHONE, FamilyPhone, one_year_old
from tests.support.scanning_desk import ScanningDesk
from tests.support.server import Server, demo_server
from tests.support.server_people import desk_of, handed_over

PROGRAMMES = ("mr-1", "varicella-1")
SCANS = 9
PERSONAS = {
    "first_visit_at_two_months": "foreign",
    "checkup_at_three_years": "reissued",
    "first_pregnancy_visit": "pregnant",
}
DAYS_OLD = {"first_visit_at_two_months": 70, "checkup_at_three_years": 1160}


@dataclass
class Traffic:
    """What came over the wire, headers included, as the browser counts it."""

    bytes: int = 0
    requests: int = 0

    def add(self, finished: dict[str, float]) -> None:
        """One more answer; what came from the cache is none."""
        self.bytes += int(finished["encodedDataLength"])
        self.requests += finished["encodedDataLength"] > 0


def traffic_of(context: BrowserContext, page: BrowserPage) -> Traffic:
    """The traffic of this page from now on."""
    traffic = Traffic()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", traffic.add)
    return traffic


def journey(browser: Browser, server: Server) -> dict[str, float]:
    """A parent from the first page to her pass."""
    context = browser.new_context(base_url=server.url, viewport=PHONE, locale="ja-JP")
    page = context.new_page()
    traffic = traffic_of(context, page)
    parent = FamilyPhone(page)
    parent.sign_in()
    parent.add_child(one_year_old(datetime.now(TOKYO).date()))
    parent.prepare(PROGRAMMES)
    parent.answer()
    parent.send()
    told = {"taps": parent.taps, "fields_written": parent.written, "questions": parent.questions}
    parent.follow('main a[href$="/pass"]')
    page.wait_for_load_state("networkidle")
    context.close()
    return {**told, "kilobytes": round(traffic.bytes / 1000, 1), "requests": traffic.requests}


def new_user(browser: Browser, server: Server, way: str) -> dict[str, object]:
    """One journey from a first sign-in to the receipt, through the timeline's one tap."""
    context = browser.new_context(base_url=server.url, viewport=PHONE, locale="ja-JP")
    parent = FamilyPhone(context.new_page(), calm_answers())
    parent.sign_in(PERSONAS[way])
    today = datetime.now(TOKYO).date()
    if way == "first_pregnancy_visit":
        parent.add_herself(today + timedelta(days=210))
        parent.take_what_is_due("checkup-pregnancy-first")
    else:
        parent.add_child(today - timedelta(days=DAYS_OLD[way]))
        parent.page.goto("/home")
        parent.take_what_is_due("checkup" if way == "checkup_at_three_years" else "")
    before, shown = parent.taps, parent.page.locator("main li, main h2").all_inner_texts()
    parent.answer()
    parent.send()
    is_sent = parent.path.endswith("/receipt")
    context.close()
    return {
        "taps": before + parent.taps,
        "fields_written": parent.written,
        "questions": parent.questions,
        "minutes": round(parent.questions * SECONDS_PER_QUESTION / 60),
        "sent": is_sent,
        "vaccines": sum("1回目" in text for text in shown) if way == "first_visit_at_two_months" else 0,
    }


def scans(browser: Browser, server: Server) -> dict[str, float]:
    """Several passes scanned one after another, each with a fresh page."""
    context = desk_of(browser, server)
    desk = ScanningDesk(context.new_page())
    handed = handed_over(server)
    spent = []
    for _ in range(SCANS):
        desk.open()
        spent.append(desk.scan(handed.digits))
    context.close()
    return {"scan_ms_median": statistics.median(spent), "scan_ms_most": max(spent)}


def main() -> int:
    """Measures and prints."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium_browser() as browser,
        demo_server(Path(folder)) as server,
    ):
        told: dict[str, object] = {**journey(browser, server), **scans(browser, server)}
        told["new_users"] = {way: new_user(browser, server, way) for way in PERSONAS}
    print(json.dumps(told))  # noqa: T201  the line this command is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
