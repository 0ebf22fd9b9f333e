"""Migrations: the tables are what the code expects, forward and back, once, with old rows in them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.storage.key_store import key_metadata
from app.storage.migration import current, downgrade, is_migrated, migrate
from app.storage.tables import metadata, visit
from tests.integration.storage.town import Town


def tables_of(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_tables_when_migrated_are_exactly_those_of_the_code(own_town: Town) -> None:
    for database, wanted in (
        (own_town.store._database, metadata),
        (own_town.store._key_database, key_metadata),
    ):
        with database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, wanted)
        assert [one for one in differences if "alembic_version" not in str(one)] == []


def test_constraints_when_migrated_have_the_names_and_columns_of_the_code(own_town: Town) -> None:
    with own_town.store._database.reading() as connection:
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            unique = {tuple(one["column_names"]) for one in inspector.get_unique_constraints(table.name)}
            foreign = {one["referred_table"] for one in inspector.get_foreign_keys(table.name)}
            primary = inspector.get_pk_constraint(table.name)["constrained_columns"]
            assert primary == [column.name for column in table.primary_key.columns]
            assert foreign == {key.column.table.name for key in table.foreign_keys}
            assert len(unique) == sum(type(one).__name__ == "UniqueConstraint" for one in table.constraints)


def test_migration_when_repeated_changes_nothing_and_keeps_rows(own_town: Town) -> None:
    kept = own_town.submitted()
    own_town.store.migrate()
    assert own_town.store.is_migrated()
    assert own_town.store.visits.find(kept.id) == kept


def test_migration_when_run_by_many_at_once_is_done_once(own_town: Town) -> None:
    downgrade(own_town.store._database)
    with own_town.address.opened() as second, ThreadPoolExecutor(4) as pool:
        assert not second.is_migrated()
        list(pool.map(lambda number: (own_town.store, second)[number % 2].migrate(), range(4)))
    assert own_town.store.is_migrated()


def test_first_revision_when_taken_back_with_rows_leaves_nothing_and_comes_again(own_town: Town) -> None:
    own_town.submitted()
    database = own_town.store._database
    downgrade(database)
    with database.reading() as connection:
        assert tables_of(connection) == set()
        assert current(connection) is None
    assert not is_migrated(database)
    migrate(database)
    with database.reading() as connection:
        assert tables_of(connection) == set(metadata.tables)
        assert connection.execute(select(visit)).all() == []


def test_migration_when_it_fails_halfway_leaves_everything_as_it_was(own_town: Town) -> None:
    database = own_town.store._database
    downgrade(database)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE tries (odd integer)"))
    with pytest.raises((OperationalError, ProgrammingError), match="tries"):
        migrate(database)
    with database.reading() as connection:
        assert tables_of(connection) == {"tries"}
