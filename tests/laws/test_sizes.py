"""Nothing in the house is too large; the law finds one planted fault of each kind."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.measures import broken_sizes, largest

Planter = Callable[[Mapping[str, str]], Path]
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 40
NESTED = """def f(x):
    for a in x:
        if a:
            with a:
                while a:
                    pass
"""
FLAT = """class C:
    def f(self, a, b, c, d, *, e):
        if a:
            pass
        elif b:
            pass
        elif c:
            for x in d:
                if x:
                    pass
"""


def test_house_when_measured_is_small_enough(house: Path) -> None:
    assert broken_sizes(house) == []


def test_largest_when_asked_names_what_is_there(house: Path) -> None:
    module, function = largest(house)
    print(f"largest module: {module.name} {module.lines}; function: {function.name} {function.lines}")  # noqa: T201
    assert module.lines > 0
    assert function.lines > 0


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("x = 1\n" * 301, "301 lines"),
        (LONG_FUNCTION, "41 lines"),
        ("def f(a, b, c, d, e): ...\n", "5 positional"),
        ("class C:\n    def f(self, a, b, c, d, e): ...\n", "5 positional"),
        ("async def f(a, b, c, /, d, e): ...\n", "5 positional"),
        (NESTED, "4 deep"),
    ],
)
@pytest.mark.parametrize("place", ["app/visit/big.py", "tests/unit/test_big.py", "wsgi.py"])
def test_law_when_something_too_large_is_planted_finds_it(
    plant: Planter, source: str, fault: str, place: str
) -> None:
    (found,) = broken_sizes(plant({place: source}))
    assert found.startswith(place)
    assert fault in found


@pytest.mark.parametrize(
    "source",
    [
        FLAT,
        'def f():\n    """' + "\n" * 50 + '    """\n' + "    x = 1\n" * 39,
        "def test_many(a, b, c, d, e): ...\n",
        "import click\n@click.command('x')\ndef many(a, b, c, d, e): ...\n",
        "import pytest\n@pytest.fixture\ndef many(a, b, c, d, e): ...\n",
    ],
)
def test_law_when_nothing_is_too_large_is_silent(plant: Planter, source: str) -> None:
    assert broken_sizes(plant({"app/small.py": source})) == []
