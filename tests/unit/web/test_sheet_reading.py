"""The Japanese sheet: every kind of answer, every absence, changes, concerns, paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from app.questionnaire.answers import Absence, Answer, Answers, MonthAge, Value
from app.questionnaire.definition import (
    Behaviour,
    Choice,
    Comparison,
    Concern,
    Condition,
    Details,
    Explanation,
    Fresh,
    Kind,
    Level,
    Mark,
    Operator,
    Page,
    Part,
    Privacy,
    Programme,
    Question,
    Source,
)
from app.visit.sheet import Sheet
from app.visit.submission import Change
from app.visit.visit import Kind as Occasion
from app.visit.visit import Submission
from app.web.paper_reading import for_paper
from app.web.sheet_reading import Gap, Row, SheetReading, read_sheet
from app.wording.languages import Direction, Language, Languages

TODAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 23, 23, 2, tzinfo=UTC)
SOURCE = Source("test", Mark.D)
LANGUAGES = Languages(
    [
        Language("ja", "日本語", "日本語", "ja", offered=True),
        Language("vi", "Tiếng Việt", "ベトナム語", "vi", offered=True),
        Language("ar", "العربية", "アラビア語", "ar", Direction.RTL, offered=True),
        Language("zh-Hans", "简体中文", "中国語(簡体字)", "zh_Hans", offered=True),
    ]
)
CHOICES = (Choice("egg", "たまご", "鶏卵"), Choice("milk", "牛乳"), Choice("other", "そのほか"))


def question(code: str, kind: Kind = Kind.YES_NO, paper: str = "1") -> Question:
    details = Details(("yes",), "どんなことですか")
    texts = (f"{code}？", f"{code}のこと", SOURCE)
    return Question(code, kind, *texts, paper=paper, required=False, details=details)


def yes(code: str, value: str = "yes") -> Condition:
    return Condition(Behaviour.ALL, (Comparison(code, Operator.EQUAL, value),))


def sheet_of(*questions: Question, concerns: tuple[Concern, ...] = ()) -> Sheet:
    """A sheet of one part with a page for each question, the day's in a part of their own."""
    ahead = [one for one in questions if one.fresh is not Fresh.DAY]
    day = [one for one in questions if one.fresh is Fresh.DAY]
    parts = (
        Part("core", 1, "本文", tuple(Page(f"p_{one.code}", "頁", (one,)) for one in ahead), concerns),
        Part("day", 1, "今日", tuple(Page(f"p_{one.code}", "頁", (one,)) for one in day)),
    )
    return Sheet((), parts)


def submission(answers: Answers, number: int = 1, language: str = "ja", **more: object) -> Submission:
    made = Submission(f"v-{number}", "v", number, Occasion.AHEAD, answers, language, "approved", MORNING)
    return replace(made, **more)  # type: ignore[arg-type]  # the fields of Submission by name


def row_of(asked: Question, answer: Answer | None, language: str = "ja") -> Row:
    """How one answer reads."""
    answers = {} if answer is None else {asked.code: answer}
    reading = read_sheet(sheet_of(asked), [submission(answers, language=language)], TODAY, LANGUAGES)
    return rows(reading)[asked.code]


def rows(reading: SheetReading) -> dict[str, Row]:
    return {row.code: row for block in reading.blocks for row in block.rows}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.YES_NO, "yes", "はい"),
        (Kind.YES_NO, "no", "いいえ"),
        (Kind.CHOICE, "egg", "鶏卵"),
        (Kind.CHOICE, "milk", "牛乳"),
        (Kind.CHOICES, ("egg", "other"), "鶏卵、そのほか"),
        (Kind.TEXT, "卵でじんましん", "卵でじんましん"),
        (Kind.INTEGER, 3120, "3120\u00a0g"),
        (Kind.DECIMAL, Decimal("49.5"), "49.5\u00a0g"),
        (Kind.TEMPERATURE, Decimal("36.6"), "36.6\u00a0g"),
        (Kind.DATE, date(2026, 11, 12), "2026年(令和8年)11月12日（12日前）"),
        (Kind.DATE, TODAY, "2026年(令和8年)11月24日（今日）"),
        (Kind.DATE, date(2019, 5, 1), "2019年(令和元年)5月1日"),
        (Kind.MONTH_AGE, MonthAge(1, 6), "1歳6か月"),
    ],
)
def test_row_when_answered_then_it_reads_in_japanese(kind: Kind, value: Value, text: str) -> None:
    asked = replace(question("q", kind), choices=CHOICES, unit="g")
    assert row_of(asked, Answer(value)).text == text


