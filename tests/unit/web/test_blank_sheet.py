"""The blank paper of every programme: each question once, numbered through, each answer with its number."""

import pytest

from app.questionnaire.reading import read_library
from app.visit.sheet import assemble
from app.web.blank_sheet import PaperPage, blank_pages
from app.wiring import DEFINITIONS, files_below, read_definitions

LIBRARY = read_definitions(DEFINITIONS)
TOWN = "000000"


def paper(code: str) -> tuple[PaperPage, ...]:
    """The paper of one programme."""
    sheet = assemble([LIBRARY.programmes[code]], LIBRARY, TOWN)
    return blank_pages(sheet.parts, (*sheet.pages_ahead, *sheet.pages_of_the_day))


@pytest.mark.parametrize("code", sorted(LIBRARY.programmes))
def test_every_question_stands_once_and_in_order_with_its_answers_numbered(code: str) -> None:
    sheet = assemble([LIBRARY.programmes[code]], LIBRARY, TOWN)
    asked = [page for page in (*sheet.pages_ahead, *sheet.pages_of_the_day) if not page.discreet]
    questions = [question for page in paper(code) for question in page.questions]
    assert [one.code for one in questions] == [question.code for page in asked for question in page.questions]
    assert [one.number for one in questions] == [str(number) for number in range(1, len(questions) + 1)]
    for one in questions:
        boxes = [option.number for option in one.options]
        assert len(boxes) == len(set(boxes)), one.code
        assert all(int(condition.number or 0) < int(one.number) for condition in one.conditions), one.code


def test_what_is_asked_discreetly_is_on_no_paper() -> None:
    library = read_library(files_below(DEFINITIONS, ".toml"))
    assert library == LIBRARY
    for code in LIBRARY.programmes:
        sheet = assemble([LIBRARY.programmes[code]], LIBRARY, TOWN)
        pages = (*sheet.pages_ahead, *sheet.pages_of_the_day)
        hidden = {question.code for page in pages if page.discreet for question in page.questions}
        assert not hidden & {one.code for page in paper(code) for one in page.questions}
