"""Copied doses at rest: whole, sealed, changed only by who saw them last, gone with their subject."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from app.people.dose_history import CopiedDose
from app.people.expecting import Dates
from app.people.person import SubjectKind
from app.people.ports import Hand
from app.storage.history_tables import copied_doses
from app.storage.key_store import ForgottenError
from app.storage.sealing import SealError
from app.visit.ports import Deed
from tests.integration.storage.town import MINUTE, NOW, Town

DAY = date(2025, 11, 10)


def dose(**fields: object) -> CopiedDose:
    made = CopiedDose(uuid4().hex, "ROTA", DAY, "RV5", "ロット9")
    return replace(made, **fields)  # type: ignore[arg-type]  # a test names the fields it wants


def hand(town: Town) -> Hand:
    return Hand(town.person.id, NOW + MINUTE)


def test_doses_when_added_come_back_whole(town: Town) -> None:
    abroad = dose(
        vaccine="",
        given_on=None,
        note="2024 3",
        country="Nepal",
        as_written="Penta",
        diseases=("hib", "polio"),
    )
    doses = (dose(), abroad)
    town.store.histories.add(town.subject, doses, hand(town))
    assert sorted(town.store.histories.doses(town.subject), key=repr) == sorted(doses, key=repr)
    assert town.store.histories.dose(town.subject, abroad.id) == abroad
    assert town.store.histories.dose(town.subject, "absent") is None


def test_doses_of_a_sibling_are_never_found_changed_or_removed(town: Town) -> None:
    sibling, _ = town.add_child("海野 そら")
    mine = dose()
    town.store.histories.add(town.subject, (mine,), hand(town))
    assert town.store.histories.doses(sibling) == ()
    assert town.store.histories.dose(sibling, mine.id) is None
    assert not town.store.histories.change(sibling, mine, hand(town))
    assert not town.store.histories.remove(sibling, mine, hand(town))
    assert town.store.histories.doses(town.subject) == (mine,)


def test_dose_when_changed_has_its_next_revision_and_a_stale_change_changes_nothing(town: Town) -> None:
    first = dose()
    town.store.histories.add(town.subject, (first,), hand(town))
    assert town.store.histories.change(town.subject, replace(first, product=""), hand(town))
    kept = replace(first, product="", revision=1)
    assert not town.store.histories.change(town.subject, replace(first, lot="B"), hand(town))
    assert not town.store.histories.remove(town.subject, first, hand(town))
    assert town.store.histories.doses(town.subject) == (kept,)
    assert town.store.histories.remove(town.subject, kept, hand(town))
    assert town.store.histories.doses(town.subject) == ()
    assert not town.store.histories.change(town.subject, kept, hand(town))


def test_dose_when_changed_by_many_at_once_is_changed_by_one(town: Town) -> None:
    first = dose()
    town.store.histories.add(town.subject, (first,), hand(town))
    with town.address.opened() as second, ThreadPoolExecutor(4) as pool:

        def change(number: int) -> bool:
            changed = replace(first, lot=str(number))
            return (town.store, second)[number % 2].histories.change(town.subject, changed, hand(town))

        assert sorted(pool.map(change, range(4))) == [False, False, False, True]


def test_many_doses_are_one_deed_that_says_nothing_about_them(own_town: Town) -> None:
    doses = tuple(dose(vaccine=code) for code in ("ROTA", "HEPB", "BCG"))
    own_town.store.histories.add(own_town.subject, doses, hand(own_town))
    own_town.store.histories.change(own_town.subject, doses[0], hand(own_town))
    own_town.store.histories.remove(own_town.subject, doses[1], hand(own_town))
    own_town.store.histories.remove(own_town.subject, doses[1], hand(own_town))
    told = [event for event in own_town.store.audit.history("") if event.deed is Deed.HISTORY_CHANGED]
    assert len(told) == 3
    assert {(one.actor, one.visit_id, one.at) for one in told} == {
        (f"person:{own_town.person.id}", "", NOW + MINUTE)
    }
    assert own_town.store.audit.verify(own_town.id).is_whole


def test_doses_when_added_twice_at_once_are_there_once_and_told_once(own_town: Town) -> None:
    doses = (dose(), dose(vaccine="BCG"))
    with own_town.address.opened() as second, ThreadPoolExecutor(4) as pool:
        stores = (own_town.store, second)
        list(
            pool.map(lambda n: stores[n % 2].histories.add(own_town.subject, doses, hand(own_town)), range(4))
        )
    assert len(own_town.store.histories.doses(own_town.subject)) == 2
    deeds = [event.deed for event in own_town.store.audit.history("")]
    assert deeds.count(Deed.HISTORY_CHANGED) == 1
    other, _ = own_town.add_child("海野 そら")
    own_town.store.histories.add(other, (replace(doses[0], lot="x"),), hand(own_town))
    assert own_town.store.histories.doses(other) == ()


def test_doses_lie_sealed_and_belong_to_their_row(own_town: Town) -> None:
    database = own_town.store._database
    one, other = dose(as_written="ひみつの接種"), dose(lot="ひみつのロット")
    own_town.store.histories.add(own_town.subject, (one, other), hand(own_town))
    with database.reading() as connection:
        rows = connection.execute(select(copied_doses)).all()
    for row in rows:
        assert {type(cell) for cell in (row.municipality, row.id, row.subject_id)} == {str}
        assert "ひみつ".encode() not in row.sealed
        assert b"ROTA" not in row.sealed
    with database.writing() as connection:
        connection.execute(
            update(copied_doses).where(copied_doses.c.id == one.id).values(sealed=rows[-1].sealed)
        )
        connection.execute(
            update(copied_doses).where(copied_doses.c.id == other.id).values(sealed=rows[0].sealed)
        )
    with pytest.raises(SealError):
        own_town.store.histories.doses(own_town.subject)


def test_doses_when_their_subject_is_forgotten_are_unreadable_in_every_copy(town: Town) -> None:
    kept = dose()
    town.store.histories.add(town.subject, (kept,), hand(town))
    town.store.people.forget_subject(town.id, town.subject.id)
    for read in (
        lambda: town.store.histories.doses(town.subject),
        lambda: town.store.histories.add(town.subject, (dose(),), hand(town)),
        lambda: town.store.histories.change(town.subject, kept, hand(town)),
    ):
        with pytest.raises(ForgottenError):
            read()
    with town.store._database.reading() as connection:
        counted = connection.execute(
            text("SELECT count(*) FROM copied_doses WHERE subject_id = :subject"),
            {"subject": town.subject.id},
        )
        assert counted.scalar_one() == 1


def test_mother_when_added_comes_back_with_her_due_date_and_may_change_it(own_town: Town) -> None:
    mother = replace(own_town.subject, id=uuid4().hex, kind=SubjectKind.MOTHER, due_date=date(2027, 2, 28))
    link = replace(own_town.link, id=uuid4().hex, subject_id=mother.id, relationship="self")
    own_town.store.people.add_subject(mother, link)
    assert own_town.store.people.subject(mother.id) == mother
    for due_date in (date(2027, 3, 7), None):
        own_town.store.people.change_dates(mother, Dates(due_date), hand(own_town))
        assert own_town.store.people.subject(mother.id) == replace(mother, due_date=due_date)
    assert own_town.store.people.subject(own_town.subject.id) == own_town.subject
    deeds = [event.deed for event in own_town.store.audit.history("")]
    assert deeds == [Deed.CHILD_ADDED, Deed.SELF_ADDED, Deed.SUBJECT_CHANGED, Deed.SUBJECT_CHANGED]


def test_due_date_of_a_forgotten_subject_is_never_written(town: Town) -> None:
    town.store.people.forget_subject(town.id, town.subject.id)
    with pytest.raises(ForgottenError):
        town.store.people.change_dates(town.subject, Dates(DAY), hand(town))
