"""The Japanese sheet to show or print: the order of the paper, whole, without concerns."""

import re
from datetime import timedelta

import pytest

from app.questionnaire.answers import Absence, Answer
from tests.integration.pass_seeds import (
    CHILD_NAME,
    answered_today,
    prepared,
    signed_in,
    submitted,
    town,  # noqa: F401  a fixture
)
from tests.support.site import Site

UNSURE = {
    "family_immune_deficiency": Answer(Absence.UNKNOWN),
    "doctor_question": Answer("yes", "Tôi muốn hỏi"),
}


def test_paper_when_opened_holds_every_answer_in_the_order_of_the_form(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent, answers=UNSURE)
    page = parent.get(f"/visits/{visit.id}/paper")
    assert page.status == 200
    numbers = [int(found) for found in re.findall(r'<th scope="row">(\d+) ', page.text)]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10
    codes = re.findall(r'data-question="([^"]+)"', page.text)
    assert set(town.rooms.visits.submissions(visit)[-1].answers) <= set(codes)
    for words in (CHILD_NAME, "わからない", "Tôi muốn hỏi", 'lang="ja"'):
        assert words in page.text
    assert "data-concern" not in page.text


def test_paper_when_the_day_was_answered_holds_it_on_that_day_only(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent, day=town.rooms.today())
    answered_today(town, visit)
    assert "36.6" in parent.get(f"/visits/{visit.id}/paper").text
    town.clock.at += timedelta(days=1)
    parent.sign_in()
    page = parent.get(f"/visits/{visit.id}/paper").text
    assert "36.6" not in page
    assert "当日の回答はまだありません" in page


def test_paper_when_nothing_was_submitted_leads_to_the_visit(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = prepared(town, parent)
    parent.get(f"/visits/{visit.id}/paper")
    assert parent.page.path == f"/visits/{visit.id}"


@pytest.mark.parametrize("persona", ["stranger", "father"])
def test_paper_when_asked_for_by_another_does_not_exist(town: Site, persona: str) -> None:  # noqa: F811
    author = signed_in(town)
    visit = submitted(town, author)
    assert author.get(f"/visits/{visit.id}/paper").status == 200
    assert signed_in(town, persona).get(f"/visits/{visit.id}/paper").status == 404
