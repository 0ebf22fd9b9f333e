"""A fresh database on each engine, durable as in production, and where its bytes lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.support.database import postgres_database, postgres_server


@dataclass(frozen=True, slots=True)
class FreshDatabase:
    """An empty database. Shapes: ``folder`` holds every byte that its engine writes."""

    url: str
    folder: Path


@contextmanager
def fresh_database(engine: str, folder: Path) -> Iterator[FreshDatabase]:
    """The database of this run alone; PostgreSQL on a server of its own, which is gone afterwards."""
    if engine == "sqlite":
        yield FreshDatabase(f"sqlite:///{folder / 'monshin.sqlite3'}", folder)
        return
    with postgres_server(f"measure-{uuid4().hex[:8]}") as sockets:
        with psycopg.connect(f"host={sockets} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET ALL")  # the test suite runs without fsync, this does not
            connection.execute("SELECT pg_reload_conf()")
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None, "PostgreSQL does not tell where its data lie"
        with postgres_database(sockets) as url:
            yield FreshDatabase(url, Path(row[0]))
