"""The one policy: may this actor do this, and which answers does the actor see.

Every route names one `Action`; `ACCESS` says who may try it; `may` decides for one visit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from types import MappingProxyType

from app.people.person import Guardianship, Right
from app.places.place import Role
from app.questionnaire.definition import Privacy, Question
from app.visit.visit import OPEN_STATES, SHARED_STATES, State, Visit


class Who(StrEnum):
    """Kinds of actor."""

    ANYONE = "anyone"
    PARENT = "parent"
    PASS_HOLDER = "pass_holder"
    RECEPTION = "reception"
    NURSE = "nurse"
    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"


ROLES = MappingProxyType(
    {
        Role.RECEPTION: Who.RECEPTION,
        Role.NURSE: Who.NURSE,
        Role.DOCTOR: Who.DOCTOR,
        Role.ADMINISTRATOR: Who.ADMINISTRATOR,
    }
)


class Action(StrEnum):
    """What a route does."""

    READ_PUBLIC = "read_public"
    SIGN_IN = "sign_in"
    SEE_HOME = "see_home"
    ADD_CHILD = "add_child"
    ADD_MOTHER = "add_mother"
    CHANGE_SUBJECT = "change_subject"
    SEE_HISTORY = "see_history"
    CHANGE_HISTORY = "change_history"
    PREPARE = "prepare"
    ANSWER = "answer"
    SUBMIT = "submit"
    SEE_OWN = "see_own"
    SHOW_PASS = "show_pass"
    ANSWER_TODAY = "answer_today"
    CHANGE_PLAN = "change_plan"
    WITHDRAW = "withdraw"
    SEE_GROWTH = "see_growth"
    NOTE_GROWTH = "note_growth"
    STAFF_SIGN_IN = "staff_sign_in"
    STAFF_HOME = "staff_home"
    RECEIVE = "receive"
    READ_VISIT = "read_visit"
    CLOSE_VISIT = "close_visit"
    ENTER_SCORE = "enter_score"


ONE_LOOK = timedelta(seconds=60)
"""The same person's looks within this time are one look, in the record and to the parent."""
STAFF = frozenset({Who.RECEPTION, Who.NURSE, Who.DOCTOR, Who.ADMINISTRATOR})
_DESK = frozenset({Who.RECEPTION, Who.NURSE, Who.DOCTOR})
_PARENT = frozenset({Who.PARENT})

ACCESS: Mapping[Action, frozenset[Who]] = MappingProxyType(
    {
        Action.READ_PUBLIC: frozenset(Who),
        Action.SIGN_IN: frozenset(Who),
        Action.SEE_HOME: _PARENT,
        Action.ADD_CHILD: _PARENT,
        Action.ADD_MOTHER: _PARENT,
        Action.CHANGE_SUBJECT: _PARENT,
        Action.SEE_HISTORY: _PARENT,
        Action.CHANGE_HISTORY: _PARENT,
        Action.PREPARE: _PARENT,
        Action.ANSWER: _PARENT,
        Action.SUBMIT: _PARENT,
        Action.SEE_OWN: _PARENT,
        Action.SHOW_PASS: frozenset({Who.PARENT, Who.PASS_HOLDER}),
        Action.ANSWER_TODAY: frozenset({Who.PARENT, Who.PASS_HOLDER}),
        Action.CHANGE_PLAN: _PARENT,
        Action.WITHDRAW: _PARENT,
        Action.SEE_GROWTH: _PARENT,
        Action.NOTE_GROWTH: _PARENT,
        Action.STAFF_SIGN_IN: frozenset(Who),
        Action.STAFF_HOME: STAFF,
        Action.RECEIVE: _DESK,
        Action.READ_VISIT: _DESK,
        Action.CLOSE_VISIT: frozenset({Who.NURSE, Who.DOCTOR}),
        Action.ENTER_SCORE: frozenset({Who.NURSE, Who.DOCTOR}),
    }
)

