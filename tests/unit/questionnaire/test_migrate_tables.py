"""The map of a part to its earlier version: read, and every line that the two versions do not bear out."""

import pytest

from app.questionnaire.definition import Library
from app.questionnaire.migration import Migration
from app.questionnaire.reading import read_library
from tests.unit.questionnaire.writing import HEAD, NAME, page, question, two

SECOND_NAME = NAME.replace("v1", "v2")
FIRST = HEAD + page(
    "topic",
    question("old"),
    question("kind", "choice", two("a", "b")),
    question("same"),
    question("words", "text"),
)
SECOND = HEAD.replace("version = 1", "version = 2") + page(
    "topic",
    question("new"),
    question("kind", "choice", two("a", "c")),
    question("same"),
    question("words", "text"),
)
MAP = (
    "[migrate]\nfrom = 1\n"
    '[[migrate.rename]]\nquestion = "old"\nto = "new"\n'
    '[[migrate.choice]]\nquestion = "kind"\nfrom = "b"\nto = "c"\n'
    '[[migrate.ask_again]]\nquestion = "same"\nwhy = "意味が変わった"\n'
)


def read(table: str) -> Library | list[str]:
    found = read_library({NAME: FIRST.encode(), SECOND_NAME: (SECOND + table).encode()})
    if isinstance(found, Library):
        return found
    assert {fault.path for fault in found} == {SECOND_NAME}
    return [f"{fault.key}: {fault.message}" for fault in found]


def test_a_map_is_read() -> None:
    library = read(MAP)
    assert isinstance(library, Library)
    migration = library.parts["vaccination-core", 2].migration
    assert migration == Migration(1, (("old", "new"),), (("kind", "b", "c"),), (("same", "意味が変わった"),))
    assert (migration.target("old"), migration.target("words")) == ("new", "words")
    assert (migration.choice("kind", "b"), migration.choice("kind", "a")) == ("c", "a")
    assert [migration.says_the_same(code) for code in ("old", "kind", "words")] == [True, True, False]
    assert migration.asks_again("same")


def rename(old: str, new: str) -> str:
    return f'[migrate]\nfrom = 1\n[[migrate.rename]]\nquestion = "{old}"\nto = "{new}"\n'


def choice(question: str, old: str, new: str) -> str:
    return f'[migrate]\nfrom = 1\n[[migrate.choice]]\nquestion = "{question}"\nfrom = "{old}"\nto = "{new}"\n'


WRONG = [
    ("[migrate]\n", "migrate.from: is missing"),
    ("[migrate]\nfrom = 2\n", "migrate.from: 2 is not earlier than this version, 2"),
    ("[migrate]\nfrom = 1\nkeep = 1\n", "migrate.keep: is not known here"),
    (rename("nothing", "new"), "migrate.rename.question: version 1 has no 'nothing'"),
    (rename("old", "nothing"), "migrate.rename.to: this version has no 'nothing'"),
    (rename("old", "words"), "migrate.rename.to: 'old' and 'words' are yes_no and text: ask again instead"),
    (rename("old", "same"), "migrate.rename.to: 'same' has answers of 'same' already"),
    (rename("kind", "kind"), "migrate.rename.question: 'kind' loses the answers b: map them"),
    (choice("nothing", "b", "c"), "migrate.choice.question: 'nothing' is not in both versions"),
    (choice("kind", "z", "c"), "migrate.choice.from: version 1 of 'kind' has no choice 'z'"),
    (choice("kind", "b", "z"), "migrate.choice.to: 'kind' has no choice 'z'"),
    (
        '[migrate]\nfrom = 1\n[[migrate.ask_again]]\nquestion = "nothing"\nwhy = "x"\n',
        "migrate.ask_again.question: version 1 has no 'nothing'",
    ),
]


@pytest.mark.parametrize(("table", "fault"), WRONG)
def test_a_wrong_line_is_told(table: str, fault: str) -> None:
    found = read(table)
    assert isinstance(found, list), "no fault was found"
    assert fault in found


def test_a_version_that_is_not_there_is_told_unless_the_folder_is_not_whole() -> None:
    only = {SECOND_NAME: (SECOND + "[migrate]\nfrom = 1\n").encode()}
    found = read_library(only)
    assert isinstance(found, tuple)
    assert "there is no version 1 of 'vaccination-core'" in str(found[0])
    assert isinstance(read_library(only, is_whole=False), Library)
