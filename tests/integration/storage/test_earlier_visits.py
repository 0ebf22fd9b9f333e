"""What a guardian submitted before: hers alone, still hers to see, newest first, five of each subject."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from app.people.person import Binding, Guardianship, Right
from app.questionnaire.answers import Answer
from app.storage import tables
from app.storage.people_rows import link_row
from app.visit.ports import Deed, Submitted
from app.visit.visit import State, Visit
from tests.integration.storage.town import ANSWERS, MINUTE, NOW, QUESTIONS, Town

LATER = NOW + timedelta(days=30)


def earlier(town: Town, visit: Visit, *, siblings: bool = False) -> tuple[Submitted, ...]:
    return town.store.visits.earlier(visit, QUESTIONS, LATER, siblings=siblings)


def ids(found: tuple[Submitted, ...]) -> list[str]:
    return [one.visit.id for one in found]


def submitted_at(town: Town, minutes: int, **changes: object) -> Visit:
    """A visit submitted so many minutes after the first moment."""
    visit = town.prepare(**changes)
    issued = replace(visit, state=State.SUBMITTED, generation=1, issued_at=NOW)
    made = replace(town.submission(visit), at=NOW + minutes * MINUTE)
    town.store.visits.submit(issued, made, uuid4().hex, town.event(Deed.SUBMITTED, visit.id))
    return replace(issued, revision=1)


def add_link(town: Town, link: Guardianship) -> None:
    """One more guardianship of a child that is there already."""
    key = town.store.keys.key(town.id, f"subject:{link.subject_id}")
    with town.store._database.writing() as connection:
        connection.execute(insert(tables.guardianship), link_row(replace(link, id=uuid4().hex), key))


def in_state(town: Town, state: State) -> Visit:
    """A submitted visit that has gone on to this state."""
    visit = submitted_at(town, 1)
    return town.store.visits.change(replace(visit, state=state), town.event(Deed.CLOSED, visit.id))


def test_visits_when_submitted_come_newest_first_each_with_its_newest_submission(town: Town) -> None:
    old, new, now = submitted_at(town, 1), submitted_at(town, 3), town.prepare()
    second = replace(town.submission(old, 2), at=NOW + 2 * MINUTE, answers={"free": Answer("b")})
    town.store.visits.submit(old, second, "k2", town.event(Deed.SUBMITTED, old.id))
    found = earlier(town, now)
    assert ids(found) == [new.id, old.id]
    assert found[1].submission == second
    assert found[0].visit == town.store.visits.find(new.id)


def test_only_answers_to_what_is_asked_for_are_read(town: Town) -> None:
    submitted_at(town, 1)
    found = town.store.visits.earlier(town.prepare(), ["free", "unheard_of"], LATER, siblings=False)
    assert [one.submission.answers for one in found] == [{"free": ANSWERS["free"]}]


def test_visit_itself_and_drafts_are_not_among_them(town: Town) -> None:
    town.prepare()
    visit = submitted_at(town, 1)
    assert earlier(town, visit) == ()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RECEIVED, State.CLOSED])
def test_visit_when_going_on_or_closed_is_among_them(town: Town, state: State) -> None:
    visit = in_state(town, state)
    assert ids(earlier(town, town.prepare())) == [visit.id]


def test_visit_when_withdrawn_is_not_among_them(town: Town) -> None:
    in_state(town, State.WITHDRAWN)
    assert earlier(town, town.prepare()) == ()


def test_only_the_five_newest_of_each_subject_are_read(town: Town) -> None:
    sibling, _ = town.add_child("海野 そら")
    theirs = [submitted_at(town, minute, subject_id=sibling.id) for minute in range(100, 107)]
    own = [submitted_at(town, minute) for minute in range(7)]
    now = town.prepare()
    newest = [visit.id for visit in own[:1:-1]]
    assert ids(earlier(town, now)) == newest
    assert ids(earlier(town, now, siblings=True)) == [visit.id for visit in theirs[:1:-1]] + newest


def test_siblings_are_read_only_when_asked_for(town: Town) -> None:
    sibling, _ = town.add_child("海野 そら")
    theirs, now = submitted_at(town, 1, subject_id=sibling.id), town.prepare()
    assert earlier(town, now) == ()
    assert ids(earlier(town, now, siblings=True)) == [theirs.id]


def test_what_another_guardian_submitted_is_never_read(town: Town) -> None:
    """Neither about the same child nor about another one, although both answer for both."""
    sibling, _ = town.add_child("海野 そら")
    login = Binding("https://op.example", "client", f"father-{town.id}")
    father = town.store.people.sign_in(town.id, login, NOW)
    for subject in (town.subject, sibling):
        add_link(town, replace(town.link, person_id=father.id, subject_id=subject.id))
        submitted_at(town, 1, subject_id=subject.id, person_id=father.id)
    assert earlier(town, town.prepare(), siblings=True) == ()
    assert len(earlier(town, town.prepare(person_id=father.id), siblings=True)) == 2


def test_what_she_no_longer_answers_for_is_never_read(town: Town) -> None:
    sibling = replace(town.subject, id=uuid4().hex)
    link = replace(town.link, id=uuid4().hex, subject_id=sibling.id, until=NOW + 9 * MINUTE)
    town.store.people.add_subject(sibling, link)
    theirs, now = submitted_at(town, 1, subject_id=sibling.id), town.prepare()
    assert ids(town.store.visits.earlier(now, QUESTIONS, NOW + 8 * MINUTE, siblings=True)) == [theirs.id]
    assert town.store.visits.earlier(now, QUESTIONS, NOW + 9 * MINUTE, siblings=True) == ()
    again = town.prepare(subject_id=sibling.id)
    assert ids(town.store.visits.earlier(again, QUESTIONS, NOW + 8 * MINUTE, siblings=False)) == [theirs.id]
    assert town.store.visits.earlier(again, QUESTIONS, NOW + 9 * MINUTE, siblings=False) == ()


def test_what_her_link_does_not_let_her_see_is_never_read(town: Town) -> None:
    sibling = replace(town.subject, id=uuid4().hex)
    rights = frozenset({Right.ANSWER})
    link = replace(town.link, id=uuid4().hex, subject_id=sibling.id, rights=rights)
    town.store.people.add_subject(sibling, link)
    submitted_at(town, 1, subject_id=sibling.id)
    assert earlier(town, town.prepare(), siblings=True) == ()


def test_what_is_forgotten_is_left_out(town: Town) -> None:
    sibling, _ = town.add_child("海野 そら")
    submitted_at(town, 2, subject_id=sibling.id)
    own, now = submitted_at(town, 1), town.prepare()
    town.store.people.forget_subject(town.id, sibling.id)
    assert ids(earlier(town, now, siblings=True)) == [own.id]


def test_second_link_to_the_same_child_doubles_nothing(town: Town) -> None:
    add_link(town, town.link)
    visits = [submitted_at(town, minute) for minute in range(6)]
    assert ids(earlier(town, town.prepare())) == [visit.id for visit in visits[:0:-1]]
