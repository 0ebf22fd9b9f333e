"""What was published never changes: a visit is pinned to its versions for ever."""

import pytest

from app.questionnaire.definition import Library
from app.questionnaire.published import check_ledger, write_ledger
from app.questionnaire.reading import read_library
from app.wiring import DEFINITIONS, files_below

LEDGER = DEFINITIONS / "published.toml"
OF_EACH_KIND = (
    "parts/vaccination-core/v1.toml",
    "programmes/mr/v1.toml",
    "overlays/999999/v1.toml",
    "instruments/epds.toml",
)


def library_of(files: dict[str, bytes]) -> Library:
    """The definitions in these files."""
    library = read_library(files)
    assert isinstance(library, Library), library
    return library


def house_files() -> dict[str, bytes]:
    """Every definition of the house."""
    return dict(files_below(DEFINITIONS, ".toml"))


def test_published_definitions_when_checked_are_as_they_were() -> None:
    library = library_of(house_files())
    assert library.parts
    assert check_ledger(library, LEDGER.read_bytes()) == ()


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_law_when_a_published_file_is_changed_finds_it(name: str) -> None:
    files = house_files()
    ledger = write_ledger(library_of(files), LEDGER.read_bytes()).encode()
    files[name] = files[name] + b"\n# one more line\n"
    (fault,) = check_ledger(library_of(files), ledger)
    assert name in fault.path
    assert fault.key == "changed"


def test_law_when_a_published_file_is_gone_finds_it() -> None:
    files = house_files()
    ledger = write_ledger(library_of(files), LEDGER.read_bytes()).encode()
    del files["overlays/999999/v1.toml"]
    (fault,) = check_ledger(library_of(files), ledger)
    assert (fault.path, fault.key) == ("published.toml", "gone")
