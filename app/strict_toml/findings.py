"""The faults of one data file, each with the line on which its author finds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.strict_toml.lines import Place, line_of


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """A fault in a data file, printed as ``path:line: key: message``."""

    path: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.key}: {self.message}"


@dataclass(slots=True)
class Findings:
    """The faults found in one file so far."""

    path: str
    lines: Mapping[Place, int]
    faults: list[DefinitionFault] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def tell(self, place: Place, message: str) -> None:
        """A fault at this place is on record. Its key is the place without positions."""
        key = ".".join(step for step in place if isinstance(step, str))
        self.places.append(place)
        self.faults.append(DefinitionFault(self.path, self.line(place), key or "file", message))

    def tell_repeated(self, codes: Iterable[tuple[str, Place]]) -> None:
        """Every code that stands twice is on record at its second place."""
        first: dict[str, Place] = {}
        for code, place in codes:
            if code in first:
                self.tell(place, f"{code!r} is used already in line {self.line(first[code])}")
            first.setdefault(code, place)

    def line(self, place: Place) -> int:
        """The line of a place."""
        return line_of(self.lines, place)

    def sorted(self) -> tuple[DefinitionFault, ...]:
        """The faults in the order of their lines."""
        return tuple(sorted(self.faults, key=lambda fault: (fault.line, fault.key, fault.message)))
