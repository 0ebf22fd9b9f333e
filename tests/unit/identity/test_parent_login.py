"""Everything a provider, a browser or a stranger can get wrong on the way back."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from app.fault import Fault
from app.identity.parent_login import CardLogin, own_path
from app.identity.provider import ProviderSettingsError, new_client_key, public_jwks, read_client_key
from app.people.person import Binding, CardFacts
from app.people.ports import LoginResult
from tests.support.fake_identity_stores import FakeTransactions
from tests.support.faulty_provider import (
    ACCESS_TOKEN,
    CLIENT,
    ISSUER,
    Answer,
    Claims,
    FaultyProvider,
    new_key,
    provider_settings,
)

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLIENT_KEY = new_client_key()
RSA_KEY = RSAKey.generate_key(2048)
REFUSED = Fault("", "login_refused")
UNAVAILABLE = Fault("", "login_unavailable")
OTHER_BROWSER = Fault("", "login_other_browser")
CANCELLED = Fault("", "login_cancelled")


@dataclass
class World:
    provider: FaultyProvider
    transactions: FakeTransactions
    login: CardLogin
    now: datetime = NOON

    def begin(self, path: str = "/home") -> tuple[str, dict[str, list[str]]]:
        """A sign-in as far as the right callback: the browser's secret and the query."""
        start = self.login.begin(path, self.now)
        asked = parse_qs(urlsplit(start.url).query)
        self.provider.nonce = asked["nonce"][0]
        query = {"code": ["a-code"], "state": asked["state"], "session_state": ["s"], "iss": [ISSUER]}
        return start.transaction, query

    def finish(self) -> LoginResult | Fault:
        """The whole way."""
        secret, query = self.begin()
        return self.login.finish(secret, query, self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.provider.now = self.now


def make_world(**changes: object) -> World:
    provider, transactions = FaultyProvider(NOON), FakeTransactions()
    return World(
        provider, transactions, CardLogin(provider_settings(CLIENT_KEY, **changes), transactions, provider)
    )


@pytest.fixture
def world() -> World:
    return make_world()


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


Query = dict[str, list[str]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda q: q.update(state=["another"]), OTHER_BROWSER),
        (lambda q: q.pop("state"), OTHER_BROWSER),
        (lambda q: q.update(state=["あ"]), OTHER_BROWSER),
        (lambda q: q.update(state=q["state"] * 2), REFUSED),
        (lambda q: q.update(state=["s" * 5000]), REFUSED),
        (lambda q: q.pop("code"), REFUSED),
        (lambda q: q.update(code=["a", "b"]), REFUSED),
        (lambda q: q.update(code=["c" * 5000]), REFUSED),
        (lambda q: q.update(iss=["https://other.test/api/realms/main"]), REFUSED),
        (lambda q: q.update(iss=[ISSUER, ISSUER]), REFUSED),
        (lambda q: q.update(error=["access_denied"]), CANCELLED),
        (lambda q: q.update(error=["access_denied"], error_description=["<b>call 0120</b>"]), CANCELLED),
        (lambda q: q.update(error=["access_denied"], iss=["https://other.test"]), REFUSED),
        (lambda q: q.update(error=["access_denied"], state=["another"]), OTHER_BROWSER),
        (lambda q: q.update(error=["invalid_request"]), REFUSED),
        (lambda q: q.update(error=["server_error"]), UNAVAILABLE),
        (lambda q: q.update(error=["temporarily_unavailable"]), UNAVAILABLE),
        (lambda q: q.clear(), OTHER_BROWSER),
    ],
)
def test_finish_when_the_callback_is_wrong_then_the_provider_is_not_asked(
    world: World, change: Callable[[Query], object], fault: Fault
) -> None:
    secret, query = world.begin()
    change(query)
    assert world.login.finish(secret, query, NOON) == fault
    assert world.provider.asked == []


def test_finish_when_the_provider_sends_no_iss_then_it_is_not_missed(world: World) -> None:
    secret, query = world.begin()
    del query["iss"]
    assert isinstance(world.login.finish(secret, query, NOON), LoginResult)


