"""The runner itself keeps the rules: no foreign sockets, warnings are errors, an empty run is a failure."""

import os
import socket
import sys
import warnings
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.support.axe import EXCEPTIONS
from tests.support.chromium import Chromium, ChromiumMissingError, search
from tests.support.gate import CONTRACTS, Outcome, Step, nothing_checked, report, run_step
from tests.support.server import ServerNotReadyError, demo_server
from tests.support.tally import engines_in

DOCUMENTATION_ADDRESS = "192.0.2.1"  # RFC 5737: belongs to nobody


def test_socket_when_it_leaves_the_machine_is_blocked() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection((DOCUMENTATION_ADDRESS, 80), timeout=1)


def test_socket_when_it_stays_on_the_machine_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_warning_when_given_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("planted", stacklevel=1)


def test_environment_when_a_test_runs_has_none_of_our_settings() -> None:
    assert not [
        name for name in os.environ if name in ("APP_MODE", "DATABASE_URL") or name.startswith("OIDC_")
    ]


@pytest.mark.parametrize(
    ("nodeid", "engines"),
    [
        ("tests/a.py::test_x[sqlite]", ["sqlite"]),
        ("tests/a.py::test_x[1-postgresql-b]", ["postgresql"]),
        ("tests/a.py::test_sqlite", []),
        ("tests/a.py::test_x[sqlite3]", []),
    ],
    ids=["alone", "among others", "in the name", "similar"],  # or this test itself would be counted
)
def test_engines_when_read_from_a_test_are_its_parameters(nodeid: str, engines: list[str]) -> None:
    assert engines_in(nodeid) == engines


def test_gate_when_nothing_was_checked_says_what_is_missing() -> None:
    assert len(nothing_checked({})) == 4 + len(EXCEPTIONS)
    checked = {"tests_sqlite": 1, "tests_postgresql": 1, "pages_checked": 1, "axe_pages": 1}
    assert len(nothing_checked(checked)) == len(EXCEPTIONS)


def test_gate_when_a_step_fails_reports_it(capfd: pytest.CaptureFixture[str]) -> None:
    bad = run_step(Step("bad", (sys.executable, "-c", "print('said'); raise SystemExit(3)")))
    good = Outcome(Step("good", ()), 0.5, is_good=True, output="Contracts: 9 kept, 0 broken.")
    told = report("check", [bad, good], {"passed": 3})
    assert "said" in capfd.readouterr().out
    assert told["problems"] == ["bad failed"]
    assert told["good"] is False
    assert told["contracts_kept"] == 9
    assert CONTRACTS.search(good.output)


def test_search_when_a_browser_does_not_start_takes_the_next() -> None:
    broken = Chromium("/bin/false", "planted: libraries missing")
    works = Chromium("/bin/true", "planted: works")
    assert search((lambda: None, lambda: broken, lambda: works)) == works


def test_search_when_there_is_no_browser_says_what_to_do() -> None:
    with pytest.raises(ChromiumMissingError, match="playwright install chromium"):
        search((lambda: None, lambda: None))


def test_server_when_it_does_not_start_shows_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerNotReadyError, match=r"ended with \d+"),
        demo_server(tmp_path, APP_MODE="no mode"),
    ):
        pass
