"""Measurements: kept sealed by subject, found again as they were, gone when removed or forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, update

from app.people.growth import Measurement
from app.people.ports import Hand
from app.storage import tables
from app.storage.key_store import ForgottenError
from app.storage.measurement_table import measurements
from app.storage.migration import _config, downgrade, migrate
from app.storage.sealing import SealError
from app.visit.ports import Deed
from tests.integration.storage.town import MINUTE, NOW, Town

Measured = Callable[..., Measurement]


@pytest.fixture
def measured(town: Town) -> Measured:
    return lambda **changes: _measurement(town, **changes)


def _measurement(town: Town, **changes: object) -> Measurement:
    """A measurement of the town's child, not kept yet."""
    one = Measurement(
        id=uuid4().hex,
        municipality=town.id,
        subject_id=town.subject.id,
        person_id=town.person.id,
        day=date(2026, 11, 1),
        noted_at=NOW,
        height_cm=Decimal("73.5"),
        weight_g=9120,
        head_cm=Decimal("45.0"),
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # a test names the fields it wants


def test_measurements_when_kept_come_back_exactly_by_day(town: Town, measured: Measured) -> None:
    later = measured()
    earlier = measured(day=date(2026, 9, 1), height_cm=None, head_cm=None, noted_at=NOW + MINUTE)
    same_day = measured(weight_g=None, noted_at=NOW + MINUTE)
    for one in (same_day, later, earlier):
        town.store.measurements.add(one)
    assert town.store.measurements.of_subject(town.subject.id) == (earlier, later, same_day)
    assert town.store.measurements.of_subject("unknown") == ()


def test_measurements_of_another_child_are_never_among_them(town: Town, measured: Measured) -> None:
    other, _ = town.add_child("海野 そら")
    town.store.measurements.add(measured())
    town.store.measurements.add(measured(subject_id=other.id))
    assert [one.subject_id for one in town.store.measurements.of_subject(other.id)] == [other.id]


def test_measurement_when_removed_twice_is_gone_and_audited_once(own_town: Town) -> None:
    kept = _measurement(own_town)
    own_town.store.measurements.add(kept)
    other = Hand("another", NOW + MINUTE)
    own_town.store.measurements.remove(replace(kept, subject_id="another"), other)
    assert own_town.store.measurements.of_subject(own_town.subject.id) == (kept,)
    for _ in range(2):
        own_town.store.measurements.remove(kept, other)
    assert own_town.store.measurements.of_subject(own_town.subject.id) == ()
    deeds = [(event.deed, event.actor) for event in own_town.store.audit.history("")]
    author, remover = f"person:{own_town.person.id}", "person:another"
    assert deeds[1:] == [(Deed.MEASURED, author), (Deed.MEASUREMENT_REMOVED, remover)]
    assert own_town.store.audit.verify(own_town.id).is_whole


def test_measurements_when_the_child_is_forgotten_are_gone_and_no_more_are_taken(
    town: Town, measured: Measured
) -> None:
    town.store.measurements.add(measured())
    town.store.people.forget_subject(town.id, town.subject.id)
    assert town.store.measurements.of_subject(town.subject.id) == ()
    with pytest.raises(ForgottenError):
        town.store.measurements.add(measured())


@pytest.mark.parametrize("column", ["subject_id", "person_id"])
def test_measurement_when_its_row_is_given_to_another_does_not_open(
    town: Town, measured: Measured, column: str
) -> None:
    other, _ = town.add_child("海野 そら")
    thief = town.store.people.sign_in(town.id, replace(town.login, sub="thief"), NOW)
    kept = measured()
    town.store.measurements.add(kept)
    new = {"subject_id": other.id, "person_id": thief.id}[column]
    row = measurements.c.id == kept.id
    with town.store._database.writing() as connection:
        connection.execute(update(measurements).where(row).values({column: new}))
    with pytest.raises(SealError):
        town.store.measurements.of_subject(new if column == "subject_id" else town.subject.id)


def test_migration_when_taken_back_leaves_the_older_rows_and_comes_again(own_town: Town) -> None:
    visit, database = own_town.submitted(), own_town.store._database
    own_town.store.measurements.add(_measurement(own_town))
    before = ScriptDirectory.from_config(_config()).get_revision("0003").down_revision
    assert isinstance(before, str)
    downgrade(database, before)
    with database.reading() as connection:
        assert "measurements" not in inspect(connection).get_table_names()
        assert len(connection.execute(select(tables.subject)).all()) == 1
    migrate(database)
    assert own_town.store.people.subject(own_town.subject.id) == own_town.subject
    assert own_town.store.visits.find(visit.id) == visit
    kept = _measurement(own_town)
    own_town.store.measurements.add(kept)
    assert own_town.store.measurements.of_subject(own_town.subject.id) == (kept,)
