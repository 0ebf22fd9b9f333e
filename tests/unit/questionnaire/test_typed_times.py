"""Clock times as people write them."""

from datetime import time

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from app.questionnaire.answers import Answer
from app.questionnaire.definition import Kind
from app.questionnaire.typed import typed_from
from tests.unit.questionnaire.making import ask, messages, read

BED = ask("bed", Kind.TIME, unknown=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:30", time(22, 30)),
        ("２２：３０", time(22, 30)),
        ("2230", time(22, 30)),
        ("730", time(7, 30)),
        ("7:5", time(7, 5)),
        ("22.30", time(22, 30)),
        ("22時", time(22)),
        ("22時半", time(22, 30)),
        ("22 時 15 分", time(22, 15)),
        ("午後10時半", time(22, 30)),
        ("午前０時５分", time(0, 5)),
        ("午後12時", time(12)),
        ("10:30 pm", time(22, 30)),
        ("10 P.M.", time(22)),
        ("12am", time(0)),
        ("22h30", time(22, 30)),
        ("22 giờ 30 phút", time(22, 30)),
        ("22 giờ rưỡi", time(22, 30)),
        ("22点半", time(22, 30)),
        (" 9 ", time(9)),
        ("24:00", time(0)),
        ("24時半", time(0, 30)),
        ("٢٢:٣٠", time(22, 30)),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, meant: time) -> None:
    assert read(BED, {"bed": [typed]}).answers == {"bed": Answer(meant)}


@pytest.mark.parametrize(
    "typed",
    ["25:00", "22:60", "2275", "13時 pm", "午前午後10時", "am 10 pm", "夜", "-5", "22:30:10", "12345", ":30"],
)
def test_what_no_clock_shows_is_a_fault_with_what_was_typed(typed: str) -> None:
    reading = read(BED, {"bed": [typed]})
    assert messages(reading) == [("bed", "time_wrong")]
    assert reading.faults[0].values == {"typed": typed}
    assert reading.typed == {"bed": [typed]}


def test_a_blank_time_is_no_answer_and_unknown_is_one() -> None:
    assert messages(read(BED, {"bed": [" "]})) == [("bed", "fill_in")]
    assert not read(BED, {"bed": ["unknown"]}).faults
    assert messages(read(BED, {"bed": ["unknown", "22"]})) == [("bed", "absence_with_value")]


@given_any(st.times())
def test_a_time_shown_again_is_read_back(moment: time) -> None:
    answer = Answer(time(moment.hour, moment.minute))
    assert read(BED, typed_from(BED, answer)).answers == {"bed": answer}
