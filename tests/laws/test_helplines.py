"""Every number to call has its words in every language, and leads where a telephone can call."""

import re

from app.questionnaire.concern import Urgency
from app.questionnaire.helplines import ON_PAGES
from app.wiring import DEFINITIONS, TRANSLATIONS, read_definitions, read_texts

CALLABLE = re.compile(r"tel:(%23)?[0-9]+")


def test_every_helpline_is_said_in_every_offered_language() -> None:
    wording, helplines = read_texts(TRANSLATIONS), read_definitions(DEFINITIONS).helplines
    assert helplines.leave.startswith("https://")
    keys = [f"helpline.{line.code}" for line in helplines.lines]
    for language in wording.languages.offered:
        assert [key for key in keys if not wording.is_translated(language, key)] == []


def test_every_place_has_a_helpline_for_children_and_mothers() -> None:
    helplines = read_definitions(DEFINITIONS).helplines
    for stand in (ON_PAGES, Urgency.AMBULANCE, Urgency.CALL_NOW):
        for subject in ("child", "mother"):
            assert helplines.at(stand, subject), (stand, subject)
    assert all(CALLABLE.fullmatch(line.address) for line in helplines.lines)
