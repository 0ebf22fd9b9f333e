"""Checks of one translation."""

from collections import Counter

from app.wording.checks import numbers_in


def test_numbers_when_a_name_holds_one_only_the_whole_name_is_passed_over() -> None:
    names = ("5 trong 1", "COVID-19")
    assert numbers_in("5 trong 1 và COVID-19", ".", names) == Counter()
    assert numbers_in("trong 1 tháng, trong 14 ngày", ".", names) == Counter({"1": 1, "14": 1})
