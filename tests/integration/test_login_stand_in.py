"""The card login against the development provider, both in one process, without a socket."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import html5lib
import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey

from app.fault import Fault
from app.identity.parent_login import CardLogin
from app.identity.provider import ProviderSettings, new_client_key, public_jwks, read_client_key
from app.identity.provider_client import ASSERTION_TYPE, sign
from app.identity.transport import InProcessTransport
from app.people.person import CardFacts
from app.people.ports import LoginResult
from app.web.login_stand_in.blueprint import make_stand_in
from app.web.login_stand_in.personas import PERSONAS
from app.web.login_stand_in.settings import StandInRefusedError, StandInSettings
from tests.support.fake_identity_stores import FakeStandInStore, FakeTransactions

SITE = "http://pass.test"
ISSUER = f"{SITE}/stand-in/api/realms/main"
PROTOCOL = f"{ISSUER}/protocol/openid-connect"
CALLBACK = f"{SITE}/login/callback"
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLIENT_KEY = new_client_key()
SETTINGS = StandInSettings(
    issuer=ISSUER,
    client_id="RP00000001",
    redirect_uri=CALLBACK,
    client_jwks=public_jwks(CLIENT_KEY),
    signing_key=ECKey.generate_key("P-256").as_pem(private=True),
    stylesheet_url="/static/style.0.css",
    production=False,
)
PROVIDER = ProviderSettings(
    issuer=ISSUER,
    authorization_endpoint=f"{PROTOCOL}/auth",
    token_endpoint=f"{PROTOCOL}/token",
    userinfo_endpoint=f"{PROTOCOL}/userinfo",
    jwks_uri=f"{PROTOCOL}/certs",
    client_id="RP00000001",
    client_key=CLIENT_KEY,
    redirect_uri=CALLBACK,
    acr_values="aal3 crl",
)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    clock: Clock
    client: FlaskClient
    login: CardLogin
    network: requests.Session

    def tap(self, url: str, persona: str) -> dict[str, list[str]]:
        """What the callback receives after this button."""
        fields = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        answer = self.client.post(urlsplit(url).path, base_url=SITE, data={**fields, "persona": persona})
        assert answer.status_code == 303, answer.text
        assert answer.location.startswith(CALLBACK + "?")
        return parse_qs(urlsplit(answer.location).query)

    def sign_in(self, persona: str) -> LoginResult | Fault:
        """The whole way."""
        start = self.login.begin("/children/new", self.clock.now)
        return self.login.finish(start.transaction, self.tap(start.url, persona), self.clock.now)

    def code(self, persona: str = "mother") -> tuple[str, str]:
        """A fresh code and its verifier, for talking to the token endpoint by hand."""
        return self.tap(f"{PROTOCOL}/auth?" + urlencode(PARAMETERS), persona)["code"][0], VERIFIER

    def exchange(self, **changes: str | None) -> requests.Response:
        """A token request that is right but for the changes; None leaves a field out."""
        code, verifier = ("", VERIFIER) if "code" in changes else self.code()
        fields: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": CALLBACK,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion(self.clock.now),
        }
        sent = {name: value for name, value in (fields | changes).items() if value is not None}
        return self.network.post(f"{PROTOCOL}/token", data=sent)


VERIFIER = "v" * 43
PARAMETERS = {
    "response_type": "code",
    "client_id": "RP00000001",
    "redirect_uri": CALLBACK,
    "scope": "openid name",
    "state": "a state",
    "nonce": "a nonce",
    "code_challenge": "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM",  # S256 of the verifier
    "code_challenge_method": "S256",
    "acr_values": "aal3 crl",
}


def assertion(now: datetime, key: bytes = CLIENT_KEY, **changes: object) -> str:
    """A client assertion that is right but for the changes; None leaves a claim out."""
    seconds = int(now.timestamp())
    claims: dict[str, object] = {
        "iss": "RP00000001",
        "sub": "RP00000001",
        "aud": f"{PROTOCOL}/token",
        "jti": token_urlsafe(),
        "exp": seconds + 60,
    }
    return sign(read_client_key(key), {name: v for name, v in (claims | changes).items() if v is not None})


@pytest.fixture
def world() -> Iterator[World]:
    clock = Clock()
    app = Flask("plain", template_folder=str(Path(__file__).parents[2] / "templates"))
    app.register_blueprint(make_stand_in(SETTINGS, FakeStandInStore(), PERSONAS, clock))
    app.add_url_rule("/login/callback", view_func=lambda: "ours")
    transport = InProcessTransport(app.wsgi_app)
    with requests.Session() as network:
        network.mount(SITE, transport)
        yield World(clock, app.test_client(), CardLogin(PROVIDER, FakeTransactions(), transport), network)


def test_sign_in_when_the_mother_taps_her_card_then_her_facts_are_proved(world: World) -> None:
    result = world.sign_in("mother")
    assert isinstance(result, LoginResult)
    assert result.binding.issuer == ISSUER
    assert result.binding.client_id == "RP00000001"
    assert result.facts == CardFacts(
        "見本 花子", "東京都見本区見本町一丁目2番3号", date(1992, 4, 12), "female"
    )
    assert (result.next_path, result.acr) == ("/children/new", "aal3")


@pytest.mark.parametrize("persona", [p.code for p in PERSONAS if p.happening == "signs_in"])
def test_sign_in_when_any_person_taps_then_it_works_and_is_one_person(world: World, persona: str) -> None:
    first, second = world.sign_in(persona), world.sign_in(persona)
    assert isinstance(first, LoginResult)
    assert isinstance(second, LoginResult)
    assert first.binding == second.binding


def test_sign_in_when_the_card_is_the_same_then_so_is_the_person(world: World) -> None:
    bound = {who: world.sign_in(who) for who in ("mother", "moved", "reissued")}
    subs = {who: one.binding.sub for who, one in bound.items() if isinstance(one, LoginResult)}
    assert subs["mother"] == subs["moved"] != subs["reissued"]


def test_sign_in_when_she_cancels_then_it_says_so(world: World) -> None:
    assert world.sign_in("cancel") == Fault("", "login_cancelled")


def test_sign_in_when_the_provider_is_down_then_it_says_so(world: World) -> None:
    assert world.sign_in("down") == Fault("", "login_unavailable")


def test_finish_when_the_code_is_older_than_a_minute_then_refused(world: World) -> None:
    start = world.login.begin("/home", NOON)
    back = world.tap(start.url, "mother")
    world.clock.now = NOON + timedelta(seconds=60)
    assert world.login.finish(start.transaction, back, world.clock.now) == Fault("", "login_refused")


def test_finish_when_the_code_was_used_by_another_then_refused(world: World) -> None:
    start = world.login.begin("/home", NOON)
    back = world.tap(start.url, "mother")
    assert world.exchange(code=back["code"][0], code_verifier="w" * 43).status_code == 400
    assert world.login.finish(start.transaction, back, NOON) == Fault("", "login_refused")


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
