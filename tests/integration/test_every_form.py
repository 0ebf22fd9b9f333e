"""Every form of every page of the census takes whatever anybody sends: an answer, never a breakdown."""

from random import Random

from tests.support.browser_walk import pages_in
from tests.support.journey import Form, forms_of
from tests.support.reaches import go
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


def test_every_form_takes_whatever_is_sent(town: Town) -> None:
    random, sent_in_all, broken = Random(20261122), 0, []  # noqa: S311  no secret
    town.language = "ja"
    for reach in list(pages_in(town, "ja")):
        if reach.status != 200 or reach.before:
            continue
        page, journey = go(town, reach), town.seat(reach.role)[1]
        for name, form in forms_of(page):
            if form.action.startswith(ENDS_THE_SESSION):
                continue
            for _ in range(TRIES):
                answer = journey.post(form.action, sent(form, random))
                sent_in_all += 1
                if answer.status >= 500:
                    broken.append(f"{reach.name} {name} {form.action}: {answer.status}")
    assert not broken
    assert sent_in_all > 200
