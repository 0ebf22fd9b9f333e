"""The sheet of a municipality: what its overlay changes, pinned for ever."""

import pytest

from app.questionnaire.definition import Library, Page, Part
from app.questionnaire.overlay import Added, Hide, Overlay, ProgrammeChange
from app.visit.sheet import assemble, restore
from tests.unit.visit.making import SOURCE, TOWN, ask, for_day, part, programme

OWN = Page("m999999_page", "町", (ask("m999999_own"),))
PARTS = (part("head", ask("name")), part("core", ask("ill"), ask("spare")), for_day("day", "unwell"))
CHECKUP = programme("M3", ["head", "core", "day"])
VACCINE = programme("MR", ["head", "day"])


def overlay(version: int = 1, *added: Added, hides: tuple[Hide, ...] = (), bring: str = "") -> Overlay:
    changes = (ProgrammeChange("M3", (bring,), ""),) if bring else ()
    return Overlay(TOWN, version, "町", SOURCE, hides=hides, added=added, programmes=changes)


def library(*overlays: Overlay) -> Library:
    return Library(
        {(one.code, one.version): one for one in PARTS},
        {one.code: one for one in (CHECKUP, VACCINE)},
        overlays={(one.municipality, one.version): one for one in overlays},
    )


def asked(parts: tuple[Part, ...]) -> list[str]:
    return [question.code for one in parts for question in one.questions]


FIRST = overlay(1, Added("core", "", OWN), hides=(Hide("spare"),), bring="町の紙")


def test_a_new_visit_is_asked_as_its_municipality_does_and_pinned_to_it() -> None:
    sheet = assemble([CHECKUP], library(FIRST), TOWN)
    assert asked(sheet.parts) == ["name", "ill", "m999999_own", "unwell"]
    assert sheet.programmes[0].bring == ("町の紙",)
    assert sheet.pins == (("head", 1), ("core", 1), ("day", 1), ("overlay/999999", 1))


def test_elsewhere_and_for_what_the_overlay_does_not_mean_it_is_the_national_sheet() -> None:
    kept = library(FIRST)
    assert assemble([CHECKUP], kept, "888888") == assemble([CHECKUP], kept)
    assert assemble([VACCINE], kept, TOWN) == assemble([VACCINE], kept)
    assert assemble([VACCINE], kept, TOWN).overlay is None


def test_a_visit_is_restored_exactly_also_after_a_newer_overlay() -> None:
    sheet = assemble([CHECKUP], library(FIRST), TOWN)
    later = library(FIRST, overlay(2))
    assert restore(["M3"], sheet.pins, (), later) == sheet
    assert asked(assemble([CHECKUP], later, TOWN).parts) == ["name", "ill", "spare", "unwell"]


def test_a_visit_from_before_the_first_overlay_stays_national() -> None:
    sheet = assemble([CHECKUP], library(), TOWN)
    assert restore(["M3"], sheet.pins, (), library(FIRST)) == sheet


def test_a_lost_overlay_is_an_error_not_another_sheet() -> None:
    sheet = assemble([CHECKUP], library(FIRST), TOWN)
    with pytest.raises(KeyError):
        restore(["M3"], sheet.pins, (), library())
