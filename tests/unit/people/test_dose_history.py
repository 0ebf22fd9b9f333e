"""Copied doses: what is impossible, what is only asked about, how the history reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fault import Fault
from app.people.dose_history import CopiedDose, Row, are_all_kept, faults_of, grouped, product_among
from tests.support.schedule_cases import national_schedule

BORN, TODAY = date(2025, 9, 10), date(2026, 11, 24)
DAY = date(2025, 12, 1)
NO_DAY = Fault("ROTA_1-day", "dose_day_missing")
days = st.dates(BORN, TODAY)
RULES = national_schedule().rules
BY_CODE = {one.code: one for one, _ in RULES.of_handbook}
codes = st.sampled_from(list(BY_CODE))


def row(number: int, given_on: date | Fault = DAY, vaccine: str = "ROTA", product: str = "") -> Row:
    field, offered = f"{vaccine}_{number}", BY_CODE[vaccine].products_to_tell
    return Row(field, vaccine, given_on, product_among(field, product, offered))


def told(*rows: Row, kept: tuple[CopiedDose, ...] = (), is_sure: bool = False) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in faults_of(rows, kept, (BORN, TODAY), is_sure=is_sure)]


def test_codes_are_those_agreed_on_and_products_belong_to_one_vaccine() -> None:
    assert tuple(BY_CODE) == (
        *("ROTA", "HEPB", "DPT_IPV_HIB", "DPT_IPV", "IPV", "DPT", "HIB", "PCV", "BCG", "MR", "M", "R"),
        *("VAR", "MUMPS", "JE", "DT", "HPV", "RSV_MAT", "FLU", "COVID"),
    )
    products = {code: one.products_to_tell for code, one in BY_CODE.items() if one.products_to_tell}
    assert products == {
        "ROTA": ("RV1", "RV5"),
        "PCV": ("PCV20", "PCV15", "PCV13", "PCV7"),
        "HPV": ("HPV9", "HPV4", "HPV2"),
        "RSV_MAT": ("ABRYSVO",),
        "FLU": ("INJECTION", "NASAL"),
    }


@pytest.mark.parametrize(
    ("given_on", "message"),
    [
        (BORN, None),
        (TODAY, None),
        (BORN - timedelta(days=1), "dose_before_birth"),
        (TODAY + timedelta(days=1), "date_in_future"),
    ],
)
def test_day_when_outside_life_is_refused_at_its_row(given_on: date, message: str | None) -> None:
    rows = (row(1), row(2, given_on, "HEPB"))
    assert told(*rows) == ([("HEPB_2-year", message)] if message else [])


def test_two_rows_of_one_day_are_one_vaccine_twice_but_two_vaccines_are_two() -> None:
    assert told(row(1), row(2)) == [("ROTA_2-year", "dose_twice")]
    assert told(row(1), row(1, vaccine="HEPB")) == []


def test_day_when_copied_before_is_told_apart_from_a_day_typed_twice() -> None:
    kept = CopiedDose("x", "ROTA", DAY)
    assert told(row(1), kept=(kept,)) == [("ROTA_1-year", "dose_already_copied")]
    assert told(row(1, vaccine="HEPB"), kept=(kept,)) == []


def test_product_may_be_unknown_but_never_that_of_another_vaccine() -> None:
    assert told(row(1, product=""), row(2, date(2026, 1, 5), product="RV5")) == []
    assert told(row(1, product="PCV20")) == [("ROTA_1-product", "choose_one")]


def test_faults_come_in_the_order_of_the_page() -> None:
    lot = replace(row(1, product="PCV7"), lot=Fault("ROTA_1-lot", "too_long"))
    assert told(lot, row(2), row(3, Fault("ROTA_3-day", "dose_day_missing"))) == [
        ("ROTA_1-product", "choose_one"),
        ("ROTA_1-lot", "too_long"),
        ("ROTA_2-year", "dose_twice"),
        ("ROTA_3-day", "dose_day_missing"),
    ]


def test_more_doses_than_usual_are_taken_and_pointed_out() -> None:
    rows = [row(number, DAY + timedelta(days=28 * number)) for number in range(5)]
    assert told(*rows) == []
    doses = [dose for number, one in enumerate(rows) if (dose := one.dose(str(number)))]
    (group,) = grouped(doses, RULES.most_doses)
    assert group.is_unusual
    assert len(group.doses) == 5
    flu = [CopiedDose(str(number), "FLU", DAY + timedelta(days=number)) for number in range(9)]
    assert not grouped(flu, RULES.most_doses)[0].is_unusual


def test_later_dose_on_an_earlier_day_is_asked_about_until_she_is_sure() -> None:
    rows = (row(1, date(2026, 2, 1)), row(2, date(2026, 1, 1)), row(3, date(2026, 3, 1)))
    assert told(*rows) == [("ROTA_2-year", "dose_order")]
    assert told(*rows, is_sure=True) == []
    assert told(row(1, date(2026, 2, 1)), row(1, date(2026, 1, 1), vaccine="HEPB")) == []


def test_being_sure_makes_nothing_impossible_possible() -> None:
    rows = (row(1), row(2), row(3, BORN - timedelta(days=1)))
    assert told(*rows, is_sure=True) == [
        ("ROTA_2-year", "dose_twice"),
        ("ROTA_3-year", "dose_before_birth"),
    ]
    kept = CopiedDose("x", "ROTA", date(2026, 1, 1))
    late = (row(1, date(2026, 2, 1)), row(2, date(2026, 1, 1)))
    assert told(*late, kept=(kept,), is_sure=True) == [("ROTA_2-year", "dose_already_copied")]


def test_row_with_a_fault_is_no_dose() -> None:
    assert row(1, NO_DAY).dose("x") is None
    assert row(1, product="PCV20").dose("x") is None
    assert row(1, product="RV1").dose("x") == CopiedDose("x", "ROTA", DAY, "RV1")


def test_second_tap_is_known_by_what_the_doses_say() -> None:
    kept = [CopiedDose("a", "ROTA", DAY, revision=3), CopiedDose("b", "HEPB", DAY)]
    again = [replace(one, id=f"{one.id}2", revision=0) for one in kept]
    assert are_all_kept(again, kept)
    assert not are_all_kept([*again, CopiedDose("c", "BCG", DAY)], kept)
    assert not are_all_kept([replace(again[0], product="RV1")], kept)
    assert not are_all_kept([], kept)


@given(st.lists(st.tuples(codes, days), max_size=12))
def test_history_is_by_vaccine_and_day_whatever_the_order_it_was_typed_in(
    typed: list[tuple[str, date]],
) -> None:
    doses = [CopiedDose(str(number), code, day) for number, (code, day) in enumerate(typed)]
    groups = grouped(doses, RULES.most_doses)
    assert sorted(one.id for group in groups for one in group.doses) == sorted(one.id for one in doses)
    assert [group.vaccine for group in groups] == [
        code for code in BY_CODE if code in {code for code, _ in typed}
    ]
    for group in groups:
        known = [one.given_on for one in group.doses if one.given_on]
        assert known == sorted(known)


def test_what_the_doctor_decides_comes_last_and_without_a_day_at_the_end() -> None:
    doses = [
        CopiedDose("b", "", None, as_written="Penta"),
        CopiedDose("a", "", DAY, as_written="MMR", country="Nepal", diseases=("measles",)),
        CopiedDose("c", "BCG", DAY),
    ]
    groups = grouped(doses, RULES.most_doses)
    assert [(group.vaccine, [one.id for one in group.doses]) for group in groups] == [
        ("BCG", ["c"]),
        ("", ["a", "b"]),
    ]
    assert [one.is_for_the_doctor for one in doses] == [True, True, False]


def test_dose_of_a_vaccine_that_left_the_handbook_is_still_told() -> None:
    doses = [CopiedDose("a", "", DAY, as_written="MMR"), CopiedDose("b", "YELLOW_FEVER", DAY)]
    doses.append(CopiedDose("c", "COVID", DAY))
    assert [group.vaccine for group in grouped(doses, RULES.most_doses)] == ["COVID", "YELLOW_FEVER", ""]