@pytest.mark.parametrize("secret", ["", "another", "x" * 10_000])
def test_finish_when_in_another_browser_then_it_says_so(world: World, secret: str) -> None:
    _, query = world.begin()
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER


def test_finish_when_two_people_swap_callbacks_then_neither_signs_in(world: World) -> None:
    (hers, her_query), (his, his_query) = world.begin(), world.begin()
    assert world.login.finish(hers, his_query, NOON) == OTHER_BROWSER
    assert world.login.finish(his, her_query, NOON) == OTHER_BROWSER


def test_finish_when_the_callback_comes_twice_then_only_the_first_counts(world: World) -> None:
    secret, query = world.begin()
    assert isinstance(world.login.finish(secret, query, NOON), LoginResult)
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER


def test_finish_when_ten_minutes_have_passed_then_start_again(world: World) -> None:
    secret, query = world.begin()
    assert world.login.finish(secret, query, NOON + timedelta(minutes=10)) == OTHER_BROWSER


def test_finish_when_the_transaction_has_another_purpose_then_it_proves_nothing(world: World) -> None:
    secret, query = world.begin()
    kept, until = world.transactions.kept[secret]
    world.transactions.kept[secret] = (replace(kept, purpose="link-child"), until)
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER


SECONDS = int(NOON.timestamp())


@pytest.mark.parametrize(
    "fault",
    [
        lambda c: c.update(nonce="another"),
        lambda c: c.pop("nonce"),
        lambda c: c.update(nonce=["list"]),
        lambda c: c.update(iss="https://other.test/api/realms/main"),
        lambda c: c.update(iss=ISSUER + "/"),
        lambda c: c.pop("iss"),
        lambda c: c.update(aud="another"),
        lambda c: c.update(aud="another", azp=CLIENT),
        lambda c: c.update(aud=[CLIENT, "another"], azp=CLIENT),
        lambda c: c.update(aud=[]),
        lambda c: c.update(aud={CLIENT: 1}),
        lambda c: c.pop("aud"),
        lambda c: c.update(azp="another"),
        lambda c: c.update(exp=SECONDS - 30),
        lambda c: c.pop("exp"),
        lambda c: c.update(exp="tomorrow"),
        lambda c: c.update(exp=True),
        lambda c: c.update(exp=float("nan")),
        lambda c: c.update(iat=SECONDS + 31),
        lambda c: c.update(iat=SECONDS - 601),
        lambda c: c.update(iat=SECONDS - 30 * 86_400),
        lambda c: c.update(iat=float("nan")),
        lambda c: c.pop("iat"),
        lambda c: c.update(nbf=SECONDS + 31),
        lambda c: c.pop("sub"),
        lambda c: c.update(sub=""),
        lambda c: c.update(sub="s" * 256),
        lambda c: c.update(sub=7),
        lambda c: c.update(acr="aal1"),
        lambda c: c.update(acr="crl"),
        lambda c: c.update(acr=["aal3"]),
        lambda c: c.pop("acr"),
        lambda c: c.update(at_hash="another"),
        lambda c: c.update(at_hash=None),
    ],
)
def test_finish_when_one_claim_is_wrong_then_refused(world: World, fault: Callable[[Claims], object]) -> None:
    world.provider.claims = fault
    assert world.finish() == REFUSED


@pytest.mark.parametrize(
    "variant",
    [
        lambda c: c.update(aud=[CLIENT]),
        lambda c: c.update(azp=CLIENT),
        lambda c: c.update(exp=SECONDS - 29),
        lambda c: c.update(iat=SECONDS + 30),
        lambda c: c.update(iat=SECONDS - 600),
        lambda c: c.update(iat=SECONDS + 0.5),
        lambda c: c.update(acr="aal3 crl"),
        lambda c: c.pop("at_hash"),
    ],
)
def test_finish_when_a_claim_is_unusual_but_right_then_signed_in(
    world: World, variant: Callable[[Claims], object]
) -> None:
    world.provider.claims = variant
    assert isinstance(world.finish(), LoginResult)


