import re
import unicodedata

from app.wording.catalogue import Wording, read_wording
from app.wording.extraction import texts_of_library
from app.wording.languages import Direction
from app.wording.pseudo import LONG_TAG, MIRRORED_TAG, lengthened, mirrored_text, with_pseudo
from app.wording.review import ReviewState
from tests.unit.wording.samples import LIBRARY, files

JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


def pseudo() -> Wording:
    return with_pseudo(read_wording(files()), texts_of_library(LIBRARY))


def test_both_are_offered_whole_and_approved() -> None:
    wording = pseudo()
    texts = texts_of_library(LIBRARY)
    for tag in (LONG_TAG, MIRRORED_TAG):
        language = wording.languages.negotiate("", tag)
        assert language.tag == tag
        assert wording.speaks(language, [text.pair for text in texts])
        assert not wording.is_reading_aid(language, ["ui", "parts/core"], ReviewState.APPROVED)


def test_nothing_said_holds_japanese() -> None:
    wording = pseudo()
    for tag in (LONG_TAG, MIRRORED_TAG):
        language = wording.languages.negotiate("", tag)
        said = [wording.say(language, text.context.removeprefix("ui.")) for text in wording.ui_texts]
        said += [wording.form_text(language, *text.pair) for text in texts_of_library(LIBRARY)]
        assert not [text for text in said if JAPANESE.search(text)]


def test_long_then_half_as_long_again_with_brackets_placeholders_and_numbers() -> None:
    text = lengthened("Show this until {day}, 37.5")
    assert text.startswith("⟦Šĥóŵ ťĥíš úñťíļ {day}")
    assert text.endswith("⟧")
    assert "{day}" in text
    assert "37.5" in text
    assert len(text) >= 1.5 * len("Show this until {day}, 37.5")


def test_mirrored_then_letters_run_from_right_to_left_without_controls() -> None:
    letters = [each for each in mirrored_text("受付 Show {day}").replace("{day}", "") if each.isalpha()]
    assert {unicodedata.bidirectional(each) for each in letters} == {"R"}
    assert pseudo().languages.negotiate("", MIRRORED_TAG).direction is Direction.RTL
