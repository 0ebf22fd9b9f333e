"""Reading a plan, and changing it: answers and pass stay whatever she changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fault import Fault
from app.questionnaire.programme import Programme
from app.visit.handover import is_valid, valid_until
from app.visit.planning import (
    FURTHEST,
    Plan,
    check_day,
    issue,
    move,
    not_one_visit,
    read_clinic,
    read_day,
    read_plan,
    reissue,
    withdraw,
)
from app.visit.visit import State
from tests.unit.visit.making import NOON, TODAY, issued, programme, visit

LATER = NOON + timedelta(days=3)
WRONG_DAY = Fault("planned-day", "date_impossible")
PLAN = {"programme": ["MR", "VZV", "MR"], "companion": ["mother"], "clinic": ["A"]}
days = st.none() | st.dates(TODAY, TODAY + FURTHEST)
clinics = st.sampled_from([None, "A", "B"])


def test_plan_when_whole_is_read_with_each_programme_once() -> None:
    assert read_plan(PLAN, ["MR", "VZV"], ["A"], TODAY) == Plan(("MR", "VZV"), "mother", "A", TODAY)


def test_plan_when_place_and_day_are_open_is_whole_too() -> None:
    typed = {"programme": ["MR"], "companion": ["father"], "clinic": [""]}
    assert read_plan(typed, ["MR"], [], None) == Plan(("MR",), "father", None, None)


def test_plan_when_everything_is_wrong_tells_every_fault_at_once() -> None:
    typed = {"programme": ["X"], "companion": ["cat"], "clinic": ["Z"]}
    found = read_plan(typed, ["MR"], ["A"], WRONG_DAY)
    assert isinstance(found, tuple)
    assert [one.field for one in found] == ["programme", "companion", "clinic", "planned-day"]


def test_plan_when_nothing_was_typed_does_not_choose_for_her() -> None:
    found = read_plan({}, ["MR"], ["A"], None)
    assert isinstance(found, tuple)
    assert [one.field for one in found] == ["programme", "companion"]


@pytest.mark.parametrize(
    ("days_ahead", "message"), [(-1, "planned_in_past"), (0, None), (366, None), (367, "planned_too_far")]
)
def test_day_when_checked_lies_from_today_to_a_year_ahead(days_ahead: int, message: str | None) -> None:
    fault = check_day(TODAY + timedelta(days=days_ahead), TODAY)
    assert (fault.message if fault else None) == message


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"clinic": ["A"]}, "A"),
        ({"clinic": ["open"]}, None),
        ({"clinic": ["B"]}, Fault("clinic", "choose_one")),
        ({"clinic": [""]}, Fault("clinic", "choose_one")),
        ({"clinic": []}, Fault("clinic", "choose_one")),
        ({}, Fault("clinic", "choose_one")),
    ],
)
def test_clinic_when_typed_is_one_of_the_offered_or_open(
    typed: dict[str, list[str]], expected: str | Fault | None
) -> None:
    assert read_clinic(typed, ["A"]) == expected


@pytest.mark.parametrize(
    ("when", "other", "expected"),
    [
        ("today", WRONG_DAY, TODAY),
        ("open", WRONG_DAY, None),
        ("other", TODAY + timedelta(days=2), TODAY + timedelta(days=2)),
        ("other", WRONG_DAY, WRONG_DAY),
        ("other", TODAY - timedelta(days=1), Fault("planned", "planned_in_past")),
        ("", TODAY, Fault("planned", "choose_one")),
        ("someday", TODAY, Fault("planned", "choose_one")),
    ],
)
def test_day_when_typed_is_what_she_chose(
    when: str, other: date | Fault, expected: date | Fault | None
) -> None:
    assert read_day({"planned": [when]} if when else {}, other, TODAY) == expected


def test_pass_when_first_issued_is_generation_one_and_kept_by_later_submissions() -> None:
    first = issue(visit(), NOON)
    assert (first.state, first.generation, first.issued_at) == (State.SUBMITTED, 1, NOON)
    assert issue(first, LATER) == first


def test_pass_when_reissued_is_the_next_generation() -> None:
    again = reissue(issued(planned_on=None), LATER)
    assert again.generation == 2
    assert valid_until(again) == LATER + timedelta(days=14)


@given(clinics, clinics, clinics, days)
def test_move_whatever_changes_keeps_pass_and_answers(
    chosen: str | None, bound: str | None, new_clinic: str | None, new_day: date | None
) -> None:
    state = State.RECEIVED if bound else State.SUBMITTED
    before = issued(state=state, clinic_id=chosen, bound_clinic_id=bound, received_at=NOON if bound else None)
    after = move(before, new_clinic, new_day, LATER)
    assert (after.id, after.generation, after.pins) == (before.id, before.generation, before.pins)
    assert (after.clinic_id, after.planned_on) == (new_clinic, new_day)
    stays_bound = bound is not None and new_clinic == bound
    assert after.bound_clinic_id == (bound if stays_bound else None)
    stays_received = stays_bound and new_day == before.planned_on
    assert (after.state is State.RECEIVED) == stays_received
    assert (after.received_at is not None) == stays_received


def test_move_when_the_pass_had_ended_makes_the_same_pass_good_again() -> None:
    ended = issued(planned_on=TODAY - timedelta(days=2))
    assert not is_valid(ended, NOON)
    for day in (TODAY, None):
        again = move(ended, "A", day, NOON)
        assert is_valid(again, NOON)
        assert again.generation == ended.generation


def test_move_when_nothing_was_submitted_issues_no_pass() -> None:
    assert move(visit(), "A", TODAY, NOON) == visit(clinic_id="A", planned_on=TODAY)


def test_withdrawing_when_received_unbinds() -> None:
    ended = withdraw(issued(state=State.RECEIVED, bound_clinic_id="A"))
    assert (ended.state, ended.bound_clinic_id) == (State.WITHDRAWN, None)


MR1, MR2 = programme("mr-1", ["core"]), replace(programme("mr-2", ["core"]), vaccine="mr-1")
CHECKUP = replace(programme("checkup-m3", ["core"]), kind="checkup", vaccine="")
OTHER_CHECKUP = replace(CHECKUP, code="checkup-m6")
MOTHERS = replace(programme("rsv", ["core"]), subject_is="mother")


@pytest.mark.parametrize(
    ("programmes", "message"),
    [
        ([], ""),
        ([MR1], ""),
        ([MR1, MR1], ""),
        ([MR1, programme("bcg", ["core"])], ""),
        ([CHECKUP], ""),
        ([MR1, MR2], "one_dose_each"),
        ([CHECKUP, MR1], "one_checkup_alone"),
        ([CHECKUP, OTHER_CHECKUP], "one_checkup_alone"),
        ([MR1, MOTHERS], "one_person_only"),
    ],
)
def test_programmes_that_cannot_be_one_visit_are_told_apart(
    programmes: list[Programme], message: str
) -> None:
    assert not_one_visit(programmes) == message
