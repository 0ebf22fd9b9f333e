"""Submissions: numbered, whole, without what is hidden; the day's answers end with their day."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from hypothesis import given as given_any
from hypothesis import strategies as st

from app.questionnaire.answers import Absence, Answer
from app.schedule.dates import end_of_day
from app.visit.handover import valid_until
from app.visit.sheet import Sheet
from app.visit.submission import (
    Change,
    ahead,
    changes,
    good_today,
    missing_ahead,
    missing_of_the_day,
    of_the_day,
    share_until,
)
from app.visit.visit import Kind
from tests.unit.visit.making import (
    NOON,
    SEEN,
    TODAY,
    ask,
    draft,
    for_day,
    given,
    issued,
    part,
    plain_sheet,
    submission,
)

TOMORROW = TODAY + timedelta(days=1)
ANSWERED = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(Answer, st.sampled_from(["yes", "no", Absence.UNKNOWN, Absence.DECLINED])),
)


def test_first_submission_when_made_holds_what_was_asked_and_agreed() -> None:
    made = ahead(
        issued(),
        plain_sheet(),
        draft(ill="yes", kind="cold", unwell="no"),
        seen=SEEN,
        previous=None,
        now=NOON,
    )
    assert (made.id, made.number, made.kind, made.answered_on) == ("v1-1", 1, Kind.AHEAD, None)
    assert made.answers == given(ill="yes", kind="cold")
    assert made.share is not None
    assert (made.share.clinic_id, made.share.until) == ("A", end_of_day(TODAY))
    assert made.share.text_sha256 == sha256(SEEN.share_text.encode()).hexdigest()
    assert (made.language, made.review_state) == ("vi", "translated")


def test_submission_when_a_question_is_hidden_drops_its_answer() -> None:
    made = ahead(issued(), plain_sheet(), draft(ill="no", kind="cold"), seen=SEEN, previous=None, now=NOON)
    assert made.answers == given(ill="no")


def test_amendment_when_the_day_was_answered_keeps_the_days_answers() -> None:
    before = submission(2, TODAY, ill="no", unwell="yes")
    made = ahead(issued(), plain_sheet(), draft(ill="yes", kind="cold"), seen=SEEN, previous=before, now=NOON)
    assert (made.number, made.kind, made.answered_on) == (3, Kind.AMENDMENT, TODAY)
    assert made.answers == given(ill="yes", kind="cold", unwell="yes")


def test_days_submission_when_made_keeps_what_was_answered_ahead() -> None:
    before = submission(1, ill="yes", kind="cold")
    made = of_the_day(plain_sheet(), before, given(unwell="no", ill="no"), seen=SEEN, now=NOON)
    assert (made.number, made.kind, made.answered_on) == (2, Kind.DAY, TODAY)
    assert made.answers == given(ill="yes", kind="cold", unwell="no")
    assert not made.by_pass


def test_days_submission_when_only_the_pass_was_shown_says_so() -> None:
    made = of_the_day(plain_sheet(), submission(1, ill="no"), {}, seen=SEEN, now=NOON, by_pass=True)
    assert made.by_pass


def test_days_submission_when_the_day_was_answered_before_replaces_it_whole() -> None:
    sheet = Sheet((), (*plain_sheet().parts[:1], for_day("day", "unwell", "fever")))
    before = submission(2, TODAY, ill="no", unwell="yes", fever="yes")
    assert of_the_day(sheet, before, given(unwell="no"), seen=SEEN, now=NOON).answers == given(
        ill="no", unwell="no"
    )


def test_days_submission_when_made_near_midnight_belongs_to_the_day_in_tokyo() -> None:
    late = NOON.replace(hour=15)
    assert (
        of_the_day(
            plain_sheet(), submission(1, ill="no"), given(unwell="no"), seen=SEEN, now=late
        ).answered_on
        == TOMORROW
    )


def test_answers_of_the_day_when_the_day_is_over_count_no_more() -> None:
    made = submission(2, TODAY, ill="no", unwell="yes")
    assert good_today(plain_sheet(), made, TODAY) == given(ill="no", unwell="yes")
    assert good_today(plain_sheet(), made, TOMORROW) == given(ill="no")


def test_share_when_no_day_is_planned_lasts_fourteen_days() -> None:
    assert share_until(issued(planned_on=None), NOON) == NOON + timedelta(days=14)


def test_share_when_she_sends_again_ends_with_her_pass() -> None:
    visit = issued(planned_on=None)
    assert share_until(visit, NOON + timedelta(days=3)) == valid_until(visit)


def test_missing_when_required_questions_are_open_names_them_apart() -> None:
    sheet = Sheet((), (part("core", ask("a"), ask("b", required=False)), for_day("day", "c")))
    assert [one.code for one in missing_ahead(sheet, {})] == ["a"]
    assert [one.code for one in missing_of_the_day(sheet, given(a="no"))] == ["c"]
    assert not missing_ahead(sheet, given(a="no"))


def test_changes_when_answers_differ_say_how() -> None:
    before = {**given(same="no", gone="no"), "told": Answer("yes", "egg")}
    after = {**given(same="no", new="no"), "told": Answer("yes", "milk")}
    assert changes(before, after) == {"gone": Change.GONE, "new": Change.NEW, "told": Change.CHANGED}


@given_any(ANSWERED, ANSWERED)
def test_changes_whatever_the_answers_mirror_one_another(
    before: dict[str, Answer], after: dict[str, Answer]
) -> None:
    mirror = {Change.NEW: Change.GONE, Change.GONE: Change.NEW, Change.CHANGED: Change.CHANGED}
    assert {code: mirror[change] for code, change in changes(before, after).items()} == changes(after, before)
    assert changes(before, before) == {}


@given_any(st.integers(1, 500))
def test_numbers_whatever_came_before_go_on_by_one(number: int) -> None:
    before = replace(submission(), number=number)
    assert (
        ahead(issued(), plain_sheet(), draft(ill="no"), seen=SEEN, previous=before, now=NOON).number
        == number + 1
    )
    assert of_the_day(plain_sheet(), before, {}, seen=SEEN, now=NOON).id == f"v1-{number + 1}"
