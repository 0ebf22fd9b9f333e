"""The sheet: each part once, extras before the day's part, concerns for whom they count."""

from dataclasses import replace

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from app.questionnaire.answers import Answer
from app.questionnaire.definition import Level, Library, Programme
from app.visit.raised import concerns_of
from app.visit.sheet import Sheet, assemble, restore, subject_answers
from tests.unit.visit.making import ask, child, concern, for_day, given, library, part, plain_sheet, programme

PARTS = library(
    part("head", ask("name", origin="subject.name"), ask("born", origin="subject.birth_date")),
    part("core", ask("immunoglobulin"), concerns=[concern("for_all", "immunoglobulin", Level.C)]),
    part("mr", ask("mr_had")),
    part("vzv", ask("vzv_had")),
    part("rota", ask("rota_had")),
    for_day("day", "unwell"),
)
MR = programme("MR", ["head", "core", "mr", "day"], concern("own", "immunoglobulin", Level.B))
VZV = programme("VZV", ["head", "core", "vzv", "day"], concern("own", "immunoglobulin", Level.B))
ROTA = programme("ROTA", ["head", "core", "rota", "day"])
BARE = programme("BARE", ["head", "core", "day"])
ALL = (MR, VZV, ROTA, BARE)


def codes(sheet: Sheet) -> list[str]:
    """The parts in order."""
    return [one.code for one in sheet.parts]


def test_sheet_when_several_vaccines_are_given_puts_extras_before_the_day() -> None:
    assert codes(assemble([MR, VZV, ROTA], PARTS)) == ["head", "core", "mr", "vzv", "rota", "day"]
    assert codes(assemble([ROTA, MR], PARTS)) == ["head", "core", "rota", "mr", "day"]
    assert codes(assemble([BARE, VZV], PARTS)) == ["head", "core", "vzv", "day"]


@given_any(st.lists(st.sampled_from(ALL), min_size=1, max_size=6))
def test_sheet_whatever_is_chosen_asks_each_part_once_and_the_day_last(chosen: list[Programme]) -> None:
    sheet = assemble(chosen, PARTS)
    assert len(set(codes(sheet))) == len(codes(sheet))
    assert set(codes(sheet)) == {code for one in chosen for code in one.parts}
    assert codes(sheet)[-1] == "day"
    for one in chosen:
        assert [code for code in codes(sheet) if code in one.parts] == list(one.parts)


@given_any(st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique=True))
def test_sheet_when_restored_from_its_pins_is_the_same(chosen: list[Programme]) -> None:
    sheet = assemble(chosen, PARTS)
    whole = library(*PARTS.parts.values())
    kept = type(whole)(whole.parts, {one.code: one for one in chosen})
    assert restore([one.code for one in chosen], sheet.pins, sheet.programme_pins, kept) == sheet


def test_sheet_when_a_part_is_absent_refuses() -> None:
    with pytest.raises((KeyError, ValueError)):
        assemble([programme("X", ["nowhere"])], PARTS)


def test_pages_when_told_apart_are_those_ahead_and_those_of_the_day() -> None:
    sheet = assemble([MR], PARTS)
    assert [page.code for page in sheet.pages_ahead] == ["head_page", "core_page", "mr_page"]
    assert [page.code for page in sheet.pages_of_the_day] == ["day_page"]
    day = sheet.page("day_page")
    assert day is not None
    assert sheet.part_of(day).code == "day"
    assert sheet.page("nowhere") is None


def test_part_when_the_page_belongs_to_another_sheet_is_an_error() -> None:
    with pytest.raises(KeyError):
        plain_sheet().part_of(assemble([MR], PARTS).pages_ahead[0])


def test_subject_when_known_answers_what_is_not_asked() -> None:
    told = subject_answers(child(), assemble([MR], PARTS))
    assert told == {"name": Answer(child().name), "born": Answer(child().birth_date)}


def test_concern_when_it_is_a_programmes_own_counts_for_it_alone() -> None:
    found = concerns_of(assemble([MR, ROTA], PARTS), given(immunoglobulin="yes"))
    assert [(one.concern.code, [two.code for two in one.programmes]) for one in found] == [
        ("own", ["MR"]),
        ("for_all", []),
    ]


def test_concern_when_two_programmes_share_it_names_both_once() -> None:
    found = concerns_of(assemble([VZV, MR], PARTS), given(immunoglobulin="yes"))
    assert [two.code for two in found[0].programmes] == ["VZV", "MR"]
    assert len(found) == 2


def test_concerns_when_nothing_holds_are_none() -> None:
    assert concerns_of(assemble(ALL, PARTS), given(immunoglobulin="no")) == ()
    assert concerns_of(assemble(ALL, PARTS), {}) == ()


def test_concerns_when_several_hold_come_most_urgent_first() -> None:
    levels = [Level.C, Level.A, Level.B]
    sheet = Sheet((), (part("p", ask("q"), concerns=[concern(level, "q", level) for level in levels]),))
    assert [one.concern.level for one in concerns_of(sheet, given(q="yes"))] == [Level.A, Level.B, Level.C]


OLDER = programme("MR", ["head", "core", "day"], concern("own", "immunoglobulin"))
NEWER = replace(OLDER, family="mr", version=2, without_pages=("core_page",))


def test_sheet_when_its_programme_got_a_newer_version_stays_as_it_was_pinned() -> None:
    first = replace(OLDER, family="mr", version=1)
    kept = Library(PARTS.parts, {"MR": NEWER}, {("mr", 1): (first,), ("mr", 2): (NEWER,)})
    sheet = assemble([first], kept)
    assert sheet.programme_pins == (("mr", 1),)
    assert restore(["MR"], sheet.pins, sheet.programme_pins, kept) == sheet
    assert restore(["MR"], sheet.pins, (("mr", 2),), kept).programmes == (NEWER,)


def test_sheet_when_prepared_before_programmes_had_versions_has_the_first() -> None:
    first = replace(OLDER, family="mr", version=1)
    kept = Library(PARTS.parts, {"MR": NEWER}, {("mr", 1): (first,), ("mr", 2): (NEWER,)})
    assert restore(["MR"], assemble([first], kept).pins, (), kept).programmes == (first,)


def test_sheet_when_a_pinned_version_is_lost_is_an_error() -> None:
    with pytest.raises(KeyError):
        restore(["MR"], (), (("mr", 3),), Library(PARTS.parts, {"MR": NEWER}))


def test_page_when_every_programme_leaves_it_out_is_not_on_the_sheet() -> None:
    alone, other = replace(NEWER, code="A"), replace(NEWER, code="B", without_pages=("head_page",))
    assert [page.code for page in assemble([alone], PARTS).pages_ahead] == ["head_page"]
    assert [page.code for page in assemble([alone, other], PARTS).pages_ahead] == ["head_page", "core_page"]


def test_sheet_when_the_recipient_comes_alone_asks_other_parts() -> None:
    able = replace(BARE, parts_alone=("head", "mr", "day"), alone_from_years=13)
    assert codes(assemble([able], PARTS, comes_alone=True)) == ["head", "mr", "day"]
    with pytest.raises(KeyError):
        assemble([BARE], PARTS, comes_alone=True)
