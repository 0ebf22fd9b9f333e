"""Every byte below some folders, searched for canaries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.disk.encodings import patterns

KEPT_APART = frozenset(
    {"key-ring.json", "secret-key", "login-client.pem", "login-stand-in.pem", "demo-people.json"}
)
"""Keys and passwords of the demonstration: never on the disk that is thought stolen."""


NUL_OF_A_LETTER = bytes(3)
"""The zeros at a file's end need no search, but a text in UTF-16 or UTF-32 may end with one of its own."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A canary that was found. The text itself is never told."""

    canary: str
    encoding: str
    file: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched and what was found."""

    bytes_searched: int
    hits: tuple[Hit, ...]


def search(folders: Iterable[Path], canaries: Mapping[str, str]) -> Search:
    """Every file below the folders, in every encoding; the same content is searched once."""
    wanted = {
        pattern: (name, encoding)
        for name, text in canaries.items()
        for pattern, encoding in patterns(text).items()
    }
    seen: set[bytes] = set()
    hits: list[Hit] = []
    count = 0
    for path in files_below(folders):
        content = path.read_bytes()
        count += len(content)
        digest = sha256(content).digest()
        if digest in seen:
            continue
        seen.add(digest)
        compact = content.rstrip(b"\0") + NUL_OF_A_LETTER
        hits += [Hit(*wanted[pattern], path.name) for pattern in wanted if pattern in compact]
    return Search(count, tuple(hits))


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """The files to search: all but what is kept apart."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name not in KEPT_APART:
                yield path
