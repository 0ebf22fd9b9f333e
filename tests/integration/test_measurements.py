"""The long measurements notice what they are for; their good samples are steps of `make test`."""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.disk.encodings import ENCODINGS, patterns
from tests.disk.searching import search
from tests.faults.__main__ import faults_of
from tests.faults.family import Tally
from tests.faults.run import Plan, Result
from tests.faults.verdict import Verdict
from tests.support.server import PROJECT

CANARY = "canary-カナリア"
WAYS = {
    "utf-8": CANARY.encode(),
    "utf-16-le": CANARY.encode("utf-16-le"),
    "utf-16-be": CANARY.encode("utf-16-be"),
    "shift_jis": CANARY.encode("cp932"),
    "euc-jp": CANARY.encode("euc_jp"),
    "json": rb"canary-\u30ab\u30ca\u30ea\u30a2",
    "url": b"canary-%E3%82%AB%E3%83%8A%E3%83%AA%E3%82%A2",
    "base64": b"eHhjYW5hcnkt44Kr44OK44Oq44KieHg=",  # of "xx", the canary, "xx"
    "hex": CANARY.encode().hex().encode(),
}


@pytest.mark.faults
def test_faults_when_acknowledged_before_the_commit_fails() -> None:
    told, code = _run("faults", "--sample", "--engines", "sqlite", "--planted", "ack-before-commit")
    assert code == 1
    assert told["good"] is False
    assert told["engines"]["sqlite"]["lost"] > 0


@pytest.mark.parametrize(
    ("tally", "verdict", "kills"),
    [
        (Tally(acknowledged=10, double_taps=2), Verdict(lost=1), 3),
        (Tally(acknowledged=10, double_taps=2), Verdict(duplicated=1), 3),
        (Tally(acknowledged=10, double_taps=2, foreign=1), Verdict(), 3),
        (Tally(acknowledged=10, double_taps=2, errors=1), Verdict(), 3),
        (Tally(acknowledged=10, double_taps=1), Verdict(), 3),
        (Tally(acknowledged=9, double_taps=2), Verdict(), 3),
        (Tally(acknowledged=10, double_taps=2), Verdict(), 2),
    ],
)
def test_faults_when_one_figure_is_wrong_says_which(tally: Tally, verdict: Verdict, kills: int) -> None:
    assert len(faults_of(Result(tally, verdict, kills, 1.0), Plan(submits=10, kills=3))) == 1


def test_faults_when_all_is_well_are_none() -> None:
    tally = Tally(acknowledged=10, double_taps=2)
    assert faults_of(Result(tally, Verdict(), 3, 1.0), Plan(submits=10, kills=3)) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_search_when_a_canary_lies_in_an_encoding_finds_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "file").write_bytes(b"before " + WAYS[encoding] + b" after" + b"\0" * 100)
    found = search([tmp_path], {"name": CANARY})
    assert [(hit.canary, hit.encoding, hit.file) for hit in found.hits] == [("name", encoding, "file")]


def test_search_when_only_keys_hold_a_canary_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "key-ring.json").write_text(CANARY, "utf-8")
    (tmp_path / "other").write_text("nothing", "utf-8")
    assert search([tmp_path], {"name": CANARY}).hits == ()


@pytest.mark.parametrize("before", ["", "x", "xx"])
def test_patterns_when_a_text_is_packed_at_any_place_name_base64(before: str) -> None:
    packed = b64encode(f"{before}{CANARY}xyz".encode())
    assert [name for pattern, name in patterns(CANARY).items() if pattern in packed] == ["base64"]


def _run(module: str, *arguments: str) -> tuple[dict[str, Any], int]:  # Any: JSON
    command = [sys.executable, "-m", f"tests.{module}", *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    return json.loads(done.stdout.splitlines()[-1]), done.returncode


def test_disk_search_when_a_file_ends_with_half_a_letter_still_finds_the_text(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"\1" + "canary-at-the-end".encode("utf-16-le"))
    assert search([tmp_path], {"last": "canary-at-the-end"}).hits


def test_due_measurement_counts_every_child_and_that_history_alone_costs_little() -> None:
    told, code = _run("bench.due", "--children", "120", "--aim-ms", "1000")
    assert code == 0
    assert told["children"] == 120
    assert sum(one["children"] for one in told["by_history"].values()) == 120
    assert all(one["calls"] > 0 for one in told["by_history"].values())
    twenty, forty = told["growth_in_calls"]["+20"], told["growth_in_calls"]["+40"]
    assert 1 < twenty < forty < 1 + 3 * (twenty - 1)  # in step with the history, not with its square


def test_due_measurement_when_the_aim_is_missed_says_so() -> None:
    told, code = _run("bench.due", "--children", "20", "--aim-ms", "0")
    assert (code, told["good"]) == (1, False)
