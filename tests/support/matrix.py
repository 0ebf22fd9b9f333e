"""The access matrix: what the policy says to everybody about every route in every state, and what comes.

The expectation is made from `app.visit.access` alone; the web is not asked.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.people.person import Guardianship
from app.visit.access import Action, Actor, Verdict, Who, may, may_about, may_enter
from app.visit.handover import is_valid
from app.visit.visit import State, Visit
from tests.support.journey import Fetched, forms_of
from tests.support.masking import masked_body, masked_headers
from tests.support.rules import Route
from tests.support.submitted import TOWN
from tests.support.town import STAFF, Town
from tests.support.town_subjects import EXPECTING
from tests.support.town_visits import ABSENT

ROLES = (
    "anonymous",
    "parent",
    "stranger",
    EXPECTING,
    "pass_holder",
    *(role for role in STAFF if role != "quiet_desk"),
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "drafting": "ready",
        "submitted": "submitted",
        "received": "received_answered",
        "closed": "closed",
        "withdrawn": "withdrawn",
        "absent": "absent",
    }
)
"""The visit of the town that stands for each state."""

SUBJECT_STATES = ("child", "absent")
"""The child of the expectant mother, which is nobody else's; and one that is not there."""
AT_A_TERMINAL = frozenset({Action.RECEIVE, Action.READ_VISIT, Action.CLOSE_VISIT, Action.ENTER_SCORE})
SIGN_IN = MappingProxyType({"parent": "/start?next=", "clinic": "/clinic/login"})
ENDS_A_SESSION = frozenset({"/logout", "/clinic/logout"})
PASS_PAGE = "/visits/<visit_id>/pass"
"""The author is led on from her pass and its pictures in every state; whoever only holds it is not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix."""

    role: str
    route: Route
    state: str = ""

    @property
    def name(self) -> str:
        """For a report."""
        return f"{self.role} {self.route.method} {self.route.rule} {self.state}"


def cells(routes: tuple[Route, ...]) -> Iterator[Cell]:
    """Every route once for each role, those about a visit or a subject once for each state as well."""
    for route in routes:
        for role in ROLES:
            if route.is_about_a_visit:
                yield from (Cell(role, route, state) for state in STATES)
            elif route.is_about_a_subject:
                yield from (Cell(role, route, state) for state in SUBJECT_STATES)
            else:
                yield Cell(role, route)


def actor_of(town: Town, cell: Cell, visit: Visit | None) -> Actor:
    """Who she is at the counter of this route. Each counter knows its own people only."""
    is_clinic = counter_of(cell.route) == "clinic"
    if is_clinic and cell.role in STAFF:
        clinic, work = STAFF[cell.role]
        terminal = "" if cell.role == "no_terminal" else "a terminal"
        return Actor(Who(work), f"{clinic}-{work}", TOWN, clinic, terminal)
    if not is_clinic and cell.role in town.persons:
        return Actor(Who.PARENT, town.persons[cell.role].id, TOWN)
    shows = not is_clinic and cell.role == "pass_holder" and visit is not None and visit.generation
    if shows and visit is not None and is_valid(visit, town.site.clock()):
        return Actor(pass_for=visit.id)
    return Actor()


def verdict_of(town: Town, cell: Cell, visit: Visit | None) -> Verdict:
    """What the policy says."""
    actor, action = actor_of(town, cell, visit), cell.route.action
    if cell.route.is_about_a_subject:
        now = town.site.clock()
        link = town.site.rooms.people.guardianship(actor.id, town.subject_id(cell.state), now)
        return may_about(actor, action, link=link, now=now)
    if not cell.route.is_about_a_visit:
        return may_enter(actor, action)
    link = _link(town, actor, visit)
    if cell.role == "parent" and visit is not None and cell.route.rule.startswith(PASS_PAGE):
        action = Action.SEE_OWN
    return may(actor, action, visit, link=link, now=town.site.clock())


