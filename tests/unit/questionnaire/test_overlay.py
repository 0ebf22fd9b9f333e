"""Overlays: what a municipality may change, and every limit it meets."""

import pytest

from app.questionnaire.definition import Library, Part
from app.questionnaire.overlay import Overlay, overlaid, overlaid_programme
from app.questionnaire.overlay_file import prefix_of
from app.questionnaire.reading import read_library, read_overlay
from tests.unit.questionnaire.writing import (
    HEAD,
    NAME,
    OVERLAY_NAME,
    SOURCE,
    concern,
    overlay,
    page,
    programme,
    question,
    shown,
    two,
)

OWN = 'code = "m999999_own"\nkind = "yes_no"\ntext = "ありますか"\nshort = "有無"\n' + SOURCE
ADD = (
    '[[add]]\npart = "vaccination-core"\nafter = "topic"\ncode = "m999999_page"\ntitle = "町"\n'
    f"[[add.question]]\n{OWN}"
)
DERIVED = '[[derived]]\ncode = "n"\nshort = "数"\nrule = "count"\nof = ["counted"]\nvalue = "yes"\n'
PART = (
    HEAD
    + page(
        "topic",
        question("free"),
        question("renamed", "choice", two("a", "b")),
        question("asked_on"),
        question("follow", "yes_no", shown("asked_on")),
        question("counted"),
        question("raises"),
    )
    + page(
        "formal", question("on_paper", "yes_no", 'paper = "2a"'), question("marked", "yes_no", "core = true")
    )
    + page(
        "counting",
        question(
            "indicator",
            "choice",
            'choices = [{ code = "a", text = "x", number = 1 }, { code = "b", text = "y", number = 2 }]',
        ),
        question("whose", "text", 'origin = "subject.name"'),
    )
    + page("danger", question("shock", "yes_no", "danger = true"))
    + page("home", question("hit", "yes_no", 'privacy = "P1"', 'fresh = "visit"')).replace(
        'title = "話題"\n', 'title = "話題"\ndiscreet = true\n'
    )
    + page("last_page", question("last"), question("told"))
    + DERIVED
    + concern("c", "raises")
)


def files(body: str, part: str = PART) -> dict[str, bytes]:
    named = {
        NAME: part,
        "programmes/mr/v1.toml": programme("mr", '"vaccination-core"', concern("p", "told")),
        OVERLAY_NAME: overlay(body),
    }
    return {name: text.encode() for name, text in named.items()}


def read(body: str) -> Library:
    library = read_library(files(body))
    assert isinstance(library, Library), library
    return library


def faults(body: str) -> list[str]:
    found = read_library(files(body))
    assert isinstance(found, tuple), "no fault was found"
    assert {fault.path for fault in found} == {OVERLAY_NAME}
    return [f"{fault.line} {fault.key}: {fault.message}" for fault in found]


def asked(library: Library) -> Part:
    one = library.overlay_of("999999")
    assert one is not None
    return overlaid(library.newest("vaccination-core"), one)


def rows(part: Part) -> dict[str, list[str]]:
    return {page.code: [question.code for question in page.questions] for page in part.pages}


def test_a_municipality_adds_hides_renames_and_orders() -> None:
    body = (
        '[[hide]]\nquestion = "free"\nreason = "ほかの紙で聞く"\n'
        '[[hide]]\nquestion = "follow"\n'
        '[[rename]]\nquestion = "renamed"\ntext = "町の言い方"\nhint = "補足"\n'
        '[[rename]]\nquestion = "renamed"\nchoice = "b"\ntext = "町のb"\n'
        '[[rename]]\npage = "topic"\ntext = "町の話題"\n'
        '[[order]]\npage = "topic"\nquestions = ["raises", "renamed", "asked_on", "counted"]\n'
        + ADD
        + '[[order]]\npart = "vaccination-core"\n'
        'pages = ["last_page", "topic", "m999999_page", "formal", "counting", "danger", "home"]\n'
        '[[programme]]\ncode = "mr-1"\nbring_add = ["町の紙", "母子健康手帳"]\nattends = "だれでも"\n'
    )
    library = read(body)
    part = asked(library)
    assert list(rows(part).items())[:3] == [
        ("last_page", ["last", "told"]),
        ("topic", ["raises", "renamed", "asked_on", "counted"]),
        ("m999999_page", ["m999999_own"]),
    ]
    renamed = part.pages[1].questions[1]
    assert (part.pages[1].title, renamed.text, renamed.hint, renamed.short) == (
        "町の話題",
        "町の言い方",
        "補足",
        "有無",
    )
    assert [choice.text for choice in renamed.choices] == ["x", "町のb"]
    assert part.overlay is not None
    assert (part.overlay.municipality, part.overlay.version) == ("999999", 1)
    assert part.overlay.pages == {"topic", "m999999_page"}
    told = library.overlay_of("999999")
    assert told is not None
    stage = overlaid_programme(library.programmes["mr-1"], told)
    assert (stage.bring, stage.attends) == (("母子健康手帳", "町の紙"), "だれでも")


