"""The card provider as it is pinned by configuration; nothing is discovered at run time."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey


class ProviderSettingsError(ValueError):
    """A setting of the provider cannot be used. The message names the setting, never its value."""


class ProviderUnavailableError(Exception):
    """The provider is down, slow, or answers something nobody can read. The argument says where."""


class CheckFailedError(Exception):
    """Something the provider or the browser brought fails a check. The argument says which one."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Everything the sign-in needs to know about the provider.

    Shapes: ``client_key`` is a P-256 private key as PEM or as JWK (JSON); a ``kid`` in the JWK is sent
    as registered, else the RFC 7638 thumbprint is. ``acr_values`` is sent as it is; the ID token must
    then name its first word or the whole. ``assertion_audience`` "" means the token endpoint.
    Source: reference/identity.md 1.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    client_id: str
    client_key: bytes = field(repr=False)
    redirect_uri: str
    acr_values: str = ""
    assertion_audience: str = ""
    scope: str = "openid name address birthdate gender"
    timeout_seconds: float = 5.0

    @property
    def audience(self) -> str:
        """For whom client assertions are meant."""
        return self.assertion_audience or self.token_endpoint

    @property
    def accepted_acr(self) -> frozenset[str]:
        """Which ``acr`` the ID token may name; empty: any or none."""
        words = self.acr_values.split()
        return frozenset({self.acr_values, words[0]}) if words else frozenset()


def origin(url: str) -> str:
    """Scheme, host and port of a URL, as ``form-action`` and a transport's prefix want it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def read_client_key(client_key: bytes) -> ECKey:
    """The private signing key, always with a ``kid``. Errors: ProviderSettingsError."""
    try:
        material = json.loads(client_key) if client_key.lstrip().startswith(b"{") else client_key
        key = ECKey.import_key(material)
    except (JoseError, ValueError, TypeError) as error:
        raise ProviderSettingsError("client_key: not a readable key") from error
    if not key.is_private or key.curve_name != "P-256":
        raise ProviderSettingsError("client_key: not a P-256 private key")
    key.ensure_kid()
    return key


def public_jwks(client_key: bytes) -> str:
    """The JWKS (JSON) to register with the provider: the public half only."""
    public = read_client_key(client_key).as_dict(private=False)
    return json.dumps({"keys": [public | {"use": "sig", "alg": "ES256"}]}, sort_keys=True)


def new_client_key() -> bytes:
    """A fresh P-256 private key as PEM."""
    return ECKey.generate_key("P-256").as_pem(private=True)
