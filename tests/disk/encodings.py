"""A text as it might lie on a disk: plain, wide, escaped, or packed into another text."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote, quote_plus

Encode = Callable[[str], Iterator[bytes]]
_FIRST_WHOLE = (0, 2, 3)
"""Which base64 letter is the first that depends on the text alone, by how many bytes stand before it."""


def _plain(codec: str) -> Encode:
    def encode(text: str) -> Iterator[bytes]:
        yield text.encode(codec, "ignore")

    return encode


def _json(text: str) -> Iterator[bytes]:
    lower = json.dumps(text)[1:-1].encode()
    yield lower
    yield "".join(f"\\u{unit:04X}" if unit > 126 else chr(unit) for unit in _units(text)).encode()


def _units(text: str) -> Iterator[int]:
    """The UTF-16 code units."""
    wide = text.encode("utf-16-be")
    for start in range(0, len(wide), 2):
        yield int.from_bytes(wide[start : start + 2], "big")


def _url(text: str) -> Iterator[bytes]:
    for escaped in (quote(text, safe=""), quote(text), quote_plus(text)):
        yield escaped.encode()
        yield _lower_escapes(escaped).encode()


def _lower_escapes(escaped: str) -> str:
    """%E3 as %e3."""
    head, *rest = escaped.split("%")
    return "%".join([head, *(piece[:2].lower() + piece[2:] for piece in rest)])


def _base64(text: str) -> Iterator[bytes]:
    """The letters that are the same whatever stands before and after, for all three alignments."""
    for before, start in enumerate(_FIRST_WHOLE):
        padded = b"\0" * before + text.encode()
        whole = slice(start, len(padded) * 8 // 6)
        yield b64encode(padded)[whole]
        yield urlsafe_b64encode(padded)[whole]


def _hex(text: str) -> Iterator[bytes]:
    yield text.encode().hex().encode()
    yield text.encode().hex().upper().encode()


ENCODINGS: Mapping[str, Encode] = MappingProxyType(
    {
        "utf-8": _plain("utf-8"),
        "utf-16-le": _plain("utf-16-le"),
        "utf-16-be": _plain("utf-16-be"),
        "shift_jis": _plain("cp932"),
        "euc-jp": _plain("euc_jp"),
        "json": _json,
        "url": _url,
        "base64": _base64,
        "hex": _hex,
    }
)
LEAST_BYTES = 8
"""A shorter pattern would be found by chance."""


def patterns(text: str) -> dict[bytes, str]:
    """Every way this text may lie on a disk, with the name of its encoding."""
    found: dict[bytes, str] = {}
    for name, encode in ENCODINGS.items():
        for pattern in encode(text):
            if len(pattern) >= LEAST_BYTES:
                found.setdefault(pattern, name)
    return found
