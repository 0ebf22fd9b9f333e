"""Who stands at the counter: found once per request from cookies, kept with the request."""

from dataclasses import dataclass, replace

from flask import g, request

from app.people.person import CardFacts
from app.places.place import Staff
from app.visit.access import ACCESS, ROLES, Action, Actor, Who
from app.visit.handover import is_valid
from app.visit.sessions import Counter, Session
from app.visit.visit import Visit
from app.web import cookies
from app.web.rooms import rooms
from app.wording.languages import Language


@dataclass(frozen=True, slots=True)
class Visitor:
    """The one who asks: actor for the policy, session if signed in, the language of the page."""

    actor: Actor
    session: Session | None
    language: Language
    counter: Counter
    staff: Staff | None = None
    terminal_name: str = ""

    @property
    def facts(self) -> CardFacts:
        """What the card said at this sign-in."""
        return self.session.facts if self.session else CardFacts()


def visitor() -> Visitor:
    """The visitor of this request. Errors: AttributeError before the guard has run."""
    found: Visitor = g.visitor
    return found


def counter_of_request() -> Counter:
    """Which counter the route belongs to, by its blueprint."""
    return Counter.CLINIC if (request.blueprint or "").startswith("clinic") else Counter.PARENT


def language_of_request() -> Language:
    """Chosen by cookie, else by the browser; staff pages are Japanese."""
    languages = rooms().wording.languages
    if counter_of_request() is Counter.CLINIC:
        return languages.negotiate("", "ja")
    return languages.negotiate(
        request.headers.get("Accept-Language", ""), request.cookies.get(cookies.LANGUAGE)
    )


def identify(action: Action) -> Visitor:
    """The visitor, from the session, the terminal and the pass cookies that this action may use."""
    counter = counter_of_request()
    language = language_of_request()
    session_id = request.cookies.get(cookies.SESSION[counter], "")
    session = rooms().sessions.find(session_id, counter, rooms().now()) if session_id else None
    if counter is Counter.CLINIC:
        return _staff_visitor(session, language)
    actor = Actor(Who.PARENT, session.actor_id, session.municipality) if session else Actor()
    if Who.PASS_HOLDER in ACCESS[action] and Who.ANYONE not in ACCESS[action]:
        actor = replace(actor, pass_for=_shown_pass())
    return Visitor(actor, session, language, counter)


def _staff_visitor(session: Session | None, language: Language) -> Visitor:
    """A member of staff at her terminal; a terminal of another clinic counts as none."""
    token = request.cookies.get(cookies.TERMINAL, "")
    terminal = rooms().places.terminal(token) if token else None
    staff = rooms().places.staff(session.actor_id) if session else None
    name = terminal.name if terminal else ""
    if staff is None:
        return Visitor(Actor(), None, language, Counter.CLINIC, terminal_name=name)
    at_home = terminal is not None and terminal.clinic_id == staff.clinic_id
    actor = Actor(
        who=ROLES[staff.role],
        id=staff.id,
        municipality=staff.municipality,
        clinic_id=staff.clinic_id,
        terminal_id=terminal.id if terminal and at_home else "",
    )
    return Visitor(actor, session, language, Counter.CLINIC, staff, name if at_home else "")


def _shown_pass() -> str:
    """The id of the visit in the URL when its device cookie is good now, else ""."""
    visit_id = requested_id()
    token = request.cookies.get(cookies.pass_cookie(visit_id), "")
    visit = requested_visit() if token else None
    if visit is None or not is_valid(visit, rooms().now()) or not rooms().passes.is_device(visit, token):
        return ""
    return visit.id


def requested_id(name: str = "visit_id") -> str:
    """The id of this name in the URL, that of the visit if none is named; "" for what cannot be one."""
    found: str = (request.view_args or {}).get(name, "")
    return found if found.isalnum() else ""


def requested_visit() -> Visit | None:
    """The visit that the URL names, read once per request."""
    if "visit" not in g:
        g.visit = rooms().visits.find(requested_id())
    found: Visit | None = g.visit
    return found
