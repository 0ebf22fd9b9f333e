"""The process that valgrind counts: warmed up, then 60 and 160 calls of each handler, a mark before each run.

Run as ``python -m tests.bench.counted hello`` or ``… <folder of prepare_site>``.
"""

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.handlers import Call, ask_hello, ask_page, hello_app, measured_app, submit_next
from tests.bench.prepared import read_asking

MARK = "getloadavg"
"""A function of the C library that nobody else calls: valgrind writes its counts down before it."""
WARM_UP = 10
SOME = 60
MORE = 160
SUBMISSIONS = WARM_UP + SOME + MORE


def handlers(what: str) -> Mapping[str, Call]:
    """The handlers of one process by name."""
    if what == "hello":
        return {"hello": ask_hello(hello_app())}
    first, _second = read_asking(Path(what))
    application = measured_app(Path(what))
    return {"page": ask_page(application, first), "submit": submit_next(application, first)}


def run(calls: Mapping[str, Call]) -> None:
    """Every handler warmed up, then counted twice; a wrong answer ends the process.

    A run is from its mark to the next; each begins with one collection of garbage, so that the
    difference of two runs is nothing but calls.
    """
    for call in calls.values():
        for _ in range(WARM_UP):
            call()
    for call in calls.values():
        for count in (SOME, MORE):
            os.getloadavg()
            gc.collect()
            for _ in range(count):
                call()
    os.getloadavg()


if __name__ == "__main__":
    run(handlers(sys.argv[1]))
