"""What a municipality says itself: a domain of its own, which may stay Japanese in an offered language."""

from dataclasses import replace

from app.questionnaire.definition import Kind, Page, Question
from app.questionnaire.overlay import Added, Overlay, ProgrammeChange, Rename
from app.wording.catalogue import read_wording
from app.wording.extraction import texts_of_library
from app.wording.fault import Check
from app.wording.workshop import check, extract, texts_by_domain
from tests.unit.wording.samples import LIBRARY, SOURCE, files

OWN = Question("m999999_own", Kind.YES_NO, "町の質問", "町", SOURCE)
OVERLAY = Overlay(
    "999999",
    1,
    "町",
    SOURCE,
    renames=(Rename(question="ill_now", text="今日の病気"),),
    added=(Added("core", "", Page("m999999_page", "町のこと", (OWN,))),),
    programmes=(ProgrammeChange("mr_1", ("町の紙",), "だれでも"),),
)
HERE = replace(LIBRARY, overlays={("999999", 1): OVERLAY})
DOMAIN = "overlays/999999"


def test_only_what_the_municipality_says_is_in_its_domain_under_the_contexts_of_the_form() -> None:
    found = [(text.context, text.japanese) for text in texts_by_domain(files(), HERE)[DOMAIN]]
    assert found == [
        ("core.ill_now.text", "今日の病気"),
        ("core.m999999_page.title", "町のこと"),
        ("core.m999999_own.text", "町の質問"),
        ("core.m999999_own.yes", "はい"),
        ("core.m999999_own.no", "いいえ"),
        ("mr.attends", "だれでも"),
        ("mr.bring.3", "町の紙"),
    ]
    assert f"{DOMAIN}.pot" in extract(files(), HERE)


def test_the_national_domains_are_the_same_with_and_without_it() -> None:
    without = [text for text in texts_of_library(HERE) if text.domain != DOMAIN]
    assert tuple(without) == texts_of_library(LIBRARY)


def test_an_offered_language_is_whole_without_it_and_its_drafts_are_no_fault() -> None:
    begun = '#, fuzzy\nmsgctxt "core.m999999_own.text"\nmsgid "町の質問"\nmsgstr "Old"\n'
    for translated in ({}, {f"en/{DOMAIN}.po": begun.encode()}):
        found = check({**files(), **translated}, HERE)
        assert {fault.path for fault in found} == {"en/parts/core.po", "en/programmes.po", "en/ui.po"}


def test_a_wrong_translation_of_it_is_a_fault_all_the_same() -> None:
    wrong = 'msgctxt "core.m999999_own.text"\nmsgid "町の質問"\nmsgstr "<b>Town</b>"\n'
    found = check({**files(), f"en/{DOMAIN}.po": wrong.encode()}, HERE)
    assert Check.MARKUP in {fault.check for fault in found if fault.path == f"en/{DOMAIN}.po"}


def test_a_translation_of_it_is_read_and_the_rest_stays_japanese() -> None:
    said = 'msgctxt "core.m999999_own.text"\nmsgid "町の質問"\nmsgstr "Town question"\n'
    wording = read_wording({**files(), f"en/{DOMAIN}.po": said.encode()})
    english = wording.languages.named("en")
    assert english is not None
    assert wording.form_text(english, "core.m999999_own.text", "町の質問") == "Town question"
    assert wording.form_text(english, "core.m999999_page.title", "町のこと") == "町のこと"
