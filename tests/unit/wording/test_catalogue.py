import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wording.catalogue import Wording, read_wording
from app.wording.fault import Check, WordingError
from app.wording.languages import Language
from app.wording.review import ReviewState
from tests.unit.wording.samples import files, po

SHOW = "受付でこの画面を見せてください"
UNTIL = "{day}まで使えます"


def spoken(wording: Wording, tag: str) -> Language:
    language = wording.languages.named(tag)
    assert language is not None
    return language


def english(*entries: tuple[str, str, str], **more: bytes) -> tuple[Wording, Language]:
    wording = read_wording(files(en__ui_po=po(*entries), **more))
    return wording, spoken(wording, "en")


def test_say_when_translated_then_translation() -> None:
    wording, language = english(("ui.pass.show_this", SHOW, "Show this at the desk"))
    assert wording.say(language, "pass.show_this") == "Show this at the desk"
    assert wording.is_translated(language, "pass.show_this")
    assert wording.problems == ()


def test_say_when_source_changed_since_then_japanese() -> None:
    wording, language = english(("ui.pass.show_this", "前の文", "Old"))
    assert wording.say(language, "pass.show_this") == SHOW
    assert not wording.is_translated(language, "pass.show_this")


def test_say_when_fuzzy_then_japanese() -> None:
    fuzzy = b"#, fuzzy\n" + po(("ui.pass.show_this", SHOW, "Perhaps"))
    wording = read_wording(files(en__ui_po=fuzzy))
    assert wording.say(spoken(wording, "en"), "pass.show_this") == SHOW


def test_say_when_japanese_then_source() -> None:
    wording, _ = english()
    assert wording.say(wording.languages.source, "pass.until", day="5月1日") == "5月1日まで使えます"
    assert wording.is_translated(wording.languages.source, "pass.until")


def test_say_when_not_there_then_parent_language() -> None:
    wording, _ = english(("ui.pass.show_this", SHOW, "Show this"))
    singapore = spoken(wording, "en-SG")
    assert wording.say(singapore, "pass.show_this") == "Show this"
    assert not wording.is_translated(singapore, "pass.show_this")


@pytest.mark.parametrize(
    "broken", ["till {dya}", "till", "till {day", "{day} {}", "{day} {0}", "{day} {Day}"]
)
def test_say_when_translation_is_broken_then_japanese_and_logged_once(
    broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "wording"):
        wording, language = english(("ui.pass.until", UNTIL, broken))
        for _ in range(3):
            assert wording.say(language, "pass.until", day="1 May") == "1 Mayまで使えます"
    assert [fault.check for fault in wording.problems] == [Check.PLACEHOLDERS]
    assert len(caplog.records) == 1
    assert broken not in caplog.text
    assert "ui.pass.until" in caplog.text


def test_say_when_key_is_unknown_then_key_and_problem() -> None:
    wording, language = english()
    assert wording.say(language, "pass.nothing") == "pass.nothing"
    assert wording.problems[0].context == "ui.pass.nothing"


def test_say_when_a_value_is_missing_then_problem_but_no_error() -> None:
    wording, language = english(("ui.pass.until", UNTIL, "until {day}"))
    assert wording.say(language, "pass.until", other="x") == "until {day}"
    assert wording.problems[0].check is Check.PLACEHOLDERS


@given(st.text())
def test_say_when_a_value_holds_braces_then_it_stays_what_it_is(value: str) -> None:
    wording, language = english(("ui.pass.until", UNTIL, "until {day}"))
    assert wording.say(language, "pass.until", day=value) == f"until {value}"
    assert wording.fill("{day}{day}", {"day": value}) == value + value


def test_form_text_when_same_japanese_then_translation_else_japanese() -> None:
    part = po(("core.convulsion_ever.text", "けいれん", "Seizure"))
    wording = read_wording(files(vi__parts__core_po=part))
    vietnamese = spoken(wording, "vi")
    assert wording.form_text(vietnamese, "core.convulsion_ever.text", "けいれん") == "Seizure"
    assert wording.form_text(vietnamese, "core.convulsion_ever.text", "けいれんなし") == "けいれんなし"
    assert wording.form_text(wording.languages.source, "core.convulsion_ever.text", "けいれん") == "けいれん"


def test_speaks_when_one_text_is_missing_then_not_at_all() -> None:
    wording = read_wording(
        files(vi__parts__core_po=po(("core.a.yes", "はい", "Có"), ("core.a.no", "いいえ", "")))
    )
    vietnamese = spoken(wording, "vi")
    assert wording.speaks(vietnamese, [("core.a.yes", "はい")])
    assert not wording.speaks(vietnamese, [("core.a.yes", "はい"), ("core.a.no", "いいえ")])
    assert wording.speaks(wording.languages.source, [("core.a.no", "いいえ")])


def test_review_state_when_japanese_then_approved_and_when_nothing_is_known_then_machine() -> None:
    wording, language = english()
    assert wording.review_state(wording.languages.source, "parts/core") is ReviewState.APPROVED
    assert wording.review_state(language, "parts/core") is ReviewState.MACHINE
    assert not wording.is_reading_aid(wording.languages.source, ["ui"], ReviewState.APPROVED)
    assert wording.is_reading_aid(language, ["ui"], ReviewState.TRANSLATED)


def test_read_when_a_file_is_broken_then_japanese_and_the_service_starts() -> None:
    wording = read_wording(files(en__ui_po=b"\xff\xfe", en__review_toml=b"[["))
    assert wording.say(spoken(wording, "en"), "pass.show_this") == SHOW
    assert {fault.path for fault in wording.problems} == {"en/ui.po", "en/review.toml"}


def test_read_when_the_source_is_broken_then_refuses() -> None:
    with pytest.raises(WordingError, match=r"ui\.toml:2: ui\.a\.b"):
        read_wording({**files(), "ui.toml": b"[a]\nb = 3"})


def test_say_when_a_placeholder_is_called_like_an_argument_then_filled() -> None:
    wording = read_wording({**files(), "ui.toml": b'[a]\nb = "{language} {key} {self}"'})
    said = wording.say(wording.languages.source, "a.b", language="1", key="2", self="3")
    assert said == "1 2 3"
