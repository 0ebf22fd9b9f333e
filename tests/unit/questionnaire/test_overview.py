"""What there is for each programme."""

from dataclasses import replace

from app.questionnaire.definition import Library, Part, Signer, Who
from app.questionnaire.overview import Standing, named_and_absent, standings
from tests.unit.questionnaire.making import SOURCE, ask, page, stage

PAGES = (page(ask("name", origin="subject.name"), ask("ill")), page(ask("born"), code="birth"))
PART = Part("p", 1, "p", PAGES)
SIGNERS = (
    Signer(Who.GUARDIAN, 0, None, "", SOURCE),
    Signer(Who.RECIPIENT, 16, 18, "", SOURCE),
    Signer(Who.RECIPIENT, 18, None, "", SOURCE),
)


def test_each_programme_is_told_in_a_line() -> None:
    mr = replace(stage("mr-1", ("p",)), vaccine="MR", signers=SIGNERS, bring=("handbook", "card"))
    said = replace(mr.explanation, prevents="a", watch="b")
    checkup = replace(mr, code="m3", kind="checkup", vaccine="", explanation=said, without_pages=("birth",))
    library = Library({("p", 1): PART}, {"mr-1": mr, "m3": checkup})
    who = ("guardian", "recipient 16-17", "recipient 18-")
    assert standings(library, {"MR"}) == (
        Standing("m3", 1, True, False, who, 2),
        Standing("mr-1", 2, False, True, who, 2),
    )
    assert [one.schedule for one in standings(library, ())] == [False, False]


def test_what_is_named_and_absent_is_told() -> None:
    mr = replace(stage("mr-1", ("p", "q")), parts_alone=("r",), instruments=("epds",))
    assert named_and_absent(Library({("p", 1): PART}, {"mr-1": mr})) == ["epds", "q", "r"]


def test_what_a_programme_lacks_is_told() -> None:
    library = Library({("p", 1): PART}, {"mr-1": replace(stage("mr-1", ("p",)), vaccine="MR")})
    assert standings(library, {"MR"})[0].holes == ("explanation", "sign", "bring")
    assert "schedule" in standings(library, ())[0].holes
