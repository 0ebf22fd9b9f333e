"""No page of the product is forgotten: every GET route is reached in its states, never fewer than before."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.support.census import (
    MOST_UNREACHED,
    UNREACHED,
    committed,
    counted,
    fewer,
    reaches_of,
    rule_of,
    unreached,
)
from tests.support.reaches import Reach
from tests.support.rules import bare_app
from tests.support.town import ROLES


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return bare_app(tmp_path_factory.mktemp("bare") / "data")


@pytest.fixture(scope="module")
def reaches(app: Flask) -> tuple[Reach, ...]:
    return reaches_of(app.extensions["rooms"])


def test_every_page_is_reached_or_named_with_a_reason(app: Flask, reaches: tuple[Reach, ...]) -> None:
    assert unreached(app, reaches) == []
    assert len(UNREACHED) <= MOST_UNREACHED
    assert all(UNREACHED.values())


def test_every_role_reaches_something(reaches: tuple[Reach, ...]) -> None:
    assert {reach.role for reach in reaches} == set(ROLES)


def test_no_way_is_walked_twice(reaches: tuple[Reach, ...]) -> None:
    ways = [(reach.role, reach.path, reach.state, reach.status) for reach in reaches]
    assert len(ways) == len(set(ways))


def test_census_is_not_lower_than_the_committed_one(app: Flask) -> None:
    now = counted(app)
    print(now)  # noqa: T201  the counts belong to the report of a run
    assert fewer(now, committed()) == []


def test_law_when_a_page_is_planted_and_forgotten_finds_it(app: Flask, reaches: tuple[Reach, ...]) -> None:
    fewer_reaches = [reach for reach in reaches if rule_of(app, reach.path) != "/no-card"]
    assert unreached(app, fewer_reaches) == ["nobody reaches /no-card"]
    one_more = (*reaches, Reach("anonymous", "planted", "/healthz/live"))
    assert unreached(app, one_more) == ["named without need: /healthz/live"]


def test_law_when_a_count_is_lower_finds_it(app: Flask) -> None:
    now = counted(app)
    assert fewer(now, replace(now, pages=now.pages + 1)) == [
        f"pages: {now.pages + 1} before, {now.pages} now"
    ]
