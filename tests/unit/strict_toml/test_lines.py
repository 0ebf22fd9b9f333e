"""Lines of keys in TOML texts."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.strict_toml.lines import line_of, lines_of

TEXT = '''# a comment with "quotes" and [brackets]
title = "a # no comment"
"quoted key" = 1
many = """
[not.a.table]
key = 1 \\"""
"""""

[[page]]
code = "one"
  [[page.question]]
  code = "a"  # trailing ]
  choices = [ # comment
    { code = "x", text = "}" },
    { code = 'y', deep = { er = [1,
      2] } },
  ]
[[page]]
[[page.question]]
[[page.question]]
a.b = { }
[last]
empty = []
date = 2026-11-22T10:00:00
end = true
'''


def test_every_place_has_its_line() -> None:
    lines = lines_of(TEXT)
    assert lines["title",] == 2
    assert lines["quoted key",] == 3
    assert lines["many",] == 4
    assert lines["page", 0, "code"] == 10
    assert lines["page", 0, "question", 0] == 11
    assert lines["page", 0, "question", 0, "choices", 0, "text"] == 14
    assert lines["page", 0, "question", 0, "choices", 1, "deep", "er", 1] == 16
    assert lines["page", 1] == 18
    assert lines["page", 1, "question", 1, "a", "b"] == 21
    assert lines["last", "end"] == 25


def test_an_unknown_place_has_the_line_of_its_table() -> None:
    lines = lines_of(TEXT)
    assert line_of(lines, ("page", 0, "question", 0, "nothing", 3)) == 11
    assert line_of(lines, ("nothing",)) == 1


def test_windows_line_ends_count_once() -> None:
    assert lines_of('a = 1\r\nb = """\r\n"""\r\nc = 2')["c",] == 4


def _places(value: object, place: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {place} if place else set()
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        found |= _places(below, (*place, key))
    return found


def test_the_places_are_those_that_the_parser_sees() -> None:
    assert set(lines_of(TEXT)) == _places(tomllib.loads(TEXT))


def test_the_places_of_every_definition_are_those_that_the_parser_sees() -> None:
    for path in Path("app/definitions").glob("*/**/*.toml"):  # the ledger on top has tables of tables
        text = path.read_text("utf-8")
        assert set(lines_of(text)) == _places(tomllib.loads(text)), path


@given(st.text())
def test_a_text_in_a_string_never_moves_the_lines(text: str) -> None:
    quoted = "".join(f"\\U{ord(char):08X}" for char in text if not 0xD800 <= ord(char) <= 0xDFFF)
    assert lines_of(f'a = "{quoted}"\nb = ["{quoted}"]\n"{quoted}c" = 1\nd = 2')["d",] == 4
