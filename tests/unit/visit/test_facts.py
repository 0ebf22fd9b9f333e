"""The facts of a subject on the day of a visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.questionnaire.definition import Concern, Derived, Kind, Level, Rule
from app.questionnaire.facts import NO_FACTS, Facts
from app.visit.facts import child_facts, day_of_facts, facts_with, mother_facts, sheet_for
from app.visit.raised import advice_about, advice_for, concerns_of
from app.visit.sheet import Sheet
from tests.unit.visit.making import (
    BORN,
    SOURCE,
    TODAY,
    advice,
    ask,
    child,
    given,
    part,
    programme,
    visit,
    when,
)


@pytest.mark.parametrize(
    ("day", "months"),
    [(BORN, 0), (date(2026, 2, 8), 2), (date(2026, 2, 9), 3), (date(2026, 11, 9), 12)],
)
def test_age_counts_the_months_that_are_reached_by_law(day: date, months: int) -> None:
    assert child_facts(child(), day) == Facts(age_months=months, born=BORN, day=day)


def test_age_before_the_birth_is_not_known() -> None:
    assert child_facts(child(), BORN - timedelta(days=1)) == NO_FACTS


@pytest.mark.parametrize(
    ("early", "day", "corrected"),
    [
        (timedelta(days=21), date(2026, 3, 10), None),
        (timedelta(days=22), date(2026, 3, 10), 3),
        (timedelta(days=60), date(2026, 3, 10), 2),
        (timedelta(days=60), BORN, 0),
        (timedelta(days=60), date(2027, 11, 9), 22),
        (timedelta(days=60), date(2027, 11, 10), None),
    ],
)
def test_corrected_age_counts_for_a_child_born_early_until_two_years(
    early: timedelta, day: date, corrected: int | None
) -> None:
    assert child_facts(replace(child(), due_date=BORN + early), day).corrected_months == corrected


@pytest.mark.parametrize(
    ("days_left", "weeks"), [(280, 0), (281, None), (140, 20), (141, 19), (0, 40), (-34, 44), (-35, None)]
)
def test_weeks_of_pregnancy_count_back_from_the_due_date(days_left: int, weeks: int | None) -> None:
    mother = replace(child(), birth_date=date(1996, 11, 24), due_date=TODAY + timedelta(days=days_left))
    assert mother_facts(mother, TODAY) == Facts(360, weeks)
    assert mother_facts(replace(mother, due_date=None), TODAY) == Facts(360)
    ended = replace(mother, ended_on=TODAY)
    assert mother_facts(ended, TODAY) == Facts(360)
    assert (
        mother_facts(ended, TODAY - timedelta(days=1)).gestation_weeks
        == mother_facts(mother, TODAY - timedelta(days=1)).gestation_weeks
    )


def test_day_of_facts_is_that_of_the_reception_else_the_planned_one_else_today() -> None:
    received = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    assert day_of_facts(visit(), TODAY) == TODAY
    assert day_of_facts(visit(planned_on=date(2026, 12, 1)), TODAY) == date(2026, 12, 1)
    late = visit(planned_on=date(2026, 12, 1), received_at=received)
    assert day_of_facts(late, TODAY) == date(2026, 11, 26)


NECK = Concern("neck", when("neck", "no"), Level.B, "neck", SOURCE, from_months=4)
CHECKUP = replace(programme("m3", ["m3"]), kind="checkup", vaccine="")


def test_sheet_with_facts_raises_by_age_and_a_mothers_sheet_knows_her_weeks() -> None:
    bare = Sheet((CHECKUP,), (part("m3", ask("neck"), concerns=[NECK]),))
    assert bare.asks_for_facts
    young, old = (sheet_for(bare, child(), day) for day in (date(2026, 3, 8), date(2026, 3, 9)))
    assert concerns_of(young, given(neck="no")) == ()
    assert [one.concern for one in concerns_of(old, given(neck="no"))] == [NECK]
    assert sheet_for(bare, None, TODAY) is bare
    mothers = Sheet((replace(CHECKUP, subject_is="mother"),), bare.parts)
    assert sheet_for(mothers, replace(child(), due_date=TODAY), TODAY).facts.gestation_weeks == 40


@pytest.mark.parametrize(
    ("weeks", "days", "stored", "corrected"),
    [
        (32, 0, None, 2),
        (36, 6, None, 3),
        (37, 0, None, None),
        (40, 0, None, None),
        (None, 3, None, None),
        (40, 0, timedelta(days=60), 2),
        (32, 0, timedelta(days=28), 3),
    ],
)
def test_weeks_at_birth_correct_the_age_while_no_due_date_is_stored(
    weeks: int | None, days: int, stored: timedelta | None, corrected: int | None
) -> None:
    term = Derived("term", "", Rule.GESTATION_DAYS, ("weeks", "days"))
    asking = replace(
        part("m3", ask("weeks", Kind.INTEGER), ask("days", Kind.INTEGER), ask("neck"), concerns=[NECK]),
        derived=(term,),
    )
    born_early = child() if stored is None else replace(child(), due_date=BORN + stored)
    sheet = sheet_for(Sheet((CHECKUP,), (asking,)), born_early, date(2026, 3, 12))
    told = given(neck="no", days=days) | ({} if weeks is None else given(weeks=weeks))
    assert facts_with(sheet, told).corrected_months == corrected
    (one,) = concerns_of(sheet, told)
    is_lowered = corrected is not None and corrected < NECK.from_months
    assert one.concern.level is (Level.C if is_lowered else Level.B)


def test_sheet_without_anything_that_hangs_on_facts_asks_for_none() -> None:
    assert not Sheet((CHECKUP,), (part("m3", ask("neck")),)).asks_for_facts
    shown = ask("kicks", shown_when=when("gestation_weeks", 20, ">="))
    assert Sheet((CHECKUP,), (part("m3", shown),)).asks_for_facts


def test_advice_is_told_on_the_page_it_is_about() -> None:
    bleeding, limp = (replace(part(one, ask(one)), advice=(advice(one, one),)) for one in ("bleed", "limp"))
    sheet = Sheet((CHECKUP,), (bleeding, limp))
    answers = given(bleed="yes", limp="yes")
    assert [one.advice.code for one in advice_for(sheet, answers)] == ["bleed", "limp"]
    (told,) = advice_about(sheet, limp.pages[0], answers)
    assert (told.part.code, told.advice.code) == ("limp", "limp")
    assert advice_about(sheet, limp.pages[0], given(limp="no")) == ()
