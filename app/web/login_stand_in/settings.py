"""How the development login is set up, and when it refuses to exist."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATH = "/stand-in/api/realms/main"
PROTOCOL_PATH = f"{PATH}/protocol/openid-connect"


class StandInRefusedError(RuntimeError):
    """Somebody tried to put the development login where real people sign in."""


@dataclass(frozen=True, slots=True)
class StandInSettings:
    """Whom it serves and what it signs with.

    Shapes: ``issuer`` ends in ``/stand-in/api/realms/main``; ``client_jwks`` is the client's public
    JWKS (JSON); ``signing_key`` a P-256 private key (PEM), the same in every worker.
    """

    issuer: str
    client_id: str
    redirect_uri: str
    client_jwks: str
    signing_key: bytes = field(repr=False)
    stylesheet_url: str
    production: bool

    @property
    def token_endpoint(self) -> str:
        """For whom client assertions must be meant."""
        return f"{self.issuer}/protocol/openid-connect/token"

    def refuse_real_use(self) -> None:
        """Nothing happens in a demonstration. Errors: StandInRefusedError."""
        host = (urlsplit(self.issuer).hostname or "").rstrip(".")
        if self.production:
            raise StandInRefusedError("the development login never runs in production")
        if host == "go.jp" or host.endswith(".go.jp"):
            raise StandInRefusedError(f"the development login never speaks for {host}")
        if not self.issuer.endswith(PATH):
            raise StandInRefusedError(f"the issuer of the development login ends in {PATH}")
