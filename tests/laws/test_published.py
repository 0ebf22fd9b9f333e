"""What was published never changes: a visit is pinned to its versions for ever."""

from app.questionnaire.definition import Library
from app.questionnaire.published import check_ledger
from app.questionnaire.reading import read_library
from app.wiring import DEFINITIONS, files_below

LEDGER = DEFINITIONS / "published.toml"


def library_of(files: dict[str, bytes]) -> Library:
    """The definitions in these files."""
    library = read_library(files)
    assert isinstance(library, Library)
    return library


def test_published_definitions_when_checked_are_as_they_were() -> None:
    library = library_of(dict(files_below(DEFINITIONS, ".toml")))
    assert library.parts
    assert check_ledger(library, LEDGER.read_bytes()) == ()


def test_law_when_a_published_file_is_changed_finds_it() -> None:
    files = dict(files_below(DEFINITIONS, ".toml"))
    name = "parts/vaccination-core/v1.toml"
    files[name] = files[name] + b"\n# one more line\n"
    (fault,) = check_ledger(library_of(files), LEDGER.read_bytes())
    assert name in fault.path
    assert fault.key == "changed"