def test_finish_when_no_acr_is_configured_then_none_is_demanded() -> None:
    world = make_world(acr_values="")
    world.provider.claims = lambda claims: claims.pop("acr")
    result = world.finish()
    assert isinstance(result, LoginResult)
    assert result.acr == ""


def test_finish_when_the_token_is_unsigned_then_refused(world: World) -> None:
    world.provider.sign = world.provider.unsigned
    assert world.finish() == REFUSED


def test_finish_when_the_public_key_was_used_as_a_password_then_refused(world: World) -> None:
    secret = OctKey.import_key(world.provider.key.as_pem(private=False).replace(b"-", b""))
    world.provider.sign = lambda header, claims: jwt.encode(header | {"alg": "HS256"}, claims, secret)
    assert world.finish() == REFUSED


def test_finish_when_signed_with_another_algorithm_then_refused(world: World) -> None:
    world.provider.published = [RSA_KEY.as_dict(private=False, kid="first")]
    world.provider.sign = lambda header, claims: jwt.encode(header | {"alg": "RS256"}, claims, RSA_KEY)
    assert world.finish() == REFUSED


def test_finish_when_a_stranger_signed_then_refused(world: World) -> None:
    stranger = new_key("first")
    world.provider.sign = lambda header, claims: jwt.encode(header, claims, stranger)
    assert world.finish() == REFUSED


def test_finish_when_the_token_brings_its_own_key_then_refused(world: World) -> None:
    stranger = new_key("first")
    own = {"jwk": stranger.as_dict(private=False)}
    world.provider.sign = lambda header, claims: jwt.encode(header | own, claims, stranger)
    assert world.finish() == REFUSED


def test_finish_when_a_critical_header_is_unknown_then_refused(world: World) -> None:
    def sign(header: Claims, claims: Claims) -> str:
        header |= {"crit": ["exp2"], "exp2": 1}
        head, body = (urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims))
        made = jws.serialize_compact({"alg": "ES256"}, head + b"." + body, world.provider.key)
        return b".".join((head, body, made.encode().rpartition(b".")[2])).decode()

    world.provider.sign = sign
    assert world.finish() == REFUSED


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "." * 50, "x" * 20_000, None, 7, ["a"]])
def test_finish_when_the_id_token_is_garbage_then_refused(world: World, token: object) -> None:
    world.provider.tokens = lambda tokens: tokens.update(id_token=token)
    assert world.finish() == REFUSED


@pytest.mark.parametrize("name", ["id_token", "access_token"])
def test_finish_when_a_token_is_missing_then_refused(world: World, name: str) -> None:
    world.provider.tokens = lambda tokens: tokens.pop(name)
    assert world.finish() == REFUSED


def test_finish_when_the_key_has_no_name_then_only_a_single_key_will_do(world: World) -> None:
    world.provider.header = lambda header: header.pop("kid")
    assert isinstance(world.finish(), LoginResult)
    world.later(hours=2)
    world.provider.publish(world.provider.key, new_key("second"))
    assert world.finish() == REFUSED


def test_finish_when_the_keys_rotate_then_nobody_notices(world: World) -> None:
    assert isinstance(world.finish(), LoginResult)
    world.provider.key = new_key("second")
    world.provider.publish(world.provider.key)
    assert isinstance(world.finish(), LoginResult)
    assert world.provider.asked.count("certs") == 2


def test_finish_when_a_key_is_replaced_under_its_name_then_nobody_notices(world: World) -> None:
    assert isinstance(world.finish(), LoginResult)
    world.provider.key = new_key("first")
    world.provider.publish(world.provider.key)
    assert isinstance(world.finish(), LoginResult)


def test_finish_when_signatures_keep_failing_then_the_keys_are_dropped_once_a_minute(world: World) -> None:
    world.finish()
    stranger = new_key("unknown")
    world.provider.sign = lambda header, claims: jwt.encode(header | {"kid": "unknown"}, claims, stranger)
    assert [world.finish() for _ in range(5)] == [REFUSED] * 5
    assert world.provider.asked.count("certs") == 2
    world.later(seconds=60)
    assert world.finish() == REFUSED
    assert world.provider.asked.count("certs") == 3


