"""When checkups are held: edges in and out, a municipality's own windows, what repeats, mothers."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.schedule.bounds import Facts
from app.schedule.checkups import Window, due_checkups, in_municipality, read_windows
from app.schedule.due import Due, Timing, due_vaccines
from app.schedule.reading import Schedule, read_schedule
from app.schedule.verdict import Dose
from tests.support.schedule_cases import definition_files, national_schedule

WINDOWS = national_schedule().windows
SOURCE = 'source = { item = "reference", mark = "V" }\n'
NAME = "overlays/midori/windows.toml"


def window(code: str) -> Window:
    (found,) = (one for one in WINDOWS if one.checkup == code)
    return found


def days(code: str, facts: Facts) -> tuple[date | None, date | None]:
    return window(code).first_day(facts), window(code).last_day(facts)


def line(code: str, facts: Facts, today: date, *done: date) -> Due:
    found = due_checkups(WINDOWS, facts, {code: done}, today)
    return next(one for one in found if one.code == code)


def written(*rows: str) -> bytes:
    return "".join(f"[[window]]\n{row}{SOURCE}" for row in rows).encode()


def birthdays() -> Iterator[date]:
    day = date(2020, 1, 1)
    while day.year < 2027:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "first", "last"),
    [
        (date(2023, 6, 15), date(2026, 6, 14), date(2027, 6, 13)),  # Adachi: the day before … two days before
        (date(2024, 2, 29), date(2027, 2, 28), date(2028, 2, 27)),
        (date(2023, 3, 1), date(2026, 2, 28), date(2027, 2, 27)),
        (date(2023, 8, 31), date(2026, 8, 30), date(2027, 8, 29)),
    ],
)
def test_three_years_is_from_the_day_before_to_two_days_before_the_next(
    born: date, first: date, last: date
) -> None:
    assert days("checkup-y3", Facts(born)) == (first, last)


def test_one_month_is_day_28_to_day_41() -> None:
    for born in birthdays():
        assert days("checkup-m1", Facts(born)) == (born + timedelta(days=28), born + timedelta(days=41))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("checkup-m3", date(2025, 11, 30), date(2026, 1, 29)),  # 5 months are reached on the 30th
        ("checkup-m6", date(2026, 2, 28), date(2026, 4, 29)),
        ("checkup-m9", date(2026, 5, 30), date(2026, 7, 29)),
        ("checkup-y1h", date(2027, 2, 28), date(2027, 8, 29)),
        ("checkup-y5", date(2030, 4, 1), date(2031, 3, 31)),
    ],
)
def test_window_of_a_child_born_on_a_31st(code: str, first: date, last: date) -> None:
    assert days(code, Facts(date(2025, 8, 31))) == (first, last)


@pytest.mark.parametrize(("born", "year"), [(date(2021, 4, 1), 2025), (date(2021, 4, 2), 2026)])
def test_five_years_is_the_fiscal_year_in_which_they_are_reached(born: date, year: int) -> None:
    assert days("checkup-y5", Facts(born)) == (date(year, 4, 1), date(year + 1, 3, 31))


def test_every_window_of_a_child_opens_before_it_closes_for_all_birthdays() -> None:
    ours = [one for one in WINDOWS if not one.is_for_mothers]
    for born in birthdays():
        for one in ours:
            first, last = one.first_day(Facts(born)), one.last_day(Facts(born))
            assert first is not None
            assert last is not None
            assert first < last


@pytest.mark.parametrize(
    ("today", "timing"),
    [
        (date(2026, 4, 14), Timing.LATER),
        (date(2026, 4, 15), Timing.SOON),
        (date(2026, 6, 13), Timing.SOON),
        (date(2026, 6, 14), Timing.NOW),
        (date(2026, 12, 14), Timing.NOW),
        (date(2026, 12, 15), Timing.LATE),
        (date(2027, 6, 13), Timing.LATE),
        (date(2027, 6, 14), Timing.CLOSED),
    ],
)
def test_checkup_stands_by_the_day(today: date, timing: Timing) -> None:
    assert line("checkup-y3", Facts(date(2023, 6, 15)), today).timing is timing


def test_checkup_that_was_attended_is_done_and_one_outside_its_window_does_not_count() -> None:
    facts, today = Facts(date(2023, 6, 15)), date(2027, 1, 1)
    assert line("checkup-y3", facts, today, date(2026, 7, 1)).timing is Timing.DONE
    assert line("checkup-y3", facts, today, date(2026, 7, 1)).given_on == date(2026, 7, 1)
    assert line("checkup-y3", facts, today, date(2026, 6, 13)).timing is Timing.LATE


def test_child_has_no_checkups_of_mothers_and_the_other_way_round() -> None:
    child = {one.code for one in due_checkups(WINDOWS, Facts(date(2026, 1, 1)), {}, date(2026, 11, 22))}
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))
    hers = {one.code for one in due_checkups(WINDOWS, mother, {}, date(2026, 11, 22))}
    assert child == {f"checkup-{code}" for code in ("m1", "m3", "m6", "m9", "y1h", "y3", "y5")}
    assert hers == {
        *("checkup-pregnancy-first", "checkup-pregnancy-repeat"),
        *("checkup-postpartum-2w", "checkup-postpartum-1m"),
    }


def test_checkups_of_pregnancy_come_every_four_weeks_then_two_then_one() -> None:
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))  # 0w0d: 2026-04-05
    repeats = [one for one in WINDOWS if one.checkup == "checkup-pregnancy-repeat"]
    assert [one.repeats_every for one in repeats] == [28, 14, 7]
    edges = [(one.first_day(mother), one.last_day(mother)) for one in repeats]
    assert edges[1] == (date(2026, 9, 20), date(2026, 12, 12))
    assert all(
        before[1] is not None and before[1] + timedelta(days=1) == after[0]
        for before, after in pairwise(edges)
    )
    done = {"checkup-pregnancy-repeat": (date(2026, 11, 10),)}
    found = due_checkups(WINDOWS, mother, done, date(2026, 11, 22))
    (current,) = (one for one in found if one.earliest == date(2026, 11, 24))
    assert current.timing is Timing.SOON


@pytest.mark.parametrize(
    ("attended", "today", "expected"),
    [
        ((), date(2026, 9, 19), [date(2026, 5, 31), date(2026, 9, 20), date(2026, 12, 13)]),
        ((), date(2026, 9, 20), [date(2026, 9, 20), date(2026, 12, 13)]),
        ((date(2026, 9, 19),), date(2026, 9, 20), [date(2026, 10, 3), date(2026, 12, 13)]),
        ((date(2026, 9, 10),), date(2026, 9, 12), [date(2026, 9, 24), date(2026, 12, 13)]),
        ((date(2026, 12, 12),), date(2026, 12, 12), [date(2026, 12, 19)]),
        ((date(2025, 9, 19),), date(2026, 9, 20), [date(2026, 9, 20), date(2026, 12, 13)]),
    ],
)
def test_rhythm_of_pregnancy_goes_on_over_the_edge_of_a_window(
    attended: tuple[date, ...], today: date, expected: list[date]
) -> None:
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))
    found = due_checkups(WINDOWS, mother, {"checkup-pregnancy-repeat": attended}, today)
    assert [one.earliest for one in found if one.code == "checkup-pregnancy-repeat"] == expected


def test_checkups_after_the_birth_count_from_it_the_due_date_standing_for_it() -> None:
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10))
    assert days("checkup-postpartum-2w", mother) == (date(2027, 1, 20), date(2027, 1, 31))
    assert days("checkup-postpartum-1m", mother)[1] == date(2027, 3, 6)


def test_after_the_end_of_a_pregnancy_only_what_follows_it_is_due_and_counts_from_it() -> None:
    mother = Facts(date(1995, 2, 3), "F", date(2027, 1, 10), ended_on=date(2026, 12, 20))
    assert days("checkup-postpartum-2w", mother) == (date(2026, 12, 30), date(2027, 1, 10))
    found = due_checkups(WINDOWS, mother, {"checkup-pregnancy-first": (date(2026, 7, 1),)}, date(2027, 1, 2))
    assert {one.code: one.timing for one in found} == {
        "checkup-pregnancy-first": Timing.DONE,
        "checkup-postpartum-2w": Timing.NOW,
        "checkup-postpartum-1m": Timing.SOON,
    }
    given = [Dose("RSV_MAT", date(2026, 11, 20))]
    rules, today = national_schedule().rules, date(2026, 12, 25)
    assert not [one for one in due_vaccines(rules, mother, [], today) if one.code == "RSV_MAT"]
    assert [one.timing for one in due_vaccines(rules, mother, given, today)] == [Timing.DONE]


def test_window_without_the_due_date_it_counts_from_is_no_line() -> None:
    pregnancy = window("checkup-pregnancy-first")
    assert pregnancy.first_day(Facts(date(1995, 2, 3))) is None
    assert due_checkups([pregnancy], Facts(date(1995, 2, 3)), {}, date(2026, 11, 22)) == ()


def test_municipality_holds_its_own_windows_instead_of_the_national_ones() -> None:
    own = written('checkup = "checkup-m1"\nopens = "27 days"\ncloses = "41 days"\n')
    found = read_schedule({**definition_files(), NAME: own})
    assert isinstance(found, Schedule)
    born = Facts(date(2026, 10, 1))
    there = {one.checkup: one for one in found.windows_in("midori")}
    assert there["checkup-m1"].first_day(born) == date(2026, 10, 28)  # day 27, not 28
    assert there["checkup-m1"].last_day(born) == date(2026, 11, 11)
    assert there["checkup-y3"] == window("checkup-y3")
    assert found.windows_in("elsewhere") == WINDOWS
    assert len(found.windows_in("midori")) == len(WINDOWS)


def test_municipality_that_holds_one_checkup_twice_has_both() -> None:
    rows = [f'checkup = "checkup-m3"\nopens = "{at} months"\ncloses = "{at + 1} months"\n' for at in (3, 4)]
    own = read_windows(NAME, written(*rows))
    windows = in_municipality(WINDOWS, [one for one in own if isinstance(one, Window)])
    assert [one.opens.count for one in windows if one.checkup == "checkup-m3"] == [3, 4]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('opens = "27 days"\ncloses = "41 days"\n', "1: window.checkup: is missing"),
        (
            'checkup = "a"\nopens = "soon"\ncloses = "41 days"\n',
            "3: window.opens: 'soon' is not spelled like",
        ),
        ('checkup = "a"\nopens = "2 days"\n', "1: window.closes: is missing"),
        (
            'checkup = "a"\nopens = "2 days"\ncloses = "3 days"\nopens_excluded = 1\n',
            "5: window.opens_excluded: must be true or false",
        ),
        ('checkup = "a"\nopens = "2 days"\ncloses = "3 days"\nuntil = "x"\n', "5: window.until: "),
    ],
)
def test_fault_in_windows_is_told_with_path_and_line(row: str, fault: str) -> None:
    (found,) = read_windows(NAME, written(row))
    assert str(found).startswith(f"{NAME}:{fault}")


def test_windows_that_name_a_checkup_twice_from_the_same_day_are_told() -> None:
    row = 'checkup = "a"\nopens = "2 days"\ncloses = "3 days"\n'
    (found,) = read_windows(NAME, written(row, row))
    assert "names a checkup twice from the same day" in str(found)


def test_windows_without_any_are_told() -> None:
    (found,) = read_windows(NAME, b"")
    assert str(found) == f"{NAME}:1: window: is missing"
