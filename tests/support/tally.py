"""What a run really did: tests per engine, pages checked. The gate refuses a run that checked nothing.

Workers count for themselves; the controller adds their counts and writes them to ``--tally FILE``.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.database import ENGINES

Tally = Counter[str]
PARAMETERS = re.compile(r"\[(.+)\]$")
WORKER_KEY = "tally"


class WorkerNode(Protocol):
    """A finished worker, as pytest-xdist hands it over."""

    workeroutput: Mapping[str, Mapping[str, int]]


class Counting:
    """The plugin of one process."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.counts: Tally = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The controller counts each test once, by outcome and engine."""
        is_worker = hasattr(self.config, "workerinput")
        if is_worker or not (report.when == "call" or report.failed):
            return
        self.counts[report.outcome] += 1
        for engine in engines_in(report.nodeid):
            self.counts[f"tests_{engine}"] += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: WorkerNode) -> None:
        """A worker's counts join ours."""
        self.counts.update(getattr(node, "workeroutput", {}).get(WORKER_KEY, {}))

    def pytest_sessionfinish(self) -> None:
        """The counts reach the controller, or the file."""
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[WORKER_KEY] = dict(self.counts)
        elif path := self.config.getoption("--tally"):
            Path(path).write_text(json.dumps(self.counts), encoding="utf-8")


def engines_in(nodeid: str) -> list[str]:
    """The engines named in a test's parameters: ``test_x[sqlite-3]`` gives ``["sqlite"]``."""
    found = PARAMETERS.search(nodeid)
    return [engine for engine in ENGINES if found and engine in found[1].split("-")]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--tally FILE``."""
    parser.addoption("--tally", default=None, help="write the counts of this run to a JSON file")


def pytest_configure(config: pytest.Config) -> None:
    """Every process counts."""
    config.pluginmanager.register(Counting(config), "tally")


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """The counter of this process: ``tally["pages_checked"] += 1``."""
    plugin = pytestconfig.pluginmanager.get_plugin("tally")
    assert isinstance(plugin, Counting)
    return plugin.counts
