"""How every page of the clinic's counter, and of the development login, is reached."""

from collections.abc import Callable

from app.visit.limits import BIRTH_DATE_PER_PASS, DIGITS_PER_STAFF, LOGIN_PER_ADDRESS, TERMINAL_CODE, Limit
from tests.support.journey import Fields
from tests.support.reaches import Reach
from tests.support.reaches_parent import NOTHING
from tests.support.town import Town

ADDRESS = "127.0.0.1"
WRONG: Fields = {"login": "midori-nurse", "password": "not-her-password", "code": "000000"}
MISREAD: Fields = {"code": "8101" + "1" * 41}
STAND_IN = "/stand-in/api/realms/main/protocol/openid-connect/auth"
NO_DATE = {"birth_date-year": "2025", "birth_date-month": "2", "birth_date-day": "30"}
BAD_SCORE: Fields = {"total": "1234", "critical": "<9>"}
SHEETS = ("received", "received_answered", "received_alarming", "closed", "papers", "scored")


def exhausted(limit: Limit, key: str) -> Callable[[Town], None]:
    """No further try is allowed for a while."""
    return lambda town: town.exhaust(limit, key)


def _no_more_scans(town: Town) -> None:
    secret = town.site.store.staff_secrets.find("midori-reception")
    assert secret is not None
    town.exhaust(DIGITS_PER_STAFF, secret.staff.id)


def _no_more_birth_dates(town: Town) -> None:
    town.exhaust(BIRTH_DATE_PER_PASS, town.id_of("guessed"))


def scan_of(name: str, **more: str) -> Callable[[Town], Fields]:
    """The digits of that visit, with what is entered beside them."""
    return lambda town: {"code": town.mother.digits(town.visit(name)), **more}


def clinic_reaches() -> tuple[Reach, ...]:
    """Every one of them."""
    return (*SIGNING_IN, *RECEPTION, *_sheets(), *PAPERS, *REFUSED, *LIMITS)


def _sheets() -> tuple[Reach, ...]:
    """What reception, nurse and doctor see of a visit in every state."""
    roles = ("reception", "nurse", "doctor")
    return tuple(Reach(role, state, f"/clinic/visits/{state}") for state in SHEETS for role in roles)


SIGNING_IN = (
    Reach("anonymous", "first visit", "/clinic/login"),
    Reach("nurse", "signed in", "/clinic/login"),
    Reach("anonymous", "wrong", "/clinic/login", 422, WRONG, form="/clinic/login"),
    Reach("anonymous", "not enrolled", "/clinic/terminal"),
    Reach("nurse", "enrolled", "/clinic/terminal"),
    Reach("anonymous", "wrong code", "/clinic/terminal", 422, {"code": "AAAA"}, form="/clinic/terminal"),
    Reach("administrator", "signed in", "/clinic"),
    Reach("nurse", "signed in", "/clinic"),
    Reach("anonymous", "sent to sign in", "/reception"),
    Reach("no_terminal", "sent to the terminal", "/reception"),
    Reach("anonymous", "sent to sign in", "/clinic/visits/received"),
    Reach("anonymous", "development login refused", STAND_IN, 400),
    Reach("anonymous", "development login", "/start", 200, NOTHING),
)
RECEPTION = (
    Reach("quiet_desk", "nobody yet", "/reception"),
    Reach("reception", "a full board", "/reception"),
    Reach("nurse", "a full board", "/reception"),
    Reach("reception", "nothing typed", "/reception", 422, NOTHING),
    Reach("reception", "misread", "/reception", 422, MISREAD),
    Reach("reception", "another product", "/reception", 422, {"code": "4901234567894"}),
    Reach("reception", "mistyped", "/reception", 422, {"code": "ABCDE-FGHJ0"}),
    Reach("reception", "japanese input", "/reception", 422, {"code": "ちかのなちみ"}),
    Reach("reception", "opens nothing", "/reception", 422, scan_of("foreign_received")),
    Reach("reception", "birth date needed", "/reception", 422, scan_of("undated")),
    Reach("reception", "wrong birth date", "/reception", 422, scan_of("undated", birth_date="2020-01-01")),
    Reach("reception", "no date", "/reception", 422, scan_of("undated", **NO_DATE)),
    Reach("reception", "received again", "/reception", 200, scan_of("received")),
    Reach("nurse", "received again", "/reception", 200, scan_of("received_alarming")),
)
PAPERS = (
    Reach("nurse", "no figure", "/clinic/visits/papers", 422, NOTHING, "/scores"),
    Reach("doctor", "figures out of range", "/clinic/visits/scored", 422, BAD_SCORE, "/scores"),
    Reach("nurse", "no such paper", "/clinic/visits/papers", 422, {"instrument": "sdq"}, "/scores"),
)
REFUSED = (
    Reach("administrator", "wrong role", "/reception", 403),
    Reach("administrator", "wrong role", "/clinic/visits/received", 403),
    Reach("elsewhere", "another clinic", "/clinic/visits/received", 404),
    Reach("nurse", "not received", "/clinic/visits/submitted", 404),
    Reach("nurse", "absent", "/clinic/visits/absent", 404),
    Reach("nurse", "old page", "/clinic/visits/received/close", 400, NOTHING, is_bare=True),
    Reach("reception", "old page", "/reception", 400, MISREAD, is_bare=True),
)
LIMITS = (
    Reach(
        "anonymous", "too many tries", "/start", 429, NOTHING, before=exhausted(LOGIN_PER_ADDRESS, ADDRESS)
    ),
    Reach(
        "anonymous",
        "too many tries",
        "/clinic/login",
        429,
        WRONG,
        "/clinic/login",
        before=exhausted(LOGIN_PER_ADDRESS, f"clinic:{ADDRESS}"),
    ),
    Reach(
        *("anonymous", "too many tries", "/clinic/terminal", 429, {"code": "AAAA"}, "/clinic/terminal"),
        before=exhausted(TERMINAL_CODE, ADDRESS),
    ),
    Reach(
        *(
            "reception",
            "too many birth dates",
            "/reception",
            429,
            scan_of("guessed", birth_date="2020-01-01"),
        ),
        before=_no_more_birth_dates,
    ),
    Reach("reception", "too many scans", "/reception", 429, scan_of("received"), before=_no_more_scans),
)
