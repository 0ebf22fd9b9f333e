"""Home: her children and she herself, their visits and drafts in words, and the one sensible next thing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.people.person import Subject, SubjectKind
from app.questionnaire.definition import Programme
from app.schedule.due import Timing
from app.visit.access import Action
from app.visit.filling import progress
from app.visit.handover import is_valid
from app.visit.visit import OPEN_STATES, State, Visit
from app.web.growth import is_in_survey
from app.web.guard import open_to
from app.web.moving import Current, current
from app.web.parent.timeline import timeline_of
from app.web.review import is_aid
from app.web.rooms import rooms
from app.web.templating import place_name
from app.web.visitor import visitor

pages = Blueprint("home", __name__)


class Standing(StrEnum):
    """Where a visit stands, as she is told; each a key below ``home.standing`` and ``home.go``."""

    DRAFTING = "drafting"
    READY = "ready"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    PASSED = "passed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit on the page. ``left`` counts the pages still to answer; ``path`` is where it goes on."""

    visit: Visit
    programmes: tuple[Programme, ...]
    place: str
    standing: Standing
    path: str
    left: int = 0


@dataclass(frozen=True, slots=True)
class ChildCard:
    """A child, or the mother, with what is open and what has ended, newest first.

    Shapes: ``due`` counts what is due now and not prepared; ``has_growth`` that there is a curve.
    """

    child: Subject
    lines: tuple[VisitLine, ...]
    ended: tuple[VisitLine, ...]
    due: int
    has_growth: bool


@dataclass(frozen=True, slots=True)
class NextThing:
    """What the one main button does: a key below ``home.next``, its path, and for which child."""

    key: str
    path: str
    child: Subject | None = None


@pages.get("/home")
@open_to(Action.SEE_HOME)
def home() -> ResponseReturnValue:
    """What she has and what comes next. Other guardians are never told."""
    actor = visitor().actor
    children = [child for child, _ in rooms().people.subjects_of(actor.id, rooms().now())]
    lines: dict[str, list[VisitLine]] = {child.id: [] for child in children}
    for visit in rooms().visits.of_person(actor.id):
        if visit.subject_id in lines:
            lines[visit.subject_id].append(_line(visit))
    cards = [_card(child, lines[child.id]) for child in children]
    return render_template(
        "parent/home.html",
        name=visitor().facts.name,
        cards=cards,
        next_thing=next_thing(cards, prepared_kinds()),
        prepared_kinds=prepared_kinds(),
        has_child=any(one.kind is SubjectKind.CHILD for one in children),
        has_mother=any(one.kind is SubjectKind.MOTHER for one in children),
        is_aid=is_aid(),
    )


def _card(child: Subject, lines: Sequence[VisitLine]) -> ChildCard:
    is_open = [line.visit.state in OPEN_STATES for line in lines]
    return ChildCard(
        child,
        tuple(line for line, still in zip(lines, is_open, strict=True) if still),
        tuple(line for line, still in zip(lines, is_open, strict=True) if not still),
        due=_due_now(child, [line.visit for line in lines]),
        has_growth=is_in_survey(child),
    )


def _due_now(child: Subject, visits: Sequence[Visit]) -> int:
    """How many vaccines and checkups are due now, or late, and in no open visit."""
    timeline = timeline_of(child, rooms().histories.doses(child), visits)
    return sum(line.visit is None for line in timeline.of(Timing.NOW, Timing.LATE))


def prepared_kinds() -> frozenset[str]:
    """For whom there is something to prepare."""
    return frozenset(one.subject_is for one in rooms().library.programmes.values())


def next_thing(cards: Sequence[ChildCard], kinds: Collection[str]) -> NextThing:
    """A code to show comes before a draft to finish, that before something new to prepare."""
    wanted: Mapping[Standing, str] = {
        Standing.SUBMITTED: "show_pass",
        Standing.READY: "check",
        Standing.DRAFTING: "go_on",
        Standing.PASSED: "change_day",
    }
    lines = [(card.child, line) for card in cards for line in card.lines if line.standing in wanted]
    if lines:
        order = list(wanted)
        child, first = min(lines, key=lambda one: order.index(one[1].standing))
        return NextThing(wanted[first.standing], first.path, child)
    ready = [card.child for card in cards if card.child.kind in kinds]
    if not ready:
        return NextThing("add_child", "/children/new")
    if len(ready) == 1:
        return NextThing("see_due", f"/children/{ready[0].id}/schedule", ready[0])
    return NextThing("prepare_any", "/visits/new")


def _line(visit: Visit) -> VisitLine:
    programmes = rooms().pinned_sheet(visit).programmes
    clinic = rooms().places.clinic(visit.clinic_id) if visit.clinic_id else None
    place = place_name(clinic, visitor().language)
    base = f"/visits/{visit.id}"
    if visit.state is State.DRAFTING:
        path, left = way_on(current(visit, rooms().visits.draft(visit)))
        return VisitLine(visit, programmes, place, Standing.DRAFTING if left else Standing.READY, path, left)
    standing = Standing(visit.state.value)
    if visit.state in (State.SUBMITTED, State.RECEIVED):
        passed = visit.state is State.SUBMITTED and not is_valid(visit, rooms().now())
        return VisitLine(visit, programmes, place, Standing.PASSED if passed else standing, f"{base}/pass")
    return VisitLine(visit, programmes, place, standing, base)


def way_on(opened: Current) -> tuple[str, int]:
    """Where an unfinished form goes on, and how many pages are left: the first open page, else the check."""
    way = progress(rooms().sheet_of(opened.visit), opened.draft.answers)
    return f"/visits/{opened.visit.id}/" + (f"pages/{way.next.code}" if way.next else "check"), way.left
