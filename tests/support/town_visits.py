"""The visits of the town by name: one for every state in which a page can be met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from app.people.person import SELF_DECLARED_RIGHTS, Binding, Evidence, Guardianship, Sex, Subject, SubjectKind
from app.questionnaire.answers import Absence, Answer, Answers, MonthAge, Value
from app.questionnaire.definition import Kind, Page, Question
from app.questionnaire.facts import NO_FACTS, Facts
from app.questionnaire.path import missing
from app.schedule.dates import tokyo_date
from app.visit.instruments import PaperScore
from app.visit.planning import withdraw
from app.visit.ports import Deed, Event
from app.visit.sheet import assemble, subject_answers
from app.visit.visit import Draft, State, Visit
from tests.support.submitted import TOWN, Family

ABSENT = "0" * 32
ALL = ("mr-1", "varicella-1", "rotavirus-1")
TWO = ("mr-1", "varicella-1")
CHECKLIST = "ikuji-shien-checklist"
Builder = Callable[["MarkedFamily", "MarkedFamily"], Visit]
PLAIN: Mapping[Kind, Value] = MappingProxyType(
    {
        Kind.TEXT: "見本",
        Kind.INTEGER: 3100,
        Kind.DECIMAL: Decimal("3.5"),
        Kind.TEMPERATURE: Decimal("36.6"),
        Kind.DATE: date(2026, 1, 10),
        Kind.MONTH_AGE: MonthAge(0, 6),
        Kind.TIME: time(21, 30),
    }
)


@dataclass
class MarkedFamily(Family):
    """A family whose every free answer holds its mark."""

    mark: str = ""

    def answer(self, visit: Visit, **answers: Answer) -> Visit:
        """The next submission, with everything answered and the mark in it."""
        rooms = self.site.rooms
        sheet = rooms.sheet_of(visit)
        given = self.marked(sheet.pages_ahead, sheet.facts, answers)
        draft = rooms.visits.draft(visit)
        kept = replace(draft, answers={**draft.answers, **given})
        rooms.visits.save(kept, visit, self.deed(Deed.DRAFT_SAVED, visit))
        return super().answer(visit, **given)

    def marked(self, pages: tuple[Page, ...], facts: Facts, told: Answers) -> dict[str, Answer]:
        """What she told, else a healthy child's answers to these pages, marked."""
        answers = {"doctor_question": Answer("yes", self.mark), **told}
        while open_questions := missing(pages, answers, facts):
            for question in open_questions:
                details = self.mark if question.details else ""
                answers[question.code] = Answer(_plain(question, self.mark), details)
        return answers

    def draft(
        self,
        *programmes: str,
        pages: int = 0,
        clinic: str | None = "midori",
        day: date | None = None,
        **told: Answer,
    ) -> Visit:
        """A visit that is not submitted, with so many of its pages answered (-1: all) in one saving."""
        rooms, now = self.site.rooms, self.site.clock()
        sheet = assemble([rooms.library.programmes[code] for code in programmes], rooms.library)
        visit = Visit(
            *(rooms.new_id(), TOWN, self.subject.id, self.person.id, programmes, sheet.pins, "mother", now),
            clinic_id=clinic,
            planned_on=day,
        )
        draft = Draft(visit.id, subject_answers(self.subject, sheet), self.language)
        rooms.visits.prepare(visit, draft, self.deed(Deed.PREPARED, visit))
        answered = sheet.pages_ahead[: pages if pages >= 0 else None]
        if answered or told:
            facts = rooms.sheet_of(visit).facts
            answers = {**draft.answers, **self.marked(answered, facts, told)}
            rooms.visits.save(replace(draft, answers=answers), visit, self.deed(Deed.DRAFT_SAVED, visit))
        return visit

    def deed(self, deed: Deed, visit: Visit) -> Event:
        """She did this now."""
        return Event(deed, TOWN, f"person:{self.person.id}", "parent", self.site.clock(), visit_id=visit.id)

    @property
    def today(self) -> date:
        """The day in Tokyo."""
        return tokyo_date(self.site.clock())

    def received(self, visit: Visit, clinic: str = "midori") -> Visit:
        """The visit as this clinic has just received it."""
        now, kept = self.site.clock(), self.now(visit)
        opened = replace(
            kept,
            state=State.RECEIVED,
            bound_clinic_id=clinic,
            received_at=now,
            planned_on=kept.planned_on or self.today,
        )
        desk = Event(Deed.RECEIVED, TOWN, "staff:desk", "reception", now, visit.id, clinic)
        return self.site.rooms.visits.change(opened, desk)

    def read(self, visit: Visit, role: str, deed: Deed) -> None:
        """Somebody at her clinic has looked."""
        event = Event(deed, TOWN, f"staff:{role}", role, self.site.clock(), visit.id, "midori")
        self.site.rooms.audit.write(event)


