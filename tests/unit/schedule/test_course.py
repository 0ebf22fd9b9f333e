"""Walking a course: what was given, what is left out, what comes next; and which course and stage it is."""

from datetime import date, timedelta

import pytest

from app.schedule.bounds import Facts, day_of, first_day_after, read_bound, read_interval
from app.schedule.course import Standing, walk
from app.schedule.editions import (
    Bound,
    Cohort,
    Course,
    DoseRule,
    Edition,
    Interval,
    Measure,
    Role,
    Skip,
    Stage,
)
from app.schedule.stages import own_doses, stage_on, stages_of, standings
from app.schedule.verdict import Dose
from tests.support.schedule_cases import national_schedule

BORN = date(2026, 1, 15)
FACTS = Facts(BORN, "F")
TWO_MONTHS, ONE_YEAR, FIVE_YEARS = (Bound(Measure.MONTHS, count) for count in (2, 12, 60))
FIRST = DoseRule(Role.PRIMARY, TWO_MONTHS, FIVE_YEARS)
SECOND = DoseRule(
    *(Role.PRIMARY, TWO_MONTHS, FIVE_YEARS),
    after_previous=Interval(days=27),
    accepted_after_previous=Interval(days=20),
    skip=Skip(after=ONE_YEAR),
)
BOOSTER = DoseRule(
    *(Role.BOOSTER, TWO_MONTHS, FIVE_YEARS),
    after_previous=Interval(months=7),
    after_skipped=Interval(days=27),
    accepted_after_skipped=Interval(days=20),
)
COURSE = Course((FIRST, SECOND, BOOSTER))


def on(*days: str) -> tuple[Dose, ...]:
    return tuple(Dose("X", date.fromisoformat(day)) for day in days)


def walked(day: str, *given: str) -> Standing:
    return walk(COURSE, FACTS, on(*given), date.fromisoformat(day))


def test_course_when_nothing_was_given_begins_with_its_first_dose() -> None:
    standing = walked("2026-03-01")
    assert (standing.place, standing.opens(), standing.closes()) == (0, date(2026, 3, 14), date(2031, 1, 14))
    assert standing.after_intervals() is None


def test_course_when_a_dose_was_given_waits_for_the_interval() -> None:
    standing = walked("2026-05-01", "2026-04-01")
    assert (standing.place, standing.after_intervals()) == (1, date(2026, 4, 29))
    assert standing.closes() == date(2027, 1, 14)


def test_course_when_the_last_day_of_a_dose_is_past_leaves_it_out() -> None:
    assert walked("2027-01-14", "2026-04-01").place == 1
    standing = walked("2027-01-15", "2026-04-01")
    assert (standing.place, standing.has_skipped, standing.interval) == (2, True, Interval(days=27))


def test_course_when_the_interval_ends_after_the_last_day_leaves_the_dose_out() -> None:
    standing = walked("2027-01-10", "2026-12-30")
    assert (standing.place, standing.after_intervals()) == (2, date(2027, 1, 27))


def test_course_when_nothing_was_given_leaves_nothing_out() -> None:
    assert walked("2030-01-01").place == 0


def test_course_when_all_was_given_is_done_and_keeps_its_last_day() -> None:
    standing = walked("2030-01-01", "2026-04-01", "2026-05-01", "2026-12-01")
    assert standing.is_done
    assert standing.invalid == ()
    assert standing.closes() == date(2031, 1, 14)
    assert (standing.opens(), standing.after_intervals()) == (None, None)


def test_course_when_a_surplus_dose_was_given_keeps_it_in_the_list_only() -> None:
    standing = walked("2030-01-01", "2026-04-01", "2026-05-01", "2026-12-01", "2026-12-02")
    assert standing.is_done
    assert standing.invalid == ()
    assert len(standing.given) == 4


@pytest.mark.parametrize(
    ("given", "invalid"),
    [
        (("2026-03-13",), ("2026-03-13",)),
        (("2026-03-14",), ()),
        (("2026-04-01", "2026-04-21"), ("2026-04-21",)),
        (("2026-04-01", "2026-04-22"), ()),
        (("2026-04-01", "2026-05-01", "2026-11-30"), ("2026-11-30",)),
        (("2026-04-01", "2026-05-01", "2026-12-01"), ()),
        (("2027-01-01", "2027-01-21"), ("2027-01-21",)),
        (("2027-01-01", "2027-01-22"), ()),
    ],
)
def test_course_when_a_past_dose_came_too_early_names_it(
    given: tuple[str, ...], invalid: tuple[str, ...]
) -> None:
    assert walked("2030-01-01", *given).invalid == on(*invalid)


def test_dose_counted_from_the_first_waits_for_that_one_alone() -> None:
    third = DoseRule(Role.PRIMARY, TWO_MONTHS, None, after_first=Interval(days=139))
    course = Course((FIRST, FIRST, third))
    standing = walk(course, FACTS, on("2026-04-01", "2026-08-18"), date(2026, 8, 18))
    assert standing.after_intervals() == date(2026, 8, 19)
    assert first_day_after(date(2026, 4, 1), Interval(days=139)) == date(2026, 8, 19)
    assert standing.closes() is None


@pytest.mark.parametrize(("second", "place"), [("2026-06-01", 3), ("2026-05-31", 2)])
def test_dose_that_two_far_apart_make_needless_is_left_out(second: str, place: int) -> None:
    third = DoseRule(Role.PRIMARY, TWO_MONTHS, None, skip=Skip(previous_gap=Interval(months=2)))
    standing = walk(Course((FIRST, FIRST, third)), FACTS, on("2026-04-01", second), date(2027, 1, 1))
    assert standing.place == place


