"""Look-ups: the same rows as the whole of SQLAlchemy gives, on a connection that may be lost."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from sqlalchemy import Update, bindparam, select, update

from app.storage import tables
from app.storage.engine import Database
from app.storage.lookups import Lookup
from tests.integration.storage.town import Town

_STATEMENT = select(tables.visit).where(tables.visit.c.subject_id == bindparam("subject_id"))
_LOOKUP = Lookup(_STATEMENT)


def test_lookup_when_asked_gives_the_rows_that_the_statement_gives(town: Town) -> None:
    visit = town.prepare()
    database = town.store.visits._vault.database
    with database.reading() as connection:
        whole = connection.execute(_STATEMENT, {"subject_id": visit.subject_id}).all()
    assert [tuple(row) for row in _LOOKUP.all(database, subject_id=visit.subject_id)] == [
        tuple(row) for row in whole
    ]
    assert _LOOKUP.one(database, subject_id="nobody") is None


def test_lookup_when_its_connection_was_lost_asks_on_a_new_one(town: Town) -> None:
    visit = town.prepare()
    database = town.store.visits._vault.database
    assert _LOOKUP.one(database, subject_id=visit.subject_id) is not None
    database._kept.connection.dbapi_connection.close()
    assert _LOOKUP.one(database, subject_id=visit.subject_id) is not None


def test_lookup_when_many_threads_ask_gives_each_its_own(town: Town) -> None:
    visits = [town.prepare() for _ in range(4)]
    database = town.store.visits._vault.database
    with ThreadPoolExecutor(4) as pool:
        subjects = [visit.subject_id for visit in visits] * 10
        found = list(pool.map(lambda subject: _LOOKUP.one(database, subject_id=subject), subjects))
    assert [row.subject_id for row in found if row] == subjects


def test_lookup_when_its_thread_ended_leaves_no_connection_that_commits_by_itself(town: Town) -> None:
    visit = town.prepare()
    database = town.store.visits._vault.database
    database.dispose()
    thread = Thread(target=lambda: _LOOKUP.one(database, subject_id=visit.subject_id))
    thread.start()
    thread.join()
    gc.collect()
    with pytest.raises(RuntimeError, match="half way"):
        _break_off(database, update(tables.visit).where(tables.visit.c.id == visit.id).values(generation=77))
    found = _LOOKUP.one(database, subject_id=visit.subject_id)
    assert found is not None
    assert found.generation == visit.generation


def _break_off(database: Database, change: Update) -> None:
    with database.writing() as connection:
        connection.execute(change)
        raise RuntimeError("half way")
