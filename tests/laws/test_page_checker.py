"""The page checker finds one planted fault per rule, and none on a good page."""

from collections import Counter
from collections.abc import Mapping

import pytest
from flask import Flask

from tests.support.page_checker import RULES, FaultyPageError, check_page, checked_client
from tests.support.page_wording import known_keys

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
}
GOOD = """<!doctype html>
<html lang="ja" dir="ltr">
<head><meta charset="utf-8"><title>体温</title><link rel="stylesheet" href="/static/app.css"></head>
<body>
<a href="#main">本文へ</a>
<div role="alert"><h2>確認してください</h2><a href="#temperature">体温</a></div>
<main id="main">
<h1>今日のようす</h1>
<h2>体温</h2>
<img src="/static/a.svg" alt="">
<form method="post" action="/visits/1/pages/day">
<input type="hidden" name="csrf_token" value="t">
<label for="temperature">体温</label>
<input id="temperature" name="temperature" aria-describedby="hint">
<p id="hint">例 36.8</p>
<fieldset><legend>けいれん</legend>
<label><input type="radio" name="c" value="yes">はい</label>
<label><input type="radio" name="c" value="no">いいえ</label>
</fieldset>
<p><bdi>{typed}</bdi> <span lang="vi">Có</span> <!-- {not_seen} --></p>
<button>次へ</button>
</form>
</main>
<script src="/static/app.js" defer></script>
</body>
</html>"""

PLANTED = {
    "is_valid_html": ("<!doctype html>", ""),
    "says_its_language": (' dir="ltr"', ""),
    "has_one_title": ("<title>体温</title>", "<title></title>"),
    "has_one_h1": ("<h1>今日のようす</h1>", ""),
    "skips_no_heading_level": ("<h2>体温</h2>", "<h3>体温</h3>"),
    "labels_every_field": ('<label for="temperature">', "<label>"),
    "puts_legend_first": ("<legend>けいれん</legend>", "<p>けいれん</p>"),
    "groups_its_choices": (
        "</form>",
        '<label><input type="radio" name="c" value="no">x</label></form>',
    ),
    "has_unique_ids": ("<h2>体温", '<h2 id="hint">体温'),
    "points_to_what_exists": ('href="#temperature"', 'href="#fever"'),
    "describes_pictures": (' alt=""', ""),
    "names_every_button": ("<button>次へ", "<button>"),
    "links_lead_somewhere": ('<a href="#main">', "<a>"),
    "leaves_no_placeholder": ("例 36.8", "例 {example}"),
    "shows_no_key": ("例 36.8", "vaccination-core.temperature.hint"),
    "marks_japanese": ('lang="ja"', 'lang="en"'),
    "carries_nothing_inline": ("<h2>体温", '<h2 onclick="f()">体温'),
    "posts_with_a_token": (' value="t"', ""),
    "loads_only_our_own": ('href="/static/app.css"', 'href="https://cdn.example/app.css"'),
}
PLANTED_HEADERS = {
    "forbids_inline_by_policy": {**HEADERS, "Content-Security-Policy": "default-src 'none' 'unsafe-inline'"},
    "stays_out_of_caches": {**HEADERS, "Cache-Control": "max-age=60"},
}


def rules_broken(html: str, headers: Mapping[str, str] = HEADERS) -> set[str]:
    problems = check_page(html.encode(), path="/x", status=200, headers=headers)
    return {problem.split(": ")[1] for problem in problems}


def test_good_page_when_checked_has_no_problem() -> None:
    assert check_page(GOOD.encode(), path="/x", status=200, headers=HEADERS) == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {*PLANTED, *PLANTED_HEADERS} == set(RULES)


@pytest.mark.parametrize("rule", PLANTED)
def test_rule_when_its_fault_is_planted_finds_it(rule: str) -> None:
    good, bad = PLANTED[rule]
    assert GOOD.count(good) >= 1
    assert rule in rules_broken(GOOD.replace(good, bad, 1))


@pytest.mark.parametrize("rule", PLANTED_HEADERS)
def test_rule_when_its_header_is_planted_finds_it(rule: str) -> None:
    assert rules_broken(GOOD, PLANTED_HEADERS[rule]) == {rule}


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        ("leaves_no_placeholder", "%(name)s"),
        ("leaves_no_placeholder", '<img src="/a" alt="{name}">'),
        ("carries_nothing_inline", "<style>p{}</style>"),
        ("carries_nothing_inline", "<script>f()</script>"),
        ("carries_nothing_inline", '<p style="color:red">x</p>'),
        ("carries_nothing_inline", '<a href="javascript:f()">x</a>'),
        ("labels_every_field", "<label><textarea></textarea></label>"),
        ("describes_pictures", '<svg viewBox="0 0 1 1"></svg>'),
        ("points_to_what_exists", '<label for="gone">x</label>'),
        ("posts_with_a_token", '<form method="post" action="/y"><button>x</button></form>'),
        ("marks_japanese", '<p lang="en">ことば</p>'),
        ("marks_japanese", '<p lang="zh-Hant">はい</p>'),
        ("marks_japanese", '<img src="/a" lang="vi" alt="予診票">'),
    ],
)
def test_rule_when_a_variant_is_planted_finds_it(rule: str, fragment: str) -> None:
    assert rule in rules_broken(GOOD.replace("</main>", fragment + "</main>"))


def test_key_of_the_interface_when_shown_is_found() -> None:
    for key in sorted(known_keys())[:1]:
        assert "shows_no_key" in rules_broken(GOOD.replace("例 36.8", key))


@pytest.mark.parametrize("lang", ["zh-Hant", "ko", "ja-Hira"])
def test_han_characters_when_the_language_writes_them_are_no_fault(lang: str) -> None:
    page = GOOD.replace("</main>", f'<p lang="{lang}">預診票</p></main>')
    assert rules_broken(page) == set()


def test_client_when_a_page_is_faulty_refuses_and_counts_it() -> None:
    app = Flask("planted")
    app.add_url_rule("/", "bad", lambda: "<p>bad")
    app.add_url_rule("/text", "text", lambda: ("{any}", {"Content-Type": "text/plain"}))
    tally: Counter[str] = Counter()
    client = checked_client(app, tally)
    assert client.get("/text").status_code == 200
    with pytest.raises(FaultyPageError):
        client.get("/")
    assert tally["pages_checked"] == 1