@pytest.mark.parametrize(("second", "place"), [("2027-01-14", 2), ("2027-01-15", 3)])
def test_dose_after_a_late_one_is_left_out(second: str, place: int) -> None:
    third = DoseRule(Role.PRIMARY, TWO_MONTHS, None, skip=Skip(previous_after=ONE_YEAR))
    course = Course((FIRST, FIRST, third, BOOSTER))
    assert walk(course, FACTS, on("2026-04-01", second), date(2027, 3, 1)).place == place


@pytest.mark.parametrize(("first", "doses"), [("2026-08-14", 4), ("2026-08-15", 3), ("2027-01-15", 1)])
def test_course_is_chosen_by_the_age_at_the_first_dose(first: str, doses: int) -> None:
    edition = national_schedule().rules.vaccines["HIB"].editions[0]
    given = (Dose("HIB", date.fromisoformat(first)),)
    (found,) = standings(stages_of(edition, FACTS), FACTS, given, Dose("HIB", date(2027, 6, 1)))
    assert len(found.standing.course.doses) == doses


def test_course_when_nothing_was_given_is_chosen_by_the_planned_day() -> None:
    edition = national_schedule().rules.vaccines["PCV"].editions[0]
    (found,) = standings(stages_of(edition, FACTS), FACTS, (), Dose("PCV", date(2028, 3, 1)))
    assert len(found.standing.course.doses) == 1


def test_stage_is_the_last_that_has_opened_and_keeps_the_doses_that_fell_into_it() -> None:
    edition = national_schedule().rules.vaccines["MR"].editions[0]
    given = (Dose("MR", date(2027, 2, 1)), Dose("MR", date(2031, 4, 1)))
    found = standings(stages_of(edition, FACTS), FACTS, given, Dose("MR", date(2031, 6, 1)))
    assert [len(one.standing.given) for one in found] == [1, 1]
    assert [stage_on(found, FACTS, day).place for day in (date(2031, 3, 31), date(2031, 4, 1), BORN)] == [
        0,
        1,
        0,
    ]


def test_stages_when_a_cohort_has_its_own_are_those_alone() -> None:
    everybody = Stage((COURSE,))
    measure = Stage((COURSE,), cohort=Cohort(date(2026, 1, 15), date(2026, 1, 15)))
    edition = Edition(date(2026, 4, 1), None, (everybody, measure))
    assert stages_of(edition, FACTS) == (measure,)
    for days in (-1, 1):
        assert stages_of(edition, Facts(BORN + timedelta(days=days))) == (everybody,)


def test_own_doses_are_those_up_to_the_day_and_of_this_pregnancy_or_season() -> None:
    vaccines = national_schedule().rules.vaccines
    five = on("2026-05-01", "2026-04-01", "2026-07-01")
    counted = [
        Dose(vaccine, one.given_on)
        for vaccine, one in zip(("DPT_IPV", "DPT_IPV_HIB", "HIB"), five, strict=True)
    ]
    assert [
        one.given_on.month for one in own_doses(vaccines["DPT_IPV_HIB"], FACTS, counted, date(2026, 6, 1))
    ] == [4, 5]
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))
    earlier, begun = date(2026, 4, 4), date(2026, 4, 5)
    doses = (Dose("RSV_MAT", earlier), Dose("RSV_MAT", begun))
    assert own_doses(vaccines["RSV_MAT"], mother, doses, date(2026, 11, 1)) == doses[1:]
    spray = (Dose("FLU", date(2026, 6, 30)), Dose("FLU", date(2026, 7, 1)))
    assert own_doses(vaccines["FLU"], FACTS, spray, date(2027, 1, 10)) == spray[1:]


@pytest.mark.parametrize(
    ("spelled", "bound"),
    [
        ("2 months", Bound(Measure.MONTHS, 2)),
        ("1 year 6 months", Bound(Measure.MONTHS, 18)),
        ("14 weeks 6 days", Bound(Measure.DAYS, 104)),
        ("28 weeks of gestation", Bound(Measure.GESTATION, 196)),
        ("begin of the fiscal year of 6 years", Bound(Measure.SCHOOL_YEAR_BEGINS, 72)),
        ("end of the fiscal year of 16 years", Bound(Measure.SCHOOL_YEAR_ENDS, 192)),
        ("", None),
        ("soon", None),
        ("2 months of gestation", None),
        ("1 month 3 days", None),
    ],
)
def test_bound_is_read_as_it_is_spelled(spelled: str, bound: Bound | None) -> None:
    assert read_bound(spelled) == bound


@pytest.mark.parametrize(
    ("spelled", "interval"),
    [("27 days", Interval(days=27)), ("6 months", Interval(months=6)), ("28 weeks of gestation", None)],
)
def test_interval_is_days_or_months(spelled: str, interval: Interval | None) -> None:
    assert read_interval(spelled) == interval


@pytest.mark.parametrize(
    ("spelled", "day"),
    [
        ("0 months", date(2021, 4, 1)),
        ("2 months", date(2021, 5, 31)),
        ("6 weeks", date(2021, 5, 13)),
        ("begin of the fiscal year of 6 years", date(2026, 4, 1)),
        ("end of the fiscal year of 6 years", date(2027, 3, 31)),
        ("28 weeks of gestation", date(2026, 10, 18)),
    ],
)
def test_bound_in_a_life_is_a_day(spelled: str, day: date) -> None:
    bound = read_bound(spelled)
    assert bound is not None
    assert day_of(bound, Facts(date(2021, 4, 1), due_date=date(2027, 1, 10))) == day


def test_bound_of_gestation_without_a_due_date_is_no_day() -> None:
    assert day_of(Bound(Measure.GESTATION, 196), FACTS) is None