_STATES: Mapping[Action, frozenset[State]] = MappingProxyType(
    {
        Action.ANSWER: OPEN_STATES,
        Action.SUBMIT: OPEN_STATES,
        Action.SEE_OWN: frozenset(State),
        Action.SHOW_PASS: SHARED_STATES,
        Action.ANSWER_TODAY: SHARED_STATES,
        Action.CHANGE_PLAN: OPEN_STATES,
        Action.WITHDRAW: OPEN_STATES,
        Action.READ_VISIT: frozenset({State.RECEIVED, State.CLOSED}),
        Action.CLOSE_VISIT: frozenset({State.RECEIVED, State.CLOSED}),
        Action.ENTER_SCORE: frozenset({State.RECEIVED, State.CLOSED}),
    }
)


_READING = frozenset(
    {Action.SEE_OWN, Action.SHOW_PASS, Action.WITHDRAW, Action.SEE_HISTORY, Action.SEE_GROWTH}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Shapes: ``id`` a person's or a member of staff's id, "" for nobody; ``clinic_id`` of staff;
    ``terminal_id`` of the enrolled device she sits at, "" for none; ``pass_for`` the visit whose
    device cookie was shown and is good now, "" for none.
    """

    who: Who = Who.ANYONE
    id: str = ""
    municipality: str = ""
    clinic_id: str = ""
    terminal_id: str = ""
    pass_for: str = ""


class Verdict(Enum):
    """YES; SIGN_IN first (303); WRONG_ROLE (403); ABSENT (404, as for what does not exist); ENDED (410)."""

    YES = "yes"
    SIGN_IN = "sign_in"
    WRONG_ROLE = "wrong_role"
    ABSENT = "absent"
    ENDED = "ended"


def may_enter(actor: Actor, action: Action) -> Verdict:
    """Whether this kind of actor may try this at all."""
    allowed = ACCESS[action]
    if actor.who in allowed or Who.ANYONE in allowed:
        return Verdict.YES
    if actor.pass_for and Who.PASS_HOLDER in allowed:
        return Verdict.YES
    return Verdict.SIGN_IN if actor.who is Who.ANYONE else Verdict.WRONG_ROLE


def may(
    actor: Actor, action: Action, visit: Visit | None, *, link: Guardianship | None, now: datetime
) -> Verdict:
    """Whether this actor may do this to this visit now. ``link`` is the actor's guardianship of its subject.

    Whatever is not hers looks exactly like what does not exist. ENDED is only told to those who may
    see the visit at all.
    """
    entered = may_enter(actor, action)
    if entered is not Verdict.YES:
        return entered
    if visit is None or not _is_hers(actor, action, visit, link=link, now=now):
        return Verdict.ABSENT
    return Verdict.YES if visit.state in _STATES.get(action, frozenset(State)) else Verdict.ENDED


def may_about(actor: Actor, action: Action, *, link: Guardianship | None, now: datetime) -> Verdict:
    """Whether this actor may do this about a subject now. ``link`` is the actor's guardianship of it.

    What is kept of a subject belongs to it, not to one guardian. Foreign looks exactly like absent.
    """
    entered = may_enter(actor, action)
    if entered is not Verdict.YES:
        return entered
    return Verdict.YES if link is not None and link.allows(_right_for(action), now) else Verdict.ABSENT


def _right_for(action: Action) -> Right:
    return Right.SEE_OWN if action in _READING else Right.ANSWER


def _is_hers(actor: Actor, action: Action, visit: Visit, *, link: Guardianship | None, now: datetime) -> bool:
    """Authors own their visits; the bound clinic reads them; a pass opens its own visit only."""
    if actor.who is Who.PARENT and visit.person_id == actor.id:
        return link is not None and link.allows(_right_for(action), now)
    if actor.who in STAFF:
        return bool(actor.terminal_id) and visit.bound_clinic_id == actor.clinic_id
    return bool(actor.pass_for) and actor.pass_for == visit.id and Who.PASS_HOLDER in ACCESS[action]


def sees_answers(actor: Actor) -> bool:
    """Reception sees identity and completeness; nurse and doctor see the answers."""
    return actor.who in (Who.NURSE, Who.DOCTOR)


def may_print(question: Question, chosen: Iterable[str]) -> bool:
    """On paper that a parent shows, sensitive answers stand only if she ticked them."""
    return question.privacy is Privacy.P0 or question.code in set(chosen)
