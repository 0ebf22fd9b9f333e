"""Opening a visit at a clinic: who may, what the first scan binds, and one refusal for everything foreign."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.visit.access import Actor, Who
from app.visit.reception import Opened, Refusal, close, open_visit
from app.visit.visit import State, Visit
from tests.unit.visit.making import BORN, NOON, TODAY, at_desk, issued, visit

KNOWN = (BORN, BORN)
UNASKED = (BORN, None)


def test_reception_when_the_chosen_clinic_scans_binds_it() -> None:
    opened = open_visit(issued(), at_desk(), UNASKED, NOON)
    assert opened == Opened(
        replace(issued(), state=State.RECEIVED, bound_clinic_id="A", received_at=NOON), is_first=True
    )


def test_reception_when_scanned_again_at_the_same_clinic_changes_nothing() -> None:
    first = open_visit(issued(clinic_id=None), at_desk(), KNOWN, NOON)
    assert isinstance(first, Opened)
    later = NOON + timedelta(hours=1)
    assert open_visit(first.visit, at_desk(Who.NURSE), UNASKED, later) == Opened(first.visit, is_first=False)


def test_reception_when_another_clinic_scans_after_the_binding_finds_nothing() -> None:
    bound = open_visit(issued(clinic_id=None), at_desk(), KNOWN, NOON)
    assert isinstance(bound, Opened)
    assert open_visit(bound.visit, at_desk(clinic_id="B"), KNOWN, NOON) is Refusal.NOT_FOUND


@pytest.mark.parametrize(
    ("entered", "expected"),
    [(None, Refusal.ASK_BIRTH_DATE), (BORN + timedelta(days=1), Refusal.BIRTH_DATE_WRONG)],
)
def test_reception_when_no_clinic_was_chosen_asks_the_birth_date(
    entered: date | None, expected: Refusal
) -> None:
    assert open_visit(issued(clinic_id=None), at_desk(), (BORN, entered), NOON) is expected


def test_reception_when_no_day_was_planned_takes_the_day_in_tokyo() -> None:
    late_evening_utc = NOON.replace(day=24, hour=16)
    opened = open_visit(issued(planned_on=None), at_desk(), UNASKED, late_evening_utc)
    assert isinstance(opened, Opened)
    assert opened.visit.planned_on == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    "found",
    [
        None,
        visit(clinic_id="A", planned_on=TODAY),
        issued(state=State.WITHDRAWN),
        issued(state=State.CLOSED, bound_clinic_id="A"),
        issued(planned_on=TODAY - timedelta(days=1)),
        issued(planned_on=None, issued_at=NOON - timedelta(days=15)),
        issued(clinic_id="B"),
        issued(municipality="888888"),
        issued(state=State.RECEIVED, clinic_id=None, bound_clinic_id="B"),
    ],
)
def test_reception_when_unknown_foreign_or_ended_is_one_and_the_same_refusal(found: Visit | None) -> None:
    assert open_visit(found, at_desk(), KNOWN, NOON) is Refusal.NOT_FOUND


@pytest.mark.parametrize(
    "actor",
    [at_desk(terminal_id=""), at_desk(Who.ADMINISTRATOR), Actor(), Actor(Who.PARENT, "mother")],
)
def test_reception_when_not_at_an_enrolled_desk_refuses_before_looking(actor: Actor) -> None:
    assert open_visit(issued(), actor, KNOWN, NOON) is Refusal.NOT_ENROLLED
    assert open_visit(None, actor, KNOWN, NOON) is Refusal.NOT_ENROLLED


@given(
    st.sampled_from(State),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from([None, BORN, date(2020, 1, 1)]),
)
def test_reception_whatever_the_visit_opens_only_for_the_clinic_it_belongs_to(
    state: State, chosen: str | None, bound: str | None, entered: date | None
) -> None:
    found = issued(state=state, clinic_id=chosen, bound_clinic_id=bound)
    result = open_visit(found, at_desk(), (BORN, entered), NOON)
    if isinstance(result, Opened):
        assert state in (State.SUBMITTED, State.RECEIVED)
        assert (bound or chosen or "A") == "A"
        assert bound or chosen or entered == BORN
        assert result.visit.generation == found.generation
    else:
        assert result in Refusal


def test_closing_when_done_twice_keeps_the_first_time() -> None:
    closed = close(issued(state=State.RECEIVED), NOON)
    assert (closed.state, closed.closed_at) == (State.CLOSED, NOON)
    assert close(closed, NOON + timedelta(hours=1)) == closed
