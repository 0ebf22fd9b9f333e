"""Where each key of a TOML text stands: a scanner for texts that `tomllib` has already accepted.

`tomllib` tells values but no lines. The scanner walks the same grammar without judging it and notes
the line of every key, table, array and element, by its place in the document.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""Keys and positions from the top: ``("page", 0, "question", 2, "kind")``."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\'|([A-Za-z0-9_-]+))[ \t]*')
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|' + r"'''.*?'{3,5}(?!')|"  # many lines
    r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|[^,\]}#\n]+",  # one line
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Place, int]:
    """The line (from 1) on which each place of a valid TOML text begins."""
    return _Scanner(text).scan()


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest table around it; 1 for the document itself."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class _Scanner:
    """One walk through one text."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._ends = [match.start() for match in re.finditer("\n", self._text)]
        self._at = 0
        self._lines: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}

    def scan(self) -> Mapping[Place, int]:
        """Every place with its line."""
        table: Place = ()
        self._skip_space()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._read_header()
            else:
                self._read_pair(table)
            self._skip_space()
        return self._lines

    def _note(self, place: Place, begins: int) -> None:
        """The place begins here, unless it has begun before."""
        self._lines.setdefault(place, bisect_left(self._ends, begins) + 1)

    def _skip_space(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _read_keys(self) -> list[str]:
        """A dotted key, its quotes undone."""
        keys: list[str] = []
        while match := _KEY.match(self._text, self._at):
            quoted, literal, bare = match.groups()
            keys.append(_unquoted(quoted) if quoted is not None else literal if bare is None else bare)
            self._at = match.end()
            if self._text[self._at : self._at + 1] != ".":
                break
            self._at += 1
        return keys

    def _read_header(self) -> Place:
        """``[a.b]`` or ``[[a.b]]``: the place its pairs belong to."""
        begins = self._at
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        keys = self._read_keys()
        self._at += 2 if is_array else 1
        place: Place = ()
        for key in keys[:-1]:
            place = self._current((*place, key))
        place = (*place, *keys[-1:])
        self._note(place, begins)
        if is_array:
            self._counts[place] = self._counts.get(place, -1) + 1
            place = self._current(place)
            self._note(place, begins)
        return place

    def _current(self, place: Place) -> Place:
        """The table a header means: of an array of tables, its last."""
        return (*place, self._counts[place]) if place in self._counts else place

    def _read_pair(self, table: Place) -> None:
        """``key = value``."""
        begins = self._at
        place = table
        for key in self._read_keys():
            place = (*place, key)
            self._note(place, begins)
        self._at += 1
        self._skip_space()
        self._read_value(place)

    def _read_value(self, place: Place) -> None:
        """A scalar is passed over; an array or an inline table is walked."""
        opening = self._text[self._at : self._at + 1]
        if opening not in {"[", "{"}:
            match = _SCALAR.match(self._text, self._at)
            self._at = match.end() if match else len(self._text)
            return
        closing = "]" if opening == "[" else "}"
        self._at += 1
        self._skip_space()
        position = 0
        while self._at < len(self._text) and self._text[self._at] != closing:
            if opening == "{":
                self._read_pair(place)
            else:
                self._note((*place, position), self._at)
                self._read_value((*place, position))
                position += 1
            self._skip_space()
            self._at += self._text[self._at : self._at + 1] == ","
            self._skip_space()
        self._at += 1


def _unquoted(quoted: str) -> str:
    """A basic string's meaning."""
    return next(iter(tomllib.loads(f'"{quoted}" = 0')))
