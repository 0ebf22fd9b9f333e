"""Sealing: AES-256-GCM, bound to the one cell of the database where the bytes belong.

Sealed bytes: format (1), the key's id (4), nonce (12), ciphertext with its tag. The id is derived from
the key, so that a wrong key is told from damaged bytes.
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
_ID = 4
_NONCE = 12
_HEAD = 1 + _ID + _NONCE
PADDED_TO = 64


class SealError(Exception):
    """Sealed bytes do not open: changed, moved to another cell, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where sealed bytes belong. ``row`` names the row and every plain value that must not change alone."""

    table: str
    row: tuple[str, ...]
    column: str
    version: int = 0

    @property
    def bound(self) -> bytes:
        """The data that is authenticated with the bytes."""
        return json.dumps((self.table, self.row, self.column, self.version)).encode()


def seal(key: bytes, cell: Cell, plain: bytes) -> bytes:
    """The plain bytes, sealed into this cell."""
    nonce = secrets.token_bytes(_NONCE)
    return FORMAT + key_id(key) + nonce + AESGCM(key).encrypt(nonce, plain, cell.bound)


def unseal(key: bytes, cell: Cell, sealed: bytes) -> bytes:
    """The plain bytes of this cell. Errors: SealError."""
    if sealed[:1] != FORMAT:
        raise SealError(f"{cell.table}.{cell.column}: unknown format")
    if sealed[1 : 1 + _ID] != key_id(key):
        raise SealError(f"{cell.table}.{cell.column}: sealed with another key")
    try:
        return AESGCM(key).decrypt(sealed[1 + _ID : _HEAD], sealed[_HEAD:], cell.bound)
    except (InvalidTag, ValueError) as error:
        raise SealError(f"{cell.table}.{cell.column}: changed or moved") from error


def key_id(key: bytes) -> bytes:
    """Four bytes that name a key and tell nothing about it."""
    return hmac.digest(key, b"key id", "sha256")[:_ID]


def seal_plain(key: bytes, cell: Cell, plain: Mapping[str, object]) -> bytes:
    """A JSON object, sealed; padded so that its length tells little."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, cell, text + b" " * (-len(text) % PADDED_TO))


def unseal_plain(key: bytes, cell: Cell, sealed: bytes) -> dict[str, Any]:  # Any: the JSON that was sealed
    """The JSON object of this cell. Errors: SealError."""
    plain: dict[str, Any] = json.loads(unseal(key, cell, sealed))
    return plain
