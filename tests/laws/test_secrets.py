"""Nothing secret, and nothing of one machine, lies in the repository."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.leaks import leaks

Planter = Callable[[Mapping[str, str]], Path]


def test_house_when_searched_leaks_nothing(house: Path) -> None:
    assert leaks(house) == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("app/a.py", "x = '/ho" + "me/hanako/data'"),
        ("Makefile", "cd /ro" + "ot/x"),
        ("docs/a.md", "see /wo" + "rk/x"),
        ("tests/a.pem", "-----BEGIN EC PRIVATE" + " KEY-----"),
        (".ci/run", "AKIA" + "A" * 16),
        ("README.md", "ghp_" + "a" * 36),
        ("app/a.toml", "url = 'postgresql://me:hun" + "ter2@db/x'"),
        ("app/settings.py", "ISSUER = 'https://auth.example.go" + ".jp/'"),
    ],
)
def test_law_when_a_leak_is_planted_finds_it(plant: Planter, place: str, text: str) -> None:
    (found,) = leaks(plant({place: f"{text}\n"}))
    assert found.startswith(f"{place}:1: ")


def test_law_when_nothing_leaks_is_silent(plant: Planter) -> None:
    source = (
        '"""Source: https://www.example.go' + '.jp/"""\n'
        "URL = 'postgresql://postgres@/x?host=/tmp'\nROUTE = '/children/new'\nBARRED = '.go.jp'\n"
    )
    assert leaks(plant({"app/a.py": source, "static/a.png": ""})) == []
