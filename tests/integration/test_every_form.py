"""Every form of every page of the census takes whatever anybody sends: an answer, never a breakdown."""

from random import Random

from tests.support.browser_walk import pages_in
from tests.support.journey import Form, forms_of
from tests.support.reaches import Reach, go
from tests.support.town import Town
from tests.unit.questionnaire.naughty import NAUGHTY

TEXTS = tuple(
    text
    for text in (*NAUGHTY, "x" * 10_000, "😀" * 500, "１２３", "-1", "9" * 400, "2026-02-30", "null")
    if text.encode("utf-8", "ignore").decode() == text
)
TRIES = 2
ENDS_THE_SESSION = ("/logout", "/language", "/stand-in", "/login")


def sent(form: Form, random: Random) -> dict[str, str | list[str]]:
    """The form with some of its fields and choices replaced; its token stays."""
    fields: dict[str, str | list[str]] = {
        name: value if name == "csrf_token" or random.random() < 0.4 else random.choice(TEXTS)
        for name, value in form.fields.items()
    }
    for name, options in form.options.items():
        fields[name] = [random.choice((*options, *TEXTS)) for _ in range(random.randrange(3))]
    return fields


def tried(town: Town, reach: Reach, random: Random) -> list[int]:
    """The answers to everything that was sent by the forms of a page."""
    page, journey = go(town, reach), town.seat(reach.role)[1]
    forms = [form for _, form in forms_of(page) if not form.action.startswith(ENDS_THE_SESSION)]
    return [journey.post(form.action, sent(form, random)).status for form in forms for _ in range(TRIES)]


def test_every_form_takes_whatever_is_sent(town: Town) -> None:
    random = Random(20261122)  # noqa: S311  no secret
    town.language = "ja"
    reaches = [one for one in pages_in(town, "ja") if one.status == 200 and not one.before]
    answers = {reach.name: tried(town, reach, random) for reach in reaches}
    assert [name for name, statuses in answers.items() if max(statuses, default=0) >= 500] == []
    assert sum(len(statuses) for statuses in answers.values()) > 200
