"""The newer keys of a part's file: what is read of them, and every fault with its line."""

from datetime import time

import pytest

from app.questionnaire.definition import Level, Part, Rule, Urgency
from app.questionnaire.reading import read_part
from tests.unit.questionnaire.writing import HEAD, NAME, SOURCE, concern, page, question, shown, two

PRIVATE = ('privacy = "P1"', 'export = "E0"', 'fresh = "visit"')


def discreet(*questions: str) -> str:
    return page("topic", *questions).replace('title = "話題"\n', 'title = "話題"\ndiscreet = true\n')


def derived(*lines: str, code: str = "few") -> str:
    return f'[[derived]]\ncode = "{code}"\n' + "\n".join(lines) + "\n"


def advice(asked: str, code: str = "now") -> str:
    when = f'when = {{ all = [ {{ question = "{asked}", op = "=", value = "yes" }} ] }}\n'
    words = 'urgency = "call_now"\ntext = "電話を"\nsay = "血が出ています"\n'
    return f'[[advice]]\ncode = "{code}"\n{when}{words}{SOURCE}'


def aged(*lines: str) -> str:
    return concern("c", "ill").replace('level = "B"\n', 'level = "B"\n' + "\n".join(lines) + "\n")


def faults_of(text: str) -> list[str]:
    read = read_part(NAME, text.encode())
    assert isinstance(read, tuple), "the file was read without a fault"
    return [f"{fault.line} {fault.key}: {fault.message}" for fault in read]


FULL = (
    HEAD
    + page(
        "sleep",
        question("bed", "time"),
        question("wake", "time", shown("bed", ">=", "22:00:00")),
        question("smokers", "yes_no", "family = true", shown("age_months", "<", "36")),
        question("calm", "choice", two("yes", "often").replace('text = "x"', 'text = "x", number = 2')),
    )
    + page("home", question("afraid", "yes_no", *PRIVATE)).replace(
        'title = "話題"', 'title = "話題"\ndiscreet = true\nhelplines = true'
    )
    + derived('short = "睡眠"', 'rule = "hours_between"', 'of = ["bed", "wake"]', code="hours")
    + derived('rule = "sum"', 'of = ["calm"]', "weights = { yes = 0, often = 2 }", code="score")
    + derived('short = "数"', 'rule = "count"', 'of = ["calm", "smokers"]', 'value = "yes"')
    + concern("short_sleep", "hours", "<", "8.5")
    + concern("much", "score", ">", "1").replace(
        'level = "B"', 'level = "A"\nfrom_months = 4\nlevel_before = "C"'
    )
    + concern("scared", "afraid")
    + advice("smokers")
)


def test_a_part_with_everything_new_is_read() -> None:
    part = read_part(NAME, FULL.encode())
    assert isinstance(part, Part), part
    assert [(one.code, one.discreet, one.helplines) for one in part.pages] == [
        ("sleep", False, False),
        ("home", True, True),
    ]
    assert [(one.code, one.rule, one.of) for one in part.derived] == [
        ("hours", Rule.HOURS_BETWEEN, ("bed", "wake")),
        ("score", Rule.SUM, ("calm",)),
        ("few", Rule.COUNT, ("calm", "smokers")),
    ]
    assert part.derived[1].weights == (("yes", 0), ("often", 2))
    much = part.concerns[1]
    assert (much.level, much.from_months, much.level_before) == (Level.A, 4, Level.C)
    wake = part.questions[1].shown_when
    assert wake is not None
    assert wake.comparisons[0].value == time(22)
    assert part.questions[2].family
    assert [choice.number for choice in part.questions[3].choices] == [2, 0]
    (told,) = part.advice
    assert (told.urgency, told.text, told.say) == (Urgency.CALL_NOW, "電話を", "血が出ています")


