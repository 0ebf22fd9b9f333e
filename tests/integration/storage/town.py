"""One small municipality in a real store: a parent, a child, a clinic."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from app.people.person import (
    SELF_DECLARED_RIGHTS,
    Binding,
    Evidence,
    Guardianship,
    Person,
    Sex,
    Subject,
)
from app.places.place import Clinic, Municipality
from app.questionnaire.answers import Absence, Answer
from app.questionnaire.definition import Kind as Asked
from app.questionnaire.definition import Mark, Question, Source
from app.storage.keys import KeyRing
from app.storage.store import Store
from app.visit.ports import Deed, Event
from app.visit.visit import Draft, Kind, Share, State, Submission, Visit

NOW = datetime(2026, 11, 24, 1, 30, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PINS = (("core", 1), ("day", 2))
NEWER_PINS = (("core", 2), ("day", 2))
SOURCE = Source("made up", Mark.D)
QUESTIONS = {
    question.code: question
    for question in (
        Question("convulsion_ever", Asked.YES_NO, "けいれん", "けいれん", SOURCE, unknown=True),
        Question("birth_weight", Asked.INTEGER, "体重", "体重", SOURCE, unknown=True),
        Question("free", Asked.TEXT, "そのほか", "そのほか", SOURCE),
    )
}
ANSWERS = {
    "convulsion_ever": Answer("yes", "先月、熱のとき"),
    "birth_weight": Answer(Absence.UNKNOWN),
    "free": Answer("ひみつの回答です"),
}


def questions_of(pins: tuple[tuple[str, int], ...]) -> dict[str, Question]:
    assert pins in (PINS, NEWER_PINS)
    return QUESTIONS


@dataclass(frozen=True)
class Address:
    """Where a store lies, to open it again as another process would."""

    database_url: str
    key_store_url: str
    ring_file: Path

    @contextmanager
    def opened(self) -> Iterator[Store]:
        store = Store(self.database_url, self.key_store_url, KeyRing.read(self.ring_file), questions_of)
        try:
            yield store
        finally:
            store.dispose()


@dataclass
class Town:
    """A municipality of its own for each test, so that tests can share a database."""

    store: Store
    address: Address
    id: str = field(default_factory=lambda: uuid4().hex[:12])

    def __post_init__(self) -> None:
        self.clinic = Clinic(f"clinic-{self.id}", self.id, "みなと小児科", "03-0000-0000", "港町1")
        self.store.places.add_municipality(Municipality(self.id, "みなと町", "03-0000-0001"))
        self.store.places.add_clinic(self.clinic)
        self.login = Binding("https://op.example", "client", f"sub-{self.id}")
        self.person: Person = self.store.people.sign_in(self.id, self.login, NOW)
        self.subject, self.link = self.add_child("海野 はな")

    def add_child(self, name: str) -> tuple[Subject, Guardianship]:
        subject = Subject(uuid4().hex, self.id, name, "うみの はな", Sex.FEMALE, date(2025, 8, 9))
        link = Guardianship(
            uuid4().hex, self.id, self.person.id, subject.id, "mother", Evidence.G0, SELF_DECLARED_RIGHTS, NOW
        )
        self.store.people.add_subject(subject, link)
        return subject, link

    def event(self, deed: Deed, visit_id: str = "", at: datetime = NOW) -> Event:
        return Event(deed, self.id, f"person:{self.person.id}", "parent", at, visit_id, self.clinic.id)

    def prepare(self, **changes: object) -> Visit:
        visit = Visit(
            id=uuid4().hex,
            municipality=self.id,
            subject_id=self.subject.id,
            person_id=self.person.id,
            programmes=("mr-1", "hib-4"),
            pins=PINS,
            programme_pins=(("mr", 1), ("hib", 2)),
            companion="mother",
            prepared_at=NOW,
            clinic_id=self.clinic.id,
            planned_on=date(2026, 11, 25),
        )
        visit = replace(visit, **changes)  # type: ignore[arg-type]  # a test names the fields it wants
        draft = Draft(visit.id, ANSWERS, "ne", typed={"birth": {"birth_weight": ("many",)}})
        self.store.visits.prepare(visit, draft, self.event(Deed.PREPARED, visit.id))
        return visit

    def submission(self, visit: Visit, number: int = 1) -> Submission:
        return Submission(
            id=f"{visit.id}-{number}",
            visit_id=visit.id,
            number=number,
            kind=Kind.AHEAD if number == 1 else Kind.AMENDMENT,
            answers=ANSWERS,
            language="ne",
            review_state="reviewed",
            at=NOW + MINUTE,
            share=Share(self.clinic.id, NOW + timedelta(days=2), "ne", "ab" * 32),
            answered_on=date(2026, 11, 25),
        )

    def submitted(self, key: str = "k1", **changes: object) -> Visit:
        """A visit with its pass, as it is after the first submission."""
        visit = self.prepare(**changes)
        issued = replace(visit, state=State.SUBMITTED, generation=1, issued_at=NOW + MINUTE)
        self.store.visits.submit(issued, self.submission(visit), key, self.event(Deed.SUBMITTED, visit.id))
        return replace(issued, revision=1)
