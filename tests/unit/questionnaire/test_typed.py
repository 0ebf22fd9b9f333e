"""A posted page: what is read, what is at fault, what is kept."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from app.questionnaire.answers import Absence, Answer, MonthAge, Value
from app.questionnaire.definition import Bounds, Kind, Page, Privacy, Question
from app.questionnaire.facts import NO_FACTS
from app.questionnaire.typed import PageContext, answers_after, read_page, typed_from
from app.questionnaire.typed_text import looks_like_my_number, tidy
from tests.unit.questionnaire.making import (
    TODAY,
    ask,
    choices,
    given,
    messages,
    opening,
    page,
    read,
    soft,
    when,
)
from tests.unit.questionnaire.naughty import NAUGHTY

TEXT = ask("note", Kind.TEXT)
SAFE = ask(
    "heat", Kind.TEMPERATURE, unknown=True, bounds=Bounds(soft_low=Decimal("35.0"), soft_high=Decimal("37.4"))
)
ASKED = (
    ask("ill", unknown=True, details=opening("yes", "unknown")),
    ask("kin", Kind.CHOICE, choices=choices("mother", "father"), privacy=Privacy.P1),
    ask("ills", Kind.CHOICES, choices=choices("cold", "flu", "none"), details=opening("cold")),
    ask("note", Kind.TEXT, max_length=200),
    ask("weight", Kind.INTEGER, unit="g", bounds=soft(500, 5500)),
    ask("height", Kind.DECIMAL, unit="cm", unknown=True),
    SAFE,
    ask("day", Kind.DATE, unknown=True),
    ask("walked", Kind.MONTH_AGE, bounds=soft(8, 20)),
    ask("bed", Kind.TIME, unknown=True),
)
TEXTS = st.text(max_size=150).map(tidy).filter(lambda text: not looks_like_my_number(text))
VALUES: dict[str, st.SearchStrategy[Value | Absence]] = {
    "ill": st.sampled_from(["yes", "no", Absence.UNKNOWN]),
    "kin": st.sampled_from(["mother", "father", Absence.DECLINED]),
    "ills": st.sampled_from([("cold",), ("none",), ("cold", "flu"), ("flu",)]),
    "note": TEXTS.filter(bool),
    "weight": st.integers(-9999, 99999),
    "height": st.decimals(0, 300, places=2) | st.just(Absence.UNKNOWN),
    "heat": st.decimals(34, 42, places=1) | st.just(Absence.UNKNOWN),
    "day": st.dates(date(1900, 1, 1), TODAY) | st.just(Absence.UNKNOWN),
    "bed": st.builds(time, st.integers(0, 23), st.integers(0, 59)) | st.just(Absence.UNKNOWN),
    "walked": st.builds(MonthAge, st.integers(0, 120), st.integers(0, 11)),
}


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Answer]:
    """A question with an answer it can have."""
    question = draw(st.sampled_from(ASKED))
    answer = Answer(draw(VALUES[question.code]))
    first = answer.value[0] if isinstance(answer.value, tuple) else answer.value
    if question.details and first in question.details.when:
        return question, Answer(answer.value, draw(TEXTS))
    return question, answer


@hypothesis_given(answered())
def test_a_shown_answer_is_read_back_the_same(pair: tuple[Question, Answer]) -> None:
    question, answer = pair
    reading = read(question, typed_from(question, answer))
    assert reading.faults == ()
    assert reading.answers == {question.code: answer}


@pytest.mark.parametrize("text", NAUGHTY)
@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.code)
def test_naughty_text_is_an_answer_or_a_fault_and_never_an_error(question: Question, text: str) -> None:
    fields = ("", "-details", "-year", "-month", "-day", "-era", "-years", "-months", "-offer", "-sure")
    raw = {question.code + field: [text] for field in fields}
    reading = read(question, raw)
    assert reading.answers or reading.faults
    assert reading.typed == raw
    for answer in reading.answers.values():
        assert answer.details == tidy(answer.details)
        assert "\x00" not in str(answer.value)


@hypothesis_given(st.text())
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@hypothesis_given(
    st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=3), max_size=5)
)
def test_foreign_fields_are_neither_read_nor_kept(raw: dict[str, list[str]]) -> None:
    raw = {f"x{field}": values for field, values in raw.items()}
    reading = read(TEXT, raw)
    assert reading.answers == {}
    assert reading.typed == {}


@pytest.mark.parametrize(
    ("kind", "field", "message"),
    [
        (Kind.YES_NO, "q", "choose_one"),
        (Kind.CHOICE, "q", "choose_one"),
        (Kind.CHOICES, "q", "choose_any"),
        (Kind.TEXT, "q", "fill_in"),
        (Kind.INTEGER, "q", "fill_in"),
        (Kind.DATE, "q-year", "fill_in"),
        (Kind.MONTH_AGE, "q-years", "fill_in"),
    ],
)
def test_a_required_question_left_empty_is_told_at_its_first_field(
    kind: Kind, field: str, message: str
) -> None:
    assert messages(read(ask("q", kind, choices=choices("a", "b")), {})) == [(field, message)]
    assert messages(read(ask("q", kind, choices=choices("a", "b"), required=False), {"q": [" "]})) == []


@pytest.mark.parametrize("ticked", [["maybe"], ["yes", "no"], ["unknown"], ["yes", "maybe"], ["declined"]])
def test_what_is_no_option_is_refused(ticked: list[str]) -> None:
    assert messages(read(ask("ill"), {"ill": ticked})) == [("ill", "choose_one")]


def test_choices_keep_the_order_of_the_definition_and_exclusive_ones_stand_alone() -> None:
    question = ask("ills", Kind.CHOICES, choices=choices("cold", "flu", "none"))
    assert read(question, {"ills": ["flu", "cold", "", "flu"]}).answers == given(ills=("cold", "flu"))
    assert messages(read(question, {"ills": ["flu", "none"]})) == [("ills", "exclusive_alone")]
    assert messages(read(question, {"ills": ["flu", "other"]})) == [("ills", "choose_any")]


def test_not_knowing_stands_alone() -> None:
    raw = {"day": ["unknown"], "day-year": ["2025"], "day-month": ["1"], "day-day": ["1"]}
    assert messages(read(ask("day", Kind.DATE, unknown=True), raw)) == [("day", "absence_with_value")]
    assert read(SAFE, {"heat": ["", "unknown"]}).answers == {"heat": Answer(Absence.UNKNOWN)}


def test_a_text_that_is_too_long_is_told_and_kept_whole() -> None:
    reading = read(ask("note", Kind.TEXT, max_length=10), {"note": ["あ" * 11]})
    (fault,) = reading.faults
    assert (fault.message, fault.values) == ("too_long", {"most": "10", "length": "11"})
    assert reading.typed == {"note": ["あ" * 11]}


def test_a_text_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    typed = "\u202e か\u3099ん\x00\u200eばる\r\nJoão\u200d "
    assert read(TEXT, {"note": [typed]}).answers == given(note="がんばる\nJoão\u200d")


@pytest.mark.parametrize(
    "typed", ["123456789018", "番号は１２３４５６７８９０１８です", "1234-5678-9018", "1234 5678 9018"]
)
def test_a_my_number_is_refused_wherever_text_is_typed(typed: str) -> None:
    assert messages(read(TEXT, {"note": [typed]})) == [("note", "looks_like_my_number")]
    question = ask("ill", details=opening("yes"))
    reading = read(question, {"ill": ["yes"], "ill-details": [typed]})
    assert messages(reading) == [("ill-details", "looks_like_my_number")]
    assert reading.answers == given(ill="yes")


@pytest.mark.parametrize("typed", ["123456789012", "1234567890189", "090-1234-5678", "2026-11-22"])
def test_other_numbers_are_no_my_number(typed: str) -> None:
    assert not looks_like_my_number(typed)


def test_an_offer_is_taken_only_with_its_tick_and_an_empty_field() -> None:
    question = ask("guardian", Kind.TEXT, offer="login.name")
    ticked = {"guardian": [""], "guardian-offer": ["yes"]}
    assert read(question, ticked, login_name="東京 花子").answers == given(guardian="東京 花子")
    assert read(question, ticked | {"guardian": ["花子"]}, login_name="東京").answers == given(
        guardian="花子"
    )
    assert messages(read(question, {"guardian": [""]}, login_name="東京")) == [("guardian", "fill_in")]
    assert messages(read(question, ticked)) == [("guardian", "fill_in")]


FOLLOWED = page(ask("ill"), ask("since", Kind.TEXT, shown_when=when("ill", "=", "yes")), ask("well"))


def post(followed: Page, raw: dict[str, list[str]], **before: str) -> list[tuple[str, str]]:
    return messages(read_page(followed, raw, PageContext(given(**before), TODAY, {}, NO_FACTS)))


def test_a_follow_up_that_this_post_hides_is_ignored() -> None:
    reading = read_page(
        FOLLOWED, {"ill": ["no"], "since": ["x"], "well": ["yes"]}, PageContext({}, TODAY, {}, NO_FACTS)
    )
    assert reading.answers == given(ill="no", well="yes")
    assert reading.faults == ()


def test_a_follow_up_that_this_post_reveals_is_told_only_when_it_stood_on_the_form() -> None:
    revealing = {"ill": ["yes"], "well": ["yes"]}
    told = [("since", "fill_in")]
    assert post(FOLLOWED, revealing) == []
    assert post(FOLLOWED, revealing | {"since": [""]}) == told
    assert post(FOLLOWED, revealing | {"asked": ["ill", "since", "well"]}) == told
    assert post(FOLLOWED, revealing, ill="yes") == told


def test_required_details_are_told_only_when_they_stood_on_the_form() -> None:
    followed = page(ask("ill", details=opening("yes", required=True)))
    told = [("ill-details", "fill_in")]
    assert post(followed, {"ill": ["yes"]}) == []
    assert post(followed, {"ill": ["yes"], "ill-details": [" "]}) == told
    assert post(followed, {"ill": ["yes"]}, ill="yes") == told


def test_what_is_not_asked_is_never_read_from_the_form() -> None:
    taken = page(ask("child_name", Kind.TEXT, origin="subject.name"))
    reading = read_page(taken, {"child_name": ["other"]}, PageContext({}, TODAY, {}, NO_FACTS))
    assert (reading.answers, reading.faults, reading.typed) == ({}, (), {})


def test_after_a_post_hidden_answers_stay_and_emptied_ones_go() -> None:
    before = given(ill="yes", since="May", well="yes", elsewhere="x")
    reading = read_page(FOLLOWED, {"ill": ["no"], "well": [""]}, PageContext(before, TODAY, {}, NO_FACTS))
    assert answers_after(FOLLOWED, before, reading, NO_FACTS) == given(elsewhere="x", ill="no", since="May")


@hypothesis_given(st.dates(date(1900, 1, 1), TODAY + timedelta(days=400)))
def test_a_date_is_read_or_lies_in_the_future(day: date) -> None:
    raw = {"day-year": [str(day.year)], "day-month": [f"{day.month}月"], "day-day": [f"{day.day:02}"]}
    reading = read(ask("day", Kind.DATE), raw)
    assert reading.answers == ({} if day > TODAY else given(day=day))
    assert messages(reading) == ([("day-year", "date_in_future")] if day > TODAY else [])
