"""The card login against the development provider, both in one process."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.fault import Fault
from app.people.person import CardFacts
from app.people.ports import LoginResult
from app.web.login_stand_in.personas import PERSONAS
from tests.support.stand_in_world import (
    ISSUER,
    NOON,
    World,
    make_world,
)


@pytest.fixture
def world() -> Iterator[World]:
    with make_world() as one:
        yield one


def test_sign_in_when_the_mother_taps_her_card_then_her_facts_are_proved(world: World) -> None:
    result = world.sign_in("mother")
    assert isinstance(result, LoginResult)
    assert result.binding.issuer == ISSUER
    assert result.binding.client_id == "RP00000001"
    assert result.facts == CardFacts(
        "見本 花子", "東京都見本区見本町一丁目2番3号", date(1992, 4, 12), "female"
    )
    assert (result.next_path, result.acr) == ("/children/new", "aal3")


@pytest.mark.parametrize("persona", [p.code for p in PERSONAS if p.happening == "signs_in"])
def test_sign_in_when_any_person_taps_then_it_works_and_is_one_person(world: World, persona: str) -> None:
    first, second = world.sign_in(persona), world.sign_in(persona)
    assert isinstance(first, LoginResult)
    assert isinstance(second, LoginResult)
    assert first.binding == second.binding


def test_sign_in_when_the_card_is_the_same_then_so_is_the_person(world: World) -> None:
    bound = {who: world.sign_in(who) for who in ("mother", "moved", "reissued")}
    subs = {who: one.binding.sub for who, one in bound.items() if isinstance(one, LoginResult)}
    assert subs["mother"] == subs["moved"] != subs["reissued"]


def test_sign_in_when_she_cancels_then_it_says_so(world: World) -> None:
    assert world.sign_in("cancel") == Fault("", "login_cancelled")


def test_sign_in_when_the_provider_is_down_then_it_says_so(world: World) -> None:
    assert world.sign_in("down") == Fault("", "login_unavailable")


def test_finish_when_the_code_is_older_than_a_minute_then_refused(world: World) -> None:
    start = world.login.begin("/home", NOON)
    back = world.tap(start.url, "mother")
    world.clock.now = NOON + timedelta(seconds=60)
    assert world.login.finish(start.transaction, back, world.clock.now) == Fault("", "login_refused")


def test_finish_when_the_code_was_used_by_another_then_refused(world: World) -> None:
    start = world.login.begin("/home", NOON)
    back = world.tap(start.url, "mother")
    assert world.exchange(code=back["code"][0], code_verifier="w" * 43).status_code == 400
    assert world.login.finish(start.transaction, back, NOON) == Fault("", "login_refused")
