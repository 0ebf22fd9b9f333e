"""The survey's file: its numbers rise in every direction, agree with what is known, and faults have lines."""

import itertools
from decimal import Decimal

import pytest

from app.people.growth import Curve, Measure, Survey
from app.people.growth_file import NAME, read_survey
from app.people.person import Sex
from tests.unit.people.survey import FILE, house_survey

KNOWN = [
    (Sex.MALE, Measure.WEIGHT, 0, ("2.32", "3.06", "3.81")),
    (Sex.FEMALE, Measure.WEIGHT, 5, ("5.79", "7.10", "8.46")),
]
"""Unrounded values of two public transcriptions. Source: reference/checkups.md 2.4 (V)."""
GOOD = FILE.read_text(encoding="utf-8")
FIRST_BOYS = "{ from = 1, to = 2, p3 = 51.3, p50 = 55.5, p97 = 58.9 },"
WEIGHT_HARD = "hard = [0.3, 80]"


def curves() -> list[Curve]:
    return list(house_survey().curves.values())


def test_lines_when_read_across_rise_from_the_lowest_to_the_highest() -> None:
    assert len(curves()) == 4
    for band in itertools.chain.from_iterable(curve.bands for curve in curves()):
        assert Decimal(0) < band.lines.low < band.lines.middle < band.lines.high


def test_lines_when_read_down_rise_with_the_age() -> None:
    for curve in curves():
        assert len(curve.bands) == 23
        for before, after in itertools.pairwise(curve.bands):
            assert before.middle_months < after.middle_months
            assert before.lines.low < after.lines.low
            assert before.lines.middle < after.lines.middle
            assert before.lines.high < after.lines.high


def test_bands_when_joined_leave_no_gap_after_the_first_month() -> None:
    for curve in curves():
        assert (curve.bands[0].from_months, curve.bands[0].to_months) == (0, 0)
        assert curve.bands[1].from_months == 1
        for before, after in itertools.pairwise(curve.bands[1:]):
            assert before.to_months == after.from_months
    assert house_survey().ends_at_months == 78


@pytest.mark.parametrize(("sex", "measure", "begins", "known"), KNOWN)
def test_numbers_when_compared_with_unrounded_ones_are_their_rounding(
    sex: Sex, measure: Measure, begins: int, known: tuple[str, str, str]
) -> None:
    curve = house_survey().curve(sex, measure)
    assert curve is not None
    (lines,) = [band.lines for band in curve.bands if band.from_months == begins]
    for value, exact in zip((lines.low, lines.middle, lines.high), known, strict=True):
        assert abs(value - Decimal(exact)) <= Decimal("0.05")


def test_median_height_of_boys_from_one_year_is_the_known_one() -> None:
    curve = house_survey().curve(Sex.MALE, Measure.HEIGHT)
    assert curve is not None
    assert [str(band.lines.middle) for band in curve.bands if band.from_months == 12] == ["76.5"]


def test_survey_names_its_edition_and_its_source_and_has_no_curve_for_the_head() -> None:
    survey = house_survey()
    assert survey.edition == "2023"
    assert survey.credit == "出典:こども家庭庁 令和5年乳幼児身体発育調査(加工)"
    assert survey.curve(Sex.MALE, Measure.HEAD) is None
    assert set(survey.limits) == set(Measure)


@pytest.mark.parametrize(
    ("good", "bad", "line_of", "key", "message"),
    [
        ("p50 = 55.5", "p50 = 59.0", FIRST_BOYS, "curve.band", "p3, p50 and p97 must rise"),
        ("p3 = 51.3", "p3 = 44.0", FIRST_BOYS, "curve.band", "each line must rise with the age"),
        ("{ from = 1, to = 2", "{ from = 1, to = 3", "from = 2, to = 3", "curve.band.from", "must be 3"),
        ("p97 = 58.9", 'p97 = "58.9"', FIRST_BOYS, "curve.band.p97", "must be a number above zero"),
        ("p97 = 58.9", "p97 = 58.9, p98 = 60", FIRST_BOYS, "curve.band.p98", "is not known here"),
        (WEIGHT_HARD, "hard = [80, 0.3]", WEIGHT_HARD, "measure.hard", "is upside down"),
        (WEIGHT_HARD, "", 'code = "weight"', "measure.hard", "is missing"),
        ('measure = "weight"', 'measure = "head"', "", "curve", "once for male weight"),
        ('edition = "2023"', "", "", "edition", "is missing"),
        ('mark = "V"', 'mark = "X"', "statInfId 000040240362", "curve.source.mark", "'X' is none of"),
    ],
)
def test_file_when_something_is_wrong_tells_the_line(
    good: str, bad: str, line_of: str, key: str, message: str
) -> None:
    assert good in GOOD
    faults = read_survey(NAME, GOOD.replace(good, bad, 1).encode())
    assert not isinstance(faults, Survey)
    found = {one.key: one for one in faults}
    assert key in found, faults
    assert message in found[key].message
    if line_of:
        at = GOOD[: GOOD.index(line_of)].count("\n") + 1
        assert abs(found[key].line - at) <= (1 if not bad or "code =" in line_of else 0)


def test_file_when_it_is_no_toml_is_one_fault() -> None:
    assert len(read_survey(NAME, b"edition =")) == 1  # type: ignore[arg-type]  # faults, not a survey
