"""The sheet of one visit, as reception, nurse and doctor may read it, and its end."""

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from app.people.person import Subject
from app.questionnaire.answers import Answers
from app.visit.access import ONE_LOOK, Action, sees_answers
from app.visit.ports import Deed, StaleRevisionError
from app.visit.reception import close
from app.visit.sheet import Sheet, subject_answers
from app.visit.submission import good_today
from app.visit.visit import State, Submission, Visit
from app.web.clinic.desk import place_of_desk
from app.web.clinic.front import day_of, front_of
from app.web.clinic.papers import Refused, cards_of, concerns_of_scores, slots_at
from app.web.deeds import deed
from app.web.growth import Growth, growth_of, is_checkup_of_child
from app.web.guard import open_to, own_visit
from app.web.planned_fits import planned_fits
from app.web.rooms import rooms
from app.web.sheet_reading import ConcernReading, SheetReading, read_sheet
from app.web.visitor import visitor

pages = Blueprint("clinic_visits", __name__)
pages.context_processor(place_of_desk)


@pages.get("/clinic/visits/<visit_id>")
@open_to(Action.READ_VISIT)
def sheet_page(visit_id: str) -> ResponseReturnValue:  # noqa: ARG001  own_visit reads it from the URL
    """The sheet: identity for reception, everything for nurse and doctor. Each reading is written down."""
    return show_sheet(own_visit(Action.READ_VISIT))


def show_sheet(visit: Visit, refused: Refused | None = None) -> str:
    """What this member of staff may read, the reading written down; ``refused`` is a score just typed.

    Errors: 410 when whom it is about is forgotten.
    """
    subject = rooms().people.subject(visit.subject_id)
    submissions = rooms().visits.submissions(visit)
    if subject is None or not submissions:
        abort(410)
    sheet = rooms().sheet_of(visit)
    front = front_of(visit, subject, sheet, submissions)
    shows_answers = sees_answers(visitor().actor)
    write_reading(visit, Deed.READ_ANSWERS if shows_answers else Deed.READ_IDENTITY)
    if not shows_answers:
        return render_template("clinic/front.html", visit=visit, front=front)
    reading = _reading(visit, subject, sheet, submissions)
    answers = answers_at(visit, sheet, submissions)
    slots = slots_at(visit, sheet, answers)
    return render_template(
        "clinic/sheet.html",
        visit=visit,
        front=front,
        reading=reading,
        concerns=most_urgent_first(reading.concerns, concerns_of_scores(slots)),
        growth=_growth(visit, subject, sheet),
        submissions=submissions,
        planned=planned_fits(visit, subject, day_of(visit, rooms().today()), answers),
        papers=cards_of(slots, refused),
        refused=refused,
        submission_key=rooms().new_id(),
    )


def answers_at(visit: Visit, sheet: Sheet, submissions: tuple[Submission, ...] = ()) -> Answers:
    """The newest answers that count on the day of this visit."""
    newest = submissions[-1] if submissions else rooms().visits.newest(visit)
    return good_today(sheet, newest, day_of(visit, rooms().today())) if newest else {}


def most_urgent_first(*concerns: tuple[ConcernReading, ...]) -> tuple[ConcernReading, ...]:
    """All of them by level; of one level those of the answers come first."""
    return tuple(sorted((one for some in concerns for one in some), key=lambda one: one.level.value))


@pages.post("/clinic/visits/<visit_id>/close")
@open_to(Action.CLOSE_VISIT)
def close_visit(visit_id: str) -> ResponseReturnValue:
    """The clinic is done; closing twice is closing once. 409 when an answer came in at this moment."""
    visit = own_visit(Action.CLOSE_VISIT)
    if visit.state is not State.CLOSED:
        try:
            rooms().visits.change(close(visit, rooms().now()), deed(Deed.CLOSED, visit))
        except StaleRevisionError:
            abort(409)
    return redirect(f"/clinic/visits/{visit_id}", 303)


def _growth(visit: Visit, subject: Subject, sheet: Sheet) -> Growth | None:
    """The growth of a child at a checkup, as its guardians see it; after the end as it was then."""
    if not is_checkup_of_child(sheet):
        return None
    kept = rooms().measurements.of_subject(subject.id)
    shown = [one for one in kept if visit.closed_at is None or one.noted_at <= visit.closed_at]
    return growth_of(subject, shown, day_of(visit, rooms().today()))


def _reading(
    visit: Visit, subject: Subject, sheet: Sheet, submissions: tuple[Submission, ...]
) -> SheetReading:
    """The answers in words."""
    day = day_of(visit, rooms().today())
    languages = rooms().wording.languages
    return read_sheet(sheet, submissions, day, languages, facts=subject_answers(subject, sheet))


def write_reading(visit: Visit, what: Deed) -> None:
    """The reading is on record; the same person's next one within a minute is the same reading."""
    event = deed(what, visit)
    for earlier in reversed(rooms().visits.history(visit.id)):
        if event.at - earlier.at > ONE_LOOK:
            break
        if (earlier.deed, earlier.actor) == (event.deed, event.actor):
            return
    rooms().audit.write(event)
