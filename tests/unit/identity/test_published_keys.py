"""Keys that rotate, keys nobody can use, and how often they are fetched."""

from joserfc import jwt
from joserfc.jwk import ECKey

from app.people.ports import LoginResult
from tests.support.card_login import REFUSED, RSA_KEY, World
from tests.support.faulty_provider import new_key


def test_finish_when_the_key_has_no_name_then_only_a_single_key_will_do(world: World) -> None:
    world.provider.header = lambda header: header.pop("kid")
    assert isinstance(world.finish(), LoginResult)
    world.later(hours=2)
    world.provider.publish(world.provider.key, new_key("second"))
    assert world.finish() == REFUSED


def test_finish_when_the_keys_rotate_then_nobody_notices(world: World) -> None:
    assert isinstance(world.finish(), LoginResult)
    world.provider.key = new_key("second")
    world.provider.publish(world.provider.key)
    assert isinstance(world.finish(), LoginResult)
    assert world.provider.asked.count("certs") == 2


def test_finish_when_a_key_is_replaced_under_its_name_then_nobody_notices(world: World) -> None:
    assert isinstance(world.finish(), LoginResult)
    world.provider.key = new_key("first")
    world.provider.publish(world.provider.key)
    assert isinstance(world.finish(), LoginResult)


def test_finish_when_signatures_keep_failing_then_the_keys_are_dropped_once_a_minute(world: World) -> None:
    world.finish()
    stranger = new_key("unknown")
    world.provider.sign = lambda header, claims: jwt.encode(header | {"kid": "unknown"}, claims, stranger)
    assert [world.finish() for _ in range(5)] == [REFUSED] * 5
    assert world.provider.asked.count("certs") == 2
    world.later(seconds=60)
    assert world.finish() == REFUSED
    assert world.provider.asked.count("certs") == 3


def test_finish_when_an_hour_has_passed_then_the_keys_are_fetched_again(world: World) -> None:
    for minutes in (0, 59, 1):
        world.later(minutes=minutes)
        assert isinstance(world.finish(), LoginResult)
    assert world.provider.asked.count("certs") == 2


def test_finish_when_other_keys_are_published_too_then_they_are_passed_over(world: World) -> None:
    world.provider.publish(world.provider.key)
    world.provider.published += [
        RSA_KEY.as_dict(private=False, use="enc"),
        ECKey.generate_key("P-384").as_dict(private=False, kid="p384"),
        {"kty": "FUTURE", "kid": "pq"},
        {"kty": "EC", "crv": "P-256", "kid": "broken", "x": "!", "y": 7},
        {"kty": "EC", "crv": "P-256", "kid": "half"},
        "text",
        None,
    ]
    assert isinstance(world.finish(), LoginResult)
