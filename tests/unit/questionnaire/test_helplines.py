"""Whom to call: the lines of a place and a subject, and every fault of the file."""

import pytest

from app.questionnaire.definition import Library
from app.questionnaire.helplines import Helplines, open_helplines
from app.questionnaire.reading import read_library
from tests.unit.questionnaire.writing import HEAD, NAME, SOURCE, page, question

FILE = "helplines.toml"
LEAVE = 'leave = "https://example.jp/weather"\n' + SOURCE


def line(code: str, phone: str, stands: str, *lines: str) -> str:
    fields = [f'code = "{code}"', f'phone = "{phone}"', f'stands = ["{stands}"]', *lines]
    return "[[line]]\n" + "\n".join(fields) + "\n" + SOURCE


TEXT = LEAVE + line("abuse", "189", "helplines") + line("night", "#8000", "call_now", 'subject = "child"')


def read(text: str) -> Helplines:
    file = open_helplines({FILE: text.encode()})
    assert file is not None
    assert file.helplines is not None, file.findings.sorted()
    return file.helplines


def test_lines_stand_where_and_for_whom_they_are_meant() -> None:
    helplines = read(TEXT)
    assert helplines.leave == "https://example.jp/weather"
    assert [one.code for one in helplines.at("helplines", "mother")] == ["abuse"]
    assert [one.code for one in helplines.at("call_now", "child")] == ["night"]
    assert helplines.at("call_now", "mother") == ()


def test_a_number_with_a_hash_can_be_called() -> None:
    assert [one.address for one in read(TEXT + line("a", "0120-1-2", "helplines")).lines] == [
        "tel:189",
        "tel:%238000",
        "tel:012012",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TEXT.replace("https", "http"), "leave: 'http://example.jp/weather' is not spelled like"),
        (TEXT.replace("189", "call us"), "line.phone: 'call us' is not spelled like"),
        (TEXT.replace('"helplines"]', '"anywhere"]'), "line.stands: 'anywhere' is none of helplines"),
        (TEXT.replace('"child"', '"dog"'), "line.subject: 'dog' is none of child, mother"),
        (TEXT.replace('"night"', '"abuse"'), "line.code: 'abuse' is used twice"),
        (LEAVE, "line: is missing"),
        ("[", "file: is not TOML"),
    ],
)
def test_a_fault_is_told(text: str, fault: str) -> None:
    read = read_library({FILE: text.encode()})
    assert isinstance(read, tuple)
    assert any(fault in str(one) for one in read)


def test_a_page_with_helplines_needs_them_in_a_whole_library() -> None:
    private = question("afraid", "yes_no", 'privacy = "P1"', 'export = "E0"', 'fresh = "visit"')
    keys = 'title = "話題"\ndiscreet = true\nhelplines = true'
    files = {NAME: (HEAD + page("home", private).replace('title = "話題"', keys)).encode()}
    without = read_library(files)
    assert isinstance(without, tuple)
    assert [str(one) for one in without] == [f"{NAME}:8: page.helplines: there is no helplines.toml"]
    assert isinstance(read_library(files, is_whole=False), Library)
    whole = read_library({**files, FILE: TEXT.encode()})
    assert isinstance(whole, Library)
    assert whole.helplines == read(TEXT)


def test_files_without_helplines_have_none() -> None:
    assert open_helplines({}) is None
