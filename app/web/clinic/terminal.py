"""Enrolling the device at a desk with the one-time code of the administrator."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.visit.access import Action
from app.visit.limits import TERMINAL_CODE
from app.web import cookies
from app.web.clinic.desk import place_of_desk
from app.web.guard import open_to
from app.web.rooms import rooms
from app.web.visitor import visitor

pages = Blueprint("clinic_terminal", __name__)
pages.context_processor(place_of_desk)


@pages.get("/clinic/terminal")
@open_to(Action.STAFF_SIGN_IN)
def terminal_page() -> ResponseReturnValue:
    """Which terminal this is, or the field for its code."""
    return render_template("clinic/terminal.html", fault="", typed="")


@pages.post("/clinic/terminal")
@open_to(Action.STAFF_SIGN_IN)
def enrol() -> ResponseReturnValue:
    """The device keeps a cookie for a year by which it is known again."""
    typed = request.form.get("code", "")
    now = rooms().now()
    if not rooms().tries.allow(TERMINAL_CODE, f"{request.remote_addr}", now):
        return render_template("clinic/terminal.html", fault="too_many_tries", typed=typed), 429
    enrolled = rooms().places.redeem_terminal(typed, now)
    if enrolled is None:
        return render_template("clinic/terminal.html", fault="terminal_code_wrong", typed=typed), 422
    response = make_response(redirect("/clinic" if visitor().staff else "/clinic/login", 303))
    cookies.put(response, cookies.TERMINAL, enrolled[1], cookies.YEAR)
    return response