def expected(town: Town, cell: Cell, visit: Visit | None) -> str:
    """In one word: ``sign_in``, ``terminal``, ``403``, ``404``, ``410`` or ``in``."""
    actor, action = actor_of(town, cell, visit), cell.route.action
    entered = may_enter(actor, action)
    if entered is Verdict.YES and action in AT_A_TERMINAL and not actor.terminal_id:
        return "terminal"
    words = {
        Verdict.SIGN_IN: "sign_in",
        Verdict.WRONG_ROLE: "403",
        Verdict.ABSENT: "404",
        Verdict.ENDED: "410",
    }
    word = words.get(verdict_of(town, cell, visit), "in")
    is_over = visit is not None and visit.state in (State.CLOSED, State.WITHDRAWN)
    if word == "in" and is_over and cell.route.rule == PASS_PAGE:
        return "410"
    return word


def told(cell: Cell, answer: Fetched) -> str:
    """The answer in the same words; anything unexpected is its own status."""
    location = answer.headers.get("location", "")
    if answer.status == 303 and location.startswith(SIGN_IN[counter_of(cell.route)]):
        was_signed_in = cell.route.rule in ENDS_A_SESSION and "set-cookie" in answer.headers
        return "in" if was_signed_in else "sign_in"
    if answer.status == 303 and location == "/clinic/terminal":
        return "terminal"
    is_open = not (cell.route.is_about_a_visit or cell.route.is_about_a_subject)
    let_in = (200, 303, 400, 401, 422, 429) if is_open else (200, 303, 409, 422)
    return "in" if answer.status in let_in else str(answer.status)


def counter_of(route: Route) -> str:
    """Which counter it belongs to."""
    return "clinic" if route.endpoint.startswith("clinic") else "parent"


@dataclass(frozen=True, slots=True)
class Ids:
    """What an address names."""

    visit: str = ABSENT
    subject: str = ABSENT
    dose: str = ABSENT
    measurement: str = ABSENT


def ids_of(town: Town, cell: Cell) -> Ids:
    """What this cell is about."""
    if cell.route.is_about_a_subject:
        dose, measurement = town.expecting.id_of("hepb"), town.children.first("child")
        return Ids(subject=town.subject_id(cell.state), dose=dose, measurement=measurement)
    return Ids(visit=town.id_of(STATES[cell.state])) if cell.state else Ids()


def ask(town: Town, cell: Cell, ids: Ids) -> Fetched:
    """The answer to a bare request of this cell, with a token where it posts; nothing is followed."""
    seat, journey = town.seat(cell.role)
    if cell.role == "pass_holder" and cell.route.is_about_a_visit and cell.state != "absent":
        town.show_pass(seat, STATES[cell.state])
    path = path_of(town, cell.route, ids)
    if cell.route.method == "GET":
        return seat("GET", path, ())
    return journey.post_once(path, {"csrf_token": token_of(town, cell.role)})


def path_of(town: Town, route: Route, ids: Ids) -> str:
    """A path that this rule answers."""
    assets = town.site.app.extensions["assets"]
    path = route.rule.replace("<visit_id>", ids.visit).replace("<page_code>", "birth")
    path = path.replace("<subject_id>", ids.subject).replace("<dose_id>", ids.dose)
    path = path.replace("<measurement_id>", ids.measurement)
    path += "?for=mr-1" if path == "/blank/sheet" else ""
    return path.replace("/static/<name>", assets.url("look.css"))


def token_of(town: Town, role: str) -> str:
    """A token of this browser; asked for once."""
    if role not in town.tokens:
        _, journey = town.seat(role)
        journey.get("/no-card")
        town.tokens[role] = forms_of(journey.page)[0][1].fields["csrf_token"][0]
    return town.tokens[role]


def comparable(answer: Fetched) -> tuple[int, dict[str, str], bytes]:
    """Everything of an answer that must not tell a foreign visit from an absent one."""
    return answer.status, masked_headers(answer.headers), masked_body(answer.body)


@contextmanager
def next_visit_is(town: Town, visit_id: str) -> Iterator[None]:
    """The next visit that is made has this id."""
    app, rooms = town.site.app, town.site.rooms
    waiting = [visit_id]
    app.extensions["rooms"] = replace(rooms, new_id=lambda: waiting.pop() if waiting else rooms.new_id())
    try:
        yield
    finally:
        app.extensions["rooms"] = rooms


def _link(town: Town, actor: Actor, visit: Visit | None) -> Guardianship | None:
    if visit is None or actor.who is not Who.PARENT:
        return None
    return town.site.rooms.people.guardianship(actor.id, visit.subject_id, town.site.clock())
