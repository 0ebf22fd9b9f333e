"""Definition files: what is read, and every fault with its line."""

import hashlib
from decimal import Decimal

import pytest

from app.questionnaire.definition import (
    Behaviour,
    Fresh,
    Kind,
    Level,
    Operator,
    Part,
    Privacy,
)
from app.questionnaire.reading import read_part
from tests.unit.questionnaire.writing import HEAD, NAME, concern, page, question, shown, two


def faults_of(text: str, name: str = NAME) -> list[str]:
    read = read_part(name, text.encode())
    assert isinstance(read, tuple)
    return [f"{fault.line} {fault.key}: {fault.message}" for fault in read]


FULL = (
    HEAD
    + page(
        "illness",
        question(
            "ill",
            "yes_no",
            'fresh = "visit"',
            "unknown = true",
            'privacy = "P1"',
            'export = "E0"',
        ),
        question(
            "ills",
            "choices",
            'choices = [ { code = "cold", text = "かぜ" },',
            '{ code = "none", text = "なし", exclusive = true } ]',
            'details = { when = ["cold"], text = "いつ", required = true }',
            shown("ill"),
        ),
        question("weight", "integer", "hard = [200, 7000]", "soft = [500, 5500.5]", 'unit = "g"'),
    )
    + page("danger", question("shock", "yes_no", "danger = true", 'why = "大切です"'))
    + concern("heavy", "weight", ">", "5000")
)


def test_a_whole_part_is_read() -> None:
    part = read_part(NAME, FULL.encode())
    assert isinstance(part, Part)
    assert (part.code, part.version, part.sha256) == (
        "vaccination-core",
        1,
        hashlib.sha256(FULL.encode()).hexdigest(),
    )
    ill, ills, weight, shock = part.questions
    assert (ill.kind, ill.fresh, ill.privacy, ill.absences) == (
        Kind.YES_NO,
        Fresh.VISIT,
        Privacy.P1,
        ("unknown", "declined"),
    )
    assert ills.options == ("cold", "none")
    assert ills.details is not None
    assert ills.shown_when is not None
    assert ills.shown_when.behaviour is Behaviour.ALL
    assert weight.bounds.soft_high == Decimal("5500.5")
    assert shock.danger
    assert part.concerns[0].level is Level.B
    assert part.concerns[0].when.comparisons[0].operator is Operator.GREATER


