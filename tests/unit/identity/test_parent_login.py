"""The way out to the provider, and the way back when all is right."""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from app.identity.parent_login import own_path
from app.identity.provider import ProviderSettingsError, public_jwks, read_client_key
from app.people.person import Binding, CardFacts
from app.people.ports import LoginResult
from tests.support.card_login import (
    CLIENT_KEY,
    NOON,
    World,
    make_world,
)
from tests.support.faulty_provider import (
    CLIENT,
    ISSUER,
    new_key,
    provider_settings,
)


def test_finish_when_all_is_right_then_who_and_what_the_card_said(world: World) -> None:
    secret, query = world.begin("/visits/new?child=1")
    assert world.login.finish(secret, query, NOON) == LoginResult(
        Binding(ISSUER, CLIENT, "sub-1"),
        CardFacts("見本 花子", "見本町1-2-3", date(1992, 4, 12), "female"),
        "/visits/new?child=1",
        "aal3",
    )


def test_begin_when_asked_then_every_required_parameter_goes_out(world: World) -> None:
    start = world.login.begin("/home", NOON)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start.url).query).items()}
    (kept, _), *_ = world.transactions.kept.values()
    challenge = urlsafe_b64encode(hashlib.sha256(kept.verifier.encode()).digest()).rstrip(b"=").decode()
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "https://pass.test/login/callback",
        "scope": "openid name address birthdate gender",
        "state": kept.state,
        "nonce": kept.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "acr_values": "aal3 crl",
    }
    assert len({start.transaction, kept.state, kept.nonce, kept.verifier}) == 4
    assert world.login.authorization_origin == "https://login.test"
    assert world.provider.asked == []


def test_finish_when_talking_to_the_provider_then_bounded_and_never_redirected(world: World) -> None:
    assert isinstance(world.finish(), LoginResult)
    assert world.provider.asked == ["token", "certs", "userinfo"]
    assert all(options["timeout"] == 5.0 for options in world.provider.options)
    assert all(not options["proxies"] for options in world.provider.options)


def test_finish_when_the_environment_names_a_proxy_then_it_is_not_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://evil.test:1")
    assert isinstance(world.finish(), LoginResult)
    assert all(not options["proxies"] for options in world.provider.options)


def test_finish_when_done_twice_then_each_client_assertion_is_fresh_and_short(world: World) -> None:
    world.finish()
    world.finish()
    seen = [sent["client_assertion"][0] for sent in world.provider.sent if "client_assertion" in sent]
    first, second = (jwt.decode(one, read_client_key(CLIENT_KEY), algorithms=["ES256"]) for one in seen)
    assert first.claims["jti"] != second.claims["jti"]
    assert first.claims["exp"] - first.claims["iat"] == 60
    assert first.claims["iss"] == first.claims["sub"] == CLIENT
    assert first.claims["aud"] == f"{ISSUER}/protocol/openid-connect/token"
    assert first.header["kid"] == json.loads(public_jwks(CLIENT_KEY))["keys"][0]["kid"]


def test_finish_when_another_audience_is_configured_then_the_assertion_names_it() -> None:
    world = make_world(assertion_audience=ISSUER)
    world.finish()
    (sent,) = [one["client_assertion"][0] for one in world.provider.sent if "client_assertion" in one]
    assert jwt.decode(sent, read_client_key(CLIENT_KEY), algorithms=["ES256"]).claims["aud"] == ISSUER


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/visits/1/pages/birth?x=1", "/visits/1/pages/birth?x=1"),
        ("//evil.test", "/home"),
        ("https://evil.test", "/home"),
        ("/\\evil.test", "/home"),
        ("\\/evil.test", "/home"),
        ("/a\nb", "/home"),
        ("/\t/evil.test", "/home"),
        ("/あ", "/home"),
        ("", "/home"),
        ("/" + "x" * 600, "/home"),
        ("javascript:alert(1)", "/home"),
    ],
)
def test_own_path_when_it_leads_away_then_home(path: str, kept: str) -> None:
    assert own_path(path) == kept


def test_client_key_when_given_as_jwk_then_its_registered_name_is_used() -> None:
    jwk = json.dumps(new_key("registered").as_dict(private=True)).encode()
    assert json.loads(public_jwks(jwk))["keys"][0]["kid"] == "registered"
    assert "d" not in json.loads(public_jwks(jwk))["keys"][0]


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"garbage",
        b"{}",
        b"{garbage",
        ECKey.generate_key("P-256").as_pem(private=False),
        ECKey.generate_key("P-384").as_pem(private=True),
    ],
)
def test_client_key_when_unusable_then_it_says_so_without_showing_it(key: bytes) -> None:
    with pytest.raises(ProviderSettingsError, match="client_key"):
        read_client_key(key)
    assert "client_key" not in repr(provider_settings(key))
