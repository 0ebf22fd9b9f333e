"""Doses from abroad or without a day: kept as written, never made equal to one of ours."""

from dataclasses import replace
from datetime import date

import pytest

from app.fault import Fault
from app.people.dose_history import CopiedDose
from app.people.unclear_doses import DISEASES, UNKNOWN, UnclearDose, read_unclear

BORN, TODAY = date(2023, 9, 10), date(2026, 11, 24)
DAY = date(2024, 3, 1)
PENTA = UnclearDose(
    diseases=("hib", "diphtheria", "tetanus"),
    as_written="Pentavac",
    given_on=DAY,
    day_unknown=False,
    country="Nepal",
    lot="AB12",
)


def told(typed: UnclearDose) -> list[tuple[str, str]]:
    found = read_unclear(typed, BORN, TODAY)
    assert isinstance(found, tuple), found
    return [(one.field, one.message) for one in found]


def test_dose_from_abroad_is_kept_as_written_and_stands_for_no_vaccine_of_ours() -> None:
    assert read_unclear(PENTA, BORN, TODAY) == CopiedDose(
        id="",
        vaccine="",
        given_on=DAY,
        lot="AB12",
        country="Nepal",
        as_written="Pentavac",
        diseases=("diphtheria", "tetanus", "hib"),
    )


def test_day_when_nobody_knows_it_is_left_open_with_what_she_remembers() -> None:
    missing = Fault("given-day", "date_missing_part")
    found = read_unclear(
        replace(PENTA, given_on=missing, day_unknown=True, year_and_month="2024 3"), BORN, TODAY
    )
    assert isinstance(found, CopiedDose)
    assert (found.given_on, found.note) == (None, "2024 3")
    assert isinstance(read_unclear(replace(PENTA, given_on=None, day_unknown=True), BORN, TODAY), CopiedDose)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"diseases": ()}, [("disease", "choose_disease")]),
        ({"diseases": ("headache",)}, [("disease", "choose_disease")]),
        ({"diseases": ("hib", UNKNOWN)}, [("disease", "absence_with_value")]),
        ({"as_written": ""}, [("as_written", "as_written_missing")]),
        ({"given_on": None}, [("given-year", "day_or_unknown")]),
        ({"given_on": date(2026, 11, 25)}, [("given-year", "date_in_future")]),
        ({"given_on": date(2023, 9, 9)}, [("given-year", "dose_before_birth")]),
        ({"given_on": Fault("given-day", "date_impossible")}, [("given-day", "date_impossible")]),
        ({"day_unknown": True}, [("day_unknown", "absence_with_value")]),
        ({"country": Fault("country", "too_long")}, [("country", "too_long")]),
        (
            {"diseases": (), "as_written": "", "given_on": None, "lot": Fault("lot", "too_long")},
            [
                *(("disease", "choose_disease"), ("as_written", "as_written_missing")),
                *(("given-year", "day_or_unknown"), ("lot", "too_long")),
            ],
        ),
    ],
)
def test_entry_when_something_is_wrong_says_so_in_the_order_of_the_page(
    changes: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    assert told(replace(PENTA, **changes)) == faults  # type: ignore[arg-type]  # a test names the fields


def test_disease_alone_may_be_unknown_and_every_code_is_there_once() -> None:
    found = read_unclear(replace(PENTA, diseases=(UNKNOWN,)), BORN, TODAY)
    assert isinstance(found, CopiedDose)
    assert found.diseases == (UNKNOWN,)
    assert len(DISEASES) == len(set(DISEASES))
