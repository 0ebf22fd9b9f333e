"""The Japanese sheet: numbers that were worked out, and answers that are never shown back."""

from dataclasses import replace
from decimal import Decimal

from app.questionnaire.answers import Answer
from app.questionnaire.definition import (
    Behaviour,
    Comparison,
    Concern,
    Condition,
    Derived,
    Fresh,
    Kind,
    Level,
    Operator,
    Page,
    Part,
    Privacy,
    Rule,
)
from app.visit.sheet import Sheet
from app.web.paper_reading import for_paper
from app.web.sheet_reading import Gap, read_sheet
from tests.unit.web.test_sheet_reading import (
    LANGUAGES,
    SOURCE,
    TODAY,
    question,
    rows,
    sheet_of,
    submission,
)

HEIGHT, WEIGHT = question("height", Kind.DECIMAL), question("weight", Kind.DECIMAL)
BMI = Derived("bmi", "BMI", Rule.BMI, ("height", "weight"))
HIDDEN = Derived("sum", "", Rule.SUM, ("a", "b"), weights=(("yes", 1),))
BODY = {"height": Answer(Decimal(160)), "weight": Answer(Decimal("47.3"))}


def test_sheet_when_a_number_is_worked_out_then_staff_see_it_and_never_a_sum() -> None:
    bare = sheet_of(HEIGHT, WEIGHT, question("a"), question("b"))
    heavy = Condition(Behaviour.ALL, (Comparison("sum", Operator.AT_LEAST, 2),))
    concern = Concern("c", heavy, Level.B, "2つとも", SOURCE)
    core = replace(bare.parts[0], derived=(BMI, HIDDEN), concerns=(concern,))
    answers = {**BODY, "a": Answer("yes"), "b": Answer("yes")}
    reading = read_sheet(replace(bare, parts=(core, bare.parts[1])), [submission(answers)], TODAY, LANGUAGES)
    assert [(row.code, row.label, row.text) for row in reading.numbers] == [("bmi", "BMI", "18.5")]
    assert [[row.code for row in one.rows] for one in reading.concerns] == [["a", "b"]]
    assert for_paper(reading, bare, ()).numbers == ()


def discreet_sheet() -> Sheet:
    """A plain page, and two discreet ones of two questions each."""
    pages = [Page("plain", "ふつう", (question("plain_q"),))]
    for name in ("home", "other"):
        asked = tuple(replace(question(f"{name}_{n}"), privacy=Privacy.P1, fresh=Fresh.VISIT) for n in "ab")
        pages.append(Page(name, f"{name}の頁", asked, discreet=True))
    return Sheet((), (Part("core", 1, "本文", tuple(pages)),))


def test_paper_when_a_page_is_discreet_then_only_that_it_is_answered_even_if_chosen() -> None:
    sheet = discreet_sheet()
    answers = {"plain_q": Answer("no"), "home_a": Answer("yes", "ひみつ"), "home_b": Answer("no")}
    reading = read_sheet(sheet, [submission(answers)], TODAY, LANGUAGES)
    assert rows(reading)["home_a"].text == "はい"
    shown = for_paper(reading, sheet, {"home_a", "home_b"})
    assert [(row.code, row.label, row.text, row.absence) for row in rows(shown).values()] == [
        ("plain_q", "plain_qのこと", "いいえ", None),
        ("home", "homeの頁", "", Gap.KEPT_BACK),
        ("other", "otherの頁", "", Gap.UNANSWERED),
    ]
    assert "ひみつ" not in str(shown.blocks)
