"""Signing in with the card and signing out."""

from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.fault import Fault
from app.people.ports import LoginResult
from app.places.place import Municipality
from app.visit.access import Action, Who
from app.visit.limits import LOGIN_PER_ADDRESS
from app.visit.ports import Deed, Event
from app.visit.sessions import Counter, Session
from app.web import cookies
from app.web.deeds import deed
from app.web.guard import open_to
from app.web.parent.entrance import start_page
from app.web.rooms import rooms
from app.web.visitor import visitor
from app.web.ways import safe_next

pages = Blueprint("login", __name__)
HOME = "/home"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What this browser must bring back from the provider; it lies in its ``__Host-`` cookie.

    Only ``secret`` proves anything. The municipality is her own choice, the path is checked again.
    """

    secret: str = ""
    municipality: str = ""
    next_path: str = HOME

    def packed(self) -> str:
        """As the cookie holds it."""
        return urlencode(asdict(self))

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """From the cookie; whatever is missing there is empty."""
        known = parse_qs(text, max_num_fields=3) if text.count("&") < 3 else {}
        return cls(**{name: values[0] for name, values in known.items() if name in cls.__slots__})


@pages.post("/login")
@open_to(Action.SIGN_IN)
def leave_for_provider() -> ResponseReturnValue:
    """Off to the provider, with a transaction that only this browser can finish."""
    municipality = chosen_municipality(request.form.get("municipality", ""))
    if isinstance(municipality, Fault):
        return start_page([municipality]), 422
    if not rooms().tries.allow(LOGIN_PER_ADDRESS, request.remote_addr or "", rooms().now()):
        abort(429)
    wanted = safe_next(request.form.get("next", ""), HOME)
    begun = rooms().parent_login.begin(wanted, rooms().now())
    if isinstance(begun, Fault):
        return start_page([begun]), 503
    response = redirect(begun.url, 303)
    packed = Leaving(begun.transaction, municipality.id, wanted).packed()
    cookies.put(response, cookies.TRANSACTION, packed, cookies.LOGIN_TAKES)
    return response


def chosen_municipality(wanted: str) -> Municipality | Fault:
    """The one she chose, or the only one there is."""
    known = rooms().places.municipalities()
    if len(known) == 1:
        return known[0]
    return next((one for one in known if one.id == wanted), Fault("municipality", "choose_one"))


@pages.get("/login/callback")
@open_to(Action.SIGN_IN)
def come_back() -> ResponseReturnValue:
    """Back from the provider: signed in, or at the start again with a calm word."""
    leaving = Leaving.unpacked(request.cookies.get(cookies.TRANSACTION, ""))
    query = request.args.to_dict(flat=False)
    result = rooms().parent_login.finish(leaving.secret, query, rooms().now())
    municipality = rooms().places.municipality(leaving.municipality) or Fault("", "login_other_browser")
    if isinstance(result, Fault):
        response = start_again(result, leaving)
    elif isinstance(municipality, Fault):
        response = start_again(municipality, leaving)
    else:
        response = sign_in(result, municipality)
    cookies.drop(response, cookies.TRANSACTION)
    return response


def start_again(fault: Fault, leaving: Leaving) -> Response:
    """At the start with what happened, by its key; where she wanted to go is not forgotten."""
    known = {"problem": fault.message, "next": safe_next(leaving.next_path, HOME)}
    return redirect("/start?" + urlencode(known), 303)


def sign_in(result: LoginResult, municipality: Municipality) -> Response:
    """Her session is new, whatever session this browser had before is closed, and she goes on."""
    now = rooms().now()
    person = rooms().people.sign_in(municipality.id, result.binding, now)
    close_session()
    session_id = rooms().sessions.open(
        Session(Counter.PARENT, person.id, person.municipality, now, now, result.facts, result.acr)
    )
    rooms().audit.write(
        Event(Deed.SIGNED_IN, person.municipality, f"person:{person.id}", Who.PARENT.value, now)
    )
    response = redirect(safe_next(result.next_path, HOME), 303)
    cookies.put_session(response, Counter.PARENT, session_id)
    return response


@pages.post("/logout")
@open_to(Action.SIGN_IN)
def sign_out() -> ResponseReturnValue:
    """Signed out; the pass of a device stays, for it opens nothing else."""
    if visitor().session:
        rooms().audit.write(deed(Deed.SIGNED_OUT))
    close_session()
    response = redirect("/", 303)
    cookies.drop(response, cookies.SESSION[Counter.PARENT])
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def close_session() -> None:
    """The session this browser shows is gone, if there is one."""
    session_id = request.cookies.get(cookies.SESSION[Counter.PARENT], "")
    if session_id:
        rooms().sessions.close(session_id)