@pytest.mark.parametrize(("unit", "text"), [("℃", "3℃"), ("回", "3回"), ("cm", "3\u00a0cm"), ("", "3")])
def test_row_when_it_has_a_unit_then_it_stays_on_the_line(unit: str, text: str) -> None:
    assert row_of(replace(question("q", Kind.INTEGER), unit=unit), Answer(3)).text == text


@pytest.mark.parametrize(
    ("answer", "gap"),
    [
        (None, Gap.UNANSWERED),
        (Answer(Absence.UNKNOWN), Gap.UNKNOWN),
        (Answer(Absence.DECLINED), Gap.DECLINED),
    ],
)
@pytest.mark.parametrize("kind", list(Kind))
def test_row_when_there_is_no_value_then_it_says_why(kind: Kind, answer: Answer | None, gap: Gap) -> None:
    row = row_of(replace(question("q", kind), choices=CHOICES), answer)
    assert (row.absence, row.text, row.original) == (gap, "", "")


@pytest.mark.parametrize(
    ("language", "words", "tag", "name"),
    [
        ("vi", "Trứng", "vi", "ベトナム語"),
        ("ar", "بيض", "ar", "アラビア語"),
        ("zh-Hans", "鸡蛋", "zh-Hans", "中国語(簡体字)"),
        ("vi", "卵でじんましん", "ja", ""),
        ("vi", "東京都見本区", "ja", ""),
        ("vi", "2026-11", "ja", ""),
        ("ja", "卵", "ja", ""),
        ("gone", "egg", "ja", ""),
    ],
)
def test_details_when_she_wrote_them_then_they_stand_in_their_language(
    language: str, words: str, tag: str, name: str
) -> None:
    row = row_of(question("q"), Answer("yes", words), language)
    assert (row.text, row.original, row.original_language, row.original_name) == ("はい", words, tag, name)


def test_free_text_when_it_is_foreign_then_there_is_no_japanese() -> None:
    row = row_of(question("q", Kind.TEXT), Answer("Bệnh Kawasaki"), "vi")
    assert (row.text, row.original, row.absence) == ("", "Bệnh Kawasaki", None)


def test_free_text_when_it_is_a_name_then_it_belongs_to_no_language() -> None:
    named = replace(question("q", Kind.TEXT), offer="login.name")
    row = row_of(named, Answer("SAMPLE NGUYEN"), "vi")
    assert (row.text, row.original) == ("SAMPLE NGUYEN", "")


def test_blocks_when_parts_mix_then_the_order_is_that_of_the_paper() -> None:
    asked = [
        question("two", paper="2"),
        question("two_b", paper="2b"),
        question("two_a", paper="2a"),
        question("ten", paper="10"),
        question("head", paper="0a"),
        question("nowhere", paper=""),
        replace(question("today", paper="3"), fresh=Fresh.DAY),
    ]
    reading = read_sheet(sheet_of(*asked), [submission({})], TODAY, LANGUAGES)
    assert list(rows(reading)) == ["head", "two", "two_a", "two_b", "today", "ten", "nowhere"]
    assert [(block.number, len(block.rows)) for block in reading.blocks] == [
        *(("", 1), ("2", 3), ("3", 1), ("10", 1), ("", 1)),
    ]


def test_rows_when_a_question_is_hidden_then_it_is_not_on_the_sheet() -> None:
    hidden = replace(question("more"), shown_when=yes("first"))
    reading = read_sheet(
        sheet_of(question("first"), hidden), [submission({"first": Answer("no")})], TODAY, LANGUAGES
    )
    assert list(rows(reading)) == ["first"]


DAILY = replace(question("temperature", Kind.TEMPERATURE), fresh=Fresh.DAY, unit="℃")


def of_day(celsius: str, number: int, on: date = TODAY) -> Submission:
    answers = {"temperature": Answer(Decimal(celsius)), "first": Answer("no")}
    return submission(answers, number, kind=Occasion.DAY, answered_on=on)


def test_day_when_answered_today_then_it_stands_with_its_time_and_is_no_change() -> None:
    versions = [submission({"first": Answer("no")}), of_day("36.6", 2)]
    reading = read_sheet(sheet_of(question("first"), DAILY), versions, TODAY, LANGUAGES)
    row = rows(reading)["temperature"]
    assert (row.text, row.given_today, row.change) == ("36.6℃", True, None)
    assert (reading.day_time, reading.changed) == ("8:02", ())


