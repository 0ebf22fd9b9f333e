"""The My Number card login: out to the provider with four secrets, back with every check.

Implements ``people.ports.ParentLogin``. Source: reference/identity.md 4 (RFC 9700, OpenID Connect Core).
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from requests.adapters import BaseAdapter

from app.fault import Fault
from app.identity.callback import CancelledError, proved_code, read_callback
from app.identity.card_facts import read_card_facts
from app.identity.id_token import Expected, SignatureError, check_id_token, signed_claims
from app.identity.ports import LoginTransaction, Transactions
from app.identity.provider import CheckFailedError, ProviderSettings, ProviderUnavailableError, origin
from app.identity.provider_client import Conversation, ProviderClient, Tokens
from app.identity.published_keys import PublishedKeys
from app.people.person import Binding
from app.people.ports import LoginResult, LoginStart

log = logging.getLogger(__name__)

PURPOSE = "login"
HOME = "/home"
LONGEST_PATH = 500
LONGEST_SECRET = 128


def new_url_safe_secret() -> str:
    """256 random bits as 43 url-safe characters (long enough for a PKCE verifier)."""
    return secrets.token_urlsafe(32)


class CardLogin:
    """Signs a citizen in at the pinned provider.

    ``transport`` is mounted for the issuer's origin (the in-process stand-in); None means the network.
    """

    def __init__(
        self,
        provider: ProviderSettings,
        transactions: Transactions,
        transport: BaseAdapter | None = None,
        *,
        new_secret: Callable[[], str] = new_url_safe_secret,
    ) -> None:
        self.authorization_origin = origin(provider.authorization_endpoint)
        self._provider = provider
        self._transactions = transactions
        self._new_secret = new_secret
        self._client = ProviderClient(provider, transport, new_secret)
        self._keys = PublishedKeys()

    def begin(self, next_path: str, now: datetime) -> LoginStart:
        """A transaction is kept for ten minutes; the provider is not asked, so this cannot fail."""
        transaction = LoginTransaction(
            state=self._new_secret(),
            nonce=self._new_secret(),
            verifier=self._new_secret(),
            next_path=own_path(next_path),
            purpose=PURPOSE,
        )
        secret = self._new_secret()
        self._transactions.keep(secret, transaction, now)
        return LoginStart(self._client.authorization_url(transaction), secret)

    def finish(self, transaction: str, query: dict[str, list[str]], now: datetime) -> LoginResult | Fault:
        """Who signed in, after every check; the transaction is used up whatever comes of it."""
        kept = self._transactions.take(transaction, now) if 0 < len(transaction) <= LONGEST_SECRET else None
        if kept is None or kept.purpose != PURPOSE:
            return Fault("", "login_other_browser")
        try:
            callback = read_callback(query)
            if not callback.belongs_to(kept):
                return Fault("", "login_other_browser")
            return self._prove(kept, proved_code(callback, self._provider.issuer), now)
        except CancelledError:
            return Fault("", "login_cancelled")
        except ProviderUnavailableError as error:
            log.warning("card login unavailable: %s", error)
            return Fault("", "login_unavailable")
        except CheckFailedError as error:
            log.warning("card login refused: %s", error)
            return Fault("", "login_refused")

    def _prove(self, kept: LoginTransaction, code: str, now: datetime) -> LoginResult:
        """Code for tokens, tokens for facts, each checked; the tokens end here."""
        provider = self._provider
        with self._client.open() as conversation:
            tokens = conversation.redeem(code, kept.verifier, now)
            expected = Expected(
                issuer=provider.issuer,
                client_id=provider.client_id,
                nonce=kept.nonce,
                access_token=tokens.access_token,
                accepted_acr=provider.accepted_acr,
                now=now,
            )
            proved = check_id_token(self._signed(conversation, tokens, now), expected)
            claims = conversation.card_claims(tokens.access_token)
        if claims.get("sub") != proved.sub:
            raise CheckFailedError("userinfo: sub")
        binding = Binding(provider.issuer, provider.client_id, proved.sub)
        return LoginResult(binding, read_card_facts(claims), kept.next_path, proved.acr)

    def _signed(self, conversation: Conversation, tokens: Tokens, now: datetime) -> Mapping[str, object]:
        """The ID token's claims; keys that changed are fetched again, at most once a minute."""
        try:
            return signed_claims(tokens.id_token, self._keys.current(conversation.jwks, now))
        except SignatureError:
            if not self._keys.drop(now):
                raise
        return signed_claims(tokens.id_token, self._keys.current(conversation.jwks, now))


def own_path(path: str) -> str:
    """The path when it stays on this site, else the home page (no open redirect)."""
    stays = path.startswith("/") and not path.startswith("//") and len(path) <= LONGEST_PATH
    plain = all(" " < char <= "~" and char != "\\" for char in path)
    return path if stays and plain else HOME
