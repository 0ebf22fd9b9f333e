"""`make check` and `make test`: every step runs, so that one failure does not hide the next.

The last line is JSON. A run that checked nothing is a failure, not a success.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT

from tests.support.axe import stale_exceptions
from tests.support.database import ENGINES
from tests.support.measures import largest

PROJECT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SAMPLED = ("bench", "faults", "disk")
CONTRACTS = re.compile(r"Contracts: (\d+) kept, (\d+) broken")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a gate."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended."""

    step: Step
    seconds: float
    is_good: bool
    output: str


def fast_steps() -> tuple[Step, ...]:
    """Format, lint, types, contracts."""
    return (
        Step("format", (tool("ruff"), "format", "--check", "--quiet", ".")),
        Step("lint", (tool("ruff"), "check", "--quiet", ".")),
        Step("types", (tool("mypy"), "--no-error-summary")),
        Step("contracts", (tool("lint-imports"), "--no-cache")),
    )


def check_steps(tally: Path) -> tuple[Step, ...]:
    """What is run before every commit."""
    return (*fast_steps(), pytest_step(tally, "tests/unit", "tests/laws"))


def test_steps(tally: Path) -> tuple[Step, ...]:
    """What is run before every push."""
    return (*sample_steps(), *fast_steps(), pytest_step(tally, "tests"))


def pytest_step(tally: Path, *places: str) -> Step:
    """Two workers, a module stays on one of them; last, so that its closing lines close the run."""
    existing = [place for place in places if (PROJECT / place).is_dir()]
    options = ("-n", "2", "--dist", "loadfile", "--tally", str(tally))
    return Step("pytest", (sys.executable, "-m", "pytest", *existing, *options))


def sample_steps() -> tuple[Step, ...]:
    """A short sample of every bench and fault entry, for those that exist."""
    return tuple(
        Step(f"{name} sample", (sys.executable, "-m", f"tests.{name}", "--sample"))
        for name in SAMPLED
        if (PROJECT / "tests" / name / "__main__.py").exists() or (PROJECT / "tests" / f"{name}.py").exists()
    )


def tool(name: str) -> str:
    """A command of this environment."""
    return str(BIN / name)


def run_step(step: Step) -> Outcome:
    """The step, done; what it says appears while it runs."""
    print(f"== {step.name}", flush=True)
    started = time.monotonic()
    lines = []
    with subprocess.Popen(
        step.command, cwd=PROJECT, stdout=PIPE, stderr=STDOUT, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            print(line, end="", flush=True)
    return Outcome(step, round(time.monotonic() - started, 1), process.returncode == 0, "".join(lines))


def nothing_checked(counts: Mapping[str, int]) -> list[str]:
    """What a whole run must have done and did not."""
    needed = (*(f"tests_{engine}" for engine in ENGINES), "pages_checked", "axe_pages")
    missing = [f"a whole run needs at least one of {name}" for name in needed if not counts.get(name)]
    return missing + stale_exceptions(Counter(counts))


def report(gate: str, outcomes: list[Outcome], counts: Mapping[str, int]) -> dict[str, object]:
    """The last line: what failed, how long it took, what was counted."""
    problems = [f"{outcome.step.name} failed" for outcome in outcomes if not outcome.is_good]
    problems += nothing_checked(counts) if gate == "test" else []
    contracts = CONTRACTS.search("".join(outcome.output for outcome in outcomes))
    module, function = largest(PROJECT)
    return {
        "gate": gate,
        "good": not problems,
        "problems": problems,
        "seconds": round(sum(outcome.seconds for outcome in outcomes), 1),
        "step_seconds": {outcome.step.name: outcome.seconds for outcome in outcomes},
        "contracts_kept": int(contracts[1]) if contracts else 0,
        "contracts_broken": int(contracts[2]) if contracts else 0,
        "largest_file": f"{module.name} {module.lines}",
        "largest_function": f"{function.name} {function.lines}",
        "counts": dict(counts),
    }


def main(gate: str) -> int:
    """Runs the gate; 0 when everything is good."""
    with tempfile.TemporaryDirectory() as directory:
        tally = Path(directory) / "tally.json"
        steps = test_steps(tally) if gate == "test" else check_steps(tally)
        outcomes = [run_step(step) for step in steps]
        counts = json.loads(tally.read_text(encoding="utf-8")) if tally.exists() else {}
    told = report(gate, outcomes, counts)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0 if told["good"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
