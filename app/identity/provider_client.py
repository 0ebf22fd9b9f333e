"""Talking to the provider: three requests, each bounded, none redirected, nothing from the environment."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import ECKey
from requests import PreparedRequest, RequestException
from requests.adapters import BaseAdapter

from app.identity.callback import UNAVAILABLE
from app.identity.ports import LoginTransaction
from app.identity.provider import (
    CheckFailedError,
    ProviderSettings,
    ProviderUnavailableError,
    origin,
    read_client_key,
)

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 60
LONGEST_TOKEN = 16_384


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the code was exchanged for; lives as long as one sign-in."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)


class ProviderClient:
    """Opens one conversation per sign-in, so that no token outlives it."""

    def __init__(
        self, provider: ProviderSettings, transport: BaseAdapter | None, new_secret: Callable[[], str]
    ) -> None:
        self._provider = provider
        self._transport = transport
        self._new_secret = new_secret
        self._key = read_client_key(provider.client_key)

    def authorization_url(self, transaction: LoginTransaction) -> str:
        """Where the browser goes."""
        wishes = {"acr_values": self._provider.acr_values} if self._provider.acr_values else {}
        with self.open() as conversation:
            url, _state = conversation.session.create_authorization_url(
                self._provider.authorization_endpoint,
                state=transaction.state,
                code_verifier=transaction.verifier,
                nonce=transaction.nonce,
                **wishes,
            )
        return str(url)

    def open(self) -> "Conversation":
        """A conversation with its own session."""
        provider = self._provider
        session = OAuth2Session(
            client_id=provider.client_id,
            client_secret=self._key,
            token_endpoint_auth_method="private_key_jwt",
            scope=provider.scope,
            redirect_uri=provider.redirect_uri,
            code_challenge_method="S256",
        )
        session.trust_env = False
        if self._transport is not None:
            session.mount(origin(provider.issuer) + "/", self._transport)
        return Conversation(provider, session, self._assertion)

    def _assertion(self, now: datetime) -> str:
        """A client assertion for one request: fresh ``jti``, a minute to live."""
        issued = int(now.timestamp())
        claims = {
            "iss": self._provider.client_id,
            "sub": self._provider.client_id,
            "aud": self._provider.audience,
            "jti": self._new_secret(),
            "iat": issued,
            "exp": issued + ASSERTION_SECONDS,
        }
        return sign(self._key, claims)


class Conversation(AbstractContextManager["Conversation"]):
    """The requests of one sign-in; leaving it closes the session and forgets the tokens."""

    def __init__(
        self, provider: ProviderSettings, session: OAuth2Session, new_assertion: Callable[[datetime], str]
    ) -> None:
        self._provider = provider
        self._new_assertion = new_assertion
        self.session = session

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.token = None
        self.session.close()

    def redeem(self, code: str, verifier: str, now: datetime) -> Tokens:
        """The tokens for a code. Errors: CheckFailedError, ProviderUnavailableError."""
        try:
            token = self.session.fetch_token(
                self._provider.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                client_assertion_type=ASSERTION_TYPE,
                client_assertion=self._new_assertion(now),
                auth=_unchanged,
                timeout=self._provider.timeout_seconds,
                allow_redirects=False,
            )
        except OAuthError as error:
            if str(error.error) in UNAVAILABLE:
                raise ProviderUnavailableError("token endpoint") from error
            raise CheckFailedError("token endpoint: error") from error
        except (RequestException, ValueError, RecursionError) as error:
            raise ProviderUnavailableError("token endpoint") from error
        return Tokens(_token(token, "id_token"), _token(token, "access_token"))

    def card_claims(self, access_token: str) -> Mapping[str, object]:
        """The userinfo answer. Errors: ProviderUnavailableError."""
        return self._fetch(self._provider.userinfo_endpoint, {"Authorization": f"Bearer {access_token}"})

    def jwks(self) -> Mapping[str, object]:
        """The published keys, as they come. Errors: ProviderUnavailableError."""
        return self._fetch(self._provider.jwks_uri, {})

    def _fetch(self, url: str, headers: Mapping[str, str]) -> Mapping[str, object]:
        """A JSON object by GET."""
        try:
            answer = self.session.get(
                url,
                headers={"Accept": "application/json", **headers},
                timeout=self._provider.timeout_seconds,
                allow_redirects=False,
                withhold_token=True,
            )
            content: object = answer.json() if answer.status_code == 200 else None
        except (RequestException, ValueError, RecursionError) as error:
            raise ProviderUnavailableError(url) from error
        if not isinstance(content, dict):
            raise ProviderUnavailableError(url)
        return content


def sign(key: ECKey, claims: Mapping[str, object]) -> str:
    """A compact ES256 token naming its key."""
    return jwt.encode({"alg": "ES256", "kid": key.kid}, dict(claims), key)


def _token(answer: Mapping[str, object], name: str) -> str:
    """One token of the answer."""
    value = answer.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN:
        raise CheckFailedError(f"token endpoint: no {name}")
    return value


def _unchanged(request: PreparedRequest) -> PreparedRequest:
    """No further client authentication: the assertion stands in the body."""
    return request
