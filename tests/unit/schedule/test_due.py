"""The timeline of one life: done, now, late, ask, soon, later, closed."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.schedule.bounds import Facts
from app.schedule.due import Due, Timing, due_vaccines, fit_together
from app.schedule.verdict import Dose, Reason
from tests.support.schedule_cases import national_schedule

RULES = national_schedule().rules
GIRL = Facts(date(2026, 3, 2), "F")
INFANT = ("HEPB", "ROTA", "PCV", "DPT_IPV_HIB")
DONE, NOW, LATE, ASK, SOON, LATER, CLOSED = Timing


def doses(*told: str) -> tuple[Dose, ...]:
    found = []
    for one in told:
        vaccine, day, *product = one.split()
        found.append(Dose(vaccine, date.fromisoformat(day), "".join(product)))
    return tuple(found)


def due(today: str, *history: str, facts: Facts = GIRL) -> tuple[Due, ...]:
    return due_vaccines(RULES, facts, doses(*history), date.fromisoformat(today))


def of(lines: Sequence[Due], code: str) -> list[Due]:
    return [line for line in lines if line.code == code]


def told(lines: Sequence[Due], code: str) -> list[tuple[int, Timing]]:
    return [(line.number, line.timing) for line in of(lines, code)]


def test_newborn_has_every_first_dose_and_every_stage_ahead() -> None:
    lines = due("2026-03-02")
    assert {line.code: line.timing for line in lines if line.number == 1} == {
        **dict.fromkeys(INFANT, SOON),
        **dict.fromkeys(("DT", "HPV", "JE", "MR", "VAR", "BCG"), LATER),
    }
    assert {(line.code, line.number) for line in lines if line.number > 1} == {("MR", 2), ("JE", 4)}


@pytest.mark.parametrize(
    ("today", "timing"),
    [
        ("2026-03-02", SOON),  # 60 days ahead
        ("2026-04-30", SOON),
        ("2026-05-01", NOW),
        ("2026-10-01", NOW),
        ("2026-10-02", LATE),  # begun by 7 months is the standard
        ("2031-03-01", LATE),
        ("2031-03-02", CLOSED),
    ],
)
def test_first_dose_stands_by_the_day(today: str, timing: Timing) -> None:
    assert told(due(today), "PCV") == [(1, timing)]


@pytest.mark.parametrize(("born", "timing"), [(date(2026, 3, 2), SOON), (date(2026, 3, 3), LATER)])
def test_soon_begins_sixty_days_ahead(born: date, timing: Timing) -> None:
    assert told(due("2026-03-02", facts=Facts(born, "F")), "DPT_IPV_HIB") == [(1, timing)]


def test_dose_before_its_standard_age_waits_for_it_though_it_is_allowed() -> None:
    (line,) = of(due("2026-05-10"), "BCG")
    assert (line.timing, line.earliest, line.usual, line.usual_to) == (
        *(LATER, date(2026, 3, 2)),
        *(date(2026, 8, 1), date(2026, 11, 1)),
    )
    assert line.reason == Reason.OK_BEFORE_STANDARD_AGE


def test_given_doses_stand_with_their_days_and_the_next_one_after_them() -> None:
    lines = of(due("2026-06-10", "HEPB 2026-05-04", "HEPB 2026-06-01"), "HEPB")
    assert [(one.number, one.given_on, one.earliest) for one in lines] == [
        (1, date(2026, 5, 4), None),
        (2, date(2026, 6, 1), None),
        (3, None, date(2026, 9, 21)),
    ]
    assert [one.timing for one in lines] == [DONE, DONE, LATER]
    assert [one.reason for one in lines] == ["", "", Reason.INTERVAL_MIN]


def test_complete_series_has_no_further_line_and_a_surplus_dose_keeps_counting() -> None:
    history = [f"DPT_IPV_HIB {day}" for day in ("2026-05-04", "2026-06-01", "2026-07-01", "2027-02-01")]
    assert told(due("2027-05-01", *history), "DPT_IPV_HIB") == [(number, DONE) for number in (1, 2, 3, 4)]
    surplus = told(due("2027-05-01", *history, "DPT_IPV_HIB 2027-03-01"), "DPT_IPV_HIB")
    assert surplus[-1] == (5, DONE)


def test_doses_of_the_vaccine_before_stand_in_the_one_series() -> None:
    history = ("DPT_IPV 2026-05-04", "DPT_IPV 2026-06-01")
    lines = due("2026-06-10", *history)
    assert told(lines, "DPT_IPV_HIB") == [(1, DONE), (2, DONE), (3, SOON)]
    assert told(lines, "DPT_IPV") == []


def test_vaccine_only_to_finish_stands_once_it_was_begun_and_until_another_goes_on() -> None:
    assert told(due("2026-06-10"), "HIB") == []
    begun = ("HIB 2026-05-04",)
    assert told(due("2026-06-10", *begun), "HIB") == [(1, DONE), (2, NOW)]
    assert told(due("2026-06-10", *begun, "DPT_IPV_HIB 2026-06-01"), "HIB") == [(1, DONE)]


def test_voluntary_vaccine_stands_only_once_it_was_begun() -> None:
    assert told(due("2027-06-10"), "MUMPS") == []
    assert told(due("2027-06-10", "MUMPS 2027-05-04"), "MUMPS") == [(1, DONE), (2, LATER)]


def test_stage_that_was_missed_is_closed_and_the_next_one_stands() -> None:
    assert told(due("2028-06-01"), "MR") == [(1, CLOSED), (2, LATER)]
    assert told(due("2031-06-01"), "MR") == [(1, CLOSED), (2, NOW)]
    assert told(due("2035-03-01"), "JE") == [(1, CLOSED), (4, NOW)]


def test_dose_too_close_to_a_live_one_asks_only_until_it_is_free() -> None:
    (line,) = of(due("2027-03-15", "VAR 2027-03-01"), "MR")[:1]
    assert (line.timing, line.earliest, line.reason) == (SOON, date(2027, 3, 29), Reason.LIVE_27D)


def test_dose_for_a_doctor_to_decide_asks() -> None:
    (line,) = of(due("2026-06-16"), "ROTA")
    assert (line.timing, line.reason) == (ASK, "ROTA_FIRST_DOSE_AFTER_14W6D")


def test_extension_of_the_municipality_asks() -> None:
    facts = Facts(date(2022, 10, 1), "M")
    assert told(due("2026-11-22", facts=facts), "MR") == [(1, ASK), (2, LATER)]
    assert told(due("2027-04-01", facts=facts), "MR") == [(1, CLOSED), (2, LATER)]


def test_boy_has_no_line_for_girls() -> None:
    assert of(due("2037-06-01", facts=Facts(date(2026, 3, 2), "M")), "HPV") == []
    assert told(due("2037-06-01"), "HPV") == [(1, LATER)]  # recommended in the fiscal year of 13
    assert told(due("2038-04-01"), "HPV") == [(1, NOW)]


def test_course_of_two_doses_is_over_after_two_and_of_a_close_pair_after_three() -> None:
    facts = Facts(date(2013, 5, 1), "F")
    assert told(due("2026-11-22", "HPV 2026-04-10 HPV9", "HPV 2026-10-10 HPV9", facts=facts), "HPV") == [
        (1, DONE),
        (2, DONE),
    ]
    close = due("2026-11-22", "HPV 2026-05-10 HPV9", "HPV 2026-10-09 HPV9", facts=facts)
    assert told(close, "HPV") == [(1, DONE), (2, DONE), (3, SOON)]


def test_mother_with_a_due_date_has_her_pregnancy_alone() -> None:
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))
    lines = due("2026-11-22", "RSV_MAT 2025-02-01", facts=mother)
    assert [(one.code, one.number, one.timing) for one in lines] == [("RSV_MAT", 1, NOW)]
    assert (lines[0].earliest, lines[0].latest) == (date(2026, 10, 18), date(2026, 12, 19))


def test_prophylaxis_of_the_newborn_leaves_hepatitis_b_out() -> None:
    facts = Facts(date(2026, 3, 2), "F", flags=frozenset({"hbv_mtct_prophylaxis"}))
    assert of(due("2026-06-01", facts=facts), "HEPB") == []


def test_doses_that_fit_on_one_day_are_those_open_and_recommended_then() -> None:
    lines = due("2026-04-01")
    assert {one.code for one in fit_together(lines, date(2026, 4, 30))} == set()
    assert {one.code for one in fit_together(lines, date(2026, 5, 1))} == set(INFANT)
    assert {one.code for one in fit_together(lines, date(2026, 8, 2))} == {*INFANT, "BCG"}


def test_doses_in_doubt_or_over_are_left_out_of_a_visit() -> None:
    lines = due("2026-06-16")
    assert "ROTA" not in {one.code for one in fit_together(lines, date(2026, 6, 20))}
    assert "HEPB" not in {one.code for one in fit_together(due("2026-12-01"), date(2027, 3, 2))}


def test_two_live_vaccines_may_be_given_on_the_same_day_of_a_visit() -> None:
    lines = due("2027-03-01")
    assert {"MR", "VAR"} <= {one.code for one in fit_together(lines, date(2027, 3, 1))}
