"""What is due for one child or mother: a calm timeline, and one tap to prepare what fits together."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.people.dose_history import CopiedDose
from app.people.person import RELATIONSHIPS, Subject
from app.schedule.due import Timing
from app.visit.access import Action
from app.visit.timeline import Timeline, make_timeline
from app.visit.visit import Visit
from app.web.growth import is_in_survey
from app.web.guard import open_to, own_subject
from app.web.review import is_aid
from app.web.rooms import rooms
from app.web.visitor import visitor

pages = Blueprint("timeline", __name__)

OPEN = (Timing.LATE, Timing.ASK, Timing.NOW, Timing.SOON)
FOLDED = (Timing.LATER, Timing.DONE, Timing.CLOSED)


@pages.get("/children/<subject_id>/schedule")
@open_to(Action.SEE_HISTORY)
def timeline(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Done, due now, soon, late, over, with the date and the reason; and what fits into one visit."""
    subject = own_subject(Action.SEE_HISTORY)
    copied = rooms().histories.doses(subject)
    return render_template(
        "parent/timeline.html",
        subject=subject,
        timeline=timeline_of(subject, copied, visits_about(subject)),
        has_history=bool(copied),
        has_growth=is_in_survey(subject),
        companion=companion_for(subject),
        open_timings=OPEN,
        folded_timings=FOLDED,
        today=rooms().today(),
        period=rooms().schedule.rules.period_on(rooms().today()),
        is_aid=is_aid(),
    )


def timeline_of(subject: Subject, copied: Sequence[CopiedDose], visits: Sequence[Visit]) -> Timeline:
    """Everything of one subject today, by the copied doses and her own visits for it."""
    known = (copied, visits, rooms().library.programmes)
    return make_timeline(rooms().schedule, subject, known, rooms().today())


def visits_about(subject: Subject) -> tuple[Visit, ...]:
    """Her own visits for this subject; another guardian's are never told."""
    mine = rooms().visits.of_person(visitor().actor.id)
    return tuple(visit for visit in mine if visit.subject_id == subject.id)


def companion_for(subject: Subject) -> str:
    """Who brings the child, as far as the link tells: what the one tap says for her."""
    link = rooms().people.guardianship(visitor().actor.id, subject.id, rooms().now())
    return link.relationship if link and link.relationship in RELATIONSHIPS else RELATIONSHIPS[-1]
