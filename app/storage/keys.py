"""The key ring: every secret key of the instance, in one file outside the databases."""

import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self

KEY_BYTES = 32
_SINGLE = ("lookup", "pass", "audit", "session")
_OTHERS = 0o007


class KeyRingError(Exception):
    """The key ring cannot be used: absent, open to others, or damaged. Never says what is in it."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys by purpose.

    Shapes: ``wrap`` holds the wrapping keys by id, of which ``active`` wraps what is new; ``lookup``
    hashes what is searched for, ``pass_key`` makes passes, ``audit`` chains deeds, ``session`` seals
    what lives for hours at most; ``source`` is the file it was read from.
    """

    active: str
    wrap: Mapping[str, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)
    pass_key: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    session: bytes = field(repr=False)
    source: Path | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """The ring in this file. Errors: KeyRingError."""
        try:
            if path.stat().st_mode & _OTHERS:
                raise KeyRingError(f"{path.name}: others may read or change it (chmod o= it)")
            content = path.read_bytes()
        except OSError as error:
            raise KeyRingError(f"{path.name}: not readable") from error
        return cls.parse(content, path)

    @classmethod
    def parse(cls, content: bytes, source: Path | None = None) -> Self:
        """The ring in these bytes. Errors: KeyRingError."""
        try:
            plain = json.loads(content)
            wrap = {str(name): _key(text) for name, text in plain["wrap"].items()}
            lookup, pass_key, audit, session = (_key(plain[name]) for name in _SINGLE)
            active = str(plain["active"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyRingError("the key ring is damaged or incomplete") from error
        if active not in wrap or len({*wrap.values(), lookup, pass_key, audit, session}) != len(wrap) + 4:
            raise KeyRingError("the key ring names no active key, or uses one key twice")
        return cls(active, MappingProxyType(wrap), lookup, pass_key, audit, session, source)

    def hash(self, purpose: str, *values: str) -> bytes:
        """What stands in the database for a secret that is searched for: 32 bytes, one space per purpose."""
        return hmac.digest(self.lookup, _joined(purpose, *values), "sha256")


def make_key_ring() -> bytes:
    """A new ring, as its file's content."""
    plain = {"active": _new_id(), "wrap": {}} | {name: _new_key() for name in _SINGLE}
    return _content(plain | {"wrap": {plain["active"]: _new_key()}})


def add_wrapping_key(path: Path) -> KeyRing:
    """The file has one more wrapping key, which is active now; older ones stay until removed by hand.

    The file is replaced in one step, never half written. Errors: KeyRingError.
    """
    KeyRing.read(path)
    plain = json.loads(path.read_bytes())
    plain["active"] = _new_id()
    plain["wrap"][plain["active"]] = _new_key()
    fresh = path.with_name(f"{path.name}.{plain['active']}")
    write_secret(fresh, _content(plain))
    fresh.replace(path)
    return KeyRing.read(path)


def write_secret(path: Path, content: bytes) -> None:
    """A new file that only its owner may read, on the disk. Errors: FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _joined(*values: str) -> bytes:
    """Several texts as one, so that no two lists of texts become the same bytes."""
    return json.dumps(values).encode()


def _new_id() -> str:
    return secrets.token_hex(4)


def _new_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def _content(plain: Mapping[str, object]) -> bytes:
    return json.dumps(plain, indent=1).encode()