ILL = question("ill")
LINES = [
    ("", question("a", "yes_no", "colour = 1"), "12 page.question.colour: is not known here"),
    ("", question("a").replace('short = "有無"\n', ""), "7 page.question.short: is missing"),
    ("", question("a").replace('"有無"', "3"), "11 page.question.short: must be a text"),
    ("", question("a").replace('"有無"', '" "'), "11 page.question.short: must not be empty"),
    ("", question("a", "yesno"), "9 page.question.kind: 'yesno' is none of yes_no,"),
    ("", question("a", "yes_no", 'fresh = "never"'), "12 page.question.fresh: 'never' is none of always"),
    ("", question("a", "yes_no", "required = 1"), "12 page.question.required: must be true or false"),
    ("", question("a").replace('mark = "R"', 'mark = "X"'), "12 page.question.source.mark: 'X' is none of V"),
    ("", question("A-b"), "8 page.question.code: 'A-b' is not spelled like lower_snake"),
    ("", question("a") + ILL.replace("ill", "a"), "14 page.question.code: 'a' is used already in line 8"),
    ("", question("topic"), "8 page.question.code: 'topic' is used already in line 5"),
    (
        "",
        question("a", "yes_no", shown("ill")) + ILL,
        "'ill' stands later: shown_when needs an earlier",
    ),
    ("", question("a", "yes_no", shown("a")), "'a' stands later"),
    ("", question("a", "yes_no", shown("other")), "'other' is no question of this part"),
    (ILL, question("a", "yes_no", shown("ill", "=", '"maybe"')), "'ill' cannot be answered with 'maybe'"),
    (ILL, question("a", "yes_no", shown("ill", "=", '"unknown"')), "'ill' cannot be answered with 'unknown'"),
    (ILL, question("a", "yes_no", shown("ill", "=", "5")), "does not fit the kind yes_no of 'ill'"),
    (ILL, question("a", "yes_no", shown("ill", "=", "true")), "true and false go with exists only"),
    (ILL, question("a", "yes_no", shown("ill", "exists", '"yes"')), "exists needs true or false"),
    (ILL, question("a", "yes_no", shown("ill", ">", '"yes"')), "'>' does not fit the kind yes_no of 'ill'"),
    (ILL, question("a", "yes_no", shown("ill", "~")), "shown_when.all.op: '~' is none of =, !="),
    (ILL, question("a", "yes_no", "shown_when = {}"), "needs exactly one of all, any"),
    (ILL, question("a", "yes_no", "shown_when = { all = [] }"), "shown_when.all: must not be empty"),
    (ILL, question("a", "yes_no", shown("ill", "=", "[1]")), "value: must be a text, a number, a date"),
    (
        question("n", "integer"),
        question("a", "yes_no", shown("n", "=", "1.5")),
        "not fit the kind integer",
    ),
    (question("n", "text"), question("a", "yes_no", shown("n")), "'n' cannot be answered with 'yes'"),
    (question("n", "date"), question("a", "yes_no", shown("n", "<", "3")), "does not fit the kind date"),
    (
        question("n", "date"),
        question("a", "yes_no", shown("n", "<", "2026-01-01T00:00:00")),
        "must be a text",
    ),
    (
        "",
        question("a", "yes_no", two("x", "y")),
        "not go with the kind",
    ),
    ("", question("a", "choice"), "7 page.question.choices: is missing: choice needs it"),
    ("", question("a", "choice", 'choices = [{ code = "x", text = "x" }]'), "needs two choices or more"),
    (
        "",
        question("a", "choices", two("x", "x")),
        "'x' is used twice",
    ),
    (
        "",
        question("a", "choices", two("x", "unknown")),
        "is reserved",
    ),
    (
        "",
        question("a", "yes_no", 'details = { when = ["maybe"], text = "x" }'),
        "'maybe' is no answer",
    ),
    ("", question("a", "yes_no", 'details = { when = [], text = "x" }'), "details.when: must not be empty"),
    ("", question("a", "text", 'details = { when = ["x"], text = "x" }'), "does not go with the kind text"),
    (ILL, question("a", "yes_no", "danger = true"), "page.question.danger: 'a' must be alone on its page"),
    (ILL, question("a", "yes_no", 'fresh = "day"'), "page 'topic' mixes questions of the day with others"),
    ("", "".join(question(f"q{at}") for at in range(7)), "'topic' has 7 questions, more than 6"),
    (
        "",
        question("a", "integer", "hard = [9, 1]"),
        "12 page.question.hard: is upside down: 9",
    ),
    ("", question("a", "integer", "hard = [1]"), "must be two numbers: [lowest, highest]"),
    ("", question("a", "integer", 'hard = [1, "9"]'), "must be two numbers: [lowest, highest]"),
    ("", question("a", "integer", "hard = [0, 5]", "soft = [1, 9]"), "soft: ends above the hard bound 5"),
    ("", question("a", "integer", "hard = [2, 5]", "soft = [1, 4]"), "soft: begins below the hard bound 2"),
    ("", question("a", "text", "hard = [1, 9]"), "hard: does not go with the kind text"),
    ("", question("a", "yes_no", 'unit = "g"'), "unit: does not go with the kind yes_no"),
    ("", question("a", "integer", "max_length = 5"), "max_length: does not go with the kind integer"),
    ("", question("a", "text", "max_length = 0"), "max_length: must be a whole number from 1"),
    ("", question("a", "text", 'origin = "subject.pet"'), "origin: 'subject.pet' is none of subject.name"),
    ("", question("a", "text", 'origin = "subject.birth_date"'), "is of the kind date, not text"),
    ("", question("a", "text", 'offer = "login.shoe"'), "offer: 'login.shoe' is none of login.name"),
    ("", question("a", "yes_no", 'privacy = "P1"'), "export: must be said of an answer that is P1"),
    ("", question("submission_key"), "'submission_key' is the name of another form field"),
    (ILL, concern("c", "ill", "=", '"maybe"'), "'ill' cannot be answered with 'maybe'"),
    (ILL, concern("c", "ill") + concern("c", "ill"), "concern.code: 'c' is used twice"),
    (ILL, concern("c", "ill").replace('"B"', '"Z"'), "concern.level: 'Z' is none of A, B, C"),
]


@pytest.mark.parametrize(("before", "text", "fault"), LINES)
def test_a_fault_is_told_with_its_key_and_line(before: str, text: str, fault: str) -> None:
    found = faults_of(HEAD + page("topic", before, text))
    assert len(found) == 1
    assert fault in found[0]


def test_faults_of_the_file_itself_are_told() -> None:
    body = page("topic", ILL)
    assert faults_of(HEAD) == ["1 page: is missing"]
    assert faults_of(HEAD + "page = []") == ["4 page: must not be empty"]
    assert "2 version: is not the version of its file name, v2" in faults_of(
        HEAD + body, NAME.replace("v1", "v2")
    )
    assert "1 code: is not the name of its folder, 'other'" in faults_of(HEAD + body, "parts/other/v1.toml")
    assert "1 file: must be named <code>/v<version>.toml" in faults_of(HEAD + body, "parts/core.toml")
    camel = HEAD.replace("vaccination-core", "vaccinationCore")
    spelled = faults_of(camel + body, "parts/vaccinationCore/v1.toml")
    assert spelled == ["1 code: 'vaccinationCore' is not spelled like lower-kebab"]


def test_a_file_that_is_no_toml_tells_its_line() -> None:
    assert faults_of('code = "a"\ncode = 1')[0].startswith("2 file: is not TOML")
    assert faults_of('code = "a"\ntitle = """\n')[0].startswith("3 file: is not TOML")
    read = read_part(NAME, b'code = "a"\n\xff')
    assert isinstance(read, tuple)
    assert str(read[0]) == f"{NAME}:2: file: is not UTF-8"


def test_all_faults_are_told_at_once_by_line() -> None:
    text = HEAD + page(
        "topic", question("A", "maybe", "colour = 1"), question("b", "choice", "hard = [2, 1]")
    )
    keys = [line.rpartition(":")[0].split(":")[0] for line in faults_of(text)]
    assert keys == [
        "8 page.question.code",
        "9 page.question.kind",
        "12 page.question.colour",
        "14 page.question.choices",
        "19 page.question.hard",
        "19 page.question.hard",
    ]
