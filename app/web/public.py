"""Routes that belong to no counter: the language switch and the two health answers."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.visit.access import Action
from app.web import cookies
from app.web.guard import open_to, open_to_all, typed_fields
from app.web.rooms import rooms
from app.web.visitor import visitor
from app.web.ways import safe_next, with_kept

pages = Blueprint("public", __name__)


@pages.post("/language")
@open_to(Action.READ_PUBLIC)
def choose_language() -> ResponseReturnValue:
    """Another language for this browser; what was typed on the page waits there."""
    wanted = rooms().wording.languages.named(request.form.get("lang", ""))
    target = safe_next(request.values.get("next", "/"), "/")
    actor = visitor().actor
    typed = typed_fields()
    if actor.id and typed:
        rooms().sessions.keep_form(f"person:{actor.id}", target.partition("?")[0], typed, rooms().now())
        target = with_kept(target)
    response = redirect(target, 303)
    if wanted is not None and wanted.offered:
        cookies.put(response, cookies.LANGUAGE, wanted.tag, cookies.YEAR)
    return response


@pages.get("/healthz/live")
@open_to_all
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"live": True}


@pages.get("/healthz/ready")
@open_to_all
def ready() -> ResponseReturnValue:
    """Database, keys and migrations are there."""
    good = rooms().is_ready()
    return {"ready": good}, 200 if good else 503
