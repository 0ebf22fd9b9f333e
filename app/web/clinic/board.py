"""The board of today's received visits: numbers of the day, never names, never an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.questionnaire.definition import Programme
from app.schedule.dates import TOKYO, tokyo_date
from app.visit.submission import good_today, missing_of_the_day
from app.visit.visit import State, Visit
from app.web.clinic.front import calls_nurse
from app.web.rooms import rooms

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One received visit.

    Shapes: ``number`` counts the receptions of the day; ``language`` as its readers write it, "" for
    Japanese; ``state`` is "closed", "call_nurse", "day_open" or "waiting".
    """

    number: int
    visit_id: str
    time: str
    programmes: str
    language: str
    language_tag: str
    state: str


@dataclass(frozen=True, slots=True)
class Board:
    """The newest lines, and how many wait and are done in all."""

    lines: tuple[Line, ...]
    waiting: int
    closed: int


def board_of(clinic_id: str, now: datetime) -> Board:
    """The board of this clinic on the day of ``now``."""
    visits = rooms().visits.waiting(clinic_id, now)
    closed = sum(visit.state is State.CLOSED for visit in visits)
    lines = (_line(visit, len(visits) - place, now) for place, visit in enumerate(visits[:SHOWN]))
    return Board(tuple(lines), len(visits) - closed, closed)


def _line(visit: Visit, number: int, now: datetime) -> Line:
    received = (visit.received_at or now).astimezone(TOKYO)
    tag, state = ("ja", "closed") if visit.state is State.CLOSED else _language_and_state(visit, now)
    language = rooms().wording.languages.named(tag) or rooms().wording.languages.source
    programmes = rooms().sheet_of(visit).programmes
    return Line(
        number=number,
        visit_id=visit.id,
        time=f"{received:%-H:%M}",
        programmes=short_list(programmes),
        language="" if language.is_source else language.own_name,
        language_tag=language.tag,
        state=state,
    )


def _language_and_state(visit: Visit, now: datetime) -> tuple[str, str]:
    """What the desk must know about a visit that still waits."""
    submissions = rooms().visits.submissions(visit)
    if not submissions:
        return "ja", "waiting"
    sheet, newest = rooms().sheet_of(visit), submissions[-1]
    answers = good_today(sheet, newest, tokyo_date(now))
    if calls_nurse(visit, sheet, answers):
        return newest.language, "call_nurse"
    return newest.language, "day_open" if missing_of_the_day(sheet, answers) else "waiting"


def short_list(programmes: Sequence[Programme]) -> str:
    """The first programme, and how many more."""
    first = programmes[0].title
    return first if len(programmes) == 1 else f"{first} ほか{len(programmes) - 1}つ"
