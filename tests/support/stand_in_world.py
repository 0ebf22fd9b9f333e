"""The development login in a plain application, reached without a socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey

from app.fault import Fault
from app.identity.parent_login import CardLogin
from app.identity.provider import ProviderSettings, new_client_key, public_jwks, read_client_key
from app.identity.provider_client import ASSERTION_TYPE, sign
from app.identity.transport import InProcessTransport
from app.people.ports import LoginResult
from app.web.login_stand_in.blueprint import make_stand_in
from app.web.login_stand_in.personas import PERSONAS
from app.web.login_stand_in.settings import StandInSettings
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


@contextmanager
def make_world() -> Iterator[World]:
    """A plain application with nothing but the development login, and a login that uses it."""
    clock = Clock()
    app = Flask("plain", template_folder=str(Path(__file__).parents[2] / "templates"))
    app.register_blueprint(make_stand_in(SETTINGS, FakeStandInStore(), PERSONAS, clock))
    app.add_url_rule("/login/callback", view_func=lambda: "ours")
    transport = InProcessTransport(app.wsgi_app)
    with requests.Session() as network:
        network.mount(SITE, transport)
        yield World(clock, app.test_client(), CardLogin(PROVIDER, FakeTransactions(), transport), network)
