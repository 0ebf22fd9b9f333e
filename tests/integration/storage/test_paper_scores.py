"""Paper scores at rest: every entry kept, numbered, sealed, audited, gone with whom they are about."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.storage.key_store import ForgottenError
from app.storage.score_tables import paper_scores
from app.storage.sealing import SealError
from app.visit.instruments import PaperScore
from app.visit.ports import Deed
from app.visit.visit import Visit
from tests.integration.storage.town import MINUTE, NOW, Town

EPDS = PaperScore("epds", 12, 1, "staff-1", NOW)


def enter(town: Town, visit: Visit, score: PaperScore = EPDS, key: str = "k1") -> PaperScore:
    event = replace(town.event(Deed.SCORE_ENTERED, visit.id, score.at), actor="staff:staff-1", role="nurse")
    return town.store.paper_scores.enter(visit, score, key, event)


def test_scores_when_entered_come_back_whole_in_the_order_of_their_numbers(town: Town) -> None:
    visit = town.prepare()
    assert town.store.paper_scores.of_visit(visit) == ()
    later = PaperScore("m-chat-r", 0, None, "staff-2", NOW + MINUTE)
    assert enter(town, visit) == replace(EPDS, number=1)
    assert enter(town, visit, later, "k2") == replace(later, number=2)
    assert town.store.paper_scores.of_visit(visit) == (replace(EPDS, number=1), replace(later, number=2))


def test_score_when_corrected_is_the_next_entry_and_the_first_stays(town: Town) -> None:
    visit, corrected = town.prepare(), replace(EPDS, total=9, critical=0)
    enter(town, visit)
    enter(town, visit, corrected, "k2")
    kept = town.store.paper_scores.of_visit(visit)
    assert [(one.number, one.total, one.critical) for one in kept] == [(1, 12, 1), (2, 9, 0)]


def test_score_when_sent_twice_is_one_entry_but_another_figure_from_the_same_page_is_kept(
    own_town: Town,
) -> None:
    visit = own_town.prepare()
    first = enter(own_town, visit)
    assert enter(own_town, visit, replace(EPDS, at=NOW + MINUTE)) == first
    assert enter(own_town, visit, replace(EPDS, total=2)).number == 2
    assert enter(own_town, visit, key="k2").number == 3
    told = [one for one in own_town.store.audit.history(visit.id) if one.deed is Deed.SCORE_ENTERED]
    assert len(told) == 3
    assert {(one.actor, one.role) for one in told} == {("staff:staff-1", "nurse")}
    assert own_town.store.audit.verify(own_town.id).is_whole


def test_scores_when_entered_at_many_desks_at_once_all_have_their_number(town: Town) -> None:
    visit = town.prepare()
    with town.address.opened() as second, ThreadPoolExecutor(4) as pool:

        def tap(number: int) -> int:
            store = (town.store, second)[number % 2]
            score, key = replace(EPDS, total=number // 2), f"k{number // 2}"
            return store.paper_scores.enter(visit, score, key, town.event(Deed.SCORE_ENTERED)).number

        numbers = list(pool.map(tap, range(8)))
    assert sorted(numbers) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert [one.number for one in town.store.paper_scores.of_visit(visit)] == [1, 2, 3, 4]


def test_scores_of_another_visit_are_never_found(town: Town) -> None:
    visit, other = town.prepare(), town.prepare()
    enter(town, visit)
    assert town.store.paper_scores.of_visit(other) == ()
    assert enter(town, other).number == 1


@pytest.mark.parametrize("column", ["number", "at", "visit_id", "sealed"])
def test_scores_lie_sealed_and_belong_to_their_row(own_town: Town, column: str) -> None:
    database, visit = own_town.store._database, own_town.prepare()
    for number in (1, 2):
        enter(own_town, visit, replace(EPDS, total=number), f"k{number}")
    other = own_town.prepare()
    with database.reading() as connection:
        first, second = connection.execute(select(paper_scores).order_by(paper_scores.c.number)).all()
    assert b"epds" not in first.sealed
    assert len(first.sealed) == len(second.sealed)
    moved = {"number": 7, "at": NOW - MINUTE, "visit_id": other.id, "sealed": second.sealed}
    with database.writing() as connection:
        row = update(paper_scores).where(paper_scores.c.number == 1)
        connection.execute(row.values({column: moved[column]}))
    with pytest.raises(SealError):
        own_town.store.paper_scores.of_visit(other if column == "visit_id" else visit)


def test_scores_when_whom_they_are_about_is_forgotten_are_unreadable(town: Town) -> None:
    visit = town.prepare()
    enter(town, visit)
    town.store.people.forget_subject(town.id, town.subject.id)
    with pytest.raises(ForgottenError):
        town.store.paper_scores.of_visit(visit)
    with pytest.raises(ForgottenError):
        enter(town, visit, key="k2")
