"""The pages before any data: what this is, the way without a card, who sees what."""

import re

import pytest

from app.places.place import Municipality
from app.web.parent.entrance import is_in_app_browser, opens_outside
from tests.support.journey import Fetched
from tests.support.site import Site

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1"
CHROME = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"
LINE = SAFARI.replace(" Mobile", " Line/15.1.0 Mobile")
WEB_VIEW = CHROME.replace("Pixel 9", "Pixel 9; wv")
OTHER_CITY = Municipality("999998", "例示市", "00-0000-9998")
SIGN_IN = 'action="/login"'


@pytest.mark.parametrize(
    ("agent", "inside"),
    [
        (SAFARI, False),
        (CHROME, False),
        ("", False),
        ("Mozilla/5.0 Firefox/144.0 Online/1", False),
        (LINE, True),
        (WEB_VIEW, True),
        (f"{SAFARI} Instagram 400.0.0", True),
        (f"{SAFARI} [FBAN/FBIOS;FBAV/530.0]", True),
        (f"{SAFARI} Twitter for iPhone/11.1", True),
        (f"{CHROME} MicroMessenger/8.0.60", True),
        (f"{SAFARI} Zalo iOS/25", True),
    ],
)
def test_browsers_inside_apps_are_recognised(agent: str, inside: bool) -> None:
    assert is_in_app_browser(agent) is inside


def test_only_line_opens_the_usual_browser_by_an_address() -> None:
    assert opens_outside(LINE)
    assert not opens_outside(WEB_VIEW)


def test_landing_says_what_is_needed_and_leads_on(town: Site) -> None:
    page = town.visitor().get("/").text
    assert "マイナアプリ" in page
    assert "4けた" in page
    assert 'href="/start"' in page
    assert 'href="/no-card"' in page
    assert page.count('class="drawing"') == 3


def test_no_page_of_the_entrance_says_how_often_a_pin_may_be_tried(town: Site) -> None:
    for path in ("/", "/start", "/no-card"):
        assert not re.search(r"[0-9０-９三五]+回(?!だけ)", town.visitor().get(path).text), path


def test_inside_an_app_the_warning_comes_with_the_address_to_copy(town: Site) -> None:
    for path in ("/", "/start"):
        page = _read_as(town, path, LINE).text
        assert "アプリの中のブラウザで開いています" in page
        assert "openExternalBrowser=1" in page
        assert f">{town.rooms.public_url}</p>" in page
        assert "アプリの中のブラウザで開いています" not in _read_as(town, path, SAFARI).text


def test_without_a_card_there_is_a_way_with_a_sentence_to_show(town: Site) -> None:
    page = town.visitor().get("/no-card").text
    assert "タブレット" in page
    assert '<p class="to-show" lang="ja">' in page
    assert town.rooms.places.municipalities()[0].phone in page


def test_start_names_who_runs_it_and_who_sees_what_before_the_sign_in(town: Site) -> None:
    page = town.visitor().get("/start").text
    assert town.rooms.places.municipalities()[0].name in page
    assert page.index("だれが見ますか") < page.index("マイナンバーカードでログイン")


def test_start_of_several_municipalities_asks_which_and_keeps_asking(site: Site) -> None:
    site.rooms.places.add_municipality(OTHER_CITY)
    journey = site.visitor()
    page = journey.get("/start?next=/children/new")
    assert OTHER_CITY.name in page.text
    assert 'type="radio" name="municipality"' in page.text
    assert " checked" not in page.text
    refused = journey.submit()
    assert refused.status == 422
    assert 'href="#municipality"' in refused.text
    assert journey.form().fields["next"] == ["/children/new"]


def test_start_shows_known_problems_only(town: Site) -> None:
    journey = town.visitor()
    assert "途中でやめました" in journey.get("/start?problem=login_cancelled").text
    shown = journey.get("/start?problem=too_long&error_description=<b>foreign</b>").text
    assert "foreign" not in shown
    assert 'class="note' not in shown
    assert "しばらく使われなかった" not in journey.get("/start?again=1").text


def test_start_never_leads_to_another_site(town: Site) -> None:
    journey = town.visitor()
    for wanted in ("https://example.org/", "//example.org", "/\\example.org", "/absent", "javascript:x"):
        journey.get(f"/start?next={wanted}")
        assert journey.form().fields["next"] == ["/home"], wanted


def test_start_leads_a_signed_in_parent_straight_on(town: Site) -> None:
    parent = town.parent()
    parent.sign_in()
    assert parent.get("/start?next=/children/new").path == "/children/new"
    assert 'href="/home"' in parent.get("/").text


def _read_as(site: Site, path: str, agent: str) -> Fetched:
    answer = site.app.test_client().get(
        path, base_url=site.settings.public_url, headers={"User-Agent": agent, "Accept-Language": "ja"}
    )
    headers = {name.lower(): value for name, value in answer.headers.items()}
    page = Fetched(path, answer.status_code, headers, answer.get_data())
    site.check(page)
    return page
