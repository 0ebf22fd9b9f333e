"""Last time's answers: offered where they are still true, never where they are hidden or not hers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.questionnaire.answers import Absence, Answer, Answers, MonthAge, Value
from app.questionnaire.definition import (
    Bounds,
    Choice,
    Details,
    Fresh,
    Kind,
    Page,
    Part,
    Privacy,
    Question,
)
from app.questionnaire.facts import Facts
from app.questionnaire.typed import PageContext, read_page, typed_from
from app.visit.last_time import Earlier, LastTime, last_time, open_questions
from app.visit.sheet import Sheet
from tests.unit.visit.making import NOON, TODAY, ask, given, part, programme, submission, when

KINDS = (Choice("cold", "かぜ"), Choice("asthma", "ぜんそく"))


def sheet(*questions: Question, page: str = "core_page", **keys: Any) -> Sheet:  # Any: passed through to Page
    """One page of these questions."""
    return Sheet((), (Part("core", 1, "core", (Page(page, "core", questions, **keys),)),))


def before(asked: Sheet, answers: Answers, *, days: int = 30, is_siblings: bool = False) -> Earlier:
    """What was submitted so many days ago."""
    made = replace(submission(), id=f"made-{days}", answers=answers, at=NOON - timedelta(days=days))
    return Earlier(made, asked, is_siblings)


def offered(now: Sheet, earlier: Iterable[Earlier], answers: Answers | None = None) -> dict[str, LastTime]:
    """What the only page offers, by question."""
    found = last_time(now, now.parts[0].pages[0], answers or {}, earlier, today=TODAY)
    return {one.question.code: one for one in found}


def test_answer_when_given_last_time_is_offered_with_its_day() -> None:
    asked = sheet(ask("ill"), ask("weak"))
    found = offered(asked, [before(asked, given(ill="no"), days=54)])
    assert [(one.answer, one.at) for one in found.values()] == [(Answer("no"), NOON - timedelta(days=54))]
    assert found["ill"].mark == "ill:made-54"
    assert not found["ill"].is_siblings


def test_question_when_answered_already_is_not_offered() -> None:
    asked = sheet(ask("ill"), ask("weak"))
    earlier = [before(asked, given(ill="no", weak="yes"))]
    assert offered(asked, earlier, given(ill="yes")).keys() == {"weak"}


@pytest.mark.parametrize("fresh", [Fresh.VISIT, Fresh.DAY])
def test_answer_when_it_was_true_for_a_visit_or_a_day_only_is_never_offered(fresh: Fresh) -> None:
    """Whichever of the two versions says so."""
    passing, lasting = sheet(ask("ill", fresh=fresh), ask("weak")), sheet(ask("ill"), ask("weak"))
    answers = given(ill="no", weak="no")
    assert offered(passing, [before(lasting, answers)]).keys() == {"weak"}
    assert offered(lasting, [before(passing, answers)]).keys() == {"weak"}


def test_answer_of_a_discreet_page_is_never_offered_whichever_version_says_so() -> None:
    open_sheet, kept_back = sheet(ask("hurt")), sheet(ask("hurt"), discreet=True)
    for now, then in ((open_sheet, kept_back), (kept_back, open_sheet), (kept_back, kept_back)):
        assert offered(now, [before(then, given(hurt="yes"))]) == {}
    assert open_questions(kept_back.parts[0].pages[0], {}) == ()
    assert offered(open_sheet, [before(open_sheet, given(hurt="yes"))])


def test_answer_when_given_twice_is_offered_from_the_newest() -> None:
    asked = sheet(ask("ill"))
    earlier = [before(asked, given(ill="yes"), days=2), before(asked, given(ill="no"), days=9)]
    assert offered(asked, earlier)["ill"].answer == Answer("yes")


def test_answer_when_the_newest_sheet_did_not_ask_is_offered_from_the_one_before() -> None:
    asked, other = sheet(ask("ill")), sheet(ask("weak"))
    earlier = [before(other, given(weak="no"), days=2), before(asked, given(ill="no"), days=9)]
    assert offered(asked, earlier)["ill"].submission_id == "made-9"


def test_answer_when_the_newest_sheet_asked_and_got_none_is_not_taken_from_an_older_one() -> None:
    asked = sheet(ask("ill", required=False))
    assert offered(asked, [before(asked, {}, days=2), before(asked, given(ill="no"), days=9)]) == {}


def test_answer_of_another_sheet_that_shares_the_question_is_offered() -> None:
    m3 = Sheet((), (part("child", ask("illness")), part("m3", ask("neck", fresh=Fresh.VISIT))))
    m6 = Sheet((), (part("child", ask("illness")), part("m6", ask("sits", fresh=Fresh.VISIT))))
    earlier = [before(m3, given(illness="no", neck="yes"))]
    assert offered(m6, earlier)["illness"].answer == Answer("no")


def test_unknown_and_declined_when_given_are_offered_as_such_where_they_still_stand() -> None:
    asked = sheet(ask("ill", unknown=True), ask("loss", privacy=Privacy.P2))
    earlier = [before(asked, given(ill=Absence.UNKNOWN, loss=Absence.DECLINED))]
    assert offered(asked, earlier)["ill"].answer == Answer(Absence.UNKNOWN)
    assert offered(asked, earlier)["loss"].answer == Answer(Absence.DECLINED)
    assert offered(sheet(ask("ill")), earlier) == {}


def test_details_when_written_come_along_and_closed_ones_do_not() -> None:
    asked = sheet(ask("ill", details=Details(("yes",), "which")))
    assert (
        offered(asked, [before(asked, {"ill": Answer("yes", "ぜんそく")})])["ill"].answer.details
        == "ぜんそく"
    )
    assert offered(asked, [before(asked, {"ill": Answer("no", "ぜんそく")})])["ill"].answer.details == ""


def test_answer_when_details_are_required_now_and_were_not_written_is_asked_anew() -> None:
    then = sheet(ask("ill", details=Details(("yes",), "which")))
    now = sheet(ask("ill", details=Details(("yes",), "which", required=True)))
    assert offered(now, [before(then, given(ill="yes"))]) == {}
    assert offered(now, [before(then, given(ill="no"))])["ill"].answer == Answer("no")


@pytest.mark.parametrize(
    "now",
    [
        ask("kinds", Kind.CHOICES, choices=KINDS[:1]),
        ask("kinds", Kind.CHOICE, choices=KINDS),
        ask("kinds", Kind.TEXT),
        ask("kinds", Kind.CHOICES, choices=KINDS, origin="subject.kinds"),
    ],
)
def test_answer_when_its_options_or_kind_are_gone_is_not_offered(now: Question) -> None:
    then = sheet(ask("kinds", Kind.CHOICES, choices=KINDS))
    earlier = [before(then, given(kinds=("cold", "asthma")))]
    assert offered(then, earlier)["kinds"].answer == Answer(("cold", "asthma"))
    assert offered(sheet(now), earlier) == {}


def test_number_when_outside_todays_bounds_is_not_offered_and_an_unusual_one_is() -> None:
    then = sheet(ask("weight", Kind.INTEGER))
    wide = ask(
        "weight", Kind.INTEGER, bounds=Bounds(Decimal(200), Decimal(7000), Decimal(500), Decimal(5500))
    )
    assert offered(sheet(wide), [before(then, given(weight=90))]) == {}
    assert offered(sheet(wide), [before(then, given(weight=480))])["weight"].answer == Answer(480)


def test_follow_up_is_offered_only_with_the_answer_that_opens_it() -> None:
    asked = sheet(ask("fit"), ask("fever", shown_when=when("fit")))
    both, neither = before(asked, given(fit="yes", fever="no")), before(asked, given(fit="no"))
    assert offered(asked, [both]).keys() == {"fit", "fever"}
    assert offered(asked, [neither]).keys() == {"fit"}
    assert offered(asked, [both], given(fit="no")) == {}
    assert offered(asked, [both], given(fit="yes")).keys() == {"fever"}


def test_question_when_hidden_by_the_childs_age_is_not_offered() -> None:
    asked = sheet(ask("neck", shown_when=when("age_months", 6, "<")))
    young, old = replace(asked, facts=Facts(age_months=4)), replace(asked, facts=Facts(age_months=7))
    earlier = [before(young, given(neck="yes"))]
    assert offered(young, earlier).keys() == {"neck"}
    assert offered(old, earlier) == {}


def test_siblings_answer_is_offered_for_questions_about_the_family_only() -> None:
    asked = sheet(ask("kin", family=True, privacy=Privacy.P1), ask("ill"))
    found = offered(asked, [before(asked, given(kin="yes", ill="no"), is_siblings=True)])
    assert found.keys() == {"kin"}
    assert found["kin"].is_siblings


def test_own_answer_when_there_is_one_wins_over_a_newer_siblings() -> None:
    asked = sheet(ask("kin", family=True, required=False))
    sibling = before(asked, given(kin="yes"), days=1, is_siblings=True)
    assert offered(asked, [sibling, before(asked, given(kin="no"), days=90)])["kin"].answer == Answer("no")
    assert offered(asked, [sibling, before(asked, {}, days=90)]) == {}


def test_mother_is_nobodys_sibling_and_has_none() -> None:
    asked = sheet(ask("kin", family=True))
    hers = replace(asked, programmes=(replace(programme("preg", ["core"]), subject_is="mother"),))
    sibling = given(kin="yes")
    assert offered(asked, [before(hers, sibling, is_siblings=True)]) == {}
    assert offered(hers, [before(asked, sibling, is_siblings=True)]) == {}
    assert offered(hers, [before(hers, sibling)]).keys() == {"kin"}


def test_every_kind_when_confirmed_is_read_as_the_answer_that_was_shown() -> None:
    values: Mapping[Kind, Value] = {
        Kind.YES_NO: "no",
        Kind.CHOICE: "cold",
        Kind.CHOICES: ("cold", "asthma"),
        Kind.TEXT: "卵、ぜんそく",
        Kind.INTEGER: 3120,
        Kind.DECIMAL: Decimal("48.50"),
        Kind.DATE: date(2026, 1, 10),
        Kind.MONTH_AGE: MonthAge(1, 6),
        Kind.TIME: time(21, 30),
    }
    asked = sheet(*(ask(kind.value, kind, choices=KINDS) for kind in values))
    page = asked.parts[0].pages[0]
    found = offered(asked, [before(asked, {kind.value: Answer(value) for kind, value in values.items()})])
    assert {code: one.answer.value for code, one in found.items()} == {
        kind.value: value for kind, value in values.items()
    }
    raw = {
        name: held for one in found.values() for name, held in typed_from(one.question, one.answer).items()
    }
    reading = read_page(page, raw, PageContext({}, TODAY, {}, asked.facts))
    assert reading.answers == {code: one.answer for code, one in found.items()}
    assert reading.faults == ()


def test_nothing_is_offered_without_an_earlier_submission() -> None:
    assert offered(sheet(ask("ill", family=True)), []) == {}
