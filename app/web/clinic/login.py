"""Staff sign in and out, and land where their role works."""

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.places.place import Role, Staff
from app.visit.access import ROLES, Action
from app.visit.limits import LOGIN_PER_ADDRESS
from app.visit.ports import Deed, Event
from app.visit.sessions import Counter, Session
from app.web import cookies
from app.web.clinic.desk import place_of_desk
from app.web.deeds import deed
from app.web.guard import open_to
from app.web.rooms import rooms
from app.web.visitor import visitor

pages = Blueprint("clinic_login", __name__)
pages.context_processor(place_of_desk)


@pages.get("/clinic/login")
@open_to(Action.STAFF_SIGN_IN)
def sign_in_page() -> ResponseReturnValue:
    """Login, password and one-time code on one page."""
    return render_template("clinic/login.html", fault="", login="")


@pages.post("/clinic/login")
@open_to(Action.STAFF_SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """A session with a new id, or one refusal for every wrong pair."""
    proved = prove()
    if isinstance(proved, Fault):
        status = 429 if proved.message == "too_many_tries" else 422
        login = request.form.get("login", "")
        return render_template("clinic/login.html", fault=proved.message, login=login), status
    return begin_session(proved)


@pages.post("/clinic/logout")
@open_to(Action.STAFF_HOME)
def sign_out() -> ResponseReturnValue:
    """The session is gone; the terminal stays enrolled."""
    rooms().sessions.close(request.cookies.get(cookies.SESSION[Counter.CLINIC], ""))
    rooms().audit.write(deed(Deed.SIGNED_OUT))
    response = make_response(redirect("/clinic/login", 303))
    cookies.drop(response, cookies.SESSION[Counter.CLINIC])
    return response


@pages.get("/clinic")
@open_to(Action.STAFF_HOME)
def home() -> ResponseReturnValue:
    """The reception for those who work there; an administrator reads what she can do."""
    staff = visitor().staff
    if staff is not None and staff.role is not Role.ADMINISTRATOR:
        return redirect("/reception", 303)
    return render_template("clinic/home.html")


def prove() -> Staff | Fault:
    """Who signs in, by what was typed; tries are counted by address and by login."""
    now = rooms().now()
    if not rooms().tries.allow(LOGIN_PER_ADDRESS, f"clinic:{request.remote_addr}", now):
        return Fault("", "too_many_tries")
    login, password, code = (request.form.get(name, "") for name in ("login", "password", "code"))
    return rooms().staff_login.sign_in(login, password, code, now)


def begin_session(staff: Staff) -> Response:
    """Signed in under a new id; an older session of this browser is gone."""
    now = rooms().now()
    rooms().sessions.close(request.cookies.get(cookies.SESSION[Counter.CLINIC], ""))
    session_id = rooms().sessions.open(Session(Counter.CLINIC, staff.id, staff.municipality, now, now))
    rooms().audit.write(
        Event(
            Deed.STAFF_SIGNED_IN,
            municipality=staff.municipality,
            actor=f"staff:{staff.id}",
            role=ROLES[staff.role].value,
            at=now,
            clinic_id=staff.clinic_id,
        )
    )
    start = "/clinic" if staff.role is Role.ADMINISTRATOR else "/reception"
    response = make_response(redirect(start, 303))
    cookies.put_session(response, Counter.CLINIC, session_id)
    return response
