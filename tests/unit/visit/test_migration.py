"""Moving a draft: carried over, mapped, or asked again, and nothing she wrote is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from app.questionnaire.answers import Absence, Answer, Answers, MonthAge
from app.questionnaire.definition import Bounds, Choice, Details, Kind, Library, Page, Part, Privacy, Question
from app.questionnaire.migration import Migration
from app.visit.migration import Moved, move_draft, settled
from app.visit.sheet import Sheet
from app.visit.version_ways import is_behind, newest_sheet, pinned_to, unkept
from app.visit.visit import Draft, State
from tests.unit.visit.making import ask, given, library, part, programme, visit

AB = (Choice("a", "a"), Choice("b", "b"))
ABC = (*AB, Choice("c", "c"))


def second(first: Part, *questions: Question, migration: Migration | None = None) -> Part:
    """The next version of a part of one page."""
    page = replace(first.pages[0], questions=questions)
    return replace(first, version=first.version + 1, pages=(page,), migration=migration)


def moved(
    before: tuple[Question, ...],
    after: tuple[Question, ...],
    answers: Answers,
    *,
    migration: Migration | None = None,
    typed: Mapping[str, Mapping[str, list[str]]] | None = None,
) -> Moved:
    """A draft of version 1 on version 2."""
    first = part("core", *before)
    newer = second(first, *after, migration=migration)
    draft = Draft("v1", answers, "vi", 3, typed or {})
    return move_draft(draft, Sheet((), (first,)), Sheet((), (newer,)), library(first, newer))


SAME = [
    (ask("q"), "yes"),
    (ask("q", Kind.CHOICE, choices=AB), "b"),
    (ask("q", Kind.CHOICES, choices=AB), ("a", "b")),
    (ask("q", Kind.TEXT), "つぶやき"),
    (ask("q", Kind.INTEGER, unit="g"), 3000),
    (ask("q", Kind.DECIMAL), Decimal("3.5")),
    (ask("q", Kind.DATE), date(2026, 3, 1)),
    (ask("q", Kind.TIME), time(21, 30)),
    (ask("q", Kind.MONTH_AGE), MonthAge(1, 2)),
    (ask("q", unknown=True), Absence.UNKNOWN),
    (ask("q", privacy=Privacy.P1), Absence.DECLINED),
]


@pytest.mark.parametrize(("question", "value"), SAME)
def test_an_answer_goes_over_when_its_question_is_the_same(question: Question, value: object) -> None:
    answers = {"q": Answer(value)}  # type: ignore[arg-type]  # any kind of value
    reworded = replace(question, text="ほかの言い方")
    found = moved((question,), (reworded, ask("new")), answers)
    assert (found.draft.answers, found.asked_again, found.draft.earlier) == (answers, (), {})
    assert (found.draft.revision, found.draft.language) == (3, "vi")


CHANGED = [
    (ask("q"), ask("q", Kind.TEXT), "yes", ""),
    (ask("q", Kind.CHOICE, choices=AB), ask("q", Kind.CHOICE, choices=ABC), "b", ""),
    (ask("q", Kind.TEXT), ask("q", Kind.TEXT, max_length=3), "長すぎる", "長すぎる"),
    (ask("q", Kind.INTEGER, unit="g"), ask("q", Kind.INTEGER, unit="kg"), 3000, "3000"),
    (ask("q", Kind.INTEGER), ask("q", Kind.INTEGER, bounds=Bounds(Decimal(0), Decimal(9))), 10, "10"),
    (ask("q", Kind.DATE), ask("q"), date(2026, 3, 1), "2026-03-01"),
    (ask("q", Kind.MONTH_AGE), ask("q", Kind.INTEGER), MonthAge(1, 2), "1 2"),
    (ask("q", unknown=True), ask("q"), Absence.UNKNOWN, ""),
    (
        ask("q", Kind.CHOICES, choices=AB),
        ask("q", Kind.CHOICES, choices=(Choice("a", "a", exclusive=True), Choice("b", "b"))),
        ("a", "b"),
        "",
    ),
]


@pytest.mark.parametrize(("before", "after", "value", "words"), CHANGED)
def test_an_answer_is_asked_again_when_its_question_is_another(
    before: Question, after: Question, value: object, words: str
) -> None:
    found = moved((before,), (after,), {"q": Answer(value)})  # type: ignore[arg-type]  # any kind of value
    assert (found.draft.answers, found.asked_again) == ({}, ("q",))
    assert found.draft.earlier == {"q": words}


def test_free_text_goes_with_its_answer_or_is_shown_when_it_has_no_place() -> None:
    with_text = ask("q", details=Details(("yes",), "何"))
    answers = {"q": Answer("yes", "くわしく")}
    assert moved((with_text,), (with_text,), answers).draft.answers == answers
    closed = {"q": Answer("no", "閉じた言葉")}
    assert moved((with_text,), (ask("q"),), closed).draft.answers == closed
    found = moved((with_text,), (ask("q"),), answers)
    assert (found.draft.answers, found.draft.earlier) == ({}, {"q": "くわしく"})


def test_a_map_renames_questions_and_choices() -> None:
    before = (ask("old", Kind.CHOICES, choices=AB), ask("kept", Kind.CHOICE, choices=AB))
    after = (ask("new", Kind.CHOICES, choices=(*ABC[::2],)), ask("kept", Kind.CHOICE, choices=ABC))
    migration = Migration(1, (("old", "new"), ("kept", "kept")), (("old", "b", "c"),))
    found = moved(before, after, given(old=("a", "b"), kept="b"), migration=migration)
    assert found.draft.answers == given(new=("a", "c"), kept="b")
    assert found.asked_again == ()


def test_a_map_asks_again_what_would_go_over_and_shows_the_words() -> None:
    question = ask("q", Kind.TEXT)
    found = moved(
        (question,), (question,), given(q="前の言葉"), migration=Migration(1, (), (), (("q", "別の意味"),))
    )
    assert (found.draft.answers, found.draft.earlier) == ({}, {"q": "前の言葉"})


def test_words_of_a_question_that_is_gone_are_kept_under_its_old_code() -> None:
    found = moved((ask("gone", Kind.TEXT), ask("ticked")), (ask("new"),), given(gone="言葉", ticked="yes"))
    assert (found.draft.earlier, found.asked_again) == ({"gone": "言葉"}, ())


def test_a_discreet_answer_is_asked_again_without_its_words() -> None:
    question = ask("q", Kind.TEXT, privacy=Privacy.P1)
    first = replace(part("core", question), pages=(Page("p", "p", (question,), discreet=True),))
    newer = second(first, ask("q", privacy=Privacy.P1))
    draft = Draft("v1", given(q="言えないこと"), "vi", typed={"p": {"q": ["言えないこと"]}})
    found = move_draft(draft, Sheet((), (first,)), Sheet((), (newer,)), library(first, newer))
    assert (found.draft.earlier, found.asked_again, found.draft.typed) == ({"q": ""}, ("q",), {})


def test_what_was_typed_and_not_read_goes_with_its_question_or_is_shown() -> None:
    before = (ask("old", Kind.INTEGER), ask("gone", Kind.DATE), ask("fine"))
    after = (ask("new", Kind.INTEGER), ask("fine"))
    typed = {"core_page": {"old": ["多い"], "gone-year": ["20x4"], "gone-era": ["western"], "fine": ["yes"]}}
    found = moved(before, after, given(fine="yes"), migration=Migration(1, (("old", "new"),)), typed=typed)
    assert found.draft.typed == {"core_page": {"new": ["多い"], "fine": ["yes"]}}
    assert found.draft.earlier == {"gone": "20x4"}


def test_a_page_that_gets_typed_fields_keeps_its_answers_beside_them() -> None:
    first = part("core", ask("words", Kind.INTEGER), ask("said"))
    newer = replace(
        second(first, ask("said"), ask("words", Kind.INTEGER)),
        pages=(Page("other", "other", (ask("said"), ask("words", Kind.INTEGER))),),
    )
    draft = Draft("v1", given(said="no"), "vi", typed={"core_page": {"words": ["?"]}})
    found = move_draft(draft, Sheet((), (first,)), Sheet((), (newer,)), library(first, newer))
    assert found.draft.typed == {"other": {"words": ["?"], "said": ["no"]}}


def test_maps_are_applied_one_after_the_other_and_may_pass_over_a_version() -> None:
    first = part("core", ask("one", Kind.TEXT))
    middle = second(first, ask("two", Kind.TEXT), migration=Migration(1, (("one", "two"),)))
    last = second(middle, ask("three", Kind.TEXT), migration=Migration(2, (("two", "three"),)))
    sheets = Sheet((), (first,)), Sheet((), (last,))
    draft = Draft("v1", given(one="言葉"), "vi")
    assert move_draft(draft, *sheets, library(first, middle, last)).draft.answers == given(three="言葉")
    over = replace(last, migration=Migration(1, (("one", "three"),)))
    passing = library(first, middle, over)
    assert move_draft(draft, sheets[0], Sheet((), (over,)), passing).draft.answers == given(three="言葉")


def test_earlier_words_are_dropped_once_the_question_is_answered() -> None:
    draft = Draft("v1", given(q="新しい"), "vi", earlier={"q": "前の", "gone": "どこにもない"})
    assert settled(draft).earlier == {"gone": "どこにもない"}


def retiring() -> Library:
    first = part("core", ask("q"))
    newer = second(first, ask("q"), ask("more"))
    kept = library(first, newer)
    stage = programme("MR", ["core"])
    return Library(kept.parts, {"MR": stage}, {("MR", 1): (stage,)}, retired={("core", 1): "古い"})


@pytest.mark.parametrize("state", list(State))
def test_only_a_draft_of_a_retired_version_is_behind(state: State) -> None:
    old = visit(pins=(("core", 1),), state=state)
    assert is_behind(old, retiring()) is (state is State.DRAFTING)
    assert not is_behind(replace(old, pins=(("core", 2),)), retiring())
    assert not is_behind(replace(old, programmes=("gone",)), retiring())


def test_a_visit_is_pinned_to_what_it_would_be_prepared_with_today() -> None:
    old = visit(pins=(("core", 1),))
    sheet = newest_sheet(old, retiring())
    assert pinned_to(old, sheet).pins == (("core", 2),)
    assert [question.code for question in sheet.questions.values()] == ["q", "more"]


def test_a_revision_that_is_not_kept_is_like_no_kept_one() -> None:
    assert [unkept(revision) for revision in (0, 7)] == [-1, -8]
    assert unkept(unkept(7)) == 7
