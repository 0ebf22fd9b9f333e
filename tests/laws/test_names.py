"""The house speaks with its own words."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.naming import bad_names

Planter = Callable[[Mapping[str, str]], Path]


def test_names_of_the_house_when_read_are_its_own_words(house: Path) -> None:
    assert bad_names(house) == []


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("app/utils/__init__.py", ""),
        ("app/visit/helpers.py", ""),
        ("app/common.py", ""),
        ("app/core/visit.py", ""),
        ("tests/support/utils.py", ""),
        ("app/visit/a.py", "def get_visit(): ..."),
        ("app/visit/a.py", "def _handle_scan(): ..."),
        ("app/visit/a.py", "def open_visit(user): ..."),
        ("app/visit/a.py", "user_id = 1"),
        ("app/visit/a.py", "class UserStore: ..."),
        ("app/visit/a.py", "class C:\n    current_user: str"),
        ("app/visit/a.py", "form_response = 1"),
        ("app/visit/a.py", "class ResponseSet: ..."),
    ],
)
def test_law_when_a_banned_word_is_planted_finds_it(plant: Planter, place: str, source: str) -> None:
    found = bad_names(plant({place: f"{source}\n"}))
    assert found
    assert all(one.startswith(place) for one in found)


def test_law_when_the_words_are_right_is_silent(plant: Planter) -> None:
    source = "def answer_page(user_agent, response): ...\nprocessed = 1\nreuser = 1\ndo_not_ask = 1\n"
    assert bad_names(plant({"app/visit/sheet.py": source, "tests/unit/a.py": "user = 1\n"})) == []
