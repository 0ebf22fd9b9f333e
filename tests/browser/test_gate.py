"""The browser gate finds what is planted: a gate that cannot fail is no gate."""

from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.support.axe import AxeException, axe_findings, judge, stale_exceptions
from tests.support.browser_checks import overflow, small_targets, watched, weigh

POLICY = "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'"
GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>Good</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/look.css"></head>
<body><main><h1>Good</h1><p>A sentence with <a href="/good">a link</a> in it.</p>
<label for="a" class="card">Name</label><input id="a" class="card"><button class="card">Next</button>
</main></body></html>"""
BAD = """<!doctype html><html><head><title>Bad</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/look.css"></head>
<body><h3 class="pale">Bad</h3><img src="/x.png"><input><button>n</button><p class="wide">wide</p>
<script>alert(1)</script></body></html>"""
LOOK = """.card{display:block;min-height:44px;min-width:44px} p,a{line-height:1.6}
.pale{color:#ccc;background:#fff} .wide{width:2000px}"""
FILES = {"/good": ("text/html", GOOD), "/bad": ("text/html", BAD), "/look.css": ("text/css", LOOK)}


class Planted(BaseHTTPRequestHandler):
    """Serves the two pages."""

    def do_GET(self) -> None:
        kind, text = FILES.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the method it replaces
        """Says nothing."""


@pytest.fixture(scope="module")
def planted() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Planted) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserPage]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_gate_when_the_page_is_good_finds_nothing(phone: BrowserPage, planted: str) -> None:
    with watched(phone, planted) as seen:
        phone.goto(f"{planted}/good")
        found = [*axe_findings(phone), *small_targets(phone), *overflow(phone)]
    assert found == []
    assert seen.problems == []


def test_gate_when_faults_are_planted_finds_each(phone: BrowserPage, planted: str) -> None:
    with watched(phone, planted) as seen:
        phone.goto(f"{planted}/bad")
        found = {finding.rule for finding in axe_findings(phone)}
    assert {"html-has-lang", "image-alt", "label", "color-contrast", "page-has-heading-one"} <= found
    assert any("<button>" in problem for problem in small_targets(phone))
    assert len(overflow(phone)) == 1
    assert any("Content Security Policy" in problem for problem in seen.problems)


def test_watch_when_a_third_party_is_asked_reports_it(phone: BrowserPage, planted: str) -> None:
    with watched(phone, "http://127.0.0.1:1") as seen:
        phone.goto(f"{planted}/good")
    assert f"third party: {planted}/good" in seen.problems


def test_weigh_when_a_page_is_opened_counts_requests_and_bytes(phone: BrowserPage, planted: str) -> None:
    weight = weigh(phone, f"{planted}/good")
    assert weight.requests == 2
    assert 300 < weight.gzip_bytes < 900


def test_exception_when_used_is_counted_and_when_unused_is_stale(phone: BrowserPage, planted: str) -> None:
    used = AxeException("label", r"/bad", "planted")
    unused = AxeException("label", r"/other", "planted")
    tally: Counter[str] = Counter()
    phone.goto(f"{planted}/bad")
    problems = judge(axe_findings(phone), "/bad", tally, (used, unused))
    assert problems
    assert not any(" label:" in problem for problem in problems)
    assert stale_exceptions(tally, (used,)) == []
    assert stale_exceptions(tally, (used, unused)) == [f"no longer occurs, delete it: {unused.mark}"]
    assert stale_exceptions(tally, (used,) * 6) == ["more than 5 axe exceptions"]
