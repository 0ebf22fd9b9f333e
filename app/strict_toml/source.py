"""Where a question, a rule, a number or a text comes from, and how sure we are."""

from dataclasses import dataclass
from enum import StrEnum

from app.strict_toml.tables import Table


class Mark(StrEnum):
    """How sure a fact is: verified, remembered, derived, unknown."""

    V = "V"
    R = "R"
    D = "D"
    U = "U"


@dataclass(frozen=True, slots=True)
class Source:
    """The official item that something in a data file covers, and how sure we are."""

    item: str
    mark: Mark


def source_in(table: Table, key: str = "source") -> Source:
    """The required source of a table; an empty one when it is at fault."""
    source = table.table(key)
    if source is None:
        return Source("", Mark.U)
    read = Source(source.text("item"), source.one_of("mark", Mark) or Mark.U)
    source.finish()
    return read
