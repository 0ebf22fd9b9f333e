"""A card login whose provider a test can make wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from joserfc.jwk import RSAKey

from app.fault import Fault
from app.identity.parent_login import CardLogin
from app.identity.provider import new_client_key
from app.people.ports import LoginResult
from tests.support.fake_identity_stores import FakeTransactions
from tests.support.faulty_provider import ISSUER, FaultyProvider, provider_settings

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLIENT_KEY = new_client_key()
RSA_KEY = RSAKey.generate_key(2048)
REFUSED = Fault("", "login_refused")
UNAVAILABLE = Fault("", "login_unavailable")
OTHER_BROWSER = Fault("", "login_other_browser")
CANCELLED = Fault("", "login_cancelled")


@dataclass
class World:
    """One provider, one login, one clock."""

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
        """Time passes for both sides."""
        self.now += timedelta(**span)
        self.provider.now = self.now


def make_world(**changes: object) -> World:
    """A world that is right; ``changes`` are settings of the provider."""
    provider, transactions = FaultyProvider(NOON), FakeTransactions()
    return World(
        provider, transactions, CardLogin(provider_settings(CLIENT_KEY, **changes), transactions, provider)
    )
