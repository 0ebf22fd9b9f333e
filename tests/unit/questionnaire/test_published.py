"""The ledger: what was published never changes."""

import tomllib
from dataclasses import replace

import pytest

from app.questionnaire.definition import Instrument, Library, Part
from app.questionnaire.overlay import Overlay
from app.questionnaire.published import check_ledger, read_retired, unpublished, write_ledger
from tests.unit.questionnaire.making import SOURCE, stage

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


OVERLAY = Overlay("999999", 1, "町", SOURCE, sha256="ee")
INSTRUMENT = Instrument("epds", "題", "だれか", (0, 30), "", None, (), SOURCE, "ff")
WHOLE = replace(WITH_PROGRAMMES, overlays={("999999", 1): OVERLAY}, instruments={"epds": INSTRUMENT})


def test_overlays_and_instruments_are_published_too() -> None:
    ledger = write_ledger(WHOLE, b"")
    assert ledger.endswith('\n[overlays.999999]\nv1 = "ee"\n\n[instruments]\nepds = "ff"\n')
    assert keys(WHOLE, ledger) == []
    assert keys(replace(WHOLE, overlays={("999999", 1): replace(OVERLAY, sha256="0")}), ledger) == [
        ("overlays/999999/v1.toml", 1, "changed")
    ]
    assert keys(replace(WHOLE, instruments={"epds": replace(INSTRUMENT, sha256="0")}), ledger) == [
        ("instruments/epds.toml", 1, "changed")
    ]
    assert keys(replace(WHOLE, instruments={}), ledger) == [("published.toml", 12, "gone")]


def test_what_would_be_published_is_told_in_order() -> None:
    assert unpublished(WHOLE, b'[parts.core]\nv1 = "aa"\n') == (
        "parts/core/v10.toml",
        "programmes/mr/v1.toml",
        "overlays/999999/v1.toml",
        "instruments/epds.toml",
    )
    assert unpublished(WHOLE, write_ledger(WHOLE, b"").encode()) == ()


def test_what_is_retired_stays_in_the_ledger_and_is_no_publication() -> None:
    retired = replace(LIBRARY, retired={("core", 1): "古い「形」"})
    ledger = write_ledger(retired, b"")
    assert ledger.endswith('\n[retired.core]\nv1 = "古い「形」"\n')
    assert keys(retired, ledger) == []
    assert write_ledger(retired, ledger.encode()) == ledger
    assert read_retired(ledger.encode(), LIBRARY.parts.keys()) == {("core", 1): "古い「形」"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('v10 = "x"', "there is no newer version of 'core' to move to"),
        ('v3 = "x"', "there is no version 3 of 'core'"),
        ('v1 = ""', "must not be empty"),
        ('first = "x"', "is not known here"),
    ],
)
def test_a_retirement_that_cannot_be_is_told_with_its_line(row: str, fault: str) -> None:
    told = read_retired(f"[retired.core]\n{row}\n".encode(), LIBRARY.parts.keys())
    assert isinstance(told, tuple)
    assert [(one.path, one.line) for one in told] == [("published.toml", 2)]
    assert fault in told[0].message
