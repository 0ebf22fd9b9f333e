"""An expectant mother, and the days on which a birth may be due."""

from datetime import date, timedelta

import pytest

from app.fault import Fault
from app.people.expecting import NewMother, check_due_date, declare_mother, due_of_child, due_of_mother
from app.people.person import Sex, Subject, SubjectKind

TODAY = date(2026, 11, 24)
BORN, DUE = date(1998, 3, 20), date(2027, 2, 28)
NAMES = {"mother_name": "見本 さくら", "mother_kana": ""}


def subject(kind: SubjectKind, born: date) -> Subject:
    return Subject("s", "999999", "見本", "", Sex.FEMALE, born, kind)


def message(found: date | Fault) -> str:
    return found.message if isinstance(found, Fault) else ""


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
    assert message(check_due_date(mother, TODAY + timedelta(days=days), TODAY)) == fault


@pytest.mark.parametrize(
    ("days", "fault"), [(-31, "due_date_of_child"), (-30, ""), (0, ""), (150, ""), (151, "due_date_of_child")]
)
def test_due_date_of_a_child_lies_around_its_birth_whatever_day_it_is(days: int, fault: str) -> None:
    born = date(2024, 2, 29)
    assert message(due_of_child(born + timedelta(days=days), born)) == fault
    child = subject(SubjectKind.CHILD, born)
    assert message(check_due_date(child, born + timedelta(days=days), TODAY)) == fault


def test_due_date_when_it_could_not_be_read_keeps_its_own_fault() -> None:
    unread = Fault("due_date-day", "date_impossible")
    for kind in SubjectKind:
        assert check_due_date(subject(kind, BORN), unread, TODAY) is unread


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
