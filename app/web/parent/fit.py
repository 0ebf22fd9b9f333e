"""Whether what she plans fits its day, told at preparing and before sending. It never stops her."""

from dataclasses import dataclass
from datetime import date

from app.people.person import Subject
from app.visit.fitting import Fit, fits
from app.visit.visit import State, Visit
from app.web.rooms import rooms


@dataclass(frozen=True, slots=True)
class PlannedFits:
    """Each vaccine of a visit on the day it is counted for."""

    subject_id: str
    day: date
    fits: tuple[Fit, ...]


def planned_fits(visit: Visit, subject: Subject | None) -> PlannedFits | None:
    """How the vaccines of a visit fit its day, else today; None when nothing is to be told."""
    if subject is None or visit.state not in {State.DRAFTING, State.SUBMITTED, State.RECEIVED}:
        return None
    day = visit.planned_on or rooms().today()
    programmes = rooms().sheet_of(visit).programmes
    copied = rooms().histories.doses(subject)
    found = fits(rooms().schedule.rules, subject, copied, (programmes, day))
    return PlannedFits(subject.id, day, found) if found else None
