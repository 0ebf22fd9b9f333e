"""Look-ups: the few selects of every page, compiled once, asked on a connection that each thread keeps.

Measured: a select through the whole of SQLAlchemy costs more than a bare Flask answer; these cost a
tenth of it (`python -m tests.bench`). They are Core statements all the same, on typed tables.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Dialect, Select

from app.storage.engine import Database, Kept

Cell = Any  # what a driver takes and gives
Change = Callable[[Cell], Cell]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A select for one kind of database: its text, the order and the changes of values and columns."""

    text: str
    names: tuple[str, ...] | None
    fixed: Mapping[str, Cell]
    binders: Mapping[str, Change]
    readers: tuple[tuple[int, Change], ...]

    def parameters(self, values: Mapping[str, Cell]) -> Cell:
        """The values as the driver takes them."""
        bound = {**self.fixed, **values}
        for name, change in self.binders.items():
            bound[name] = change(bound[name])
        return bound if self.names is None else [bound[name] for name in self.names]

    def read(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """A row as the tables' types give it."""
        if not self.readers:
            return row
        cells = list(row)
        for place, change in self.readers:
            cells[place] = change(cells[place])
        return tuple(cells)


def _row_of(names: Sequence[str]) -> Callable[..., Kept]:
    """What makes a row with these names out of cells."""
    return cast("Callable[..., Kept]", namedtuple("Found", names))


class JoinedLookup:
    """A select that is asked often; a row comes apart into one for each table.

    Shapes: ``names`` the columns of each table, in the order of the select.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]], *names: Sequence[str]) -> None:
        self._statement = statement
        self._rows = [(len(one), _row_of(one)) for one in names]
        self._compiled: dict[str, Compiled] = {}

    def all(self, database: Database, **values: Cell) -> list[list[Kept]]:
        """Every row, apart by table; a table that had none has only None in its cells.

        Errors: StorageUnavailableError.
        """
        compiled = self._for(database.engine.dialect)
        found = database.look_up(compiled.text, compiled.parameters(values))
        return [self._apart(compiled.read(row)) for row in found]

    def _apart(self, cells: tuple[Cell, ...]) -> list[Kept]:
        rows, start = [], 0
        for length, row in self._rows:
            rows.append(row(*cells[start : start + length]))
            start += length
        return rows

    def _for(self, dialect: Dialect) -> Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]


class Lookup:
    """One select of one table that is asked often."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._joined = JoinedLookup(statement, [str(column.key) for column in statement.selected_columns])

    def one(self, database: Database, **values: Cell) -> Kept | None:
        """The first row by its columns' names, or None. Errors: StorageUnavailableError."""
        rows = self._joined.all(database, **values)
        return rows[0][0] if rows else None

    def all(self, database: Database, **values: Cell) -> list[Kept]:
        """Every row by its columns' names. Errors: StorageUnavailableError."""
        return [row for (row,) in self._joined.all(database, **values)]


def _compile(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> Compiled:
    compiled = statement.compile(dialect=dialect)
    binders = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    readers = [
        (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(statement.selected_columns)
    ]
    return Compiled(
        str(compiled),
        tuple(compiled.positiontup) if compiled.positional and compiled.positiontup is not None else None,
        {name: value for name, value in compiled.params.items() if value is not None},
        {name: change for name, change in binders.items() if change is not None},
        tuple((place, change) for place, change in readers if change is not None),
    )
