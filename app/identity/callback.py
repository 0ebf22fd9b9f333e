"""What the browser brings back from the provider."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.identity.ports import LoginTransaction
from app.identity.provider import CheckFailedError, ProviderUnavailableError

LONGEST = {"state": 255, "code": 2048, "iss": 255, "error": 255}
UNAVAILABLE = frozenset({"temporarily_unavailable", "server_error"})


class CancelledError(Exception):
    """The person stopped at the provider."""


@dataclass(frozen=True, slots=True)
class Callback:
    """The parameters we look at; "" when absent. ``error_description`` is never read."""

    state: str = field(repr=False)
    code: str = field(repr=False)
    iss: str
    error: str

    def belongs_to(self, transaction: LoginTransaction) -> bool:
        """Whether it answers this browser's transaction."""
        return hmac.compare_digest(self.state.encode(), transaction.state.encode())


def read_callback(query: Mapping[str, Sequence[str]]) -> Callback:
    """The callback. Errors: CheckFailedError for a parameter given twice or far too long."""
    found: dict[str, str] = {}
    for name, most in LONGEST.items():
        values = query.get(name, ())
        if len(values) > 1:
            raise CheckFailedError(f"callback: {name} given twice")
        found[name] = values[0] if values else ""
        if len(found[name]) > most:
            raise CheckFailedError(f"callback: {name} too long")
    return Callback(**found)


def proved_code(callback: Callback, issuer: str) -> str:
    """The code, after the provider's own word.

    Errors: CheckFailedError (another issuer, RFC 9207; no code; a provider's error), CancelledError,
    ProviderUnavailableError.
    """
    if callback.iss and callback.iss != issuer:
        raise CheckFailedError("callback: iss")
    if callback.error == "access_denied":
        raise CancelledError
    if callback.error in UNAVAILABLE:
        raise ProviderUnavailableError("authorization endpoint")
    if callback.error:
        raise CheckFailedError("callback: error")
    if not callback.code:
        raise CheckFailedError("callback: no code")
    return callback.code
