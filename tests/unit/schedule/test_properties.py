"""Five families of properties of the schedule, and that each can fail (reference/vaccination.md 7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.schedule.bounds import Facts
from app.schedule.dates import reach
from app.schedule.evaluation import evaluate
from app.schedule.reading import Schedule, read_schedule
from app.schedule.verdict import Dose, Status, Verdict
from tests.support.schedule_cases import definition_files
from tests.support.schedule_properties import (
    FIRST_DOSES,
    LIVE,
    ONE_DAY,
    Ask,
    ask_national,
    birthdays,
    broken_by_inactivated,
    broken_edges,
    broken_first_dose,
    broken_reach,
    reached,
    some_history,
    some_live,
    some_not_live,
    some_planned,
)

BIRTHDAYS = st.dates(date(2006, 1, 1), date(2026, 12, 31))
ODD_DAYS = [one for one in birthdays() if one.day > 28 or (one.month, one.day) in {(4, 1), (4, 2)}]
FIRST = sorted(FIRST_DOSES)


def planted(name: str, right: str, wrong: str) -> Ask:
    """The national rules with one file changed."""
    files = dict(definition_files())
    text = files[name].decode()
    assert right in text
    files[name] = text.replace(right, wrong).encode()
    schedule = read_schedule(files)
    assert isinstance(schedule, Schedule)

    def ask(facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
        return evaluate(schedule.rules, facts, history, dose)

    return ask


def a_day_off(field: str, days: int) -> Ask:
    """The national rules by a clerk who tells one of the two days wrong."""

    def ask(facts: Facts, history: Sequence[Dose], dose: Dose) -> Verdict:
        verdict = ask_national(facts, history, dose)
        day = getattr(verdict, field)
        return verdict if day is None else replace(verdict, **{field: day + timedelta(days=days)})

    return ask


def test_reach_for_all_birthdays_is_monotone() -> None:
    assert broken_reach(reach) == []


def test_reach_when_it_overflows_into_the_next_month_is_found() -> None:
    def overflowing(born: date, months: int) -> date:
        month = date(born.year + (born.month - 1 + months) // 12, (born.month - 1 + months) % 12 + 1, 1)
        return month + timedelta(days=born.day - 2)

    assert broken_reach(overflowing) != []


@given(st.dates(date(1927, 1, 1), date(2080, 12, 31)), st.integers(0, 240))
def test_reach_agrees_with_the_words_of_the_law(born: date, months: int) -> None:
    assert reach(born, months) == reached(born, months)


@pytest.mark.parametrize("planned", FIRST, ids=str)
def test_first_dose_for_all_birthdays_opens_and_closes_by_law(planned: tuple[str, str]) -> None:
    broken = [one for born in birthdays() for one in broken_first_dose(ask_national, born, planned)]
    assert broken == []


def test_birthdays_are_all_there() -> None:
    assert len(list(birthdays())) == 2557
    assert date(2024, 2, 29) in ODD_DAYS


def test_maternal_vaccine_for_all_due_dates_opens_and_closes_by_week() -> None:
    mother = date(1995, 2, 3)
    for due in birthdays():
        facts = Facts(mother, "F", due + timedelta(days=2500))  # from 2026-11 on
        assert facts.due_date is not None
        dose = Dose("RSV_MAT", facts.due_date - timedelta(days=100))
        verdict = ask_national(facts, (), dose)
        window = facts.due_date - timedelta(days=84), facts.due_date - timedelta(days=22)
        assert (verdict.earliest, verdict.latest) == window
        if due in ODD_DAYS:
            assert broken_edges(ask_national, facts, (), dose) == []


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), BIRTHDAYS, st.sampled_from(FIRST))
def test_named_days_after_any_history_hold(random: Random, born: date, planned: tuple[str, str]) -> None:
    facts = Facts(born, "F")
    history = some_history(random, ask_national, facts, planned)
    dose = some_planned(random, facts, history, planned)
    if planned[0] in LIVE:
        history = (
            *history,
            *(one for one in some_live(random, dose) if one.given_on < dose.given_on),
        )
    assert broken_edges(ask_national, facts, history, dose) == []


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), BIRTHDAYS, st.sampled_from(("BCG", "MR", "VAR")))
def test_live_dose_when_an_inactivated_one_is_added_stands_as_before(
    random: Random, born: date, vaccine: str
) -> None:
    facts = Facts(born, "F")
    own = some_history(random, ask_national, facts, (vaccine, ""))
    dose = some_planned(random, facts, own, (vaccine, ""))
    history = (*own, *some_live(random, dose))
    assert (
        broken_by_inactivated(ask_national, facts, history, (dose, some_not_live(random, dose.given_on)))
        == []
    )


def test_live_dose_for_odd_birthdays_and_every_distance_keeps_27_days() -> None:
    for born in ODD_DAYS[::7]:
        facts, day = Facts(born, "F"), reached(born, 14)
        for distance in range(-40, 41):
            other = Dose("VAR", day + timedelta(days=distance))
            verdict = ask_national(facts, (other,), Dose("MR", day))
            is_kept = distance == 0 or abs(distance) >= 28
            assert (verdict.status is Status.ALLOWED) is is_kept, (born, distance)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "planned"),
    [
        ("schedule/vaccines/mr.toml", 'closes = "24 months"', 'closes = "730 days"', ("MR", "")),
        ("schedule/vaccines/pneumococcus.toml", 'opens = "2 months"', 'opens = "60 days"', ("PCV", "PCV20")),
        ("schedule/vaccines/rotavirus.toml", 'closes = "24 weeks"', 'closes = "23 weeks"', ("ROTA", "RV1")),
        (
            "schedule/vaccines/hpv.toml",
            "end of the fiscal year of 16",
            "end of the fiscal year of 15",
            ("HPV", "HPV9"),
        ),
    ],
)
def test_first_dose_when_a_wrong_window_is_planted_is_found(
    name: str, right: str, wrong: str, planned: tuple[str, str]
) -> None:
    ask = planted(name, right, wrong)
    assert any(broken_first_dose(ask, born, planned) for born in ODD_DAYS)


@pytest.mark.parametrize(
    ("field", "days"), [("earliest", 1), ("earliest", -1), ("latest", 1), ("latest", -1), ("usual", -100)]
)
def test_named_day_when_it_is_a_day_off_is_found(field: str, days: int) -> None:
    facts = Facts(date(2024, 2, 29), "F")
    history = (Dose("VAR", date(2025, 4, 1)),)
    dose = Dose("VAR", date(2025, 8, 1))
    assert broken_edges(ask_national, facts, history, dose) == []
    assert broken_edges(a_day_off(field, days), facts, history, dose) != []


def test_live_dose_when_influenza_is_called_live_is_found() -> None:
    ask = planted("schedule/vaccines/influenza.toml", 'form = "inactivated"', 'form = "injected_live"')
    facts, dose = Facts(date(2025, 9, 1), "F"), Dose("MR", date(2026, 11, 22))
    more = (Dose("FLU", dose.given_on - ONE_DAY, "INJECTION"),)
    assert broken_by_inactivated(ask_national, facts, (), (dose, more)) == []
    assert broken_by_inactivated(ask, facts, (), (dose, more)) != []
