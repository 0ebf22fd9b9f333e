"""Reading one TOML table strictly: every value typed, every key known, every fault with its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeGuard, TypeVar

from app.strict_toml.findings import DefinitionFault, Findings
from app.strict_toml.lines import Place, lines_of

Code = TypeVar("Code", bound=StrEnum)
Comparable = str | int | Decimal | date | time | bool
"""What a file may compare an answer with."""


class Table:
    """One table of a file. Each reading method consumes its key; `finish` tells the keys nobody consumed.

    Shapes: after a fault a method returns an empty value, and the fault is on record in ``findings``.
    """

    def __init__(self, findings: Findings, place: Place, values: Mapping[str, object]) -> None:
        """The table at this place."""
        self.findings = findings
        self.place = place
        self._values = values
        self._consumed: set[str] = set()

    @property
    def is_sound(self) -> bool:
        """No fault was found in this table or beneath it."""
        return not any(place[: len(self.place)] == self.place for place in self.findings.places)

    def tell(self, key: str, message: str) -> None:
        """A fault of this key is on record."""
        self.findings.tell((*self.place, key) if key else self.place, message)

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys as they were written, in order."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def peek(self, key: str) -> str:
        """The text of a key, not consumed and not judged; "" when it is none."""
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def text(self, key: str, default: str | None = None) -> str:
        """A text without outer blanks; required, and then not empty, unless a default is given."""
        value = self._consume(key, required=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self.tell(key, "must be a text")
            return ""
        if default is None and not value.strip():
            self.tell(key, "must not be empty")
        return value.strip()

    def code(self, key: str, spelling: re.Pattern[str], example: str) -> str:
        """A required text in a given spelling."""
        value = self.text(key)
        if value and not spelling.fullmatch(value):
            self.tell(key, f"{value!r} is not spelled like {example}")
        return value

    def one_of(self, key: str, codes: type[Code], default: Code | None = None) -> Code | None:
        """One of an enumeration's codes."""
        value = self.text(key, None if default is None else default.value)
        try:
            return codes(value)
        except ValueError:
            if value:
                self.tell(key, f"{value!r} is none of {', '.join(codes)}")
            return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._consume(key, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.tell(key, "must be true or false")
        return default

    def whole(self, key: str, default: int | None = None, *, least: int = 1) -> int:
        """A whole number from 1, or from another least one."""
        value = self._consume(key, required=default is None)
        if value is None:
            return default or 0
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.tell(key, f"must be a whole number from {least}")
            return default or 0
        return value

    def pair(self, key: str) -> tuple[Decimal, Decimal] | None:
        """Two numbers, the lower first."""
        value = self._consume(key, required=False)
        if value is None:
            return None
        numbers = [number for number in value if _is_number(number)] if isinstance(value, list) else []
        if not isinstance(value, list) or not len(value) == len(numbers) == 2:
            self.tell(key, "must be two numbers: [lowest, highest]")
            return None
        low, high = (Decimal(number) for number in numbers)
        if low > high:
            self.tell(key, f"is upside down: {low} is more than {high}")
            return None
        return low, high

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self._consume(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            self.tell(key, "must be a list of texts")
            return ()
        if required and not value:
            self.tell(key, "must not be empty")
        if len(set(value)) != len(value):
            self.tell(key, "names something twice")
        return tuple(text.strip() for text in value)

    def value(self, key: str) -> Comparable | None:
        """A required value that an answer can be compared with."""
        value = self._consume(key, required=True)
        if isinstance(value, bool | str) or _is_number(value):
            return value
        if isinstance(value, date | time) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.tell(key, "must be a text, a number, a date, a clock time, true or false")
        return None

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        """The table beneath a key."""
        value = self._consume(key, required=required)
        if isinstance(value, dict):
            return Table(self.findings, (*self.place, key), value)
        if value is not None:
            self.tell(key, "must be a table")
        return None

    def tables(self, key: str, *, required: bool = False) -> tuple["Table", ...]:
        """The list of tables beneath a key."""
        value = self._consume(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(inner, dict) for inner in value):
            self.tell(key, "must be a list of tables")
            return ()
        if required and not value:
            self.tell(key, "must not be empty")
        return tuple(Table(self.findings, (*self.place, key, at), inner) for at, inner in enumerate(value))

    def refuse(self, keys: Iterable[str], message: str) -> None:
        """Those of these keys that are there are on record, with a reason better than "is not known here"."""
        for key in keys:
            if self._consume(key, required=False) is not None:
                self.tell(key, message)

    def finish(self) -> None:
        """Every key that was not consumed is told as unknown."""
        for key in self._values.keys() - self._consumed:
            self.tell(key, "is not known here")

    def _consume(self, key: str, *, required: bool) -> object:
        """The raw value; None when absent, told when it is required."""
        self._consumed.add(key)
        if key not in self._values and required:
            self.findings.tell((*self.place, key), "is missing")
        return self._values.get(key)


def open_file(path: str, data: bytes) -> Table | tuple[DefinitionFault, ...]:
    """The top table of a TOML file, or the one fault that keeps it from being read."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (DefinitionFault(path, line, "file", "is not UTF-8"),)
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else text.count("\n") + 1
        return (DefinitionFault(path, line, "file", f"is not TOML: {error}"),)
    except RecursionError:
        return (DefinitionFault(path, 1, "file", "is nested too deeply"),)
    return Table(Findings(path, lines_of(text)), (), values)


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    """A finite number; a truth value is none."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)
