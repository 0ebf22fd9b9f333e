"""Conditions say exactly what FHIR's enableWhen says."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from app.questionnaire.answers import Absence, Answer, MonthAge, Value
from app.questionnaire.conditions import holds
from app.questionnaire.definition import Behaviour, Comparison, Condition, Operator
from app.strict_toml.tables import Comparable
from tests.unit.questionnaire.making import given, when

OPERATORS = [operator.value for operator in Operator if operator is not Operator.EXISTS]
VALUES = st.one_of(
    st.sampled_from(["yes", "no", "cold", "unknown"]),
    st.integers(-5, 5),
    st.decimals(-5, 5, places=1),
    st.dates(date(2026, 1, 1), date(2026, 1, 9)),
)


@pytest.mark.parametrize(
    ("value", "op", "compared", "met"),
    [
        ("yes", "=", "yes", True),
        ("yes", "=", "no", False),
        ("yes", "!=", "no", True),
        (("cold", "flu"), "=", "flu", True),
        (("cold", "flu"), "=", "rash", False),
        (("cold", "flu"), "!=", "flu", True),
        (("cold",), "!=", "cold", False),
        (3000, ">=", 3000, True),
        (3000, "<", 3000, False),
        (Decimal("37.5"), ">=", Decimal("37.5"), True),
        (Decimal("37.50"), "=", Decimal("37.5"), True),
        (Decimal("37.4"), ">=", Decimal("37.5"), False),
        (37, ">", Decimal("36.9"), True),
        (date(2026, 1, 2), ">", date(2026, 1, 1), True),
        (date(2026, 1, 2), "<=", date(2026, 1, 1), False),
        (MonthAge(1, 6), "=", 18, True),
        (MonthAge(1, 6), "<", 18, False),
        (time(22, 30), ">", time(22), True),
        (time(22, 0), "<=", time(22), True),
        (time(22, 0), "!=", time(22), False),
        (time(22, 0), ">", 5, False),
        ("22:00", "=", time(22), False),
        ("5", "=", 5, False),
        ("5", "!=", 5, False),
        (date(2026, 1, 2), ">", 5, False),
    ],
)
def test_a_comparison_is_typed(value: Value, op: str, compared: Comparable, met: bool) -> None:
    assert holds(when("a", op, compared), given(a=value)) is met


@hypothesis_given(st.sampled_from(OPERATORS), VALUES)
def test_an_unanswered_question_meets_no_comparison(op: str, compared: Comparable) -> None:
    assert not holds(when("a", op, compared), {})


def test_only_not_existing_is_met_by_no_answer() -> None:
    assert holds(when("a", "exists", False), {})
    assert not holds(when("a", "exists", True), {})
    assert holds(when("a", "exists", True), given(a="no"))
    assert not holds(when("a", "exists", False), given(a="no"))


@pytest.mark.parametrize("absence", list(Absence))
def test_an_absence_equals_only_its_own_code(absence: Absence) -> None:
    answers = {"a": Answer(absence)}
    assert holds(when("a", "=", absence.value), answers)
    assert not holds(when("a", "=", "no"), answers)
    assert not holds(when("a", "=", "yes"), answers)
    assert holds(when("a", "!=", "yes"), answers)
    assert holds(when("a", "exists", True), answers)


@hypothesis_given(st.sampled_from(OPERATORS), st.sampled_from(list(Absence)), st.integers() | st.dates())
def test_an_absence_never_compares_with_a_number_or_a_date(
    op: str, absence: Absence, compared: Comparable
) -> None:
    assert not holds(when("a", op, compared), {"a": Answer(absence)})


@hypothesis_given(VALUES, VALUES)
def test_equal_and_not_equal_exclude_each_other(value: Value, compared: Comparable) -> None:
    answers = given(a=value)
    assert not (holds(when("a", "=", compared), answers) and holds(when("a", "!=", compared), answers))


@hypothesis_given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False), st.integers())
def test_numbers_have_exactly_one_order(value: Value, compared: int) -> None:
    answers = given(a=value)
    assert sum(holds(when("a", op, compared), answers) for op in ("<", "=", ">")) == 1


@hypothesis_given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_all_and_any_join_like_the_words(outcomes: list[bool]) -> None:
    answers = given(**{f"q{at}": "yes" if met else "no" for at, met in enumerate(outcomes)})
    comparisons = tuple(Comparison(code, Operator.EQUAL, "yes") for code in answers)
    assert holds(Condition(Behaviour.ALL, comparisons), answers) is all(outcomes)
    assert holds(Condition(Behaviour.ANY, comparisons), answers) is any(outcomes)
