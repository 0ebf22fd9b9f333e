"""Tokens the development login signs, and the client assertions it is shown."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from app.web.login_stand_in.authorization import Grant
from app.web.login_stand_in.personas import Persona
from app.web.login_stand_in.settings import StandInSettings

ALGORITHM = "ES256"
TOKEN_LIFE = timedelta(minutes=5)
LONGEST_ASSERTION_LIFE = timedelta(days=1)
ACCESS_TOKEN_TYPE = "at+jwt"


class Signer:
    """Holds the signing key; the same key in every worker, so any of them can read another's tokens."""

    def __init__(self, settings: StandInSettings, new_secret: Callable[[], str]) -> None:
        self._settings = settings
        self._new_secret = new_secret
        self._key = ECKey.import_key(settings.signing_key)
        self._key.ensure_kid()

    def jwks(self) -> dict[str, list[dict[str, str | list[str]]]]:
        """The public half."""
        return {"keys": [self._key.as_dict(private=False, use="sig", alg=ALGORITHM)]}

    def sub(self, persona: Persona) -> str:
        """A pairwise id: another client would see another one."""
        seed = "|".join((self._settings.issuer, self._settings.client_id, persona.card or persona.code))
        return hashed(seed)

    def access_token(self, persona: Persona, grant: Grant, now: datetime) -> str:
        """Good for the userinfo endpoint."""
        claims = {"sub": self.sub(persona), "persona": persona.code, "scope": grant.request.scope}
        return self._signed({"typ": ACCESS_TOKEN_TYPE}, claims, now)

    def id_token(self, persona: Persona, grant: Grant, access_token: str, now: datetime) -> str:
        """Who signed in, for the client alone."""
        request = grant.request
        claims = {
            "sub": self.sub(persona),
            "aud": request.client_id,
            "azp": request.client_id,
            "auth_time": int(now.timestamp()),
            "nonce": request.nonce,
            "at_hash": hashed(access_token, half=True),
            "session_state": grant.session_state,
        }
        return self._signed({"typ": "JWT"}, claims | ({"acr": request.acr} if request.acr else {}), now)

    def read_access_token(self, token: str, now: datetime) -> tuple[str, str] | None:
        """The persona's code and the scope, or None."""
        try:
            read = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        except (JoseError, ValueError):
            return None
        claims = read.claims
        if read.header.get("typ") != ACCESS_TOKEN_TYPE or claims["exp"] <= now.timestamp():
            return None
        return str(claims["persona"]), str(claims["scope"])

    def _signed(self, header: Mapping[str, str], claims: Mapping[str, object], now: datetime) -> str:
        issued = int(now.timestamp())
        life = {
            "iss": self._settings.issuer,
            "jti": self._new_secret(),
            "iat": issued,
            "exp": issued + int(TOKEN_LIFE.total_seconds()),
        }
        return jwt.encode({**header, "alg": ALGORITHM, "kid": self._key.kid}, {**life, **claims}, self._key)


def read_assertion(assertion: str, settings: StandInSettings, now: datetime) -> tuple[str, datetime] | None:
    """The assertion's id and end when it keeps every rule of private_key_jwt but re-use; else None."""
    try:
        client_keys = KeySet.import_key_set(json.loads(settings.client_jwks))
        claims = jwt.decode(assertion, client_keys, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError):
        return None
    jti, exp = claims.get("jti"), claims.get("exp")
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if settings.client_id != claims.get("iss") or settings.client_id != claims.get("sub"):
        return None
    if settings.token_endpoint not in named or not isinstance(jti, str) or not 0 < len(jti) <= 255:
        return None
    if not isinstance(exp, int) or not now.timestamp() < exp <= (now + LONGEST_ASSERTION_LIFE).timestamp():
        return None
    return jti, datetime.fromtimestamp(exp, now.tzinfo)


def hashed(text: str, *, half: bool = False) -> str:
    """The SHA-256 of a text, or its left half, in base64url."""
    digest = hashlib.sha256(text.encode()).digest()
    return urlsafe_b64encode(digest[:16] if half else digest).rstrip(b"=").decode()
