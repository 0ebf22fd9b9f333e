"""``python -m tests.browser.measure``: what the main job costs a parent and a reception; one line of JSON.

Counted from the first topic page to the receipt, for a healthy child's first measles-rubella and varicella,
on a phone with a cold cache; then scans by keyboard events until the sheet can be seen.
"""

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as BrowserPage

from app.schedule.dates import TOKYO
from tests.support.chromium import chromium_browser
from tests.support.family_phone import PHONE, FamilyPhone, one_year_old
from tests.support.scanning_desk import ScanningDesk
from tests.support.server import Server, demo_server
from tests.support.server_people import desk_of, handed_over

PROGRAMMES = ("mr-1", "varicella-1")
SCANS = 9


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
        told = {**journey(browser, server), **scans(browser, server)}
    print(json.dumps(told))  # noqa: T201  the line this command is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
