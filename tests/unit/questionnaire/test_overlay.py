"""Overlays: what a municipality may change, and how its files are read."""

import pytest

from app.questionnaire.definition import Library
from app.questionnaire.overlay import Overlay, overlaid, overlaid_programme
from app.questionnaire.overlay_file import prefix_of
from app.questionnaire.reading import read_library, read_overlay
from tests.unit.questionnaire.overlays import ADD, PART, asked, files, read, rows
from tests.unit.questionnaire.writing import HEAD, overlay, page, question


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


def test_a_question_is_hidden_together_with_what_hangs_on_it() -> None:
    part = asked(read('[[hide]]\nquestion = "asked_on"\n[[hide]]\nquestion = "follow"\n'))
    assert not {"asked_on", "follow"} & set(rows(part)["topic"])


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
