"""The one policy: every kind of actor, every action, every state of the visit."""

from datetime import timedelta
from itertools import product

import pytest

from app.people.person import Guardianship, Right
from app.questionnaire.definition import Kind, Privacy
from app.visit.access import (
    ACCESS,
    Action,
    Actor,
    Verdict,
    Who,
    may,
    may_about,
    may_enter,
    may_print,
    sees_answers,
)
from app.visit.visit import State, Visit
from tests.unit.visit.making import NOON, ask, at_desk, issued, link

ABOUT_SUBJECTS = {"change_subject", "see_history", "change_history", "see_growth", "note_growth"}
PARENT_ONLY = ABOUT_SUBJECTS | {
    *("see_home", "add_child", "add_mother", "prepare", "answer", "submit", "see_own", "change_plan"),
    "withdraw",
}
WITH_PASS = {"show_pass", "answer_today"}
OPEN = {State.DRAFTING, State.SUBMITTED, State.RECEIVED}
SHARED = {State.SUBMITTED, State.RECEIVED}
AUTHORS_STATES = {
    Action.ANSWER: OPEN,
    Action.SUBMIT: OPEN,
    Action.SEE_OWN: set(State),
    Action.SHOW_PASS: SHARED,
    Action.ANSWER_TODAY: SHARED,
    Action.CHANGE_PLAN: OPEN,
    Action.WITHDRAW: OPEN,
}
CLINICS_STATES = {State.RECEIVED, State.CLOSED}
MOTHER = Actor(Who.PARENT, "mother", "999999")
HOLDER = Actor(pass_for="v1")
DESK_ROLES = (Who.RECEPTION, Who.NURSE, Who.DOCTOR)


def judge(actor: Actor, action: Action, found: Visit | None, held: Guardianship | None = None) -> Verdict:
    """What the policy says at noon."""
    return may(actor, action, found, link=held, now=NOON)


@pytest.mark.parametrize("action", list(Action))
def test_table_when_read_names_somebody_for_every_action(action: Action) -> None:
    assert ACCESS[action]


@pytest.mark.parametrize("action", list(Action))
def test_parent_when_entering_may_do_what_parents_do(action: Action) -> None:
    allowed = PARENT_ONLY | WITH_PASS | {"read_public", "sign_in", "staff_sign_in"}
    assert (may_enter(MOTHER, action) is Verdict.YES) == (action.value in allowed)


@pytest.mark.parametrize("action", list(Action))
def test_nobody_when_entering_is_sent_to_sign_in(action: Action) -> None:
    is_public = action.value in {"read_public", "sign_in", "staff_sign_in"}
    assert may_enter(Actor(), action) is (Verdict.YES if is_public else Verdict.SIGN_IN)


@pytest.mark.parametrize("action", list(Action))
def test_pass_when_it_is_all_one_has_opens_pass_and_day_only(action: Action) -> None:
    is_public = action.value in {"read_public", "sign_in", "staff_sign_in"}
    assert (may_enter(HOLDER, action) is Verdict.YES) == (is_public or action.value in WITH_PASS)


@pytest.mark.parametrize("who", [Who.RECEPTION, Who.NURSE, Who.DOCTOR, Who.ADMINISTRATOR])
def test_staff_when_entering_never_reach_a_parents_page(who: Who) -> None:
    for action in (Action(name) for name in PARENT_ONLY | WITH_PASS):
        assert may_enter(at_desk(who), action) is Verdict.WRONG_ROLE
    assert (may_enter(at_desk(who), Action.RECEIVE) is Verdict.YES) == (who in DESK_ROLES)
    assert (may_enter(at_desk(who), Action.READ_VISIT) is Verdict.YES) == (who in DESK_ROLES)
    for action in (Action.CLOSE_VISIT, Action.ENTER_SCORE):
        assert (may_enter(at_desk(who), action) is Verdict.YES) == (who in (Who.NURSE, Who.DOCTOR))


@pytest.mark.parametrize(("action", "state"), list(product(AUTHORS_STATES, State)))
def test_author_when_acting_may_as_long_as_the_state_allows(action: Action, state: State) -> None:
    verdict = judge(MOTHER, action, issued(state=state), link())
    assert verdict is (Verdict.YES if state in AUTHORS_STATES[action] else Verdict.ENDED)


@pytest.mark.parametrize(("action", "state"), list(product(AUTHORS_STATES, State)))
def test_stranger_when_acting_finds_nothing_whatever_the_state(action: Action, state: State) -> None:
    stranger = Actor(Who.PARENT, "stranger", "999999")
    assert judge(stranger, action, issued(state=state)) is Verdict.ABSENT
    assert judge(stranger, action, issued(state=state), link()) is Verdict.ABSENT
    assert judge(MOTHER, action, None) is Verdict.ABSENT


@pytest.mark.parametrize(("action", "state"), list(product([Action.SHOW_PASS, Action.ANSWER_TODAY], State)))
def test_holder_when_acting_may_only_with_her_own_pass_while_it_is_shared(
    action: Action, state: State
) -> None:
    mine = judge(HOLDER, action, issued(state=state))
    assert mine is (Verdict.YES if state in SHARED else Verdict.ENDED)
    assert judge(HOLDER, action, issued(id="v2", state=state)) is Verdict.ABSENT


