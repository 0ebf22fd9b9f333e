"""Answers in their plain form for keeping."""

import json

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from app.questionnaire.answers import Answer, from_plain, to_plain
from app.questionnaire.definition import Question
from tests.unit.questionnaire.test_typed import ASKED, answered

BY_CODE = {question.code: question for question in ASKED}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis_given(st.lists(answered(), unique_by=lambda pair: pair[0].code))
def test_answers_go_through_json_and_back(pairs: list[tuple[Question, Answer]]) -> None:
    answers = {question.code: answer for question, answer in pairs}
    assert from_plain(json.loads(json.dumps(to_plain(answers))), BY_CODE) == answers


@hypothesis_given(
    st.dictionaries(
        st.sampled_from([question.code for question in ASKED]),
        JSON | st.fixed_dictionaries({"value": JSON}, optional={"details": JSON, "absent": JSON}),
    )
)
def test_any_json_is_answers_or_nothing(plain: dict[str, object]) -> None:
    answers = from_plain(plain, BY_CODE)
    assert from_plain(to_plain(answers), BY_CODE) == answers


@pytest.mark.parametrize(
    "kept",
    [
        {"ill": "yes"},
        {"ill": {"value": "maybe"}},
        {"ill": {"absent": "declined"}},
        {"ill": {"value": "yes", "details": 1}},
        {"kin": {"value": ["mother"]}},
        {"ills": {"value": []}},
        {"ills": {"value": ["cold", "plague"]}},
        {"note": {"value": ""}},
        {"weight": {"value": True}},
        {"weight": {"value": 3.5}},
        {"height": {"value": "NaN"}},
        {"height": {"value": "tall"}},
        {"height": {"value": 50}},
        {"day": {"value": "2026-02-30"}},
        {"walked": {"value": [1, 12]}},
        {"walked": {"value": [True, 1]}},
        {"walked": {"value": [1]}},
        {"bed": {"value": "25:00"}},
        {"bed": {"value": "22:30:15"}},
        {"bed": {"value": "22:30+09:00"}},
        {"bed": {"value": 22}},
        {"foreign": {"value": "yes"}},
    ],
)
def test_wrong_shapes_and_foreign_codes_are_dropped(kept: dict[str, object]) -> None:
    assert from_plain(kept, BY_CODE) == {}
