"""Measurements as parents type them: units mended, slips told, the unlikely asked once more."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from app.fault import Fault
from app.people.growth import Measure
from app.people.growth_typed import MeasuredValues, TypedMeasurement, plain, read_measurement
from app.people.person import Subject
from tests.unit.people.survey import BORN, child, house_survey

TODAY = date(2026, 11, 24)
NEWBORN = BORN
GOOD = {Measure.HEIGHT: "75.2", Measure.WEIGHT: "9.1"}
NO_TICK: Mapping[Measure, str] = {}


def read(
    texts: Mapping[Measure, str],
    day: date | Fault = TODAY,
    *,
    sure: Mapping[Measure, str] = NO_TICK,
    of: Subject | None = None,
) -> MeasuredValues | tuple[Fault, ...]:
    return read_measurement(of or child(), TypedMeasurement(day, texts, sure), house_survey(), TODAY)


def value_of(measure: Measure, text: str, day: date = TODAY) -> str | Fault:
    found = read({measure: text}, day)
    return plain(found.values[measure]) if isinstance(found, MeasuredValues) else found[0]


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("9.1", "9.1"),
        ("9,1", "9.1"),
        ("9,1kg", "9.1"),
        ("9.1キロ", "9.1"),
        ("9100", "9.1"),
        ("9100g", "9.1"),
        ("9100グラム", "9.1"),
        ("9,100g", "9.1"),
        ("9.100g", "9.1"),
        ("9,100", "9.1"),
        ("9.1234kg", "9.123"),
        ("10", "10"),
    ],
)
def test_weight_when_written_as_people_write_it_is_understood(text: str, kilograms: str) -> None:
    assert value_of(Measure.WEIGHT, text) == kilograms


@pytest.mark.parametrize(
    ("text", "centimetres"),
    [
        ("75.2", "75.2"),
        ("75,2cm", "75.2"),
        ("75センチ", "75"),
        ("0.752m", "75.2"),
        ("752mm", "75.2"),
        ("75.25", "75.3"),
    ],
)
def test_height_when_written_as_people_write_it_is_understood(text: str, centimetres: str) -> None:
    assert value_of(Measure.HEIGHT, text) == centimetres


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (Measure.WEIGHT, "九"),
        (Measure.WEIGHT, "20lb"),
        (Measure.WEIGHT, "-9.1"),
        (Measure.WEIGHT, "9.1.2"),
        (Measure.HEIGHT, "75.2kg"),
        (Measure.HEIGHT, "5'2"),
        (Measure.HEAD, "1" * 500),
    ],
)
def test_text_when_it_is_no_measurement_is_told_and_not_repeated_whole(measure: Measure, text: str) -> None:
    fault = value_of(measure, text)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.message) == (measure.value, "number_wrong")
    assert len(fault.values["typed"]) <= 41


@pytest.mark.parametrize(
    ("measure", "text", "low", "high"),
    [
        (Measure.WEIGHT, "0.2", "0.3 kg", "80 kg"),
        (Measure.WEIGHT, "1200kg", "0.3 kg", "80 kg"),
        (Measure.HEIGHT, "9.1", "25 cm", "150 cm"),
        (Measure.HEAD, "7", "20 cm", "65 cm"),
    ],
)
def test_number_when_impossible_tells_what_is_possible(
    measure: Measure, text: str, low: str, high: str
) -> None:
    assert value_of(measure, text) == Fault(measure.value, "out_of_range", {"low": low, "high": high})


@pytest.mark.parametrize(
    ("measure", "text", "typed", "suggestion"),
    [
        (Measure.HEIGHT, "752", "752 cm", "75.2 cm"),
        (Measure.HEAD, "452", "452 cm", "45.2 cm"),
        (Measure.WEIGHT, "91", "91 kg", "9.1 kg"),
    ],
)
def test_number_when_its_point_was_forgotten_is_suggested(
    measure: Measure, text: str, typed: str, suggestion: str
) -> None:
    values = {"typed": typed, "suggestion": suggestion}
    assert value_of(measure, text) == Fault(measure.value, "growth_suggest", values)


def test_bounds_on_the_day_of_birth_are_those_of_a_newborn() -> None:
    assert value_of(Measure.HEIGHT, "24", NEWBORN) == Fault(
        "height", "growth_check", {"typed": "24 cm", "number": "24"}
    )
    assert isinstance(value_of(Measure.HEIGHT, "24"), Fault)
    assert value_of(Measure.WEIGHT, "3120", NEWBORN) == "3.12"


def test_unlikely_number_is_asked_again_and_taken_with_the_tick_for_that_very_number() -> None:
    asked = read({Measure.WEIGHT: "31"})
    assert asked == (Fault("weight", "growth_check", {"typed": "31 kg", "number": "31"}),)
    assert isinstance(read({Measure.WEIGHT: "31"}, sure={Measure.WEIGHT: "31"}), MeasuredValues)
    assert read({Measure.WEIGHT: "32"}, sure={Measure.WEIGHT: "31"}) != asked
    assert isinstance(read({Measure.WEIGHT: "32"}, sure={Measure.WEIGHT: "31"}), tuple)


def test_head_has_no_lines_and_is_never_asked_again() -> None:
    assert value_of(Measure.HEAD, "30") == "30"


def test_child_born_early_is_compared_at_its_corrected_age() -> None:
    early = child(born=date(2026, 6, 24), due=date(2026, 9, 24))
    day = date(2026, 9, 24)
    weight = {Measure.WEIGHT: "2.9"}
    assert isinstance(read(weight, day, of=early), MeasuredValues)
    assert isinstance(read(weight, day, of=child(born=date(2026, 6, 24))), tuple)
    assert isinstance(read({Measure.WEIGHT: "1.1"}, date(2026, 7, 24), of=early), MeasuredValues)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(2026, 11, 25), Fault("measured-year", "date_in_future")),
        (date(2025, 9, 9), Fault("measured-year", "measured_before_birth")),
        (Fault("measured-day", "date_impossible"), Fault("measured-day", "date_impossible")),
    ],
)
def test_day_when_it_does_not_fit_is_told(day: date | Fault, fault: Fault) -> None:
    assert read(GOOD, day) == (fault,)


def test_day_when_the_survey_has_no_lines_any_more_is_told() -> None:
    old = child(born=date(2020, 1, 10))
    late = Fault("measured-year", "measured_too_late", {"years": "6", "months": "6"})
    assert read(GOOD, date(2026, 7, 10), of=old) == (late,)
    assert isinstance(read({Measure.HEIGHT: "115"}, date(2026, 7, 9), of=old), MeasuredValues)


def test_form_when_nothing_was_measured_asks_for_one_number() -> None:
    assert read({}) == (Fault("height", "growth_nothing"),)
    assert read(dict.fromkeys(Measure, "")) == (Fault("height", "growth_nothing"),)


def test_faults_come_in_the_order_of_the_form() -> None:
    day = Fault("measured-month", "date_missing_part")
    found = read({Measure.HEAD: "x", Measure.HEIGHT: "900", Measure.WEIGHT: "y"}, day)
    assert isinstance(found, tuple)
    assert [one.field for one in found] == ["measured-month", "height", "weight", "head"]


def test_values_are_those_of_the_filled_fields_only() -> None:
    found = read({Measure.WEIGHT: "9.1", Measure.HEIGHT: ""})
    assert found == MeasuredValues(TODAY, {Measure.WEIGHT: Decimal("9.100")})
