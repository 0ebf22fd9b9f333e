"""Counting what a call costs: instructions by valgrind, or functions called by the interpreter's hook."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.counted import MARK, MORE, SOME
from tests.bench.handlers import Call
from tests.support.server import PROJECT

TIMEOUT_SECONDS = 500
_TOTAL = re.compile(r"^(?:totals|summary): (\d+)", re.MULTILINE)


class CountingError(Exception):
    """The counted process failed; the message ends with what it said."""


def has_valgrind() -> bool:
    """Whether instructions can be counted here."""
    return shutil.which("valgrind") is not None


def instructions(folder: Path, what: str, names: Sequence[str]) -> dict[str, int]:
    """Instructions of one call of each handler in this order. Errors: CountingError."""
    out = folder / f"callgrind.{'-'.join(names)}"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", f"--dump-before={MARK}"]
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.bench.counted", what],
        cwd=PROJECT,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode:
        raise CountingError(done.stderr[-3000:])
    # The first dump is the start-up, then one for each run between two marks.
    runs = [_total(out.with_name(f"{out.name}.{number}")) for number in range(2, 2 + 2 * len(names))]
    return {
        name: (more - some) // (MORE - SOME)
        for name, some, more in zip(names, runs[::2], runs[1::2], strict=True)
    }


def _total(dump: Path) -> int:
    found = _TOTAL.search(dump.read_text("utf-8", "replace"))
    if found is None:
        raise CountingError(f"{dump.name} has no total")
    return int(found[1])


def function_calls(call: Call, count: int = 20) -> int:
    """How many Python and C functions one call runs: steadier than time, quick, no tool needed."""
    call()
    seen = 0

    def hook(_frame: object, event: str, _argument: object) -> None:
        nonlocal seen
        seen += event in {"call", "c_call"}

    sys.setprofile(hook)
    try:
        for _ in range(count):
            call()
    finally:
        sys.setprofile(None)
    return seen // count
