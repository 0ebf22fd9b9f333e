"""Every form in which the card's facts have been seen, and every form nobody can read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.card_facts import LONGEST_TEXT, read_card_facts
from app.people.person import CardFacts


@pytest.mark.parametrize(
    ("birthdate", "read"),
    [
        ("19920412", date(1992, 4, 12)),
        ("1992-04-12", date(1992, 4, 12)),
        ("\uff11\uff19\uff19\uff12\uff10\uff14\uff11\uff12", date(1992, 4, 12)),
        (19920412, date(1992, 4, 12)),
        (" 19920412 ", date(1992, 4, 12)),
        ("20000229", date(2000, 2, 29)),
        ("19000229", None),
        ("1958", None),
        ("195800", None),
        ("19580000", None),
        ("19580500", None),
        ("0000-05-01", None),
        ("1992/04/12", None),
        ("H040412", None),
        ("", None),
        (None, None),
        (True, None),
        (["19920412"], None),
    ],
)
def test_birth_date_when_not_a_whole_date_then_none(birthdate: object, read: date | None) -> None:
    assert read_card_facts({"birthdate": birthdate}).birth_date == read


@pytest.mark.parametrize(
    ("gender", "sex"),
    [
        ("1", "male"),
        ("2", "female"),
        (2, "female"),
        ("\uff12", ""),
        ("male", "male"),
        ("Female", "female"),
        ("9", ""),
        ("3", ""),
        ("other", ""),
        ("", ""),
        (None, ""),
        (True, ""),
    ],
)
def test_sex_when_not_one_of_two_then_empty(gender: object, sex: str) -> None:
    assert read_card_facts({"gender": gender}).sex == sex


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("見本町\uff11\uff0d\uff12", "見本町\uff11\uff0d\uff12"),
        ("見本町1-2\n\u3000例示荘\u300012号", "見本町1-2 例示荘 12号"),
        ({"formatted": "東京都\n見本区"}, "東京都 見本区"),
        ({"region": "東京都", "locality": "見本区", "street_address": 7}, "東京都 見本区"),
        ({"formatted": ["x"]}, ""),
        ({}, ""),
        ("\u202e町\x00", "町"),
        (None, ""),
    ],
)
def test_address_when_text_or_object_then_one_line(address: object, line: str) -> None:
    assert read_card_facts({"address": address}).address == line


def test_name_when_spaced_full_width_then_plain_space() -> None:
    assert read_card_facts({"name": "見本\u3000\u3000花子 "}).name == "見本 花子"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "address", "birthdate", "gender"), JSON)))
def test_facts_when_the_claims_are_anything_then_still_facts(claims: dict[str, object]) -> None:
    facts = read_card_facts(claims)
    assert isinstance(facts, CardFacts)
    assert max(len(facts.name), len(facts.address)) <= LONGEST_TEXT
    assert facts.sex in {"", "male", "female"}
    assert "\n" not in facts.name + facts.address
