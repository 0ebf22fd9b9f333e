"""Everything a browser or a stranger can get wrong on the way back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.fault import Fault
from app.people.ports import LoginResult
from tests.support.card_login import CANCELLED, NOON, OTHER_BROWSER, REFUSED, UNAVAILABLE, World
from tests.support.faulty_provider import ISSUER

Query = dict[str, list[str]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda q: q.update(state=["another"]), OTHER_BROWSER),
        (lambda q: q.pop("state"), OTHER_BROWSER),
        (lambda q: q.update(state=["あ"]), OTHER_BROWSER),
        (lambda q: q.update(state=q["state"] * 2), REFUSED),
        (lambda q: q.update(state=["s" * 5000]), REFUSED),
        (lambda q: q.pop("code"), REFUSED),
        (lambda q: q.update(code=["a", "b"]), REFUSED),
        (lambda q: q.update(code=["c" * 5000]), REFUSED),
        (lambda q: q.update(iss=["https://other.test/api/realms/main"]), REFUSED),
        (lambda q: q.update(iss=[ISSUER, ISSUER]), REFUSED),
        (lambda q: q.update(error=["access_denied"]), CANCELLED),
        (lambda q: q.update(error=["access_denied"], error_description=["<b>call 0120</b>"]), CANCELLED),
        (lambda q: q.update(error=["access_denied"], iss=["https://other.test"]), REFUSED),
        (lambda q: q.update(error=["access_denied"], state=["another"]), OTHER_BROWSER),
        (lambda q: q.update(error=["invalid_request"]), REFUSED),
        (lambda q: q.update(error=["server_error"]), UNAVAILABLE),
        (lambda q: q.update(error=["temporarily_unavailable"]), UNAVAILABLE),
        (lambda q: q.clear(), OTHER_BROWSER),
    ],
)
def test_finish_when_the_callback_is_wrong_then_the_provider_is_not_asked(
    world: World, change: Callable[[Query], object], fault: Fault
) -> None:
    secret, query = world.begin()
    change(query)
    assert world.login.finish(secret, query, NOON) == fault
    assert world.provider.asked == []


def test_finish_when_the_provider_sends_no_iss_then_it_is_not_missed(world: World) -> None:
    secret, query = world.begin()
    del query["iss"]
    assert isinstance(world.login.finish(secret, query, NOON), LoginResult)


@pytest.mark.parametrize("secret", ["", "another", "x" * 10_000])
def test_finish_when_in_another_browser_then_it_says_so(world: World, secret: str) -> None:
    _, query = world.begin()
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER


def test_finish_when_two_people_swap_callbacks_then_neither_signs_in(world: World) -> None:
    (hers, her_query), (his, his_query) = world.begin(), world.begin()
    assert world.login.finish(hers, his_query, NOON) == OTHER_BROWSER
    assert world.login.finish(his, her_query, NOON) == OTHER_BROWSER


def test_finish_when_the_callback_comes_twice_then_only_the_first_counts(world: World) -> None:
    secret, query = world.begin()
    assert isinstance(world.login.finish(secret, query, NOON), LoginResult)
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER


def test_finish_when_ten_minutes_have_passed_then_start_again(world: World) -> None:
    secret, query = world.begin()
    assert world.login.finish(secret, query, NOON + timedelta(minutes=10)) == OTHER_BROWSER


def test_finish_when_the_transaction_has_another_purpose_then_it_proves_nothing(world: World) -> None:
    secret, query = world.begin()
    kept, until = world.transactions.kept[secret]
    world.transactions.kept[secret] = (replace(kept, purpose="link-child"), until)
    assert world.login.finish(secret, query, NOON) == OTHER_BROWSER