ILL, TOLD = question("ill"), question("told", "yes_no", *PRIVATE)
N = question("n", "integer")
FAULTS = [
    (page("topic", question("age_months")), "8 page.question.code: 'age_months' is the name of a fact"),
    (page("topic", question("a", "yes_no", "family = true", 'fresh = "visit"')), "12 page.question.family:"),
    (page("topic", question("a", "time", "hard = [1, 2]")), "12 page.question.hard: does not go with"),
    (page("topic", question("a", "time", 'origin = "subject.due_date"')), "is of the kind date, not time"),
    (
        page("topic", question("a", "choice", two("x", "y").replace("}", ", number = 1 }"))),
        "12 page.question.choices.number: 1 is used twice",
    ),
    (
        page("topic", question("a", "time"), question("b", "yes_no", shown("a", "<", '"22:00"'))),
        "shown_when.all.value: 'a' cannot be answered with '22:00'",
    ),
    (
        page("topic", question("b", "yes_no", shown("age_months", "=", '"old"'))),
        "value: 'age_months' cannot be answered with 'old'",
    ),
    (page("topic", question("b", "yes_no", shown("age_months", ">", "-1"))), "is never -1: its bounds are 0"),
    (discreet(ILL), "8 page.question.privacy: page 'topic' is discreet: 'ill' must be P1 or P2"),
    (
        discreet(question("a", "yes_no", 'privacy = "P1"', 'export = "E0"')),
        "fresh: page 'topic' is discreet: 'a' must be fresh for the visit",
    ),
    (
        page("topic", TOLD).replace("[[page.q", "helplines = true\n[[page.q"),
        "7 page.helplines: 'topic' must be discreet, too",
    ),
    (discreet(TOLD) + advice("told"), "advice.when.all.question: 'told' stands on a discreet page"),
    (
        discreet(TOLD) + concern("c", "told").replace('level = "B"', 'level = "B"\ncall_first = "c"'),
        "concern.when.all.question: 'told' stands on a discreet page",
    ),
    (
        discreet(TOLD)
        + derived('rule = "count"', 'of = ["told"]', 'value = "yes"')
        + advice("few").replace('"="', '">="').replace('"yes"', "1"),
        "advice.when.all.question: 'told' stands on a discreet page",
    ),
    (page("topic", ILL) + advice("ill") + advice("ill"), "advice.code: 'now' is used twice"),
    (page("topic", ILL) + advice("ill").replace("call_now", "soon"), "'soon' is none of ambulance, call_now"),
    (page("topic", ILL) + advice("ill").replace('say = "血が出ています"\n', ""), "advice.say: is missing"),
    (page("topic", ILL) + aged('level_before = "C"'), "concern.level_before: needs from_months"),
    (page("topic", ILL) + aged("from_months = 0"), "concern.from_months: must be a whole number from 1"),
    (page("topic", ILL) + aged("from_months = 4", 'level_before = "B"'), "level_before: is the level itself"),
    (
        page("topic", ILL) + derived('rule = "count"', 'of = ["ill"]', 'value = "yes"', code="ill"),
        "derived.code: 'ill' is used already in line 8",
    ),
    (
        page("topic", ILL) + derived('rule = "count"', 'of = ["ill"]', 'value = "yes"', code="age_months"),
        "derived.code: 'age_months' is the name of a fact",
    ),
    (page("topic", ILL) + derived('rule = "mean"', 'of = ["ill"]'), "derived.rule: 'mean' is none of count"),
    (page("topic", ILL) + derived('rule = "count"', 'of = ["ill"]'), "derived.value: is missing"),
    (
        page("topic", ILL) + derived('rule = "count"', 'of = ["ill"]', 'value = "often"'),
        "derived.value: 'ill' cannot be answered with 'often'",
    ),
    (
        page("topic", ILL) + derived('rule = "count"', 'of = ["other"]', 'value = "yes"'),
        "16 derived.of: 'other' is no question of this part",
    ),
    (page("topic", ILL) + derived('rule = "sum"', 'of = ["ill"]'), "derived.weights: is missing"),
    (
        page("topic", ILL) + derived('rule = "sum"', 'of = ["ill"]', "weights = { often = 1 }"),
        "derived.weights.often: none of its questions can be answered with 'often'",
    ),
    (
        page("topic", ILL) + derived('rule = "sum"', 'of = ["ill"]', "weights = { yes = -1 }"),
        "derived.weights.yes: must be a whole number from 0",
    ),
    (
        page("topic", ILL) + derived('short = "点"', 'rule = "sum"', 'of = ["ill"]', "weights = { yes = 1 }"),
        "derived.short: must be empty: a sum is never shown",
    ),
    (
        page("topic", ILL) + derived('rule = "bmi"', 'of = ["ill"]', "weights = { yes = 1 }"),
        "derived.weights: does not go with the rule bmi",
    ),
    (page("topic", N) + derived('rule = "bmi"', 'of = ["n"]'), "derived.of: needs two questions: [height_cm"),
    (
        page("topic", N, ILL) + derived('rule = "bmi"', 'of = ["n", "ill"]'),
        "derived.of: 'ill' is of the kind yes_no: bmi cannot use it",
    ),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_is_told_with_its_line(text: str, fault: str) -> None:
    found = faults_of(HEAD + text)
    assert any(fault in one for one in found), found


def test_a_comparison_beyond_what_a_number_can_be_is_told() -> None:
    text = HEAD + page("topic", ILL) + derived('rule = "count"', 'of = ["ill"]', 'value = "yes"')
    assert isinstance(read_part(NAME, (text + concern("c", "few", ">=", "1")).encode()), Part)
    (fault,) = faults_of(text + concern("c", "few", ">=", "2"))
    assert fault == "20 concern.when.all.value: 'few' is never 2: its bounds are 0 to 1"


def test_a_derived_number_shows_no_question() -> None:
    number = derived('rule = "count"', 'of = ["ill"]', 'value = "yes"')
    (fault,) = faults_of(HEAD + page("topic", ILL, question("b", "yes_no", shown("few", ">", "0"))) + number)
    assert "'few' is no question of this part: shown_when needs an earlier question" in fault
