"""Whether the vaccines of a visit fit its day, for her who plans and for the desk. It never stops anybody."""

from dataclasses import dataclass
from datetime import date

from app.people.person import Subject
from app.questionnaire.answers import Answers
from app.visit.fitting import Fit, fits, flags_of
from app.visit.visit import Visit
from app.web.rooms import rooms


@dataclass(frozen=True, slots=True)
class PlannedFits:
    """Each vaccine of a visit on the day it is counted for, by so many known doses.

    Shapes: ``period`` from and until when the rules hold (None: there are none).
    """

    subject_id: str
    day: date
    fits: tuple[Fit, ...]
    known: int
    period: tuple[date, date] | None


def planned_fits(visit: Visit, subject: Subject, day: date, answers: Answers) -> PlannedFits:
    """How the vaccines of a visit fit this day; of a checkup there is nothing to tell.

    Shapes: ``answers`` without those of hidden questions.
    """
    sheet, rules = rooms().sheet_of(visit), rooms().schedule.rules
    copied = rooms().histories.doses(subject)
    found = fits(rules, subject, copied, (sheet.programmes, day), flags=flags_of(sheet, answers))
    return PlannedFits(subject.id, day, found, len(copied), rules.period_on(day))
