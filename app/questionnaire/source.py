"""Where a question, a rule or a text comes from, and how sure we are."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How sure a fact is: verified, remembered, derived, unknown."""

    V = "V"
    R = "R"
    D = "D"
    U = "U"


@dataclass(frozen=True, slots=True)
class Source:
    """The official item a question, a rule or a text covers, and how sure we are."""

    item: str
    mark: Mark
