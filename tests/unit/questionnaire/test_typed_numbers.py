"""Numbers and ages as people type them."""

from decimal import Decimal

import pytest

from app.questionnaire.answers import MonthAge
from app.questionnaire.definition import Bounds, Kind
from app.questionnaire.facts import Facts
from app.questionnaire.typed import PageContext, read_page
from tests.unit.questionnaire.making import TODAY, ask, given, hard, messages, page, read

SAFE = ask("heat", Kind.TEMPERATURE, bounds=Bounds(soft_low=Decimal("35.0"), soft_high=Decimal("37.4")))


@pytest.mark.parametrize(
    "typed",
    [
        "36.8",
        "３６．８",
        "36,8",
        "36，8",
        " 36.8 ",
        "36.8℃",
        "36.8 度",
        "36度8分",
        "36。8",
        "३६.८",
        "٣٦٫٨",
        "36.8°C",
    ],
)
def test_a_temperature_is_understood_however_it_is_typed(typed: str) -> None:
    assert read(SAFE, {"heat": [typed]}).answers == given(heat=Decimal("36.8"))


def test_a_temperature_without_its_point_is_suggested() -> None:
    (fault,) = read(SAFE, {"heat": ["３６８"]}).faults
    assert fault.message == "temperature_suggest"
    assert fault.values == {"typed": "368", "suggestion": "36.8", "low": "33.0", "high": "43.0"}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("32.9", "out_of_range"),
        ("43.1", "out_of_range"),
        ("98.6", "out_of_range"),
        ("3680", "out_of_range"),
        ("warm", "number_wrong"),
        ("36.8.1", "number_wrong"),
        ("37.5", "are_you_sure"),
        ("33.0", "are_you_sure"),
    ],
)
def test_a_temperature_that_cannot_be_is_told(typed: str, message: str) -> None:
    assert messages(read(SAFE, {"heat": [typed]})) == [("heat", message)]


@pytest.mark.parametrize("typed", ["33.0", "43.0"])
def test_an_unusual_number_is_taken_once_she_is_sure(typed: str) -> None:
    assert read(SAFE, {"heat": [typed], "heat-sure": ["yes"]}).answers == given(heat=Decimal(typed))


def test_bounds_of_the_definition_stand_before_the_usual_ones() -> None:
    question = ask("heat", Kind.TEMPERATURE, bounds=hard(35, 41))
    assert messages(read(question, {"heat": ["34.5"]})) == [("heat", "out_of_range")]


@pytest.mark.parametrize(
    ("typed", "number"), [("3200", 3200), ("３，２００ｇ", 3200), ("3,200 g", 3200), ("-1", -1)]
)
def test_a_whole_number_is_understood_with_groups_and_unit(typed: str, number: int) -> None:
    assert read(ask("weight", Kind.INTEGER, unit="g"), {"weight": [typed]}).answers == given(weight=number)


@pytest.mark.parametrize(
    ("typed", "message"), [("3.2", "number_whole"), ("3,2", "number_whole"), ("?", "number_wrong")]
)
def test_a_number_that_is_not_whole_is_told(typed: str, message: str) -> None:
    assert messages(read(ask("weight", Kind.INTEGER), {"weight": [typed]})) == [("weight", message)]


@pytest.mark.parametrize(
    ("years", "months", "age"),
    [
        ("1", "6", MonthAge(1, 6)),
        ("", "18", MonthAge(1, 6)),
        ("２", "", MonthAge(2, 0)),
        ("0", "0", MonthAge(0, 0)),
    ],
)
def test_an_age_is_understood(years: str, months: str, age: MonthAge) -> None:
    raw = {"walked-years": [years], "walked-months": [months]}
    assert read(ask("walked", Kind.MONTH_AGE), raw).answers == given(walked=age)


def test_an_age_that_cannot_be_is_told() -> None:
    question = ask("walked", Kind.MONTH_AGE)
    assert messages(read(question, {"walked-years": ["1"], "walked-months": ["12"]})) == [
        ("walked-months", "out_of_range")
    ]
    assert messages(read(question, {"walked-years": ["x"]})) == [("walked-years", "number_wrong")]
    assert messages(read(question, {"walked-years": [""]})) == [("walked-years", "fill_in")]


def test_an_age_that_is_not_reached_is_told_and_the_present_one_is_not() -> None:
    walked = page(ask("walked", Kind.MONTH_AGE))
    known = PageContext({}, TODAY, {}, Facts(age_months=14))
    assert read_page(walked, {"walked-months": ["14"]}, known).faults == ()
    assert messages(read_page(walked, {"walked-months": ["15"]}, known)) == [
        ("walked-years", "age_not_reached")
    ]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("3.2", "3200"), ("３,２ｋｇ", "3200"), ("3", "3000"), ("0.1", None), ("3200", None)],
)
def test_a_weight_in_kilograms_is_suggested_in_grams(typed: str, suggested: str | None) -> None:
    weight = ask("weight", Kind.INTEGER, unit="g", bounds=hard(200, 7000))
    faults = read(weight, {"weight": [typed]}).faults
    assert [one.values["suggestion"] for one in faults if one.message == "grams_suggest"] == (
        [suggested] if suggested else []
    )


def test_a_long_text_in_a_number_is_told_quickly_and_not_repeated_whole() -> None:
    (fault,) = read(SAFE, {"heat": ["9" * 200_000]}).faults
    assert fault.message == "number_wrong"
    assert len(fault.values["typed"]) <= 41
