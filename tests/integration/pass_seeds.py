"""A submitted visit of a signed-in parent, made through the rooms: what the tests of the pass start from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from app.questionnaire.answers import Answer, MonthAge, Value
from app.questionnaire.definition import Kind, Page, Question
from app.questionnaire.facts import NO_FACTS
from app.questionnaire.path import missing
from app.visit.access import Actor, Who
from app.visit.planning import issue
from app.visit.ports import Deed, Event
from app.visit.reception import Opened, open_visit
from app.visit.submission import Seen, ahead, of_the_day
from app.visit.visit import Submission, Visit
from tests.support.journey import Parent
from tests.support.site import Site, make_site
from tests.support.tally import Tally

BORN = date(2025, 11, 10)
CHILD_NAME = "見本 もも"
CLINIC = "midori"
SEEN = Seen("ja", "approved", "見せることの文")
Answered = Mapping[str, Answer]
NOTHING: Answered = MappingProxyType({})
PLAIN: Mapping[Kind, Value] = {
    Kind.TEXT: "見本",
    Kind.INTEGER: 3100,
    Kind.DECIMAL: Decimal("3.5"),
    Kind.TEMPERATURE: Decimal("36.6"),
    Kind.DATE: date(2026, 1, 10),
    Kind.MONTH_AGE: MonthAge(0, 6),
}


@pytest.fixture(scope="module")
def town(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Site]:
    """One site for the tests of a module, each with a visit of its own; the clock only goes forward."""
    made = make_site(tmp_path_factory.mktemp("town") / "data", module_engine_url)
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()


def signed_in(site: Site, persona: str = "mother", language: str = "ja") -> Parent:
    """A parent who has just signed in."""
    parent = site.parent(language)
    parent.sign_in(persona)
    return parent


def prepared(site: Site, parent: Parent, clinic: str = CLINIC, day: date | None = None) -> Visit:
    """A visit that is all answered, but not submitted."""
    parent.add_child(CHILD_NAME, (BORN.year, BORN.month, BORN.day))
    parent.get("/visits/new")
    fields = {"planned": "other" if day else "open", "planned-era": "western"}
    if day:
        fields |= {
            "planned-year": str(day.year),
            "planned-month": str(day.month),
            "planned-day": str(day.day),
        }
    child = parent.form().options["child"][0]
    programme = ["mr-1", "rotavirus-1"]
    parent.submit({"child": child, "programme": programme, "companion": "mother", "clinic": clinic, **fields})
    visit = site.rooms.visits.find(parent.page.path.split("/")[2])
    assert visit is not None, parent.page.text
    draft = site.rooms.visits.draft(visit)
    answers = {**answers_to(site.rooms.sheet_of(visit).pages_ahead), **draft.answers}
    site.rooms.visits.save(replace(draft, answers=answers), visit, event(site, Deed.DRAFT_SAVED, visit))
    return kept(site, visit)


def submitted(
    site: Site, parent: Parent, clinic: str = CLINIC, *, day: date | None = None, answers: Answered = NOTHING
) -> Visit:
    """A visit with its first submission and its pass."""
    visit = prepared(site, parent, clinic, day)
    sheet, draft = site.rooms.sheet_of(visit), site.rooms.visits.draft(visit)
    draft = replace(draft, answers={**draft.answers, **answers})
    made = ahead(visit, sheet, draft, seen=SEEN, previous=None, now=site.clock())
    site.rooms.visits.submit(issue(visit, site.clock()), made, "key", event(site, Deed.SUBMITTED, visit))
    return kept(site, visit)


def answered_today(site: Site, visit: Visit, answers: Answered = NOTHING) -> Submission:
    """The day's answers, given now."""
    sheet, newest = site.rooms.sheet_of(visit), site.rooms.visits.submissions(visit)[-1]
    day = answers_to(sheet.pages_of_the_day) | dict(answers)
    made = of_the_day(sheet, newest, day, seen=SEEN, now=site.clock())
    return site.rooms.visits.submit(
        kept(site, visit), made, f"day-{made.number}", event(site, Deed.DAY_ANSWERED, visit)
    )


def received(site: Site, visit: Visit, clinic: str = CLINIC) -> Visit:
    """The visit as the reception of this clinic has just opened it."""
    staff = Actor(Who.RECEPTION, "s", "999999", clinic, "t")
    opened = open_visit(kept(site, visit), staff, (BORN, BORN), site.clock())
    assert isinstance(opened, Opened)
    return site.rooms.visits.change(opened.visit, event(site, Deed.RECEIVED, visit, Who.RECEPTION))


def event(site: Site, deed: Deed, visit: Visit, who: Who = Who.PARENT) -> Event:
    """A deed done now, by the author or by staff of the bound clinic."""
    actor, clinic = (f"person:{visit.person_id}", "") if who is Who.PARENT else ("staff:s", CLINIC)
    return Event(deed, "999999", actor, who.value, site.clock(), visit.id, clinic)


def kept(site: Site, visit: Visit) -> Visit:
    """The visit as it is kept now."""
    found = site.rooms.visits.find(visit.id)
    assert found is not None
    return found


def answers_to(pages: tuple[Page, ...]) -> dict[str, Answer]:
    """Plain answers to everything that is asked."""
    answers: dict[str, Answer] = {}
    while open_questions := missing(pages, answers, NO_FACTS):
        for question in open_questions:
            answers[question.code] = Answer(_plain(question), "見本" if question.details else "")
    return answers


def _plain(question: Question) -> Value:
    if question.kind is Kind.YES_NO:
        return "no"
    if question.kind is Kind.CHOICE:
        return question.choices[0].code
    if question.kind is Kind.CHOICES:
        return (question.choices[0].code,)
    return PLAIN[question.kind]
