"""Frozen settings from the environment; every missing or unsafe value is named at once.

Knows: names of environment variables and what is safe. Never knows: how anything is built.
Comes in: a mapping of texts. Goes out: `Settings`, or exit 78 with one line ``NAME: reason`` each.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Self, TypeVar
from urllib.parse import urlsplit

EXIT_CONFIG = 78
T = TypeVar("T", bound="Settings")
_OIDC = (
    "OIDC_ISSUER",
    "OIDC_AUTHORIZATION_ENDPOINT",
    "OIDC_TOKEN_ENDPOINT",
    "OIDC_USERINFO_ENDPOINT",
    "OIDC_JWKS_URI",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_KEY_FILE",
)


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The provider, pinned: nothing is discovered (reference/identity.md 0.2)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    client_id: str
    client_key_file: Path
    acr_values: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the application is told from outside. ``now`` freezes the clock (demo and tests only)."""

    mode: str
    host: str
    port: int
    public_url: str
    database_url: str
    key_store_url: str
    key_ring_file: Path
    secret_key_file: Path
    data_dir: Path
    audit_anchor_file: Path
    smtp_url: str
    oidc: OidcSettings | None
    now: datetime | None

    @property
    def is_demo(self) -> bool:
        """Whether demo people and the stand-in for the login may exist."""
        return self.mode == "demo"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings. Errors: SystemExit 78 after naming every fault."""
        reader = _Reader(os.environ if environment is None else environment)
        settings = reader.settings(cls)
        if reader.faults:
            refuse(reader.faults)
        return settings


class SettingsError(Exception):
    """A setting that turned out to be unusable while building. Carries ``NAME: reason`` lines."""


def refuse(faults: list[str]) -> NoReturn:
    """The process ends with exit 78, one line for each fault."""
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    raise SystemExit(EXIT_CONFIG)


class _Reader:
    """Reads one environment and collects faults."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.environment.get(name, "").strip() or default

    def fault(self, name: str, reason: str) -> None:
        self.faults.append(f"{name}: {reason}")

    def mode(self) -> str:
        mode = self.text("APP_MODE", "production")
        if mode not in {"production", "demo"}:
            self.fault("APP_MODE", "must be production or demo")
        return mode

    def port(self) -> int:
        text = self.text("PORT", "8000")
        if not text.isdigit() or not 0 < int(text) < 65536:
            self.fault("PORT", "must be a number from 1 to 65535")
            return 8000
        return int(text)

    def public_url(self, port: int, mode: str) -> str:
        url = self.text("PUBLIC_URL", f"http://localhost:{port}").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            self.fault("PUBLIC_URL", "must be scheme and host only, such as https://pass.example.jp")
        elif mode == "production" and parts.scheme != "https" and parts.hostname != "localhost":
            self.fault("PUBLIC_URL", "must be https in production")
        return url

    def file(self, name: str, default: Path, mode: str) -> Path:
        given = self.text(name)
        path = Path(given) if given else default
        if mode == "production" and not given:
            self.fault(name, "is required in production")
        elif given and mode == "production" and name != "AUDIT_ANCHOR_FILE" and not path.is_file():
            self.fault(name, "is not a readable file")
        return path

    def now(self, mode: str) -> datetime | None:
        text = self.text("NOW")
        if not text:
            return None
        if mode == "production":
            self.fault("NOW", "is for demo and tests only")
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.fault("NOW", "must be an ISO time such as 2026-11-24T09:00:00+09:00")
            return None
        if moment.tzinfo is None:
            self.fault("NOW", "needs a time zone such as +09:00")
            return None
        return moment

    def oidc(self, mode: str) -> OidcSettings | None:
        given = [name for name in _OIDC if self.text(name)]
        if not given and mode == "demo":
            return None
        for name in _OIDC:
            if name not in given:
                self.fault(
                    name, "is required" + (" in production" if mode == "production" else " with the others")
                )
        for name in _OIDC[:5]:
            if mode == "production" and self.text(name) and not self.text(name).startswith("https://"):
                self.fault(name, "must be https in production")
        issuer, authorization, token, userinfo, jwks, client_id, key_file = (
            self.text(name) for name in _OIDC
        )
        acr_values = self.text("OIDC_ACR_VALUES", "aal3 crl")
        return OidcSettings(
            issuer, authorization, token, userinfo, jwks, client_id, Path(key_file), acr_values
        )

    def database_url(self, name: str, default: str) -> str:
        url = self.text(name, default)
        if not url.startswith(("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")):
            self.fault(name, "must be a sqlite:///… or postgresql://… URL")
        return url

    def settings(self, cls: type[T]) -> T:
        mode, port = self.mode(), self.port()
        data_dir = Path(self.text("DATA_DIR", ".data"))
        return cls(
            mode=mode,
            host=self.text("HOST", "127.0.0.1"),
            port=port,
            public_url=self.public_url(port, mode),
            database_url=self.database_url("DATABASE_URL", f"sqlite:///{data_dir / 'monshin.sqlite3'}"),
            key_store_url=self.database_url("KEY_STORE_URL", f"sqlite:///{data_dir / 'keys.sqlite3'}"),
            key_ring_file=self.file("KEY_RING_FILE", data_dir / "key-ring.json", mode),
            secret_key_file=self.file("SECRET_KEY_FILE", data_dir / "secret-key", mode),
            data_dir=data_dir,
            audit_anchor_file=self.file("AUDIT_ANCHOR_FILE", data_dir / "audit-anchor.txt", mode),
            smtp_url=self.text("SMTP_URL"),
            oidc=self.oidc(mode),
            now=self.now(mode),
        )
