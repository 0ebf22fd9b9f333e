"""A draft that moves to newer questions: draft, pins and deed in one transaction, or nothing of them."""

from dataclasses import replace

import pytest

from app.questionnaire.answers import Answer
from app.visit.ports import Deed, StaleRevisionError
from tests.integration.storage.town import ANSWERS, NEWER_PINS, PINS, Town


def test_a_moved_draft_is_kept_with_the_new_pins_and_its_deed(town: Town) -> None:
    visit = town.prepare()
    draft = town.store.visits.draft(visit)
    moved = replace(draft, answers={"free": Answer("b")}, earlier={"birth_weight": "3000", "gone": ""})
    saved = town.store.visits.repin(
        moved, replace(visit, pins=NEWER_PINS), town.event(Deed.DRAFT_MOVED, visit.id)
    )
    kept = town.store.visits.find(visit.id)
    assert kept is not None
    assert (kept.pins, kept.revision, saved.revision) == (NEWER_PINS, visit.revision + 1, draft.revision + 1)
    again = town.store.visits.draft(kept)
    assert (again.answers, again.earlier) == ({"free": Answer("b")}, {"birth_weight": "3000", "gone": ""})
    assert [event.deed for event in town.store.visits.history(visit.id)][-1] is Deed.DRAFT_MOVED


@pytest.mark.parametrize("stale", ["draft", "visit"])
def test_a_move_on_an_older_revision_changes_nothing_at_all(town: Town, stale: str) -> None:
    visit = town.prepare()
    draft = town.store.visits.draft(visit)
    before = len(town.store.visits.history(visit.id))
    if stale == "draft":
        draft = replace(draft, revision=draft.revision + 1)
    else:
        visit = replace(visit, revision=visit.revision + 1)
    with pytest.raises(StaleRevisionError):
        town.store.visits.repin(
            replace(draft, answers={}),
            replace(visit, pins=NEWER_PINS),
            town.event(Deed.DRAFT_MOVED, visit.id),
        )
    kept = town.store.visits.find(visit.id)
    assert kept is not None
    assert kept.pins == PINS
    assert town.store.visits.draft(kept).answers == ANSWERS
    assert len(town.store.visits.history(visit.id)) == before