def test_what_an_overlay_does_not_mean_stays_the_very_same() -> None:
    library = read('[[hide]]\nquestion = "free"\n')
    one = library.overlay_of("999999")
    assert one is not None
    other = read_library(
        {
            "parts/other/v1.toml": HEAD.replace("vaccination-core", "other").encode()
            + page("other_page", question("other_q")).encode()
        },
        is_whole=False,
    )
    assert isinstance(other, Library)
    untouched = other.newest("other")
    assert overlaid(untouched, one) is untouched
    assert overlaid_programme(library.programmes["mr-1"], one) is library.programmes["mr-1"]


def test_a_page_whose_questions_are_all_hidden_is_gone() -> None:
    body = "".join(f'[[hide]]\nquestion = "{code}"\n' for code in ("spare", "spare_too"))
    part = PART + page("spare_page", question("spare"), question("spare_too"))
    library = read_library(files(body, part))
    assert isinstance(library, Library)
    assert "spare_page" not in rows(asked(library))


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


def test_a_question_is_hidden_together_with_what_hangs_on_it() -> None:
    part = asked(read('[[hide]]\nquestion = "asked_on"\n[[hide]]\nquestion = "follow"\n'))
    assert not {"asked_on", "follow"} & set(rows(part)["topic"])


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


def test_the_name_of_the_file_says_whose_it_is() -> None:
    other = read_overlay("overlays/888888/v2.toml", overlay().encode())
    assert isinstance(other, tuple)
    assert [str(fault).partition("toml:")[2] for fault in other] == [
        "1: municipality: is not the name of its folder, '888888'",
        "2: version: is not the version of its file name, v2",
    ]
    assert prefix_of("999999") == "m999999_"
    assert prefix_of("sample-town") == "sample_town_"


def test_an_older_overlay_is_not_judged_against_newer_parts() -> None:
    found = files('[[hide]]\nquestion = "on_paper"\n')
    newer = overlay('[[hide]]\nquestion = "free"\n').replace("version = 1", "version = 2")
    found["overlays/999999/v2.toml"] = newer.encode()
    library = read_library(found)
    assert isinstance(library, Library)
    one = library.overlay_of("999999")
    assert isinstance(one, Overlay)
    assert one.version == 2


def test_two_municipalities_never_share_a_code() -> None:
    found = files(ADD)
    text = overlay(ADD).replace('"999999"', '"999999-1"').replace("m999999_page", "m999999_1_page")
    found["overlays/999999-1/v1.toml"] = text.encode()
    read_again = read_library(found)
    assert isinstance(read_again, tuple)
    assert any("must begin with 'm999999_1_'" in str(fault) for fault in read_again)


def test_the_parts_of_a_pinned_visit_are_those_of_its_overlay() -> None:
    library = read(ADD)
    pins = (("vaccination-core", 1), ("overlay/999999", 1))
    (part,) = library.pinned_parts(pins)
    assert "m999999_page" in rows(part)
    assert library.pinned_parts(pins[:1]) == (library.newest("vaccination-core"),)
    with pytest.raises(KeyError):
        library.pinned_parts((("vaccination-core", 1), ("overlay/999999", 9)))
