"""Signing in with the card and out again, through the stand-in, as a browser does it."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from app.fault import Fault
from app.people.ports import LoginStart
from app.places.place import Municipality
from app.visit.limits import LOGIN_PER_ADDRESS
from app.visit.sessions import Counter
from app.web.cookies import SESSION, TRANSACTION
from app.web.parent.login import Leaving
from tests.support.journey import Fetched, Fields, forms_of, local_path
from tests.support.site import Site

OTHER_CITY = Municipality("999998", "例示市", "00-0000-9998")


def test_sign_in_leads_home_under_the_name_of_the_card(town: Site) -> None:
    page = town.parent().sign_in("foreign")
    assert page.path == "/home"
    assert "<bdi>MIHON MARIA EXAMPLE</bdi>" in page.text


def test_sign_in_without_a_name_is_greeted_too(town: Site) -> None:
    assert "こんにちは" in town.parent().sign_in("sparse").text


def test_sign_in_leads_to_where_she_wanted_to_go(town: Site) -> None:
    assert town.parent().sign_in(following="/children/new").path == "/children/new"


def test_sign_in_belongs_to_the_municipality_she_chose(site: Site) -> None:
    site.rooms.places.add_municipality(OTHER_CITY)
    parent = site.parent()
    parent.get("/start")
    parent.submit({"municipality": OTHER_CITY.id})
    parent.submit({"persona": "mother"}, action="/stand-in")
    parent.add_child("例示 さくら")
    parent.get("/visits/new")
    assert parent.form().options["clinic"] == [""]


def test_cancelled_login_is_told_calmly_and_keeps_where_she_wanted_to_go(town: Site) -> None:
    parent = town.parent()
    page = parent.sign_in("cancel", following="/children/new")
    assert urlsplit(page.path).path == "/start"
    assert "途中でやめました" in page.text
    assert parent.form().fields["next"] == ["/children/new"]
    assert parent.submit().status == 200
    assert parent.submit({"persona": "mother"}, action="/stand-in").path == "/children/new"


def test_provider_that_is_down_is_told_and_the_page_still_works(town: Site) -> None:
    page = town.parent().sign_in("down")
    assert page.status == 200
    assert "いま、マイナンバーカードのログインが使えません" in page.text
    assert 'href="/no-card"' in page.text


def test_login_that_cannot_begin_answers_503_on_the_start_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(_self: object, _path: str, _now: object) -> LoginStart | Fault:
        return Fault("", "login_unavailable")

    monkeypatch.setattr(type(site.rooms.parent_login), "begin", unavailable)
    parent = site.parent()
    parent.get("/start")
    page = parent.submit()
    assert page.status == 503
    assert "いま、マイナンバーカードのログインが使えません" in page.text


def test_callback_in_another_browser_explains_itself(town: Site) -> None:
    for query in ("", "?code=a&state=b", "?error=server_error&error_description=foreign"):
        page = town.parent().get(f"/login/callback{query}")
        assert page.status == 200
        assert "違うブラウザ" in page.text
        assert "foreign" not in page.text


def test_callback_of_another_browser_signs_nobody_in(town: Site) -> None:
    hers, other = town.parent(), town.parent()
    hers.get("/start")
    hers.submit()
    form = hers.form("/stand-in")
    back = hers.post_once(form.action, {**form.fields, "persona": "mother"}).headers["location"]
    stolen = other.get(urlsplit(back).path + "?" + urlsplit(back).query)
    assert "違うブラウザ" in stolen.text
    assert urlsplit(other.get("/home").path).path == "/start"


def test_sign_in_again_renews_the_session_and_closes_the_old_one(town: Site) -> None:
    client = town.app.test_client()
    first = _session_after(town, client, "mother")
    second = _session_after(town, client, "father")
    assert first != second
    assert town.rooms.sessions.find(first, Counter.PARENT, town.clock()) is None
    assert town.rooms.sessions.find(second, Counter.PARENT, town.clock()) is not None
    assert client.get_cookie(TRANSACTION) is None


def test_sign_out_closes_the_session_and_clears_the_cache(town: Site) -> None:
    parent = town.parent()
    parent.sign_in()
    token = parent.form("/logout").fields["csrf_token"][0]
    left = parent.post_once("/logout", {"csrf_token": token})
    assert left.status == 303
    assert left.headers["location"] == "/"
    assert left.headers["clear-site-data"] == '"cache"'
    page = parent.get("/home")
    assert urlsplit(page.path).path == "/start"
    assert "しばらく使われなかった" not in page.text


def test_idle_parent_is_told_and_finds_what_she_typed(town: Site) -> None:
    parent = town.parent()
    parent.sign_in()
    parent.get("/children/new")
    town.clock.forward(minutes=31)
    page = parent.submit({"child_name": "見本 かえで"})
    assert "しばらく使われなかった" in page.text
    parent.submit()
    page = parent.submit({"persona": "mother"}, action="/stand-in")
    assert urlsplit(page.path).path == "/children/new"
    assert parent.form().fields["child_name"] == ["見本 かえで"]


def test_idle_forms_are_never_shown_to_another_person(town: Site) -> None:
    parent = town.parent()
    parent.sign_in()
    parent.get("/children/new")
    town.clock.forward(minutes=31)
    parent.submit({"child_name": "見本 かえで"})
    parent.submit()
    page = parent.submit({"persona": "stranger"}, action="/stand-in")
    assert urlsplit(page.path).path == "/children/new"
    assert "かえで" not in page.text


def test_too_many_logins_from_one_address_are_asked_to_wait(site: Site) -> None:
    for _ in range(LOGIN_PER_ADDRESS.most):
        site.rooms.tries.allow(LOGIN_PER_ADDRESS, "127.0.0.1", site.clock())
    parent = site.parent()
    parent.get("/start")
    assert parent.submit().status == 429


def test_login_cookie_lives_ten_minutes_in_this_browser_only(town: Site) -> None:
    parent = town.parent()
    parent.get("/start")
    cookie = parent.post_once("/login", parent.form().fields).headers["set-cookie"]
    assert cookie.startswith(f"{TRANSACTION}=")
    for flag in ("Max-Age=600", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie


@pytest.mark.parametrize("text", ["", "secret", "a=b&c=d&e=f&g=h", "secret=%00&next_path=//x", "&&&&&&&&"])
def test_foreign_login_cookie_is_read_as_empty_or_harmless(text: str) -> None:
    assert isinstance(Leaving.unpacked(text), Leaving)


def test_login_cookie_keeps_what_was_put_in() -> None:
    leaving = Leaving("aB-_", "999999", "/visits/1/pages/birth?kept=1")
    assert Leaving.unpacked(leaving.packed()) == leaving


def _session_after(site: Site, client: FlaskClient, persona: str) -> str:
    """The session in the cookie after this sign-in; one that is there already does not matter."""

    def send(method: str, address: str, fields: Fields) -> Fetched:
        answer = client.open(
            local_path(address), method=method, data=dict(fields), base_url=site.settings.public_url
        )
        return Fetched(local_path(address), answer.status_code, dict(answer.headers), answer.get_data())

    token = dict(forms_of(send("GET", "/no-card", {})))[""].fields["csrf_token"][0]
    away = send("POST", "/login", {"csrf_token": token, "next": "/home"}).headers["Location"]
    form = forms_of(send("GET", away, {}))[0][1]
    back = send("POST", form.action, {**form.fields, "persona": persona}).headers["Location"]
    send("GET", back, {})
    cookie = client.get_cookie(SESSION[Counter.PARENT])
    assert cookie is not None
    return cookie.value
