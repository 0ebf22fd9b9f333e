"""The proof of every run: a copy of the database with a plain column is searched too, and must be found."""

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.disk.encodings import patterns
from tests.disk.searching import search
from tests.faults.engines import FreshDatabase

COPY = "planted_copy"


def missed_in_copy(database: FreshDatabase, canaries: Mapping[str, str], folder: Path) -> list[str]:
    """Which encodings of which canaries the search does not find in a copy that holds them plainly."""
    rows = sorted({pattern for text in canaries.values() for pattern in patterns(text)})
    if make_url(database.url).get_backend_name() == "sqlite":
        place = _copy_sqlite(database, rows, folder)
    else:
        place = _copy_postgres(database, rows)
    found = {(hit.canary, hit.encoding) for hit in search([place], canaries).hits}
    wanted = {(name, encoding) for name, text in canaries.items() for encoding in patterns(text).values()}
    return [f"{name} as {encoding}" for name, encoding in sorted(wanted - found)]


def _copy_sqlite(database: FreshDatabase, rows: list[bytes], folder: Path) -> Path:
    """A folder with the copy of the file."""
    place = folder / COPY
    place.mkdir()
    copy = place / "copy.sqlite3"
    shutil.copyfile(make_url(database.url).database or "", copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("CREATE TABLE planted (plain BLOB)")
        connection.executemany("INSERT INTO planted VALUES (?)", [(row,) for row in rows])
    connection.close()
    return place


def _copy_postgres(database: FreshDatabase, rows: list[bytes]) -> Path:
    """The folder of the server, which now has the copy too."""
    url = make_url(database.url)
    with _connected(url, "postgres") as connection:
        names = (sql.Identifier(COPY), sql.Identifier(url.database or ""))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*names))
    with _connected(url, COPY) as connection:
        connection.execute("CREATE TABLE planted (plain bytea)")
        connection.cursor().executemany("INSERT INTO planted VALUES (%s)", [(row,) for row in rows])
        connection.execute("CHECKPOINT")
    return database.folder


def written_out(database: FreshDatabase) -> None:
    """What PostgreSQL holds in memory lies in its files; an SQLite file is left as the crash left it."""
    url = make_url(database.url)
    if url.get_backend_name() != "sqlite":
        with _connected(url, "postgres") as connection:
            connection.execute("CHECKPOINT")


def _connected(url: URL, name: str) -> psycopg.Connection:
    return psycopg.connect(host=str(url.query["host"]), user=url.username, dbname=name, autocommit=True)