def test_finish_when_an_hour_has_passed_then_the_keys_are_fetched_again(world: World) -> None:
    for minutes in (0, 59, 1):
        world.later(minutes=minutes)
        assert isinstance(world.finish(), LoginResult)
    assert world.provider.asked.count("certs") == 2


def test_finish_when_other_keys_are_published_too_then_they_are_passed_over(world: World) -> None:
    world.provider.publish(world.provider.key)
    world.provider.published += [
        RSA_KEY.as_dict(private=False, use="enc"),
        ECKey.generate_key("P-384").as_dict(private=False, kid="p384"),
        {"kty": "FUTURE", "kid": "pq"},
        {"kty": "EC", "crv": "P-256", "kid": "broken", "x": "!", "y": 7},
        {"kty": "EC", "crv": "P-256", "kid": "half"},
        "text",
        None,
    ]
    assert isinstance(world.finish(), LoginResult)


def test_finish_when_the_userinfo_is_somebody_elses_then_refused(world: World) -> None:
    for sub in ("sub-2", None, ["sub-1"]):
        world.provider.facts["sub"] = sub
        assert world.finish() == REFUSED
    del world.provider.facts["sub"]
    assert world.finish() == REFUSED


def test_finish_when_facts_are_missing_then_she_still_signs_in(world: World) -> None:
    world.provider.facts = {"sub": "sub-1"}
    result = world.finish()
    assert isinstance(result, LoginResult)
    assert result.facts == CardFacts()


HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize("endpoint", ["token", "certs", "userinfo"])
@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, b"{}"),
        Answer(503, b"<h1>503</h1>", HTML),
        Answer(200, b"<h1>Login</h1>", HTML),
        Answer(200, b""),
        Answer(200, b"[]"),
        Answer(200, b"[" * 100_000),
        Answer(200, b"\xff\xfe"),
        Answer(302, b"", {"Location": "https://evil.test/"}),
        Answer(error=requests.ConnectTimeout()),
        Answer(error=requests.ReadTimeout()),
        Answer(error=requests.ConnectionError()),
        Answer(error=requests.exceptions.SSLError()),
    ],
)
def test_finish_when_the_provider_is_broken_then_unavailable(
    world: World, endpoint: str, answer: Answer
) -> None:
    world.provider.answers[endpoint] = answer
    assert world.finish() == UNAVAILABLE
    assert "evil" not in str(world.provider.asked)
    del world.provider.answers[endpoint]
    assert isinstance(world.finish(), LoginResult)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer.of({"error": "invalid_grant", "error_description": "<script>"}, 400), REFUSED),
        (Answer.of({"error": "invalid_client"}, 401), REFUSED),
        (Answer.of({"error": ["list"]}, 400), REFUSED),
        (Answer.of({"error": "temporarily_unavailable"}, 400), UNAVAILABLE),
        (Answer.of({}, 400), REFUSED),
    ],
)
def test_finish_when_the_token_endpoint_refuses_then_so_do_we(
    world: World, answer: Answer, fault: Fault
) -> None:
    world.provider.answers["token"] = answer
    assert world.finish() == fault


def test_finish_when_the_userinfo_token_is_refused_then_unavailable(world: World) -> None:
    world.provider.answers["userinfo"] = Answer.of({"error": "invalid_token"}, 401)
    assert world.finish() == UNAVAILABLE


def test_finish_when_refused_then_the_log_names_the_check_and_no_secret(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.provider.claims = lambda claims: claims.update(nonce="a-foreign-nonce")
    secret, query = world.begin()
    world.login.finish(secret, query, NOON)
    assert caplog.messages == ["card login refused: id_token: nonce"]
    for text in (secret, ACCESS_TOKEN, "a-code", "foreign", "sub-1"):
        assert text not in caplog.text


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
