"""Short ways to make visits, sheets, submissions and actors for the tests of this room."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from app.people.person import SELF_DECLARED_RIGHTS, Evidence, Guardianship, Right, Sex, Subject
from app.questionnaire.answers import Answer, Answers, Value
from app.questionnaire.definition import (
    Advice,
    Behaviour,
    Comparison,
    Concern,
    Condition,
    Explanation,
    Fresh,
    Kind,
    Level,
    Library,
    Mark,
    Operator,
    Page,
    Part,
    Programme,
    Question,
    Source,
    Urgency,
)
from app.strict_toml.tables import Comparable
from app.visit.access import Actor, Who
from app.visit.sheet import Sheet
from app.visit.submission import Seen
from app.visit.visit import Draft, State, Submission, Visit
from app.visit.visit import Kind as Occasion

TOWN = "999999"
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BORN = date(2025, 11, 10)
SOURCE = Source("reference", Mark.R)
SEEN = Seen("vi", "translated", "what is shared")
KEY = b"k" * 32


def visit(**fields: Any) -> Visit:  # Any: passed through to Visit
    """A visit with as little as possible."""
    plain: dict[str, Any] = {
        "id": "v1",
        "municipality": TOWN,
        "subject_id": "child",
        "person_id": "mother",
        "programmes": ("MR",),
        "pins": (("head", 1),),
        "companion": "mother",
        "prepared_at": NOON,
    }
    return Visit(**plain | fields)


def issued(**fields: Any) -> Visit:  # Any: passed through to Visit
    """A submitted visit with its first pass, planned for today at clinic A."""
    plain: dict[str, Any] = {"clinic_id": "A", "planned_on": TODAY}
    return visit(**{"state": State.SUBMITTED, "generation": 1, "issued_at": NOON} | plain | fields)


def at_desk(who: Who = Who.RECEPTION, **fields: Any) -> Actor:  # Any: passed through to Actor
    """Staff of clinic A at its enrolled terminal."""
    plain: dict[str, Any] = {"municipality": TOWN, "clinic_id": "A", "terminal_id": "t"}
    return Actor(who, "staff", **plain | fields)


def ask(code: str, kind: Kind = Kind.YES_NO, **fields: Any) -> Question:  # Any: passed through to Question
    """A question with as little as possible."""
    return Question(code=code, kind=kind, text=code, short=code, source=SOURCE, **fields)


def when(question: str, value: Comparable = "yes", op: str = "=") -> Condition:
    """A condition of one comparison."""
    return Condition(Behaviour.ALL, (Comparison(question, Operator(op), value),))


def concern(code: str, question: str, level: Level = Level.B) -> Concern:
    """A concern that a yes raises."""
    return Concern(code, when(question), level, code, SOURCE)


def advice(code: str, question: str, urgency: Urgency = Urgency.CALL_NOW) -> Advice:
    """An advice that a yes brings."""
    return Advice(code, when(question), urgency, code, code, SOURCE)


def part(code: str, *questions: Question, concerns: Sequence[Concern] = ()) -> Part:
    """A part of one page."""
    return Part(code, 1, code, (Page(f"{code}_page", code, questions),), tuple(concerns))


def for_day(code: str, *questions: str) -> Part:
    """A part that exists on the day only."""
    return part(code, *(ask(one, fresh=Fresh.DAY) for one in questions))


def programme(code: str, parts: Iterable[str], *concerns: Concern) -> Programme:
    """A vaccine with these parts."""
    said = Explanation("", "", "", "", "", SOURCE)
    return Programme(code, "vaccine", code, 1, code, tuple(parts), said, (), SOURCE, tuple(concerns))


def library(*parts: Part) -> Library:
    """These parts, without programmes."""
    return Library({(one.code, one.version): one for one in parts}, {})


def plain_sheet() -> Sheet:
    """Two questions ahead, of which one hides the other, and one of the day."""
    follow_up = ask("kind", Kind.TEXT, shown_when=when("ill"))
    return Sheet((), (part("core", ask("ill"), follow_up), for_day("day", "unwell")))


def given(**values: Value) -> Answers:
    """Answers without details."""
    return {code: Answer(value) for code, value in values.items()}


def draft(**values: Value) -> Draft:
    """A draft with these answers."""
    return Draft("v1", given(**values), "vi")


def submission(number: int = 1, answered_on: date | None = None, **values: Value) -> Submission:
    """A submission with these answers."""
    occasion = Occasion.DAY if answered_on else Occasion.AHEAD
    return Submission(
        f"v1-{number}", "v1", number, occasion, given(**values), "vi", "translated", NOON, None, answered_on
    )


def link(rights: frozenset[Right] = SELF_DECLARED_RIGHTS, until: datetime | None = None) -> Guardianship:
    """The mother's guardianship of the child."""
    return Guardianship(
        "g", TOWN, "mother", "child", "mother", Evidence.G0, rights, NOON.replace(year=2025), until
    )


def child() -> Subject:
    """A plainly fictitious child."""
    return Subject("child", TOWN, "見本 もも", "みほん もも", Sex.FEMALE, BORN)
