"""Every way in which an ID token can lie, and the unusual ones that do not."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from joserfc import jws, jwt
from joserfc.jwk import OctKey

from app.people.ports import LoginResult
from tests.support.card_login import NOON, REFUSED, RSA_KEY, World, make_world
from tests.support.faulty_provider import (
    CLIENT,
    ISSUER,
    Claims,
    new_key,
)

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
