"""What a municipality may never change, each told at the line of its overlay."""

import pytest

from app.questionnaire.reading import read_library
from tests.unit.questionnaire.overlays import ADD, files
from tests.unit.questionnaire.writing import OVERLAY_NAME, shown


def faults(body: str) -> list[str]:
    found = read_library(files(body))
    assert isinstance(found, tuple), "no fault was found"
    assert {fault.path for fault in found} == {OVERLAY_NAME}
    return [f"{fault.line} {fault.key}: {fault.message}" for fault in found]


CORE = [
    ("on_paper", "it stands on the official form (2a)"),
    ("shock", "it asks for a danger"),
    ("marked", "it is marked core"),
    ("whose", "it is one of the subject's own facts"),
    ("indicator", "it is counted in the whole country"),
    ("raises", "the concern 'c' hangs on it"),
    ("told", "the concern 'p' of 'mr-1' hangs on it"),
    ("counted", "the number 'n' hangs on it"),
    ("asked_on", "the question 'follow' hangs on it"),
]


@pytest.mark.parametrize(("code", "why"), CORE)
def test_a_core_item_is_never_hidden(code: str, why: str) -> None:
    told = f"can never be hidden: {why}"
    assert faults(f'[[hide]]\nquestion = "{code}"\n') == [f"6 hide.question: {code!r} {told}"]


def test_a_page_with_a_core_item_is_never_hidden() -> None:
    assert faults('[[hide]]\npage = "formal"\n') == [
        "6 hide.page: 'marked' can never be hidden: it is marked core",
        "6 hide.page: 'on_paper' can never be hidden: it stands on the official form (2a)",
    ]


DISCREET = "'home' is a discreet page, which a municipality never changes"
ORDERED = '[[order]]\npage = "topic"\nquestions = '
LIMITS = [
    ('[[hide]]\nquestion = "hit"\n', f"6 hide.question: {DISCREET}"),
    ('[[hide]]\npage = "home"\n', f"6 hide.page: {DISCREET}"),
    ('[[hide]]\nquestion = "nothing"\n', "6 hide.question: there is no question 'nothing'"),
    ('[[hide]]\nquestion = "last"\npage = "home"\n', "5 hide: needs exactly one of question, page"),
    ('[[hide]]\nconcern = "c"\nquestion = "last"\n', "6 hide.concern: a municipality never changes this"),
    ('[[rename]]\npage = "home"\ntext = "x"\n', f"6 rename.page: {DISCREET}"),
    ('[[rename]]\nquestion = "hit"\ntext = "x"\n', f"6 rename.question: {DISCREET}"),
    ('[[rename]]\npage = "danger"\ntext = "x"\n', "6 rename.page: 'danger' keeps its title: it asks for"),
    (
        '[[rename]]\nquestion = "on_paper"\ntext = "x"\n',
        "6 rename.question: 'on_paper' keeps its words: it stands on the official form (2a)",
    ),
    (
        '[[rename]]\nquestion = "indicator"\nchoice = "a"\ntext = "x"\n',
        "6 rename.question: 'indicator' keeps its words: it is counted in the whole country",
    ),
    (
        '[[rename]]\nquestion = "renamed"\nchoice = "z"\ntext = "x"\n',
        "7 rename.choice: 'renamed' has no choice 'z'",
    ),
    ('[[rename]]\nquestion = "renamed"\n', "5 rename: says no other words"),
    ('[[rename]]\npage = "topic"\nhint = "x"\n', "7 rename.hint: goes with a question only"),
    (
        '[[rename]]\nquestion = "free"\ntext = "x"\nprivacy = "P0"\n',
        "8 rename.privacy: a municipality never changes this",
    ),
    (
        '[[rename]]\nquestion = "free"\ntext = "x"\nkind = "text"\n',
        "8 rename.kind: a municipality never changes this",
    ),
    ('[[concern]]\ncode = "c"\n', "5 concern: a municipality never changes this"),
    (f'{ORDERED}["free"]\n', "7 order.questions: leaves out renamed, asked_on, follow, counted, raises"),
    (
        ORDERED + '["free", "renamed", "follow", "asked_on", "counted", "raises"]\n',
        "5 order: 'follow' hangs on asked_on, which must come before it",
    ),
    (
        ORDERED + '["free", "renamed", "asked_on", "follow", "counted", "raises", "last"]\n',
        "7 order.questions: names what is not asked there: last",
    ),
    ('[[order]]\npage = "home"\nquestions = ["hit"]\n', f"6 order.page: {DISCREET}"),
    ('[[order]]\npart = "other"\npages = ["x"]\n', "6 order.part: there is no part 'other'"),
    (
        ADD.replace("m999999_own", "own"),
        "11 add.question.code: 'own' must begin with 'm999999_': it is the municipality's own",
    ),
    (ADD.replace("m999999_page", "page"), "8 add.code: 'page' must begin with 'm999999_'"),
    (ADD.replace('"topic"', '"nowhere"'), "7 add.after: 'nowhere' is no page of 'vaccination-core' here"),
    (ADD.replace("vaccination-core", "other"), "6 add.part: there is no part 'other'"),
    (ADD + 'paper = "3"\n', "16 add.question.paper: 'm999999_own' is the municipality's own"),
    (ADD + "core = true\n", "16 add.question.core: 'm999999_own' is the municipality's own"),
    (ADD + ADD, "19 add.code: 'm999999_page' is used already in line 8"),
    (
        ADD + shown("last") + "\n",
        "16 add.question.shown_when: 'm999999_own' hangs on last, which must come before it",
    ),
    (ADD + shown("free", "=", "3") + "\n", "shown_when.all.value: does not fit the kind yes_no of 'free'"),
    (
        '[[hide]]\nquestion = "free"\n' + ADD + shown("free") + "\n",
        "18 add.question.shown_when: 'm999999_own' hangs on free, which must come before it",
    ),
    ('[[programme]]\ncode = "bcg-1"\nattends = "x"\n', "6 programme.code: there is no programme 'bcg-1'"),
    (
        '[[programme]]\ncode = "mr-1"\nattends = "x"\nparts = ["x"]\n',
        "8 programme.parts: a municipality never changes this",
    ),
    ('[[programme]]\ncode = "mr-1"\n', "5 programme: says nothing: bring_add or attends"),
]


@pytest.mark.parametrize(("body", "fault"), LIMITS)
def test_a_limit_is_told_at_its_line(body: str, fault: str) -> None:
    found = faults(body)
    assert any(fault in one for one in found), found
