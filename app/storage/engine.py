"""One database: SQLite or PostgreSQL, opened when first used, closed in a forked child."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection

PATIENCE_SECONDS = 3.0
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
)
_SQLITE_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
Kept = Row[*tuple[Any, ...]]
"""One row of a table as it was kept; its columns are typed in `tables`."""
Parameters = Sequence[Any] | Mapping[str, Any]  # Any: what a driver takes
Insert = sqlite.Insert | postgresql.Insert


class StorageUnavailableError(ConnectionError):
    """The database is down, full or too busy; nothing was changed. The same request may be tried again."""


class Database:
    """One database by its URL: ``sqlite:///path``, ``postgresql://…`` or ``postgres://…``.

    On SQLite a writing transaction takes the write lock at its beginning, and the threads of one
    process queue for it fairly instead of polling. Units: ``patience`` in seconds, for a connection
    and for a lock.
    """

    def __init__(self, url: str, patience: float = PATIENCE_SECONDS) -> None:
        self.url = _with_driver(make_url(url))
        self._patience = patience
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._queue = threading.Lock()
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._kept = threading.local()
        reference = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _leave_to_parent(reference))

    @property
    def engine(self) -> Engine:
        """The pool of this process."""
        return self._engine or self._opened()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which every statement stands alone. Errors: StorageUnavailableError."""
        with _translated(), self._each_alone() as connection:
            yield connection

    def _each_alone(self) -> Connection:
        """A connection that commits every statement by itself, until it is back in the pool."""
        connection = self.engine.connect()
        if not self.is_sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection

    def look_up(self, text: str, parameters: Parameters) -> list[tuple[Any, ...]]:
        """The rows of one select, on the connection that this thread keeps for reading.

        A connection that was lost meanwhile is replaced once. Errors: StorageUnavailableError.
        """
        with _translated():
            driver = self.engine.dialect.loaded_dbapi
            try:
                return self._rows(text, parameters)
            except driver.Error:
                self._let_go()
            try:
                return self._rows(text, parameters)
            except (driver.OperationalError, driver.InterfaceError) as error:
                self._let_go()
                raise _untold(error) from error

    def _rows(self, text: str, parameters: Parameters) -> list[tuple[Any, ...]]:
        kept: PoolProxiedConnection | None = getattr(self._kept, "connection", None)
        if kept is None:
            kept = self._kept.connection = self._each_alone().connection
        cursor = kept.cursor()
        try:
            cursor.execute(text, parameters)
            rows: list[tuple[Any, ...]] = list(cursor.fetchall())
        finally:
            cursor.close()
        return rows

    def _let_go(self) -> None:
        """The connection that this thread kept is closed."""
        kept: PoolProxiedConnection | None = getattr(self._kept, "connection", None)
        if kept is not None:
            self._kept.connection = None
            kept.invalidate()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection on which every statement sees the same moment. Errors: StorageUnavailableError."""
        with _translated(), self.engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(begin="BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed at the end of the block. Errors: StorageUnavailableError."""
        with _translated(), self._turn(), self.engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """It is the turn of this thread to write; PostgreSQL needs none. Errors: StorageUnavailableError."""
        if not self.is_sqlite:
            yield
            return
        queue = self._queue
        if not queue.acquire(timeout=self._patience):
            raise StorageUnavailableError("too many are writing")
        try:
            yield
        finally:
            queue.release()

    def insert(self, table: Table) -> Insert:
        """An insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def dispose(self) -> None:
        """Every connection is closed; the next use opens anew."""
        self._kept = threading.local()
        if self._engine is not None:
            self._engine.dispose()

    def leave(self) -> None:
        """In a forked child: the parent's connections are left alone, the child opens its own."""
        if self._engine is not None:
            self._engine.dispose(close=False)
        self._engine = None
        self._kept = threading.local()
        self._queue = threading.Lock()
        self._opening = threading.Lock()

    def _opened(self) -> Engine:
        """The engine, made by whichever thread comes first."""
        with self._opening:
            if self._engine is None:
                opening = _open_sqlite if self.is_sqlite else _open_postgres
                self._engine = opening(self.url, self._patience)
            return self._engine


def _leave_to_parent(reference: "weakref.ref[Database]") -> None:
    database = reference()
    if database is not None:
        database.leave()


def _with_driver(url: URL) -> URL:
    """The URL with our driver. Errors: ValueError for another kind of database or one in memory."""
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        raise ValueError("only sqlite:///<file> and postgresql://… are kept")
    return url


def _open_sqlite(url: URL, patience: float) -> Engine:
    """WAL with a full sync at every commit: what was acknowledged survives a loss of power."""
    path = Path(url.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": patience},
        pool_timeout=patience,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Only what asks for a transaction begins one; a single read is its own."""
    if begin := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(begin)


def _open_postgres(url: URL, patience: float) -> Engine:
    """A small pool that fails fast: nobody waits long for a connection, a lock or an answer."""
    limits = {
        "statement_timeout": patience + 2,
        "lock_timeout": patience,
        "idle_in_transaction_session_timeout": 10.0,
    }
    options = " ".join(f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items())
    return create_engine(
        url,
        connect_args={"options": options, "connect_timeout": max(1, int(patience))},
        pool_pre_ping=True,
        pool_timeout=patience,
    )


def _untold(error: Exception) -> Exception:
    """A driver's own trouble without SQL and values; a fault of ours stays what it is."""
    if isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF not in _SQLITE_TROUBLE:
        return error
    reason = getattr(error, "sqlite_errorname", type(error).__name__)
    return StorageUnavailableError(f"the database does not answer ({reason})")


@contextmanager
def _translated() -> Iterator[None]:
    """Trouble of the database, told without SQL and values. A fault of ours stays what it is."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF not in _SQLITE_TROUBLE:
            raise
        reason = getattr(cause, "sqlite_errorname", type(cause).__name__)
        raise StorageUnavailableError(f"the database does not answer ({reason})") from error
