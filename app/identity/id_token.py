"""Whether an ID token is signed by the provider and meant for us, now, for this sign-in.

Source: OpenID Connect Core 3.1.3.7 and reference/identity.md 4.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from app.identity.provider import CheckFailedError

ALGORITHM = "ES256"
LEEWAY_SECONDS = 30
OLDEST_SECONDS = 600
LONGEST_SUB = 255


class SignatureError(CheckFailedError):
    """No published key made this signature; the keys may have changed."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the ID token of this sign-in must say."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)
    accepted_acr: frozenset[str]
    now: datetime


@dataclass(frozen=True, slots=True)
class Proved:
    """What an ID token proved."""

    sub: str
    acr: str


def signed_claims(id_token: str, keys: Sequence[ECKey]) -> Mapping[str, object]:
    """The claims, when one of the keys signed them. Errors: CheckFailedError, SignatureError."""
    key = _signer(id_token, keys)
    try:
        return jwt.decode(id_token, key, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError, RecursionError) as error:
        raise SignatureError("id_token: signature") from error


def check_id_token(claims: Mapping[str, object], expected: Expected) -> Proved:
    """Who signed in, when every claim is as it must be. Errors: CheckFailedError naming the claim."""
    sub, acr = claims.get("sub"), claims.get("acr", "")
    if not isinstance(sub, str) or not 0 < len(sub) <= LONGEST_SUB:
        raise CheckFailedError("id_token: sub")
    if not isinstance(acr, str) or (expected.accepted_acr and acr not in expected.accepted_acr):
        raise CheckFailedError("id_token: acr")
    _check_parties(claims, expected)
    _check_times(claims, expected.now.timestamp())
    _check_nonce(claims.get("nonce"), expected.nonce)
    if "at_hash" in claims and claims["at_hash"] != half_hash(expected.access_token):
        raise CheckFailedError("id_token: at_hash")
    return Proved(sub, acr)


def half_hash(token: str) -> str:
    """The left half of the token's SHA-256, as ``at_hash`` has it."""
    return urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()


def _signer(id_token: str, keys: Sequence[ECKey]) -> ECKey:
    """The key the header names; without a name only a single key will do."""
    try:
        header = jws.extract_compact(id_token.encode()).headers()
    except (JoseError, ValueError, RecursionError) as error:
        raise CheckFailedError("id_token: unreadable") from error
    if header.get("alg") != ALGORITHM:
        raise CheckFailedError("id_token: alg")
    if "kid" not in header and len(keys) == 1:
        return keys[0]
    for key in keys:
        if key.kid is not None and key.kid == header.get("kid"):
            return key
    raise SignatureError("id_token: kid")


def _check_parties(claims: Mapping[str, object], expected: Expected) -> None:
    """From the pinned issuer, to us alone."""
    if claims.get("iss") != expected.issuer:
        raise CheckFailedError("id_token: iss")
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise CheckFailedError("id_token: aud")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise CheckFailedError("id_token: azp")


def _check_times(claims: Mapping[str, object], now: float) -> None:
    """Issued just now and still good."""
    if not now - LEEWAY_SECONDS < _moment(claims, "exp"):  # asked this way round, NaN fails too
        raise CheckFailedError("id_token: exp")
    if not now - OLDEST_SECONDS <= _moment(claims, "iat") <= now + LEEWAY_SECONDS:
        raise CheckFailedError("id_token: iat")
    if "nbf" in claims and not _moment(claims, "nbf") <= now + LEEWAY_SECONDS:
        raise CheckFailedError("id_token: nbf")


def _moment(claims: Mapping[str, object], name: str) -> float:
    """A NumericDate."""
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise CheckFailedError(f"id_token: {name}")
    return value


def _check_nonce(nonce: object, expected: str) -> None:
    """The one we sent."""
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.encode()):
        raise CheckFailedError("id_token: nonce")
