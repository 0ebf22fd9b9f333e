"""The facts of a visit's subject: how old on the visit's day, how many weeks before the birth."""

from dataclasses import replace
from datetime import date, timedelta

from app.people.growth_age import corrected_from
from app.people.person import Subject
from app.questionnaire.answers import Answers
from app.questionnaire.derived import numbers
from app.questionnaire.facts import NO_FACTS, Facts
from app.questionnaire.part import Rule
from app.schedule.dates import DAYS_IN_WEEK, PREGNANCY_DAYS, gestation_days, legal_months, tokyo_date
from app.visit.sheet import Sheet
from app.visit.visit import Visit

LAST_WEEK = 44
"""After it nobody is pregnant with this due date any more (D)."""


def sheet_for(sheet: Sheet, subject: Subject | None, day: date) -> Sheet:
    """The sheet with the facts of its subject on that day; as it is for a subject that is forgotten."""
    if subject is None:
        return sheet
    facts = mother_facts(subject, day) if sheet.is_about_a_mother else child_facts(subject, day)
    return sheet if facts == sheet.facts else replace(sheet, facts=facts)


def day_of_facts(visit: Visit, today: date) -> date:
    """The day on which a subject's age counts for a visit: when it was received, else planned, else today."""
    if visit.received_at is not None:
        return tokyo_date(visit.received_at)
    return visit.planned_on or today


def child_facts(subject: Subject, day: date) -> Facts:
    """The age of a child, and its corrected age while that counts."""
    age = _months(subject.birth_date, day)
    if age is None:
        return NO_FACTS
    corrected = _corrected(subject.birth_date, subject.due_date, day)
    return Facts(age_months=age, corrected_months=corrected, born=subject.birth_date, day=day)


def facts_with(sheet: Sheet, answers: Answers) -> Facts:
    """The facts of a sheet, and the corrected age by the weeks at birth that were answered on it.

    Shapes: a due date that is stored comes first; a part says by a derived number of days of gestation
    which questions ask for the weeks and days. Source: reference/checkups.md 1.1 (corrected age).
    """
    facts = sheet.facts
    if facts.corrected_months is not None or facts.born is None or facts.day is None:
        return facts
    terms = [one for part in sheet.parts for one in part.derived if one.rule is Rule.GESTATION_DAYS]
    for answer in numbers(terms, answers).values():
        if isinstance(answer.value, int):
            due = facts.born + timedelta(days=PREGNANCY_DAYS - answer.value)
            return replace(facts, corrected_months=_corrected(facts.born, due, facts.day))
    return facts


def _corrected(born: date, due: date | None, day: date) -> int | None:
    """The completed months by which a child born early is seen on this day, None for any other."""
    counted = corrected_from(born, due, day)
    return None if counted is None else _months(counted, day) or 0


def mother_facts(subject: Subject, day: date) -> Facts:
    """Her age, and the completed weeks of her pregnancy while it goes on, as far as is known."""
    age = _months(subject.birth_date, day)
    has_ended = subject.ended_on is not None and subject.ended_on <= day
    if subject.due_date is None or has_ended:
        return Facts(age_months=age)
    weeks = gestation_days(subject.due_date, day) // DAYS_IN_WEEK
    return Facts(age_months=age, gestation_weeks=weeks if 0 <= weeks <= LAST_WEEK else None)


def _months(born: date, day: date) -> int | None:
    """Months reached by law, None before the day itself."""
    return None if day < born else legal_months(born, day)
