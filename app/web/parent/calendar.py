"""A day for her phone's calendar: when she goes, or when to look again. No name, no health word."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from app.visit.access import Action
from app.visit.ports import CalendarDay
from app.web.guard import open_to, own_subject, own_visit
from app.web.parent.timeline import timeline_of, visits_about
from app.web.rooms import rooms
from app.web.templating import say

pages = Blueprint("calendar", __name__)


@pages.get("/children/<subject_id>/schedule/calendar")
@open_to(Action.SEE_HISTORY)
def days_ahead(subject_id: str) -> ResponseReturnValue:
    """The next days on which something fits, as reminders to open the page."""
    subject = own_subject(Action.SEE_HISTORY)
    proposals = timeline_of(subject, rooms().histories.doses(subject), visits_about(subject)).proposals
    days = {f"{subject.id}-{number}": one.day for number, one in enumerate(proposals)}
    return _file(days, f"/children/{subject_id}/schedule", "look", 0)


@pages.get("/visits/<visit_id>/calendar")
@open_to(Action.SEE_OWN)
def day_of_visit(visit_id: str) -> ResponseReturnValue:
    """The planned day. A changed day replaces the entry. Errors: 404 while no day is planned."""
    visit = own_visit(Action.SEE_OWN)
    if visit.planned_on is None:
        abort(404)
    return _file({visit.id: visit.planned_on}, f"/visits/{visit_id}/pass", "go", visit.revision)


def _file(days: Mapping[str, date], path: str, what: str, sequence: int) -> Response:
    """A calendar file with these days; ``what`` is a key below ``calendar``."""
    url = f"{rooms().public_url}{path}"
    entries = [
        CalendarDay(f"{uid}@monshin-pass", day, say(f"calendar.{what}"), say("calendar.open"), url, sequence)
        for uid, day in days.items()
    ]
    body = rooms().write_calendar(entries, rooms().now())
    response = Response(body, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="monshin-pass.ics"'
    return response
