"""Persons, subjects and links: found only by whom they belong to, unreadable once forgotten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from app.people.person import Binding, Evidence
from app.storage.key_store import ForgottenError
from app.storage.store import Store
from app.visit.ports import Deed
from tests.integration.storage.town import MINUTE, NOW, Address, Town


def test_sign_in_when_repeated_is_the_same_person(town: Town) -> None:
    assert town.store.people.sign_in(town.id, town.login, NOW + MINUTE) == town.person


@pytest.mark.parametrize("other", [{"sub": "x"}, {"issuer": "https://other.example"}, {"client_id": "x"}])
def test_sign_in_when_binding_differs_is_another_person(town: Town, other: dict[str, str]) -> None:
    assert town.store.people.sign_in(town.id, replace(town.login, **other), NOW) != town.person


def test_sign_in_when_in_another_municipality_is_another_person(
    town: Town, store: Store, address: Address
) -> None:
    assert Town(store, address).store.people.sign_in("elsewhere", town.login, NOW) != town.person


def test_first_sign_ins_when_many_come_at_once_make_one_person(town: Town) -> None:
    login, start = Binding("https://op.example", "client", uuid4().hex), Barrier(6)
    with town.address.opened() as second, ThreadPoolExecutor(6) as pool:

        def sign_in(number: int) -> str:
            start.wait(10)
            return (town.store, second)[number % 2].people.sign_in(town.id, login, NOW).id

        assert len(set(pool.map(sign_in, range(6)))) == 1


def test_subject_when_added_comes_back_with_its_link(town: Town) -> None:
    assert town.store.people.subject(town.subject.id) == town.subject
    assert town.store.people.subject("unknown") is None
    assert town.store.people.subjects_of(town.person.id, NOW) == ((town.subject, town.link),)
    assert town.store.people.guardianship(town.person.id, town.subject.id, NOW) == town.link
    assert town.store.people.guardianship("nobody", town.subject.id, NOW) is None


def test_subject_when_added_is_audited(own_town: Town) -> None:
    assert own_town.store.audit.verify(own_town.id).count == 1
    (deed,) = own_town.store.audit.history("")
    assert (deed.deed, deed.actor) == (Deed.CHILD_ADDED, f"person:{own_town.person.id}")


def test_links_when_not_valid_yet_or_any_more_are_not_found(town: Town) -> None:
    subject = replace(town.subject, id=uuid4().hex)
    link = replace(
        town.link,
        id=uuid4().hex,
        subject_id=subject.id,
        evidence=Evidence.G3,
        since=NOW + MINUTE,
        until=NOW + 2 * MINUTE,
    )
    town.store.people.add_subject(subject, link)
    for at, expected in ((NOW, None), (NOW + MINUTE, link), (NOW + 2 * MINUTE, None)):
        assert town.store.people.guardianship(town.person.id, subject.id, at) == expected
    assert len(town.store.people.subjects_of(town.person.id, NOW + MINUTE)) == 2


def test_subject_when_forgotten_is_gone_with_everything_about_it(town: Town) -> None:
    visit, (other, _) = town.submitted(), town.add_child("海野 そら")
    kept = town.prepare(subject_id=other.id)
    town.store.people.forget_subject(town.id, town.subject.id)
    assert town.store.people.subject(town.subject.id) is None
    assert town.store.people.guardianship(town.person.id, town.subject.id, NOW) is None
    assert [subject for subject, _ in town.store.people.subjects_of(town.person.id, NOW)] == [other]
    assert town.store.visits.find(visit.id) is None
    assert town.store.visits.of_person(town.person.id) == (kept,)
    for read in (town.store.visits.draft, town.store.visits.submissions):
        with pytest.raises(KeyError):
            read(visit)
    with pytest.raises(ForgottenError):
        town.prepare()
    assert town.store.audit.verify(town.id).is_whole


def test_person_when_forgotten_signs_in_as_somebody_new(town: Town) -> None:
    town.store.people.forget_person(town.id, town.person.id)
    again = town.store.people.sign_in(town.id, town.login, NOW + timedelta(days=1))
    assert again != town.person
    assert town.store.people.subjects_of(again.id, NOW) == ()