def healthy_answers(
    pages: tuple[Page, ...], told: Answers, mark: str, facts: Facts = NO_FACTS
) -> dict[str, Answer]:
    """What was told, and plain answers to everything else that is asked; the mark in every text."""
    answers = dict(told)
    while open_questions := missing(pages, answers, facts):
        for question in open_questions:
            answers[question.code] = Answer(_plain(question, mark), mark if question.details else "")
    return answers


def _plain(question: Question, mark: str) -> Value:
    if question.kind is Kind.YES_NO:
        return "no"
    if question.kind is Kind.CHOICE:
        return question.choices[0].code
    if question.kind is Kind.CHOICES:
        return (question.choices[0].code,)
    return mark if question.kind is Kind.TEXT else PLAIN[question.kind]


def _with_day(family: MarkedFamily, *programmes: str) -> Visit:
    visit = family.submit(*programmes, planned_on=family.today)
    return family.answer_today(visit, temperature_today=Answer(Decimal("36.6")))


def _alarming(family: MarkedFamily) -> Visit:
    """Concerns of every level, everything she can say, in Vietnamese, changed since."""
    family.language = "vi"
    visit = family.submit(*ALL, planned_on=family.today, allergy_ever=Answer(Absence.UNKNOWN))
    visit = family.answer(
        visit,
        convulsion_ever=Answer("yes"),
        convulsion_fever=Answer("no"),
        illness_1m=Answer("yes", f"Sốt nhẹ {family.mark}"),
        family_immune_deficiency=Answer(Absence.DECLINED),
    )
    visit = family.answer_today(
        visit,
        temperature_today=Answer(Decimal("38.4")),
        unwell_today=Answer("yes"),
        unwell_symptoms=Answer(("fever", "other"), family.mark),
    )
    family.language = "ja"
    return visit


def _looked_at(family: MarkedFamily, visit: Visit) -> Visit:
    received = family.received(visit)
    family.read(received, "reception", Deed.READ_IDENTITY)
    family.read(received, "nurse", Deed.READ_ANSWERS)
    return received


def _closed(family: MarkedFamily) -> Visit:
    received = _looked_at(family, _with_day(family, *TWO))
    now = family.site.clock()
    desk = Event(Deed.CLOSED, TOWN, "staff:doctor", "doctor", now, received.id, "midori")
    return family.site.rooms.visits.change(replace(received, state=State.CLOSED, closed_at=now), desk)


def _with_papers(family: MarkedFamily) -> Visit:
    """A checkup after a birth, received; no paper was read yet."""
    own = _herself(family)
    return own.received(own.submit("checkup-postpartum-2w", planned_on=own.today))


def _herself(family: MarkedFamily) -> MarkedFamily:
    """A mother who comes for herself, at a login of her own: the family's pages stay as they are."""
    rooms, now = family.site.rooms, family.site.clock()
    person = rooms.people.sign_in(TOWN, Binding("town", "town", rooms.new_id()), now)
    name, rights, born = f"{family.subject.name}の母", SELF_DECLARED_RIGHTS, date(1994, 5, 6)
    made = Subject(rooms.new_id(), TOWN, name, "みほん はは", Sex.FEMALE, born, kind=SubjectKind.MOTHER)
    link = Guardianship(rooms.new_id(), TOWN, person.id, made.id, "self", Evidence.G0, rights, now)
    rooms.people.add_subject(made, link)
    return replace(family, person=person, subject=made)


