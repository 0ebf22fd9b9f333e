"""``python -m tests.bench [--sample] [--language vi]``: where the cost lies, then one line of JSON."""

import argparse
import cProfile
import json
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import redirect_stderr
from pathlib import Path

from tests.bench.counted import SUBMISSIONS
from tests.bench.counting import function_calls, has_valgrind, instructions
from tests.bench.handlers import (
    Call,
    ask_hello,
    ask_page,
    hello_app,
    measured_app,
    page_text,
    submit_next,
)
from tests.bench.prepared import count_submitted, prepare_site, read_asking
from tests.support.server import PROJECT

AIMS: Mapping[str, float] = {"page": 4.0, "submit": 8.0}
"""How many bare hellos a request may cost."""
SAMPLES = 20
PROFILED = 60
LINES_SHOWN = 30


def main(arguments: list[str]) -> int:
    """The measurement, done and told; 0 when every answer was right and no aim was missed."""
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--sample", action="store_true", help="seconds: counts function calls, no aims")
    parser.add_argument("--language", default="vi")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="monshin-bench-") as folder,
        Path(os.devnull).open("w") as nowhere,
        redirect_stderr(nowhere),  # the log is written, and paid for, but not shown
    ):
        told = measure(Path(folder), options.language, is_sample=options.sample)
    told["seconds"] = round(time.monotonic() - started, 1)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0 if told["good"] else 1


def measure(folder: Path, language: str, *, is_sample: bool) -> dict[str, object]:
    """Costs, their ratios to the hello, and what is wrong."""
    is_counted = has_valgrind() and not is_sample
    sampled = 2 * (SAMPLES + 1) + PROFILED
    submissions = SUBMISSIONS + PROFILED if is_counted else sampled
    prepare_site(folder, language, submissions)
    if is_counted:
        costs = instructions(folder, "hello", ["hello"])
        costs |= instructions(folder, str(folder), ["page", "submit"])
        done = SUBMISSIONS
    else:
        costs, done = _function_calls(folder)
    problems = check_answers(folder)
    if not is_sample:
        done += show_profile(folder, done)
    submitted = count_submitted(measured_app(folder), read_asking(folder)[0])
    if submitted != done:
        problems.append(f"{done} submits were acknowledged, {submitted} are there")
    ratios = {name: round(cost / costs["hello"], 2) for name, cost in costs.items() if name != "hello"}
    if is_counted:
        problems += [
            f"{name}: {ratios[name]} hellos, aim {aim}" for name, aim in AIMS.items() if ratios[name] > aim
        ]
    told: dict[str, object] = {"good": not problems, "problems": problems, "language": language}
    told |= {"unit": "instructions" if is_counted else "function calls", "costs": costs, "ratios": ratios}
    told |= {"aims": dict(AIMS), "submitted": submitted}
    if not is_counted and not is_sample:
        told["skipped"] = "valgrind is missing"
    return told


def _function_calls(folder: Path) -> tuple[dict[str, int], int]:
    """What each handler costs in calls of functions, and how many submits that took."""
    first, _second = read_asking(folder)
    application = measured_app(folder)
    calls: dict[str, Call] = {
        "hello": ask_hello(hello_app()),
        "page": ask_page(application, first),
        "submit": submit_next(application, first),
    }
    return {name: function_calls(call, SAMPLES) for name, call in calls.items()}, SAMPLES + 1


def check_answers(folder: Path) -> list[str]:
    """Two persons in turn: each reads her own words, never the other's; nothing is cached by person."""
    first, second = read_asking(folder)
    application = measured_app(folder)
    problems = []
    for own, foreign in ((first, second), (second, first), (first, second)):
        text = page_text(application, own)
        if own.words not in text or foreign.words in text or f"/{own.page.split('/')[2]}/" not in text:
            problems.append(f"{own.persona} does not read her own page")
    return problems


def show_profile(folder: Path, from_visit: int) -> int:
    """Prints where page and submit spend their time, ours and the libraries'; how many submits it took."""
    first, _second = read_asking(folder)
    application = measured_app(folder)
    calls = {"page": ask_page(application, first), "submit": submit_next(application, first, from_visit)}
    for name, call in calls.items():
        call()
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(PROFILED - 1):
            call()
        profile.disable()
        print(f"-- {name}: share of the whole with everything called from there, by itself, calls each")
        for line in _top(profile):
            print(line)
    return PROFILED


def _top(profile: cProfile.Profile) -> list[str]:
    """The costliest functions, one line each."""
    rows = pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]  # not in the stubs
    whole = max(row[3] for _, row in rows)
    lines = [
        (
            with_called,
            f"{with_called / whole:6.1%} {own / whole:6.1%} {count / (PROFILED - 1):8.1f}  {_place(where)}",
        )
        for where, (_, count, own, with_called, _) in rows
    ]
    return [line for _, line in sorted(lines, reverse=True)[:LINES_SHOWN]]


def _place(where: tuple[str, int, str]) -> str:
    path, line, function = where
    short = path.removeprefix(f"{PROJECT}/").rpartition("site-packages/")[2]
    return f"{short}:{line} {function}" if line else function


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
