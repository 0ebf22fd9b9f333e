"""The provider's signing keys, remembered for an hour."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from app.identity.provider import ProviderUnavailableError

KEPT = timedelta(hours=1)
BETWEEN_DROPS = timedelta(minutes=1)
PUBLIC_PARTS = ("kty", "crv", "x", "y", "kid")
JsonObject = Mapping[str, object]


class PublishedKeys:
    """Shared by all sign-ins of a process; each process remembers its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: tuple[ECKey, ...] = ()
        self._good_until: datetime | None = None
        self._dropped_at: datetime | None = None

    def current(self, fetch: Callable[[], JsonObject], now: datetime) -> tuple[ECKey, ...]:
        """The keys, fetched when none are remembered. Errors: ProviderUnavailableError."""
        with self._lock:
            if self._good_until is not None and now < self._good_until:
                return self._keys
        keys = usable_keys(fetch())
        with self._lock:
            self._keys, self._good_until = keys, now + KEPT
        return keys

    def drop(self, now: datetime) -> bool:
        """True when the keys were forgotten; False when that happened less than a minute ago."""
        with self._lock:
            if self._dropped_at is not None and now < self._dropped_at + BETWEEN_DROPS:
                return False
            self._dropped_at, self._good_until = now, None
            return True


def usable_keys(jwks: JsonObject) -> tuple[ECKey, ...]:
    """The P-256 signing keys of a JWKS; keys of any other kind are passed over.

    Errors: ProviderUnavailableError when it is no JWKS.
    """
    entries = jwks.get("keys")
    if not isinstance(entries, list):
        raise ProviderUnavailableError("jwks: no keys")
    return tuple(key for key in map(_usable, entries) if key is not None)


def _usable(entry: object) -> ECKey | None:
    """The entry as a public key for ES256, or None."""
    if not isinstance(entry, dict) or entry.get("kty") != "EC" or entry.get("crv") != "P-256":
        return None
    if entry.get("use", "sig") != "sig" or entry.get("alg", "ES256") != "ES256":
        return None
    public = {name: entry[name] for name in PUBLIC_PARTS if isinstance(entry.get(name), str)}
    try:
        return ECKey.import_key(public)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
