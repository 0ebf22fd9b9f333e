"""The pure rooms touch no clock, chance, environment, file or network."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.purity import PURE_ROOMS, impurities

Planter = Callable[[Mapping[str, str]], Path]


def test_pure_rooms_when_read_are_pure(house: Path) -> None:
    assert impurities(house) == []


@pytest.mark.parametrize("room", PURE_ROOMS)
@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import time, json",
        "from random import choice",
        "from os.path import join",
        "import urllib.request",
        "from urllib import request",
        "from pathlib import Path",
        "import flask",
        "from sqlalchemy.orm import Session",
        "x = datetime.now(UTC)",
        "x = date.today()",
        "x = open('f')",
        "print('x')",
        "def f():\n    import secrets",
        "cache = {}",
        "def f():\n    global x\n    x = 1",
    ],
)
def test_law_when_an_impurity_is_planted_finds_it(plant: Planter, room: str, line: str) -> None:
    found = impurities(plant({f"app/{room}/deep/a.py": f"{line}\n"}))
    assert found
    assert all(one.startswith(f"app/{room}/deep/a.py:") for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import date\nfrom urllib.parse import urlsplit\nimport hmac, tomllib\n",
        "def f(now):\n    return now.date()\n",
        "class C:\n    def f(self):\n        return self.now()\n",
        "WORDS = {'a': 1}\n",
        "from pathlib import PurePosixPath\n",
    ],
)
def test_law_when_a_room_is_pure_is_silent(plant: Planter, text: str) -> None:
    assert impurities(plant({"app/visit/a.py": text, "app/storage/b.py": "import os\n"})) == []
