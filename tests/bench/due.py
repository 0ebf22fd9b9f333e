"""``python -m tests.bench.due [--children 10000]``: what one child's timeline costs, as one line of JSON.

Time is the processor's, so that other work on the machine does not count. Growth with the history is counted
in calls of functions, which do not depend on the machine at all. The exit code tells about the aim only.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import mean, median, quantiles

from app.schedule.due import due_vaccines
from app.schedule.rules import Rules
from app.schedule.verdict import Dose
from tests.bench.counting import function_calls
from tests.bench.lives import Child, children
from tests.support.schedule_cases import national_schedule

AIM_MS = 1.0
SEED = 20261122
LENGTHS = (0, 5, 10, 15, 20)
"""Where the buckets of history lengths begin."""
COUNTED = 40
"""How many children of a bucket have their calls counted: every one would take long, and tell the same."""
ADDED = (20, 40)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one child's timeline cost."""

    child: Child
    milliseconds: float


def main(arguments: list[str]) -> int:
    """The measurement, told; 0 when the median keeps the aim."""
    parser = argparse.ArgumentParser(prog="tests.bench.due")
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--aim-ms", type=float, default=AIM_MS)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    rules = national_schedule().rules
    costs = [measured(rules, child) for child in children(rules, options.children, options.seed)]
    told = figures(rules, costs)
    is_kept = median(cost.milliseconds for cost in costs) <= options.aim_ms
    told |= {"aim_ms": options.aim_ms, "good": is_kept, "seconds": round(time.monotonic() - started, 1)}
    print(json.dumps(told), flush=True)
    return 0 if is_kept else 1


def measured(rules: Rules, child: Child) -> Cost:
    """What the timeline of this child costs in processor time."""
    began = time.thread_time_ns()
    due_vaccines(rules, child.facts, child.history, child.today)
    return Cost(child, (time.thread_time_ns() - began) / 1e6)


def figures(rules: Rules, costs: Sequence[Cost]) -> dict[str, object]:
    """Median and 95th percentile, over all and by length of history; calls of functions by length."""
    buckets: dict[int, list[Cost]] = {begins: [] for begins in LENGTHS}
    for cost in costs:
        buckets[max(at for at in LENGTHS if at <= len(cost.child.history))].append(cost)
    by_history = {_named(at): _bucket(rules, many) for at, many in buckets.items() if many}
    return {
        "children": len(costs),
        "ages": len({_age(cost.child) for cost in costs}),
        **_spread(costs),
        "by_history": by_history,
        "growth_in_calls": growth(rules, [cost.child for cost in costs[:COUNTED]]),
    }


def _bucket(rules: Rules, costs: Sequence[Cost]) -> Mapping[str, float]:
    calls = [_calls(rules, cost.child) for cost in costs[:COUNTED]]
    return {"children": len(costs), **_spread(costs), "calls": round(mean(calls))}


def _spread(costs: Sequence[Cost]) -> Mapping[str, float]:
    times = [cost.milliseconds for cost in costs]
    high = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return {"median_ms": round(median(times), 3), "p95_ms": round(high, 3)}


def _calls(rules: Rules, child: Child) -> int:
    def call() -> None:
        due_vaccines(rules, child.facts, child.history, child.today)

    return function_calls(call, 1)


def growth(rules: Rules, some: Sequence[Child]) -> Mapping[str, float]:
    """How many times the calls of the same children and days are needed when the history alone grows.

    Shapes: by so many doses that no rule asks about; twice as many should cost twice as much more.
    """
    before = sum(_calls(rules, child) for child in some)
    return {
        f"+{more}": round(sum(_calls(rules, _with_more(child, more)) for child in some) / before, 2)
        for more in ADDED
    }


def _with_more(child: Child, more: int) -> Child:
    added = (Dose("COVID", child.today - timedelta(days=day + 1)) for day in range(more))
    return replace(child, history=(*child.history, *added))


def _named(begins: int) -> str:
    after = [one for one in LENGTHS if one > begins]
    return f"{begins}-{after[0] - 1}" if after else f"{begins}+"


def _age(child: Child) -> int:
    return (child.today - child.facts.born).days // 365


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
