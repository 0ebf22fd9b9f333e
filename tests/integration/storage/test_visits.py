"""Visits, drafts and submissions: kept as given, never overwritten, never twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from app.questionnaire.answers import Answer
from app.visit.handover import read_scan
from app.visit.ports import Deed, StaleRevisionError
from app.visit.visit import State, Submission
from tests.integration.storage.town import MINUTE, NOW, Town


def test_visit_when_prepared_comes_back_as_it_was(town: Town) -> None:
    visit = town.prepare()
    assert town.store.visits.find(visit.id) == visit
    assert town.store.visits.find("unknown") is None


def test_draft_when_prepared_comes_back_with_what_was_typed(town: Town) -> None:
    visit = town.prepare()
    draft = town.store.visits.draft(visit)
    assert draft.answers["convulsion_ever"] == Answer("yes", "先月、熱のとき")
    assert draft.language == "ne"
    assert draft.revision == 0
    assert list(draft.typed["birth"]["birth_weight"]) == ["many"]


def test_visits_of_person_are_hers_newest_first(town: Town) -> None:
    old, new = town.prepare(), town.prepare(prepared_at=NOW + MINUTE)
    assert town.store.visits.of_person(town.person.id) == (new, old)
    assert town.store.visits.of_person("nobody") == ()


def test_draft_when_saved_on_an_older_revision_is_refused_and_nothing_changes(town: Town) -> None:
    visit, event = town.prepare(), town.event(Deed.DRAFT_SAVED)
    first = town.store.visits.draft(visit)
    saved = town.store.visits.save(replace(first, answers={"free": Answer("a")}), visit, event)
    assert saved.revision == 1
    with pytest.raises(StaleRevisionError):
        town.store.visits.save(replace(first, answers={"free": Answer("b")}), visit, event)
    assert town.store.visits.draft(visit).answers == {"free": Answer("a")}


def test_quiet_save_when_done_leaves_no_deed_and_another_deed_does(town: Town) -> None:
    visit = town.prepare()
    draft = town.store.visits.save(
        town.store.visits.draft(visit), visit, town.event(Deed.DRAFT_SAVED, visit.id)
    )
    town.store.visits.save(draft, visit, town.event(Deed.DAY_ANSWERED, visit.id))
    deeds = [event.deed for event in town.store.visits.history(visit.id)]
    assert deeds == [Deed.PREPARED, Deed.DAY_ANSWERED]


def test_submission_when_made_comes_back_as_it_was(town: Town) -> None:
    visit = town.submitted()
    assert town.store.visits.submissions(visit) == (town.submission(visit),)
    assert town.store.visits.submitted_with(visit.id, "k1") == town.submission(visit)
    assert town.store.visits.submitted_with(visit.id, "k2") is None
    assert town.store.visits.submitted_with("unknown", "k1") is None
    assert town.store.visits.find(visit.id) == visit


def test_newest_submission_when_there_are_several_is_the_last(town: Town) -> None:
    visit = town.prepare()
    assert town.store.visits.newest(visit) is None
    visit = town.submitted()
    second = town.submission(visit, 2)
    town.store.visits.submit(visit, second, "k2", town.event(Deed.SUBMITTED, visit.id))
    assert town.store.visits.newest(visit) == second


def test_held_visit_when_read_by_its_author_has_draft_and_link_and_for_others_no_link(town: Town) -> None:
    visit = town.prepare()
    held = town.store.visits.held(visit.id, town.person.id, NOW + MINUTE)
    assert held is not None
    assert held.visit == visit
    assert held.draft == town.store.visits.draft(visit)
    assert held.link == town.store.people.guardianship(town.person.id, visit.subject_id, NOW + MINUTE)
    assert held.link is not None
    stranger = town.store.visits.held(visit.id, "stranger", NOW + MINUTE)
    assert stranger is not None
    assert stranger.link is None
    assert town.store.visits.held("unknown", town.person.id, NOW) is None


def test_submission_key_when_used_at_another_visit_means_nothing_there(town: Town) -> None:
    first, second = town.submitted("same-key"), town.submitted("same-key")
    assert town.store.visits.submitted_with(first.id, "same-key") == town.submission(first)
    assert town.store.visits.submitted_with(second.id, "same-key") == town.submission(second)


def test_second_tap_when_it_comes_returns_the_first_and_changes_nothing(town: Town) -> None:
    visit = town.submitted("k1")
    other = replace(town.submission(visit), id="other", number=2, answers={})
    event = town.event(Deed.SUBMITTED, visit.id)
    stale = replace(visit, revision=0)
    assert town.store.visits.submit(stale, other, "k1", event) == town.submission(visit)
    assert town.store.visits.find(visit.id) == visit
    assert [event.deed for event in town.store.visits.history(visit.id)].count(Deed.SUBMITTED) == 1


@pytest.mark.parametrize(("revision", "number"), [(0, 2), (1, 1)])
def test_submission_when_visit_or_number_is_stale_is_refused(town: Town, revision: int, number: int) -> None:
    visit = town.submitted()
    late = town.submission(visit, number)
    with pytest.raises(StaleRevisionError):
        town.store.visits.submit(
            replace(visit, revision=revision), late, "k2", town.event(Deed.SUBMITTED, visit.id)
        )
    assert len(town.store.visits.submissions(visit)) == 1


def test_taps_when_many_come_at_once_make_one_submission(town: Town) -> None:
    visit = town.prepare()
    issued = replace(visit, state=State.SUBMITTED, generation=1, issued_at=NOW)
    taps, stores = Barrier(8), 2

    def tap(number: int, stack_stores: list) -> Submission:
        taps.wait(10)
        return stack_stores[number % stores].visits.submit(
            issued, town.submission(visit), "one-key", town.event(Deed.SUBMITTED, visit.id)
        )

    with ExitStack() as stack, ThreadPoolExecutor(8) as pool:
        opened = [town.store, stack.enter_context(town.address.opened())]
        results = list(pool.map(lambda number: tap(number, opened), range(8)))
    assert set(map(repr, results)) == {repr(town.submission(visit))}
    assert len(town.store.visits.submissions(visit)) == 1
    assert [event.deed for event in town.store.visits.history(visit.id)].count(Deed.SUBMITTED) == 1


def test_submissions_with_different_keys_when_at_once_only_one_wins(town: Town) -> None:
    visit = town.prepare()
    issued = replace(visit, state=State.SUBMITTED, generation=1, issued_at=NOW)
    start = Barrier(6)

    def send(number: int) -> bool:
        start.wait(10)
        try:
            town.store.visits.submit(
                issued, town.submission(visit), f"key-{number}", town.event(Deed.SUBMITTED, visit.id)
            )
        except StaleRevisionError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 1
    assert len(town.store.visits.submissions(visit)) == 1


def test_change_when_based_on_an_older_revision_is_refused(town: Town) -> None:
    visit, event = town.prepare(), town.event(Deed.PLAN_CHANGED)
    changed = town.store.visits.change(replace(visit, clinic_id=None, planned_on=None), event)
    assert changed == replace(visit, clinic_id=None, planned_on=None, revision=1)
    assert town.store.visits.find(visit.id) == changed
    with pytest.raises(StaleRevisionError):
        town.store.visits.change(visit, event)


def test_scan_when_pass_is_current_finds_its_visit_by_both_channels(town: Town) -> None:
    visit = town.submitted()
    face = town.store.passes.face(visit)
    for text in (face.digits, face.short_code):
        assert town.store.visits.by_scan(read_scan(text), NOW + MINUTE) == visit
        assert town.store.visits.by_scan(read_scan(text), face.valid_until + timedelta(seconds=1)) is None


def test_scan_when_pass_was_reissued_finds_only_the_new_one(town: Town) -> None:
    visit = town.submitted()
    old = town.store.passes.face(visit)
    again = town.store.visits.change(replace(visit, generation=2), town.event(Deed.REISSUED, visit.id))
    new = town.store.passes.face(again)
    for text in (old.digits, old.short_code):
        assert town.store.visits.by_scan(read_scan(text), NOW + MINUTE) is None
    for text in (new.digits, new.short_code):
        assert town.store.visits.by_scan(read_scan(text), NOW + MINUTE) == again


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CLOSED])
def test_scan_when_visit_is_over_finds_nothing(town: Town, state: State) -> None:
    visit = town.submitted()
    face = town.store.passes.face(visit)
    town.store.visits.change(replace(visit, state=state), town.event(Deed.WITHDRAWN, visit.id))
    assert town.store.visits.by_scan(read_scan(face.digits), NOW + MINUTE) is None


def test_waiting_when_asked_are_the_clinics_of_this_tokyo_day(town: Town) -> None:
    received = town.store.visits.change(
        replace(town.submitted(), state=State.RECEIVED, bound_clinic_id=town.clinic.id, received_at=NOW),
        town.event(Deed.RECEIVED),
    )
    later = town.store.visits.change(
        replace(
            town.submitted(), state=State.RECEIVED, bound_clinic_id=town.clinic.id, received_at=NOW + MINUTE
        ),
        town.event(Deed.RECEIVED),
    )
    assert town.store.visits.waiting(town.clinic.id, NOW) == (later, received)
    assert town.store.visits.waiting(town.clinic.id, NOW + timedelta(days=1)) == ()
    assert town.store.visits.waiting("elsewhere", NOW) == ()


def test_passes_when_shown_and_checked_belong_to_their_generation(town: Town) -> None:
    drafting = town.prepare()
    with pytest.raises(ValueError, match="no pass"):
        town.store.passes.face(drafting)
    visit = town.submitted()
    token = town.store.passes.device_token(visit)
    assert town.store.passes.is_device(visit, token)
    assert not town.store.passes.is_device(replace(visit, generation=2), token)
    assert not town.store.passes.is_device(visit, "ü")
    assert not town.store.passes.is_device(drafting, town.store.passes.device_token(drafting))