def _scored(family: MarkedFamily) -> Visit:
    """The same with every paper read, one of them twice, and a figure of level A."""
    visit, nurse = _with_papers(family), family.site.store.staff_secrets.find("midori-nurse")
    assert nurse is not None
    for code, total, critical in (("epds", 3, 0), ("epds", 13, 1), ("mibs-j", 6, None), (CHECKLIST, 2, None)):
        score = PaperScore(code, total, critical, nurse.staff.id, family.site.clock())
        who = (f"staff:{nurse.staff.id}", "nurse")
        desk = Event(*(Deed.SCORE_ENTERED, TOWN, *who, score.at, visit.id, "midori"))
        family.site.rooms.paper_scores.enter(visit, score, f"{code} {total}", desk)
    return visit


def _withdrawn(family: MarkedFamily) -> Visit:
    visit = family.submit(*TWO, planned_on=family.today)
    return family.change(withdraw(family.now(visit)), Deed.WITHDRAWN)


def _with_dangers(family: MarkedFamily, pages: int = 0) -> Visit:
    """A draft in which every danger was told, so that the pages behind it are asked."""
    yes = Answer("yes")
    return family.draft(
        *ALL,
        pages=pages,
        day=family.today,
        convulsion_ever=yes,
        allergy_ever=yes,
        vaccine_reaction_ever=yes,
    )


def _again(family: MarkedFamily) -> Visit:
    """Nothing answered yet, with everything answered in an earlier visit."""
    family.submit(*ALL, planned_on=family.today)
    return family.draft(*ALL)


def _siblings(family: MarkedFamily) -> Visit:
    """The same of her other child, of which nothing was ever answered, at a checkup about the family."""
    family.submit("checkup-m3", planned_on=family.today)
    known = family.site.rooms.people.subjects_of(family.person.id, family.site.clock())
    other = next(subject for subject, _ in known if subject.id != family.subject.id)
    return replace(family, subject=other).draft("checkup-m3")


def _ahead(family: MarkedFamily, days: int) -> Visit:
    return family.submit(*TWO, planned_on=family.today + timedelta(days=days))


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "empty": lambda mother, _: mother.draft(*ALL),
        "half": lambda mother, _: mother.draft(*ALL, pages=4),
        "again": lambda mother, _: _again(mother),
        "siblings": lambda mother, _: _siblings(mother),
        "typed": lambda mother, _: mother.draft(*ALL),
        "opened": lambda mother, _: _with_dangers(mother),
        "opened_typed": lambda mother, _: _with_dangers(mother),
        "ready": lambda mother, _: _with_dangers(mother, pages=-1),
        "ready_open": lambda mother, _: mother.draft(*TWO, pages=-1, clinic=None),
        "ready_checkup": lambda mother, _: mother.draft("checkup-y1h", pages=-1),
        "submitted": lambda mother, _: mother.submit(*ALL, planned_on=mother.today),
        "answered": lambda mother, _: _with_day(mother, *TWO),
        "later": lambda mother, _: _ahead(mother, 3),
        "undated": lambda mother, _: mother.submit(*TWO, clinic=None),
        "guessed": lambda mother, _: mother.submit(*TWO, clinic=None),
        "expired": lambda mother, _: _ahead(mother, -1),
        "alarming": lambda mother, _: _alarming(mother),
        "received": lambda mother, _: _looked_at(mother, mother.submit(*TWO, planned_on=mother.today)),
        "received_answered": lambda mother, _: _looked_at(mother, _with_day(mother, *ALL)),
        "received_alarming": lambda mother, _: _looked_at(mother, _alarming(mother)),
        "received_checkup": lambda mother, _: mother.received(
            mother.submit("checkup-y1h", planned_on=mother.today)
        ),
        "closed": lambda mother, _: _closed(mother),
        "papers": lambda mother, _: _with_papers(mother),
        "scored": lambda mother, _: _scored(mother),
        "withdrawn": lambda mother, _: _withdrawn(mother),
        "foreign": lambda _, stranger: stranger.submit(*TWO, planned_on=stranger.today),
        "foreign_received": lambda _, stranger: stranger.received(
            stranger.submit(*TWO, clinic="aozora", planned_on=stranger.today), "aozora"
        ),
    }
)
