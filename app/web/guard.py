"""The gate of every route: exactly one `open_to`, and one way to a visit."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import abort, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.people.person import Subject
from app.visit.access import Action, Verdict, Who, may, may_about, may_enter
from app.visit.sessions import Counter
from app.visit.visit import Draft, Visit
from app.web import cookies
from app.web.moving import Current, current
from app.web.rooms import rooms
from app.web.visitor import counter_of_request, identify, requested_id, requested_visit, visitor
from app.web.ways import has_page, with_kept

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
NOT_KEPT = frozenset({"csrf_token", "next", "lang", "password", "code", "submission_key"})
_READS_DRAFT = frozenset({Action.ANSWER, Action.SUBMIT, Action.SEE_OWN})
_NEEDS_TERMINAL = frozenset({Action.RECEIVE, Action.READ_VISIT, Action.CLOSE_VISIT, Action.ENTER_SCORE})


def open_to(action: Action) -> Callable[[View[P]], View[P]]:
    """The route may be tried by whom the policy's table names for this action; others are sent away."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            g.visitor = identify(action)
            verdict = may_enter(g.visitor.actor, action)
            if verdict is Verdict.SIGN_IN:
                return send_to_sign_in()
            if verdict is Verdict.WRONG_ROLE:
                abort(403)
            if action in _NEEDS_TERMINAL and not g.visitor.actor.terminal_id:
                return redirect("/clinic/terminal", 303)
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the access law
        return guarded

    return wrap


def own_visit(action: Action) -> Visit:
    """The visit of the URL, if this actor may do this to it.

    Errors: 404 for what is foreign or absent, 410 for what has ended (told only to its own people).
    """
    actor = visitor().actor
    held = rooms().visits.held(requested_id(), actor.id, rooms().now()) if actor.who is Who.PARENT else None
    visit = held.visit if held else requested_visit()
    verdict = may(actor, action, visit, link=held.link if held else None, now=rooms().now())
    if verdict is Verdict.ENDED:
        abort(410)
    if verdict is not Verdict.YES or visit is None:
        abort(404)
    g.draft = held.draft if held else None
    return _on_newest(visit, action) if held else visit


def _on_newest(visit: Visit, action: Action) -> Visit:
    """The visit whose draft she reads or answers, on questions that are not retired."""
    kept = Current(visit, g.draft)
    shown = current(visit, g.draft) if action in _READS_DRAFT else kept
    g.draft, g.before_move = shown.draft, kept if shown.is_moved else None
    return shown.visit


def own_subject(action: Action) -> Subject:
    """The subject of the URL, if this actor may do this about it. Errors: 404 for foreign or absent."""
    actor, now = visitor().actor, rooms().now()
    asked = requested_id("subject_id")
    link = rooms().people.guardianship(actor.id, asked, now)
    verdict = may_about(actor, action, link=link, now=now)
    subject = rooms().people.subject(asked) if verdict is Verdict.YES else None
    if subject is None:
        abort(404)
    return subject


def own_draft() -> Draft:
    """The draft of the visit that `own_visit` just allowed its author."""
    draft: Draft = g.draft
    return draft


def is_author(visit: Visit) -> bool:
    """Whether she who asks is signed in and this visit is hers; a device cookie alone is not."""
    actor = visitor().actor
    return actor.who is Who.PARENT and actor.id == visit.person_id


def send_to_sign_in() -> ResponseReturnValue:
    """To the counter's sign-in. What a signed-out owner just posted is kept for ten minutes."""
    counter = counter_of_request()
    if counter is Counter.CLINIC:
        return redirect("/clinic/login", 303)
    path = request.path
    if request.method == "POST":
        path = page_of_post()
        keep_for_owner(path)
        path = with_kept(path)
    return redirect("/start?" + urlencode({"next": path, "again": "1"}), 303)


def page_of_post() -> str:
    """The page on which a posted form stood, for coming back by GET."""
    path = request.path.removesuffix("/same")
    return path if has_page(path) else "/home"


def keep_for_owner(path: str) -> None:
    """Typed fields of an expired session wait, sealed, for the same person."""
    session_id = request.cookies.get(cookies.SESSION[Counter.PARENT], "")
    last = rooms().sessions.last_known(session_id, Counter.PARENT) if session_id else None
    if last is not None and request.form:
        rooms().sessions.keep_form(f"person:{last.actor_id}", path, typed_fields(), rooms().now())


def typed_fields() -> dict[str, list[str]]:
    """What was typed, without tokens and secrets."""
    return {name: values for name, values in request.form.lists() if name not in NOT_KEPT}


def kept_fields() -> MultiDict[str, str] | None:
    """What waits for this person on this page (``?kept=1``), used up by reading."""
    actor = visitor().actor
    if "kept" not in request.args or not actor.id:
        return None
    kept = rooms().sessions.take_form(f"person:{actor.id}", request.path, rooms().now())
    if kept is None:
        return None
    return MultiDict((name, value) for name, values in kept.items() for value in values)


def open_to_all(view: View[P]) -> View[P]:
    """Open to anyone without looking at who asks: static files, health, the language switch."""
    view.action = Action.READ_PUBLIC  # type: ignore[attr-defined]  # read by the access law
    return view
