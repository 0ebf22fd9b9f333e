"""The pass page: what the reception scans, what is left to answer today, and every way on from there.

The author sees all of it. A device that only holds the pass's cookie sees code, QR and validity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.questionnaire.path import visible_questions
from app.schedule.dates import TOKYO
from app.visit.access import Action
from app.visit.handover import is_the_day, is_valid
from app.visit.raised import GivenAdvice, advice_for, concerns_of
from app.visit.sheet import Sheet
from app.visit.submission import good_today
from app.visit.visit import SHARED_STATES, State, Submission, Visit
from app.web import cookies
from app.web.guard import is_author, open_to, own_visit
from app.web.parent.advice_cards import cards_of
from app.web.parent.history import Step, steps_of_today
from app.web.qr import picture_png, qr_svg
from app.web.rooms import rooms
from app.web.sheet_reading import day_answered_at
from app.web.templating import day_text, moment_text, say, time_text
from app.web.visitor import requested_visit

pages = Blueprint("passes", __name__)
PICTURE_NAME = "pass.png"


@dataclass(frozen=True, slots=True)
class DayStanding:
    """The day's questions: how many, until when they wait (""), and when they were answered today ("")."""

    count: int
    is_today: bool
    answered_at: str


@pages.get("/visits/<visit_id>/pass")
@open_to(Action.SHOW_PASS)
def show_pass(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The pass; the author's device may open it again until it ends."""
    visit = _visit_to_show()
    if not visit.generation:
        return redirect(f"/visits/{visit.id}", 303)
    return _for_the_author(visit) if is_author(visit) else _for_the_device(visit)


@pages.get("/visits/<visit_id>/pass.png")
@open_to(Action.SHOW_PASS)
def picture(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The pass as a picture to keep."""
    visit = _visit_to_show()
    if not can_be_scanned(visit, rooms().now()):
        return redirect(f"/visits/{visit.id}/pass", 303)
    face = rooms().passes.face(visit)
    drawn = picture_png(face.digits, face.short_code, last_minute(face.valid_until))
    response = Response(drawn, content_type="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{PICTURE_NAME}"'
    return response


def _visit_to_show() -> Visit:
    """The author's visit in any state, or the one that the device's cookie shows. Errors: 404, 410."""
    asked = requested_visit()
    return own_visit(Action.SEE_OWN if asked and is_author(asked) else Action.SHOW_PASS)


def can_be_scanned(visit: Visit, now: datetime) -> bool:
    """Whether a clinic could open the visit now."""
    return visit.state in SHARED_STATES and is_valid(visit, now)


def last_minute(end: datetime) -> str:
    """The last minute before this moment, in Tokyo, for readers of every language."""
    return f"- {(end - timedelta(seconds=1)).astimezone(TOKYO):%Y-%m-%d %H:%M} JST"


def author_page(visit: Visit, faults: Sequence[Fault] = ()) -> str:
    """The whole page, also when the pass has ended."""
    today = rooms().today()
    sheet, submissions = rooms().sheet_of(visit), rooms().visits.submissions(visit)
    return render_template(
        "parent/pass.html",
        visit=visit,
        is_whole=True,
        ended=_ended(visit),
        day=day_standing(visit, sheet, submissions, today),
        advice=advice_of(visit, sheet, submissions, today),
        cards=cards_of(visit, sheet, advice_now(visit, sheet, submissions, today)),
        clinic=rooms().places.clinic(visit.bound_clinic_id or visit.clinic_id or ""),
        steps=_steps(visit, today),
        faults=faults,
        **_face(visit),
    )


def _for_the_author(visit: Visit) -> ResponseReturnValue:
    if visit.state not in SHARED_STATES:
        return author_page(visit), 410
    response = make_response(author_page(visit))
    lasts = rooms().passes.face(visit).valid_until - rooms().now()
    if lasts > timedelta(0):
        cookies.put(response, cookies.pass_cookie(visit.id), rooms().passes.device_token(visit), lasts)
    return response


def _for_the_device(visit: Visit) -> str:
    """Nothing with a name, a clinic or an answer; after the day's questions one sentence for everybody."""
    today = rooms().today()
    sheet, submissions = rooms().sheet_of(visit), rooms().visits.submissions(visit)
    return render_template(
        "parent/pass.html",
        visit=visit,
        is_whole=False,
        ended="",
        day=day_standing(visit, sheet, submissions, today),
        advice=("anyone",) if request.args.get("today") == "1" else (),
        cards=(),
        clinic=None,
        steps=(),
        faults=(),
        **_face(visit),
    )


def _face(visit: Visit) -> dict[str, object]:
    """What the card shows; none of it once the pass has ended."""
    if not can_be_scanned(visit, rooms().now()):
        return {"face": None, "qr": "", "until": "", "for_reception": ""}
    face = rooms().passes.face(visit)
    if visit.planned_on:
        until = say("pass.valid_day", day=day_text(visit.planned_on))
    else:
        until = say("pass.valid_until", until=moment_text(face.valid_until))
    wording = rooms().wording
    return {
        "face": face,
        "qr": qr_svg(face.digits, say("pass.qr_label")),
        "until": until,
        "for_reception": wording.say(wording.languages.source, "pass.for_reception"),
    }


def _steps(visit: Visit, today: date) -> tuple[Step, ...]:
    """What happened today; nothing once she has stopped sharing."""
    if visit.state is State.WITHDRAWN:
        return ()
    return steps_of_today(rooms().visits.history(visit.id), today)


def _ended(visit: Visit) -> str:
    """Why there is no pass to show, as a key below ``pass.ended``; "" while there is one."""
    if visit.state in (State.CLOSED, State.WITHDRAWN):
        return visit.state.value
    return "" if is_valid(visit, rooms().now()) else "expired"


def day_standing(
    visit: Visit, sheet: Sheet, submissions: Sequence[Submission], today: date
) -> DayStanding | None:
    """How it stands with the day's questions; None when the sheet has none."""
    answers = good_today(sheet, submissions[-1], today)
    asked = [one for page in sheet.pages_of_the_day for one in visible_questions(page, answers, sheet.facts)]
    if not asked:
        return None
    answered_at = day_answered_at(submissions, today)
    return DayStanding(
        count=sum(not question.origin for question in asked),
        is_today=is_the_day(visit, today),
        answered_at=time_text(answered_at) if answered_at else "",
    )


def advice_of(visit: Visit, sheet: Sheet, submissions: Sequence[Submission], today: date) -> tuple[str, ...]:
    """Keys below ``advice`` of what she should do before she leaves; nothing once she was received."""
    if visit.state is not State.SUBMITTED:
        return ()
    raised = concerns_of(sheet, good_today(sheet, submissions[-1], today))
    return tuple(dict.fromkeys(one.concern.call_first for one in raised if one.concern.call_first))


def advice_now(
    visit: Visit, sheet: Sheet, submissions: Sequence[Submission], today: date
) -> tuple[GivenAdvice, ...]:
    """What the answers that are good today ask her to do at once, until the visit ends."""
    if visit.state not in SHARED_STATES:
        return ()
    return advice_for(sheet, good_today(sheet, submissions[-1], today))
