"""No log line of the whole journey holds an answer, a name, a token, a code, digits or a translated text."""

import logging
import re

import pytest

from tests.support.journey import Parent
from tests.support.reading import digits_in, scanned, short_code_on
from tests.support.site import Site
from tests.support.submitted import TOWN

ANSWER = "卵をたべて三分後に口がはれた"
CHILD = "例示 なないろ"
BIRTH_WEIGHT = "3127"
SECRETS = re.compile(r'name="(?:csrf_token|submission_key|code|state|nonce)" value="([^"]{8,})"')
LEAST_PIECE = 8
PLAIN = frozenset(vars(logging.makeLogRecord({})))


def pieces(text: str) -> set[str]:
    """The text and its longer parts: a leak may be cut."""
    return {
        text,
        *(text[start : start + LEAST_PIECE] for start in range(0, max(1, len(text) - LEAST_PIECE), 4)),
    }


def leaks(records: list[logging.LogRecord], secrets: set[str]) -> list[str]:
    """Every log line that holds one of them, as it is written and with all that hangs on the record."""
    found = []
    for record in records:
        attached = [value for name, value in vars(record).items() if name not in PLAIN or name == "args"]
        line = " ".join((record.name, record.getMessage(), *map(str, attached)))
        found += [f"{record.name}: {secret}" for secret in secrets if holds(line, secret)]
    return found


def holds(line: str, secret: str) -> bool:
    """Whether it is in there; a short number counts only by itself, for addresses hold digits too."""
    if len(secret) >= LEAST_PIECE or not secret.isascii():
        return secret in line
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", line) is not None


@pytest.fixture
def every_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every logger says everything."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def walked(site: Site) -> set[str]:
    """The whole journey, with faults; what of it no log may hold."""
    parent = site.parent("vi")
    parent.sign_in("mother")
    parent.add_child(CHILD)
    visit = parent.prepare(("mr-1",), "midori")
    seen = _fill(parent, visit)
    parent.send(visit)
    seen |= _codes(parent, visit)
    parent.get(f"/visits/{visit}/day")
    parent.submit({"temperature_today": "42.1"})
    parent.submit(
        {"temperature_today": "36.6", "unwell_today": "no", "contact_today": "no", "changed_since": "no"}
    )
    seen |= _at_the_clinic(site, seen, visit)
    parent.get(f"/visits/{visit}/stop")
    parent.submit()
    texts = site.rooms.wording
    vietnamese = texts.languages.named("vi")
    assert vietnamese is not None
    seen |= {texts.say(vietnamese, key) for key in ("pass.heading", "share.what", "looked.nobody")}
    return seen | pieces(ANSWER) | {CHILD, CHILD.split()[1], "見本\u3000花子", "見本 花子", BIRTH_WEIGHT}


def _fill(parent: Parent, visit: str) -> set[str]:
    """Answers every page, once wrongly; the tokens that stood on the pages."""
    page = f"/visits/{visit}/pages/birth"
    parent.get(page)
    tokens = set(SECRETS.findall(parent.page.text))
    parent.submit({"birth_weight": ANSWER})
    told = {"after_birth_problem": "yes", "after_birth_problem-details": ANSWER, "doctor_question": "yes"}
    parent.answer_pages(visit, {"birth_weight": BIRTH_WEIGHT, "doctor_question-details": ANSWER, **told})
    parent.get(f"/visits/{visit}/share")
    return tokens | set(SECRETS.findall(parent.page.text))


def _codes(parent: Parent, visit: str) -> set[str]:
    face = parent.get(f"/visits/{visit}/pass")
    digits, code = digits_in(parent.get(f"/visits/{visit}/pass.png").body), short_code_on(face)
    return {digits, digits[4:43], code, code.replace("-", "")}


def _at_the_clinic(site: Site, seen: set[str], visit: str) -> set[str]:
    desk, doctor = site.staff("reception"), site.staff("doctor")
    digits = next(one for one in seen if len(one) == 45)
    scanned(desk, ANSWER)
    assert scanned(desk, digits).status == 200
    assert doctor.get(f"/clinic/visits/{visit}").status == 200
    rows = [site.login_of("reception"), site.login_of("doctor")]
    return {row[name] for row in rows for name in ("password", "totp_secret")}


def test_logs_of_the_whole_journey_hold_nothing_of_anybody(
    site: Site, every_log: pytest.LogCaptureFixture
) -> None:
    secrets = walked(site)
    assert len(secrets) >= 20
    assert len(every_log.records) >= 50
    assert any("/visits/<visit_id>" in record.getMessage() for record in every_log.records)
    assert leaks(every_log.records, secrets) == []
    assert TOWN not in secrets


def test_law_when_a_leak_is_planted_finds_it(site: Site, every_log: pytest.LogCaptureFixture) -> None:
    parent = site.parent()
    parent.sign_in()
    logging.getLogger("planted").debug("answer %s", ANSWER)
    logging.getLogger("planted").info("page", extra={"typed": {"child_name": CHILD}})
    assert {leak.split(": ")[1] for leak in leaks(every_log.records, {ANSWER, CHILD})} == {ANSWER, CHILD}


def test_fault_inside_the_house_is_logged_without_what_was_typed(
    site: Site, every_log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(f"no room for {ANSWER}")

    parent = site.parent()
    parent.sign_in()
    visit = parent.add_child(CHILD) and parent.prepare(("mr-1",))
    parent.get(f"/visits/{visit}/pages/birth")
    monkeypatch.setattr(type(site.rooms.visits), "save", broken)
    page = parent.submit({"delivery_problem": "yes", "delivery_problem-details": ANSWER})
    assert page.status == 500
    assert ANSWER not in page.text
    assert any("RuntimeError" in record.getMessage() for record in every_log.records)
    assert leaks(every_log.records, pieces(ANSWER) | {CHILD}) == []