def test_day_when_answered_yesterday_then_it_is_not_read() -> None:
    versions = [of_day("39.0", 1, date(2026, 11, 23))]
    reading = read_sheet(sheet_of(question("first"), DAILY), versions, TODAY, LANGUAGES)
    row = rows(reading)["temperature"]
    assert (row.text, row.absence, row.given_today) == ("", Gap.NOT_TODAY, False)
    assert reading.day_time == ""


def test_day_when_answered_twice_today_then_the_change_is_marked() -> None:
    reading = read_sheet(
        sheet_of(question("first"), DAILY), [of_day("36.6", 1), of_day("38.1", 2)], TODAY, LANGUAGES
    )
    row = rows(reading)["temperature"]
    assert (row.change, row.before) == (Change.CHANGED, "36.6℃")


def test_changes_when_the_days_answers_follow_then_the_amendment_still_shows() -> None:
    asked = sheet_of(
        question("first"), question("second"), replace(question("x"), shown_when=yes("first")), DAILY
    )
    old = submission({"first": Answer("yes", "Trứng"), "x": Answer("yes")}, 1)
    amended = submission({"first": Answer("no"), "second": Answer("yes")}, 2)
    day = replace(of_day("36.6", 3), answers={**amended.answers, "temperature": Answer(Decimal("36.6"))})
    reading = read_sheet(asked, [old, amended, day], TODAY, LANGUAGES)
    found = {row.code: (row.change, row.before) for row in reading.changed}
    assert found == {
        "first": (Change.CHANGED, "はい「Trứng」"),
        "second": (Change.NEW, ""),
        "x": (Change.GONE, "はい"),
    }


def test_changes_when_submitted_again_without_any_then_there_are_none() -> None:
    versions = [submission({"first": Answer("no")}, number) for number in (1, 2)]
    assert read_sheet(sheet_of(question("first")), versions, TODAY, LANGUAGES).changed == ()


NO_WORDS = Explanation("", "", "", "", "", SOURCE)


def programme(title: str, *concerns: Concern) -> Programme:
    return Programme(
        code=title,
        kind="vaccine",
        vaccine=title,
        dose=1,
        title=title,
        parts=("core",),
        explanation=NO_WORDS,
        bring=(),
        source=SOURCE,
        concerns=concerns,
    )


def test_concerns_when_raised_then_most_urgent_first_with_their_answers_and_whom_they_count_for() -> None:
    either = Condition(
        Behaviour.ANY,
        (Comparison("blood", Operator.EQUAL, "yes"), Comparison("fit", Operator.EQUAL, "yes")),
    )
    own = Concern("own", either, Level.B, "血液製剤", SOURCE)
    everyone = Concern("all", yes("fit"), Level.A, "けいれん", SOURCE)
    core = sheet_of(question("blood"), question("fit"), concerns=(everyone,))
    sheet = Sheet((programme("MR", own), programme("ロタ")), core.parts)
    both = read_sheet(sheet, [submission({"blood": Answer("no"), "fit": Answer("yes")})], TODAY, LANGUAGES)
    assert [(one.level, one.reason, one.programmes) for one in both.concerns] == [
        (Level.A, "けいれん", ()),
        (Level.B, "血液製剤", ("MR",)),
    ]
    assert [[row.code for row in one.rows] for one in both.concerns] == [["fit"], ["fit"]]
    assert rows(both)["fit"].levels == (Level.A, Level.B)
    assert rows(both)["blood"].levels == ()


def test_paper_when_a_parent_shows_it_then_sensitive_answers_need_her_tick_and_nothing_is_marked() -> None:
    sensitive = replace(question("lost"), privacy=Privacy.P2)
    concern = Concern("c", yes("lost"), Level.A, "理由", SOURCE)
    sheet = sheet_of(sensitive, question("first"), concerns=(concern,))
    versions = [
        submission({"first": Answer("no")}),
        submission({"lost": Answer("yes", "x"), "first": Answer("yes")}, 2),
    ]
    reading = read_sheet(sheet, versions, TODAY, LANGUAGES)
    paper = for_paper(reading, sheet, ())
    assert (paper.concerns, paper.changed) == ((), ())
    assert rows(paper)["lost"] == Row("lost", "1", "lostのこと", absence=Gap.WITHHELD)
    assert (rows(paper)["first"].text, rows(paper)["first"].change) == ("はい", None)
    chosen = rows(for_paper(reading, sheet, ("lost",)))["lost"]
    assert (chosen.text, chosen.original, chosen.levels) == ("はい", "x", ())


def test_row_when_a_clock_time_then_hours_and_minutes() -> None:
    assert row_of(question("q", Kind.TIME), Answer(time(7, 5))).text == "7:05"
