"""An expectant mother, and the days on which a birth may be due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.fault import Fault
from app.people.expecting import (
    Dates,
    NewMother,
    check_dates,
    declare_mother,
    due_of_child,
    due_of_mother,
    end_of_pregnancy,
)
from app.people.person import Sex, Subject, SubjectKind

TODAY = date(2026, 11, 24)
BORN, DUE = date(1998, 3, 20), date(2027, 2, 28)
NAMES = {"mother_name": "見本 さくら", "mother_kana": ""}


def subject(kind: SubjectKind, born: date) -> Subject:
    return Subject("s", "999999", "見本", "", Sex.FEMALE, born, kind)


def message(found: date | Fault) -> str:
    return found.message if isinstance(found, Fault) else ""


def messages(found: Dates | tuple[Fault, ...]) -> list[str]:
    return [one.message for one in found] if isinstance(found, tuple) else []


def test_subject_is_a_child_without_a_due_date_unless_it_is_said() -> None:
    child = Subject("s", "999999", "見本", "", Sex.MALE, BORN)
    assert (child.kind, child.due_date) == (SubjectKind.CHILD, None)


@pytest.mark.parametrize(
    ("days", "fault"),
    [(-31, "due_date_of_mother"), (-30, ""), (0, ""), (300, ""), (301, "due_date_of_mother")],
)
def test_due_date_of_a_mother_lies_around_today(days: int, fault: str) -> None:
    assert message(due_of_mother(TODAY + timedelta(days=days), TODAY)) == fault
    mother = subject(SubjectKind.MOTHER, BORN)
    assert messages(check_dates(mother, TODAY + timedelta(days=days), None, TODAY)) == [fault] * bool(fault)


@pytest.mark.parametrize(
    ("days", "fault"), [(-31, "due_date_of_child"), (-30, ""), (0, ""), (150, ""), (151, "due_date_of_child")]
)
def test_due_date_of_a_child_lies_around_its_birth_whatever_day_it_is(days: int, fault: str) -> None:
    born = date(2024, 2, 29)
    assert message(due_of_child(born + timedelta(days=days), born)) == fault
    child = subject(SubjectKind.CHILD, born)
    assert messages(check_dates(child, born + timedelta(days=days), None, TODAY)) == [fault] * bool(fault)


def test_due_date_when_it_could_not_be_read_keeps_its_own_fault() -> None:
    unread = Fault("due_date-day", "date_impossible")
    for kind in SubjectKind:
        assert check_dates(subject(kind, BORN), unread, None, TODAY) == (unread,)


@pytest.mark.parametrize(
    ("ended", "fault"),
    [
        (TODAY, ""),
        (TODAY + timedelta(days=1), "date_in_future"),
        (DUE - timedelta(days=280), ""),
        (DUE - timedelta(days=281), "ended_far_from_due"),
    ],
)
def test_end_of_a_pregnancy_lies_between_its_first_day_and_today(ended: date, fault: str) -> None:
    mother = replace(subject(SubjectKind.MOTHER, BORN), due_date=DUE)
    assert message(end_of_pregnancy(ended, DUE, TODAY)) == fault
    assert messages(check_dates(mother, DUE, ended, TODAY)) == [fault] * bool(fault)
    if not fault:
        assert check_dates(mother, DUE, ended, TODAY) == Dates(DUE, ended)


def test_due_date_that_was_kept_is_not_judged_anew_when_the_end_is_told_late() -> None:
    late = DUE + timedelta(days=90)
    mother = replace(subject(SubjectKind.MOTHER, BORN), due_date=DUE)
    assert check_dates(mother, DUE, DUE + timedelta(days=3), late) == Dates(DUE, DUE + timedelta(days=3))
    assert messages(check_dates(mother, DUE, DUE + timedelta(days=31), late)) == ["ended_far_from_due"]
    other = DUE + timedelta(days=1)
    assert messages(check_dates(mother, other, None, late)) == ["due_date_of_mother"]


def test_mother_when_everything_is_said_is_declared() -> None:
    assert declare_mother(NAMES, BORN, DUE, TODAY) == NewMother("見本 さくら", "", BORN, DUE)


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (TODAY + timedelta(days=1), "date_in_future"),
        (date(2018, 11, 25), "mother_birth_year"),
        (date(2018, 11, 24), ""),
        (date(1955, 11, 25), ""),
        (date(1955, 11, 24), "mother_birth_year"),
    ],
)
def test_birth_date_when_it_cannot_be_a_mothers_is_asked_again(born: date, fault: str) -> None:
    found = declare_mother(NAMES, born, DUE, TODAY)
    assert [one.message for one in found] == [fault] if isinstance(found, tuple) else not fault


def test_faults_of_a_mother_come_in_the_order_of_her_page() -> None:
    kana = Fault("mother_kana", "too_long")
    unread = Fault("birth_date-day", "date_impossible")
    found = declare_mother({"mother_name": "", "mother_kana": kana}, unread, date(2030, 1, 1), TODAY)
    assert isinstance(found, tuple)
    assert [(one.field, one.message) for one in found] == [
        ("mother_name", "mother_name_missing"),
        ("mother_kana", "too_long"),
        ("birth_date-day", "date_impossible"),
        ("due_date", "due_date_of_mother"),
    ]
