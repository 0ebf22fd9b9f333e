"""Sessions, kept forms, sign-ins on their way, and the counting of tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.identity.ports import LoginTransaction
from app.people.person import CardFacts
from app.storage import tables
from app.visit.limits import Limit
from app.visit.sessions import Counter, Session
from tests.integration.storage.town import MINUTE, NOW, Town

FACTS = CardFacts("海野 なみ", "みなと町1-2-3", date(1990, 2, 28), "female")
LIMIT = Limit("test", 3, 600)


@pytest.fixture
def session(town: Town) -> Session:
    return Session(Counter.PARENT, town.person.id, town.id, NOW, NOW, FACTS, "aal3")


def test_session_when_opened_is_found_at_its_own_counter_only(town: Town, session: Session) -> None:
    session_id = town.store.sessions.open(session)
    assert len(session_id) >= 43
    assert town.store.sessions.find(session_id, Counter.PARENT, NOW) == session
    assert town.store.sessions.find(session_id, Counter.CLINIC, NOW) is None
    assert town.store.sessions.find("x", Counter.PARENT, NOW) is None
    town.store.sessions.close(session_id)
    assert town.store.sessions.find(session_id, Counter.PARENT, NOW) is None


def test_session_when_used_is_renewed_at_most_once_a_minute(town: Town, session: Session) -> None:
    session_id = town.store.sessions.open(session)
    seen = []
    for seconds in (30, 59, 60, 90, 121):
        town.store.sessions.find(session_id, Counter.PARENT, NOW + timedelta(seconds=seconds))
        known = town.store.sessions.last_known(session_id, Counter.PARENT)
        assert known is not None
        seen.append((known.seen_at - NOW).seconds)
    assert seen == [0, 0, 60, 60, 121]


def test_session_when_expired_is_known_until_a_day_later(town: Town, session: Session) -> None:
    session_id = town.store.sessions.open(session)
    late = NOW + timedelta(minutes=31)
    assert town.store.sessions.find(session_id, Counter.PARENT, late) is None
    town.store.purge(late)
    assert town.store.sessions.last_known(session_id, Counter.PARENT) == session
    town.store.purge(late + timedelta(days=1))
    assert town.store.sessions.last_known(session_id, Counter.PARENT) is None


def test_session_when_person_is_forgotten_is_gone(town: Town, session: Session) -> None:
    session_id = town.store.sessions.open(session)
    town.store.people.forget_person(town.id, town.person.id)
    assert town.store.sessions.last_known(session_id, Counter.PARENT) is None


def test_form_when_kept_is_given_back_once_to_its_owner_in_time(town: Town) -> None:
    owner, fields = f"person:{town.person.id}", {"free": ["あ", "い"], "empty": []}
    sessions = town.store.sessions
    sessions.keep_form(owner, "/a", {"free": ["old"]}, NOW)
    sessions.keep_form(owner, "/a", fields, NOW)
    assert sessions.take_form("person:other", "/a", NOW) is None
    assert sessions.take_form(owner, "/b", NOW) is None
    assert sessions.take_form(owner, "/a", NOW + 10 * MINUTE) == fields
    assert sessions.take_form(owner, "/a", NOW) is None
    sessions.keep_form(owner, "/a", fields, NOW)
    assert sessions.take_form(owner, "/a", NOW + 10 * MINUTE + timedelta(seconds=1)) is None


def test_transaction_when_taken_is_gone(town: Town) -> None:
    secret, kept = uuid4().hex, LoginTransaction("s", "n", "v", "/home", "login")
    town.store.transactions.keep(secret, kept, NOW)
    assert town.store.transactions.take("other", NOW) is None
    assert town.store.transactions.take(secret, NOW + 10 * MINUTE) == kept
    assert town.store.transactions.take(secret, NOW) is None
    town.store.transactions.keep(secret, kept, NOW)
    assert town.store.transactions.take(secret, NOW + 11 * MINUTE) is None


def test_stand_in_when_used_gives_a_code_once_and_spends_an_id_once(town: Town) -> None:
    code, jti = uuid4().hex, uuid4().hex
    stand_in = town.store.stand_in
    stand_in.keep_code(code, "payload", NOW + MINUTE)
    assert stand_in.take_code(code, NOW) == "payload"
    assert stand_in.take_code(code, NOW) is None
    stand_in.keep_code(code, "payload", NOW)
    assert stand_in.take_code(code, NOW + MINUTE) is None
    assert [stand_in.spend(jti, NOW), stand_in.spend(jti, NOW)] == [True, False]


def test_tries_when_counted_by_two_stores_at_once_allow_exactly_the_most(town: Town) -> None:
    with town.address.opened() as second, ThreadPoolExecutor(4) as pool:
        stores = (town.store, second)
        allowed = pool.map(lambda number: stores[number % 2].tries.allow(LIMIT, town.id, NOW), range(10))
        assert sum(allowed) == LIMIT.most
    assert town.store.tries.allow(LIMIT, "another", NOW) in {True, False}
    assert town.store.tries.allow(Limit("other", 1, 600), town.id, NOW)


def test_tries_when_window_ends_or_success_forgets_start_again(town: Town) -> None:
    tries = town.store.tries
    assert [tries.allow(LIMIT, town.id, NOW + number * MINUTE) for number in range(4)] == [True] * 3 + [False]
    assert not tries.allow(LIMIT, town.id, NOW + timedelta(seconds=599))
    assert tries.allow(LIMIT, town.id, NOW + timedelta(seconds=600))
    tries.forget(LIMIT, town.id)
    assert [tries.allow(LIMIT, town.id, NOW) for _ in range(4)] == [True] * 3 + [False]


def test_tries_when_one_is_taken_back_leave_earlier_failures_counted(own_town: Town) -> None:
    tries = own_town.store.tries
    assert [tries.allow(LIMIT, "desk", NOW) for _ in range(2)] == [True, True]
    for _ in range(5):
        assert tries.allow(LIMIT, "desk", NOW)
        tries.take_back(LIMIT, "desk")
    assert [tries.allow(LIMIT, "desk", NOW) for _ in range(2)] == [True, False]


def test_tries_when_the_clock_was_a_day_ahead_do_not_lock_out_for_a_day(town: Town) -> None:
    for _ in range(4):
        town.store.tries.allow(LIMIT, town.id, NOW + timedelta(days=1))
    assert town.store.tries.allow(LIMIT, town.id, NOW)


def test_purge_when_everything_is_over_leaves_nothing_short_lived(own_town: Town) -> None:
    store = own_town.store
    store.sessions.keep_form("person:x", "/", {"a": ["b"]}, NOW)
    store.transactions.keep("s", LoginTransaction("s", "n", "v", "/", "login"), NOW)
    store.stand_in.keep_code("c", "p", NOW)
    store.stand_in.spend("j", NOW)
    store.tries.allow(LIMIT, "k", NOW)
    store.purge(NOW + timedelta(hours=1))
    with store._database.reading() as connection:
        for table in (
            tables.kept_form,
            tables.login_transaction,
            tables.stand_in_code,
            tables.stand_in_spent,
            tables.tries,
        ):
            assert connection.execute(select(table)).all() == []
