"""The development provider keeps every documented rule of the real one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import html5lib
import pytest

from app.identity.provider import new_client_key
from app.web.login_stand_in.blueprint import make_stand_in
from app.web.login_stand_in.personas import PERSONAS
from app.web.login_stand_in.settings import StandInRefusedError, StandInSettings
from tests.support.fake_identity_stores import FakeStandInStore
from tests.support.stand_in_world import (
    CALLBACK,
    ISSUER,
    PARAMETERS,
    PROTOCOL,
    SETTINGS,
    SITE,
    Clock,
    World,
    assertion,
    make_world,
)


@pytest.fixture
def world() -> Iterator[World]:
    with make_world() as one:
        yield one


def test_page_when_asked_then_it_is_plainly_a_sample_and_valid(world: World) -> None:
    answer = world.client.get(f"{PROTOCOL}/auth?" + urlencode(PARAMETERS), base_url=SITE)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Any = parser.parse(answer.text)  # an ElementTree element; html5lib's types say only "object"
    assert "見本のログイン（本物ではありません）" in answer.text
    buttons = [(b.get("name"), b.get("value")) for b in page.iter("button")]
    assert buttons == [("persona", persona.code) for persona in PERSONAS]
    assert {i.get("name"): i.get("value") for i in page.iter("input")} == PARAMETERS
    assert not list(page.iter("script")) + list(page.iter("style"))
    assert not [one for one in page.iter() if one.get("style") or one.get("onclick")]
    assert len(list(page.iter("h1"))) == 1
    assert page.get("lang") == "ja"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("response_type", "token"),
        ("scope", "name"),
        ("scope", "openid email"),
        ("state", ""),
        ("state", "あ"),
        ("state", "s" * 256),
        ("nonce", ""),
        ("nonce", "n" * 256),
        ("nonce", None),
        ("code_challenge", "c" * 129),
        ("code_challenge", "a+b"),
        ("code_challenge", None),
        ("code_challenge_method", "plain"),
        ("code_challenge_method", None),
    ],
)
def test_page_when_a_parameter_breaks_a_rule_then_the_client_is_told(
    world: World, name: str, value: str | None
) -> None:
    sent = {key: v for key, v in (PARAMETERS | {name: value}).items() if v is not None}
    answer = world.client.get(f"{PROTOCOL}/auth?" + urlencode(sent), base_url=SITE)
    back = parse_qs(urlsplit(answer.location).query)
    assert answer.location.startswith(CALLBACK)
    assert back["error"] == ["invalid_request"]
    assert back["error_description"] == [f"Invalid parameter: {name}"]
    assert ("state" in back) == (name != "state")


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_page_when_the_client_is_a_stranger_then_it_does_not_redirect(world: World, name: str) -> None:
    query = urlencode(PARAMETERS | {name: "https://evil.example/"})
    answer = world.client.get(f"{PROTOCOL}/auth?{query}", base_url=SITE)
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_page_when_a_parameter_is_doubled_then_the_client_is_told(world: World) -> None:
    answer = world.client.get(f"{PROTOCOL}/auth?" + urlencode(PARAMETERS) + "&nonce=other", base_url=SITE)
    assert "Invalid+parameter%3A+nonce" in answer.location


def test_tap_when_the_person_is_invented_by_the_browser_then_refused(world: World) -> None:
    fields = PARAMETERS | {"persona": "nobody"}
    assert world.client.post(f"{PROTOCOL}/auth", base_url=SITE, data=fields).status_code == 400


def test_token_when_everything_is_right_then_nobody_may_store_it(world: World) -> None:
    answer = world.exchange()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"id_token", "access_token", "session_state"} <= answer.json().keys()


Change = Callable[[datetime], dict[str, str | None]]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda _: {"grant_type": None}, "invalid_request"),
        (lambda _: {"grant_type": "password"}, "unsupported_grant_type"),
        (lambda _: {"redirect_uri": "https://evil.example/"}, "invalid_grant"),
        (lambda _: {"code_verifier": "w" * 43}, "invalid_grant"),
        (lambda _: {"code_verifier": None}, "invalid_grant"),
        (lambda _: {"code": "invented"}, "invalid_grant"),
        (lambda _: {"client_assertion": None}, "invalid_client"),
        (lambda _: {"client_assertion_type": "none"}, "invalid_client"),
        (lambda _: {"client_id": "other"}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, aud=ISSUER)}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, iss="other")}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, sub="other")}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, jti=None)}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, exp=None)}, "invalid_client"),
        (lambda now: {"client_assertion": assertion(now, exp=int(now.timestamp()))}, "invalid_client"),
        (
            lambda now: {"client_assertion": assertion(now, exp=int(now.timestamp()) + 10**6)},
            "invalid_client",
        ),
        (lambda now: {"client_assertion": assertion(now, key=new_client_key())}, "invalid_client"),
        (lambda _: {"client_assertion": "garbage"}, "invalid_client"),
    ],
)
def test_token_when_the_request_breaks_a_rule_then_refused(world: World, change: Change, error: str) -> None:
    answer = world.exchange(**change(world.clock.now))
    assert answer.json()["error"] == error
    assert answer.status_code == (401 if error == "invalid_client" else 400)


def test_token_when_the_parameters_stand_in_the_query_then_refused(world: World) -> None:
    answer = world.network.post(f"{PROTOCOL}/token?grant_type=authorization_code")
    assert answer.json()["error_description"] == "Missing form parameter: grant_type"


def test_token_when_an_assertion_is_replayed_then_refused(world: World) -> None:
    again = assertion(world.clock.now)
    assert world.exchange(client_assertion=again).status_code == 200
    assert world.exchange(client_assertion=again).json()["error"] == "invalid_client"


def test_token_when_a_code_is_replayed_then_refused(world: World) -> None:
    code, _ = world.code()
    assert world.exchange(code=code).status_code == 200
    assert world.exchange(code=code).json()["error"] == "invalid_grant"


def test_userinfo_when_the_scope_is_narrow_then_so_are_the_facts(world: World) -> None:
    token = world.exchange().json()["access_token"]
    answer = world.network.get(f"{PROTOCOL}/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert answer.json().keys() == {"sub", "name"}


def test_userinfo_when_the_token_is_no_access_token_then_refused(world: World) -> None:
    for token in (world.exchange().json()["id_token"], "garbage", ""):
        answer = world.network.get(f"{PROTOCOL}/userinfo", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
    token = world.exchange().json()["access_token"]
    world.clock.now += timedelta(minutes=5)
    answer = world.network.get(f"{PROTOCOL}/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_certs_when_asked_then_only_the_public_half(world: World) -> None:
    (key,) = world.network.get(f"{PROTOCOL}/certs").json()["keys"]
    assert "d" not in key
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, production=True),
        replace(SETTINGS, issuer="https://auth-and-sign.go.jp/stand-in/api/realms/main"),
        replace(SETTINGS, issuer="https://GO.JP./stand-in/api/realms/main"),
        replace(SETTINGS, issuer="http://pass.test/elsewhere"),
    ],
)
def test_make_when_real_people_could_meet_it_then_refused(settings: StandInSettings) -> None:
    with pytest.raises(StandInRefusedError):
        make_stand_in(settings, FakeStandInStore(), PERSONAS, Clock())
