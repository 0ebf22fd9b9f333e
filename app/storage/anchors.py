"""The anchor file: heads of the audit chains, signed, outside the database.

One line of JSON each: time, municipality, ``seq``, mac, signature. A line that a crash cut off is skipped.
"""

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One head as it was. ``mac`` is `FORGED` when the line was not written with the key."""

    municipality: str
    seq: int
    mac: str


class Anchors:
    """One anchor file and the key that signs its lines."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def append(self, heads: Mapping[str, tuple[int, bytes]], now: datetime) -> int:
        """Every head that moved since its last line stands in the file, and on the disk; how many did."""
        known = {(anchor.municipality, anchor.seq) for anchor in self._read()}
        lines = [
            self._line([now.isoformat(), municipality, seq, mac.hex()])
            for municipality, (seq, mac) in sorted(heads.items())
            if (municipality, seq) not in known
        ]
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            start = "" if self._ends_whole() else "\n"
            file.write((start + "".join(lines)).encode())
            file.flush()
            os.fsync(file.fileno())
        return len(lines)

    def of(self, municipality: str) -> dict[int, str]:
        """The anchored macs of one chain by ``seq``. Errors: OSError when the file cannot be read."""
        self._path.stat()
        return {anchor.seq: anchor.mac for anchor in self._read() if anchor.municipality == municipality}

    def municipalities(self) -> set[str]:
        """Whose chains were ever anchored."""
        return {anchor.municipality for anchor in self._read()}

    def _read(self) -> Iterator[Anchor]:
        if not self._path.exists():
            return
        for text in self._path.read_text(encoding="utf-8").splitlines():
            try:
                at, municipality, seq, mac, signature = json.loads(text)
            except ValueError:
                continue
            is_ours = hmac.compare_digest(str(signature), self._sign([at, municipality, seq, mac]))
            yield Anchor(str(municipality), int(seq), str(mac) if is_ours else FORGED)

    def _ends_whole(self) -> bool:
        content = self._path.read_bytes()
        return not content or content.endswith(b"\n")

    def _line(self, line: list[str | int]) -> str:
        return json.dumps([*line, self._sign(line)]) + "\n"

    def _sign(self, line: list[str | int]) -> str:
        return hmac.digest(self._key, json.dumps(["anchor", *line]).encode(), "sha256").hex()