def test_holder_when_signed_in_as_somebody_else_may_do_no_more_than_the_pass() -> None:
    other = Actor(Who.PARENT, "stranger", "999999", pass_for="v1")
    assert judge(other, Action.SHOW_PASS, issued()) is Verdict.YES
    for action in set(AUTHORS_STATES) - {Action.SHOW_PASS, Action.ANSWER_TODAY}:
        assert judge(other, action, issued()) is Verdict.ABSENT


@pytest.mark.parametrize("action", list(AUTHORS_STATES))
def test_author_when_her_guardianship_ended_finds_nothing(action: Action) -> None:
    ended = link(until=NOON - timedelta(seconds=1))
    assert judge(MOTHER, action, issued(), ended) is Verdict.ABSENT
    assert judge(MOTHER, action, issued()) is Verdict.ABSENT


def test_author_when_she_may_only_see_can_show_and_stop_but_not_change() -> None:
    seeing = link(frozenset({Right.SEE_OWN}))
    allowed = {action for action in AUTHORS_STATES if judge(MOTHER, action, issued(), seeing) is Verdict.YES}
    assert allowed == {Action.SEE_OWN, Action.SHOW_PASS, Action.WITHDRAW}


@pytest.mark.parametrize(("who", "state"), list(product(DESK_ROLES, State)))
def test_staff_when_reading_may_at_the_bound_clinic_after_reception(who: Who, state: State) -> None:
    bound = issued(state=state, bound_clinic_id="A")
    assert judge(at_desk(who), Action.READ_VISIT, bound) is (
        Verdict.YES if state in CLINICS_STATES else Verdict.ENDED
    )


@pytest.mark.parametrize(("who", "state"), list(product(Who, State)))
def test_score_when_entered_is_nurses_and_doctors_work_even_after_the_end(who: Who, state: State) -> None:
    verdict = judge(at_desk(who), Action.ENTER_SCORE, issued(state=state, bound_clinic_id="A"))
    if who is Who.ANYONE:
        assert verdict is Verdict.SIGN_IN
    elif who not in (Who.NURSE, Who.DOCTOR):
        assert verdict is Verdict.WRONG_ROLE
    else:
        assert verdict is (Verdict.YES if state in CLINICS_STATES else Verdict.ENDED)
    foreign = judge(at_desk(Who.DOCTOR), Action.ENTER_SCORE, issued(state=state, bound_clinic_id="B"))
    assert foreign is Verdict.ABSENT


@pytest.mark.parametrize(
    ("found", "actor"),
    [
        (issued(state=State.RECEIVED, bound_clinic_id="B"), at_desk(Who.DOCTOR)),
        (issued(state=State.RECEIVED, bound_clinic_id="A"), at_desk(Who.DOCTOR, terminal_id="")),
        (issued(bound_clinic_id=None), at_desk(Who.DOCTOR)),
        (None, at_desk(Who.DOCTOR)),
    ],
)
def test_staff_when_the_visit_is_not_bound_to_their_desk_find_nothing(
    found: Visit | None, actor: Actor
) -> None:
    assert judge(actor, Action.READ_VISIT, found) is Verdict.ABSENT


@pytest.mark.parametrize("who", list(Who))
def test_answers_when_asked_for_are_seen_by_nurse_and_doctor_only(who: Who) -> None:
    assert sees_answers(Actor(who)) == (who in (Who.NURSE, Who.DOCTOR))


def test_paper_when_printed_holds_sensitive_answers_only_if_ticked() -> None:
    plain, private = ask("a"), ask("b", Kind.TEXT, privacy=Privacy.P2)
    assert may_print(plain, ())
    assert not may_print(private, ("a",))
    assert may_print(private, ("a", "b"))


@pytest.mark.parametrize("action", sorted(ABOUT_SUBJECTS))
def test_guardian_may_act_for_her_subject_and_a_stranger_finds_nothing(action: str) -> None:
    assert may_about(MOTHER, Action(action), link=link(), now=NOON) is Verdict.YES
    assert may_about(MOTHER, Action(action), link=None, now=NOON) is Verdict.ABSENT
    ended = link(until=NOON)
    assert may_about(MOTHER, Action(action), link=ended, now=NOON) is Verdict.ABSENT
    assert may_about(MOTHER, Action(action), link=ended, now=NOON - timedelta(minutes=1)) is Verdict.YES


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ({Right.SEE_OWN}, {"see_history", "see_growth"}),
        ({Right.ANSWER}, {"change_subject", "change_history", "note_growth"}),
        ({Right.CONSENT, Right.SEE_HISTORY}, set()),
    ],
)
def test_right_decides_between_reading_and_changing_a_history(rights: set[Right], allowed: set[str]) -> None:
    held = link(rights=frozenset(rights))
    assert {
        name for name in ABOUT_SUBJECTS if may_about(MOTHER, Action(name), link=held, now=NOON) is Verdict.YES
    } == allowed


def test_nobody_but_a_parent_is_asked_about_a_subject() -> None:
    for name in ABOUT_SUBJECTS:
        assert may_about(Actor(), Action(name), link=link(), now=NOON) is Verdict.SIGN_IN
        assert may_about(HOLDER, Action(name), link=link(), now=NOON) is Verdict.SIGN_IN
        for who in (*DESK_ROLES, Who.ADMINISTRATOR):
            assert may_about(at_desk(who), Action(name), link=link(), now=NOON) is Verdict.WRONG_ROLE
