"""A provider that is down, slow, broken, or speaks of somebody else."""

import pytest
import requests

from app.fault import Fault
from app.people.person import CardFacts
from app.people.ports import LoginResult
from tests.support.card_login import NOON, REFUSED, UNAVAILABLE, World
from tests.support.faulty_provider import ACCESS_TOKEN, Answer


def test_finish_when_the_userinfo_is_somebody_elses_then_refused(world: World) -> None:
    for sub in ("sub-2", None, ["sub-1"]):
        world.provider.facts["sub"] = sub
        assert world.finish() == REFUSED
    del world.provider.facts["sub"]
    assert world.finish() == REFUSED


def test_finish_when_facts_are_missing_then_she_still_signs_in(world: World) -> None:
    world.provider.facts = {"sub": "sub-1"}
    result = world.finish()
    assert isinstance(result, LoginResult)
    assert result.facts == CardFacts()


HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize("endpoint", ["token", "certs", "userinfo"])
@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, b"{}"),
        Answer(503, b"<h1>503</h1>", HTML),
        Answer(200, b"<h1>Login</h1>", HTML),
        Answer(200, b""),
        Answer(200, b"[]"),
        Answer(200, b"[" * 100_000),
        Answer(200, b"\xff\xfe"),
        Answer(302, b"", {"Location": "https://evil.test/"}),
        Answer(error=requests.ConnectTimeout()),
        Answer(error=requests.ReadTimeout()),
        Answer(error=requests.ConnectionError()),
        Answer(error=requests.exceptions.SSLError()),
    ],
)
def test_finish_when_the_provider_is_broken_then_unavailable(
    world: World, endpoint: str, answer: Answer
) -> None:
    world.provider.answers[endpoint] = answer
    assert world.finish() == UNAVAILABLE
    assert "evil" not in str(world.provider.asked)
    del world.provider.answers[endpoint]
    assert isinstance(world.finish(), LoginResult)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer.of({"error": "invalid_grant", "error_description": "<script>"}, 400), REFUSED),
        (Answer.of({"error": "invalid_client"}, 401), REFUSED),
        (Answer.of({"error": ["list"]}, 400), REFUSED),
        (Answer.of({"error": "temporarily_unavailable"}, 400), UNAVAILABLE),
        (Answer.of({}, 400), REFUSED),
    ],
)
def test_finish_when_the_token_endpoint_refuses_then_so_do_we(
    world: World, answer: Answer, fault: Fault
) -> None:
    world.provider.answers["token"] = answer
    assert world.finish() == fault


def test_finish_when_the_userinfo_token_is_refused_then_unavailable(world: World) -> None:
    world.provider.answers["userinfo"] = Answer.of({"error": "invalid_token"}, 401)
    assert world.finish() == UNAVAILABLE


def test_finish_when_refused_then_the_log_names_the_check_and_no_secret(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.provider.claims = lambda claims: claims.update(nonce="a-foreign-nonce")
    secret, query = world.begin()
    world.login.finish(secret, query, NOON)
    assert caplog.messages == ["card login refused: id_token: nonce"]
    for text in (secret, ACCESS_TOKEN, "a-code", "foreign", "sub-1"):
        assert text not in caplog.text
