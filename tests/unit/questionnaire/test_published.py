"""The ledger: what was published never changes."""

import tomllib
from dataclasses import replace

from app.questionnaire.definition import Library, Part
from app.questionnaire.published import check_ledger, write_ledger
from tests.unit.questionnaire.making import stage

PART = Part("core", 1, "題", (), sha256="aa")
LIBRARY = Library({("core", 1): PART, ("core", 10): replace(PART, version=10, sha256="bb")}, {})
STAGES = tuple(replace(stage(f"mr-{dose}", ()), sha256="cc") for dose in (1, 2))
WITH_PROGRAMMES = replace(LIBRARY, every_version={("mr", 1): STAGES})


def keys(library: Library, ledger: str) -> list[tuple[str, int, str]]:
    return [(fault.path, fault.line, fault.key) for fault in check_ledger(library, ledger.encode())]


def test_a_new_ledger_holds_every_version_in_order() -> None:
    assert write_ledger(LIBRARY, b"") == '[parts.core]\nv1 = "aa"\nv10 = "bb"\n'


def test_a_programmes_file_is_published_once_for_all_its_stages() -> None:
    ledger = write_ledger(WITH_PROGRAMMES, b"")
    assert ledger == '[parts.core]\nv1 = "aa"\nv10 = "bb"\n\n[programmes.mr]\nv1 = "cc"\n'
    changed = {("mr", 1): tuple(replace(one, sha256="dd") for one in STAGES)}
    assert keys(replace(LIBRARY, every_version=changed), ledger) == [("programmes/mr/v1.toml", 1, "changed")]
    assert keys(LIBRARY, ledger) == [("published.toml", 6, "gone")]


def test_what_was_just_published_has_no_fault() -> None:
    assert check_ledger(WITH_PROGRAMMES, write_ledger(WITH_PROGRAMMES, b"").encode()) == ()


def test_what_is_not_published_is_told() -> None:
    assert keys(LIBRARY, '[parts.core]\nv1 = "aa"') == [("parts/core/v10.toml", 1, "unpublished")]


def test_a_changed_file_is_a_fault_that_publishing_does_not_mend() -> None:
    ledger = '[parts.core]\nv1 = "old"\nv10 = "bb"\n'
    assert keys(LIBRARY, ledger) == [("parts/core/v1.toml", 1, "changed")]
    assert write_ledger(LIBRARY, ledger.encode()) == ledger


def test_a_published_file_that_is_gone_is_told_with_its_line_and_stays() -> None:
    ledger = '[parts.core]\nv1 = "aa"\nv10 = "bb"\n\n[programmes.mr]\nv1 = "cc"\n'
    assert keys(LIBRARY, ledger) == [("published.toml", 6, "gone")]
    assert write_ledger(LIBRARY, ledger.encode()) == ledger
    assert tomllib.loads(ledger)["programmes"] == {"mr": {"v1": "cc"}}


def test_a_ledger_that_is_no_toml_is_told() -> None:
    assert keys(LIBRARY, "[parts\n") == [("published.toml", 1, "file")]
