"""A card provider that can be made wrong in one way at a time; a transport, so no socket is opened."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from app.identity.id_token import half_hash
from app.identity.provider import ProviderSettings

ISSUER = "https://login.test/api/realms/main"
PROTOCOL = f"{ISSUER}/protocol/openid-connect"
CLIENT = "RP00000001"
ACCESS_TOKEN = "an-access-token"
FACTS = {
    "sub": "sub-1",
    "name": "見本\u3000花子",
    "address": "見本町1-2-3",
    "birthdate": "19920412",
    "gender": "2",
}

Claims = dict[str, Any]  # JSON as a test wants it, right or wrong


def provider_settings(client_key: bytes, **changes: Any) -> ProviderSettings:
    """Settings that point at the faulty provider."""
    given: dict[str, Any] = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{PROTOCOL}/auth",
        "token_endpoint": f"{PROTOCOL}/token",
        "userinfo_endpoint": f"{PROTOCOL}/userinfo",
        "jwks_uri": f"{PROTOCOL}/certs",
        "client_id": CLIENT,
        "client_key": client_key,
        "redirect_uri": "https://pass.test/login/callback",
        "acr_values": "aal3 crl",
    }
    return ProviderSettings(**(given | changes))


def new_key(kid: str = "") -> ECKey:
    """A signing key with a name of its own."""
    key = ECKey.generate_key("P-256", parameters={"kid": kid} if kid else None)
    key.ensure_kid()
    return key


def unchanged(_part: Claims) -> None:
    """No fault here."""


@dataclass
class Answer:
    """What one endpoint says."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    error: Exception | None = None

    @classmethod
    def of(cls, content: object, status: int = 200) -> "Answer":
        """As JSON."""
        return cls(status, json.dumps(content).encode())


class FaultyProvider(HTTPAdapter):
    """Right in everything until a test changes an attribute.

    ``claims`` edits the ID token's claims, ``header`` its header, ``sign`` replaces the signature;
    ``token``, ``userinfo``, ``certs`` replace a whole answer.
    """

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.nonce = ""
        self.key = new_key("first")
        self.published: list[object] = []
        self.claims: Callable[[Claims], object] = unchanged
        self.header: Callable[[Claims], object] = unchanged
        self.sign: Callable[[Claims, Claims], str] = self.signed
        self.tokens: Callable[[Claims], object] = unchanged
        self.facts: Claims = dict(FACTS)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.sent: list[dict[str, list[str]]] = []
        self.options: list[Mapping[str, object]] = []

    def publish(self, *keys: ECKey) -> None:
        """The JWKS from now on."""
        self.published = [key.as_dict(private=False, use="sig", alg="ES256") for key in keys]

    def signed(self, header: Claims, claims: Claims) -> str:
        """Signed as it should be."""
        return jwt.encode(header, claims, self.key, algorithms=["ES256"])

    def unsigned(self, header: Claims, claims: Claims) -> str:
        """Nobody signed it."""
        parts = (json.dumps(part).encode() for part in (header | {"alg": "none"}, claims))
        return b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts).decode() + "."

    def id_token(self) -> str:
        """An ID token with the test's faults in it."""
        seconds = int(self.now.timestamp())
        claims: Claims = {
            "iss": ISSUER,
            "sub": "sub-1",
            "aud": CLIENT,
            "nonce": self.nonce,
            "iat": seconds,
            "exp": seconds + 300,
            "acr": "aal3",
            "at_hash": half_hash(ACCESS_TOKEN),
        }
        header: Claims = {"alg": "ES256", "kid": self.key.kid}
        self.claims(claims)
        self.header(header)
        return self.sign(header, claims)

    def send(self, request: PreparedRequest, *_options: object, **more_options: object) -> Response:
        """The answer of the endpoint the request goes to."""
        endpoint = urlsplit(request.url or "").path.rpartition("/")[2]
        self.asked.append(endpoint)
        self.options.append(more_options)
        self.sent.append(parse_qs(str(request.body or "")))
        answer = self.answers.get(endpoint) or self._right(endpoint)
        if answer.error is not None:
            raise answer.error
        raw = HTTPResponse(
            BytesIO(answer.body),
            headers=dict(answer.headers),
            status=answer.status,
            preload_content=False,
        )
        return self.build_response(request, raw)

    def _right(self, endpoint: str) -> Answer:
        if endpoint == "certs":
            if not self.published:
                self.publish(self.key)
            return Answer.of({"keys": self.published})
        if endpoint == "userinfo":
            return Answer.of(self.facts)
        tokens: Claims = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": self.id_token()}
        self.tokens(tokens)
        return Answer.of(tokens)
