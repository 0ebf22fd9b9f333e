"""Migrations: the tables are what the code expects, forward and back, once, with old rows in them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text, update
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.people.dose_history import CopiedDose
from app.people.expecting import Dates
from app.people.person import Subject, SubjectKind
from app.people.ports import Hand
from app.storage.key_store import key_metadata
from app.storage.migration import current, downgrade, is_migrated, migrate
from app.storage.sealing import Cell, seal_plain
from app.storage.tables import metadata, visit
from app.storage.tables import subject as subject_table
from app.visit.instruments import PaperScore
from app.visit.ports import Deed
from tests.integration.storage.town import NOW, Town

BEFORE_SCORES = "0003"
"""The revision that 0004 follows."""


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


def test_second_revision_when_old_rows_are_there_keeps_them_forward_and_back(own_town: Town) -> None:
    """A subject as 0001 sealed it loads as a child; what 0001 cannot hold is lost on the way back."""
    database, histories = own_town.store._database, own_town.store.histories
    downgrade(database, "0001")
    old, kept = sealed_before_mothers(own_town), own_town.submitted()
    with database.reading() as connection:
        assert current(connection) == "0001"
        assert "copied_doses" not in tables_of(connection)
    migrate(database, "0002")
    assert own_town.store.people.subject(old.id) == old
    assert (old.kind, old.due_date) == (SubjectKind.CHILD, None)
    assert own_town.store.visits.find(kept.id) == kept
    dose, hand = CopiedDose("d" * 32, "ROTA", date(2025, 11, 10)), Hand(own_town.person.id, NOW)
    histories.add(old, (dose,), hand)
    assert histories.doses(old) == (dose,)
    own_town.store.people.change_dates(old, Dates(date(2025, 10, 1)), hand)
    downgrade(database, "0001")
    with database.reading() as connection:
        assert "copied_doses" not in tables_of(connection)
    assert own_town.store.visits.find(kept.id) == kept
    migrate(database, "0002")
    assert histories.doses(old) == ()
    assert own_town.store.people.subject(old.id) == replace(old, due_date=date(2025, 10, 1))


def test_fourth_revision_when_old_rows_are_there_keeps_them_forward_and_back(own_town: Town) -> None:
    """What was kept before there were paper scores stays; the scores are lost on the way back."""
    database, scores = own_town.store._database, own_town.store.paper_scores
    downgrade(database, BEFORE_SCORES)
    kept = own_town.submitted()
    with database.reading() as connection:
        assert current(connection) == BEFORE_SCORES
        assert "paper_scores" not in tables_of(connection)
    migrate(database, "0004")
    assert own_town.store.visits.find(kept.id) == kept
    assert scores.of_visit(kept) == ()
    entered = scores.enter(
        kept, PaperScore("epds", 9, 0, "nurse", NOW), "k", own_town.event(Deed.SCORE_ENTERED, kept.id)
    )
    assert scores.of_visit(kept) == (entered,)
    downgrade(database, BEFORE_SCORES)
    with database.reading() as connection:
        assert "paper_scores" not in tables_of(connection)
    assert own_town.store.visits.submissions(kept) == (own_town.submission(kept),)
    migrate(database, "0004")
    assert scores.of_visit(kept) == ()
    assert own_town.store.audit.verify(own_town.id).is_whole


def sealed_before_mothers(town: Town) -> Subject:
    """The town's child, its row as it was sealed when there were no mothers."""
    subject = town.subject
    plain = {
        "name": subject.name,
        "kana": subject.kana,
        "sex": subject.sex.value,
        "birth_date": subject.birth_date.isoformat(),
    }
    key = town.store.keys.key(town.id, f"subject:{subject.id}")
    sealed = seal_plain(key, Cell("subject", (town.id, subject.id), "sealed"), plain)
    with town.store._database.writing() as connection:
        connection.execute(
            update(subject_table).where(subject_table.c.id == subject.id).values(sealed=sealed)
        )
    return subject
