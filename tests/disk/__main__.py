"""``python -m tests.disk [--canary TEXT …]``: canaries planted and searched for, then one line of JSON."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.disk.encodings import ENCODINGS
from tests.disk.planted import missed_in_copy, written_out
from tests.disk.planting import Planting
from tests.disk.searching import Search, search
from tests.faults.engines import fresh_database
from tests.faults.serving import Serving
from tests.support.database import ENGINES


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine showed. Shapes: ``missed`` are planted canaries that the search did not find."""

    canaries: int
    search: Search
    missed: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """The measurement, done and told; 0 when nothing was found but what was planted to be found."""
    parser = argparse.ArgumentParser(prog="tests.disk")
    parser.add_argument("--canary", action="append", default=[], help="a text to plant and search for too")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--sample", action="store_true", help="the same: it takes seconds")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    results = {}
    for engine in options.engines.split(","):
        with tempfile.TemporaryDirectory(prefix="monshin-disk-", ignore_cleanup_errors=True) as folder:
            results[engine] = run_engine(engine, Path(folder), options.canary)
    told = report(results)
    told["seconds"] = round(time.monotonic() - started, 1)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0 if told["good"] else 1


def run_engine(engine: str, folder: Path, extra: Sequence[str]) -> Result:
    """Plants, kills, searches; then proves on a copy that the search can find. Errors: PlantingError."""
    temporary = folder / "tmp"
    temporary.mkdir()
    with fresh_database(engine, folder) as database:
        serving = Serving(folder, database.url, more={"TMPDIR": str(temporary)})
        planting = Planting(serving, extra)
        serving.set_up()
        try:
            serving.start()
            planting.run()
        finally:
            serving.kill()
        written_out(database)
        found = search({folder, database.folder}, planting.canaries)
        missed = missed_in_copy(database, planting.canaries, folder)
    return Result(len(planting.canaries), found, tuple(missed))


def report(results: dict[str, Result]) -> dict[str, object]:
    """The line of JSON: sums over the engines, and what was found where (never the text itself)."""
    hits = [f"{engine}: {hit}" for engine, result in results.items() for hit in result.search.hits]
    missed = [f"{engine}: {one}" for engine, result in results.items() for one in result.missed]
    for line in (hits + missed)[:40]:
        print(line)
    return {
        "good": not hits and not missed and bool(results),
        "engines": {
            engine: {
                "canaries": result.canaries,
                "bytes_searched": result.search.bytes_searched,
                "found": len(result.search.hits),
                "planted_found": not result.missed,
            }
            for engine, result in results.items()
        },
        "canaries": sum(result.canaries for result in results.values()),
        "encodings": len(ENCODINGS),
        "bytes_searched": sum(result.search.bytes_searched for result in results.values()),
        "found": len(hits),
        "planted_found": not missed,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
