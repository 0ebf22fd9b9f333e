"""Short ways to write a part with everything a municipality may not touch, and overlays of it."""

from app.questionnaire.definition import Library, Part
from app.questionnaire.overlay import overlaid
from app.questionnaire.reading import read_library
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
    + page("home", question("hit", "yes_no", 'privacy = "P1"', 'export = "E0"', 'fresh = "visit"')).replace(
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


def asked(library: Library) -> Part:
    one = library.overlay_of("999999")
    assert one is not None
    return overlaid(library.newest("vaccination-core"), one)


def rows(part: Part) -> dict[str, list[str]]:
    return {page.code: [question.code for question in page.questions] for page in part.pages}
