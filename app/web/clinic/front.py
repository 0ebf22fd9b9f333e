"""What the desk must know before anybody reads an answer: who, what for, complete or not. No answers."""

from dataclasses import dataclass
from datetime import date

from app.people.person import Evidence, Guardianship, Subject
from app.questionnaire.answers import Answers
from app.questionnaire.definition import Level
from app.schedule.dates import age_on, tokyo_date
from app.visit.raised import concerns_of
from app.visit.sheet import Sheet, subject_answers
from app.visit.submission import good_today, missing_ahead, missing_of_the_day
from app.visit.visit import Submission, Visit
from app.web.answer_words import day_words
from app.web.clinic.papers import reaches_a, slots_at
from app.web.review import required_state
from app.web.rooms import rooms
from app.web.sheet_reading import clock_time, day_answered_at
from app.wording.languages import Language
from app.wording.review import ReviewState


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a sheet.

    Shapes: ``evidence`` None when the link ended;
    ``missing`` and ``missing_of_day`` count unanswered required questions; ``day_time`` when the
    day's answers were given, "" for not yet; ``calls_nurse`` that something of level A was told.
    """

    subject: Subject
    born: str
    age: str
    programmes: tuple[str, ...]
    companion: str
    relationship: str
    evidence: Evidence | None
    missing: int
    missing_of_day: int
    asks_day: bool
    day_time: str
    language: Language
    state: str
    is_reading_aid: bool
    calls_nurse: bool


def day_of(visit: Visit, today: date) -> date:
    """The day as of which a sheet is read: today, or the day on which the visit was closed."""
    return tokyo_date(visit.closed_at) if visit.closed_at else today


def front_of(visit: Visit, subject: Subject, sheet: Sheet, submissions: tuple[Submission, ...]) -> Front:
    """The head of this visit's sheet. Shapes: at least one submission."""
    newest, day = submissions[-1], day_of(visit, rooms().today())
    answers = {**subject_answers(subject, sheet), **good_today(sheet, newest, day)}
    link = rooms().people.guardianship(visit.person_id, subject.id, rooms().now())
    languages = rooms().wording.languages
    return Front(
        subject=subject,
        born=day_words(subject.birth_date, languages.source),
        age=age_words(subject.birth_date, day),
        programmes=tuple(programme.title for programme in sheet.programmes),
        companion=visit.companion,
        relationship=link.relationship if link else "",
        evidence=evidence_of(link),
        missing=len(missing_ahead(sheet, answers)),
        missing_of_day=len(missing_of_the_day(sheet, answers)),
        asks_day=bool(sheet.pages_of_the_day),
        day_time=clock_time(day_answered_at(submissions, day)),
        language=languages.named(newest.language) or languages.source,
        state=newest.review_state,
        is_reading_aid=is_reading_aid(visit, newest),
        calls_nurse=calls_nurse(visit, sheet, answers),
    )


def calls_nurse(visit: Visit, sheet: Sheet, answers: Answers) -> bool:
    """Whether an answer, or a score read off a paper, calls for the nurse before anything else."""
    told = any(one.concern.level is Level.A for one in concerns_of(sheet, answers))
    return told or reaches_a(slots_at(visit, sheet, answers))


def evidence_of(link: Guardianship | None) -> Evidence | None:
    """How the link is proved, None when there is none any more."""
    return link.evidence if link else None


def age_words(born: date, day: date) -> str:
    """The age by which vaccines are timed: years, months and days."""
    years, months, days = age_on(born, max(born, day))
    return f"{years}歳{months}か月{days}日"


def is_reading_aid(visit: Visit, submission: Submission) -> bool:
    """Whether she read wording that was below what the municipality asks for, with Japanese beside it."""
    return ReviewState.named(submission.review_state) < required_state(visit.municipality)
