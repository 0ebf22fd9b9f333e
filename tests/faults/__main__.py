"""``python -m tests.faults``: the run on each engine, then one line of JSON."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.faults.run import Plan, Result, run_engine
from tests.faults.serving import ACK_BEFORE_COMMIT
from tests.support.database import ENGINES

SAMPLE = Plan(submits=40, kills=3, clients=3)
LEAST_SHARE_OF_DOUBLE_TAPS = 0.18


def main(arguments: list[str]) -> int:
    """The measurement, done and told; 0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="tests.faults")
    parser.add_argument("--submits", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--clients", type=int)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--planted", choices=[ACK_BEFORE_COMMIT], default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--sample", action="store_true", help="seconds instead of minutes")
    options = parser.parse_args(arguments)
    usual = SAMPLE if options.sample else Plan()
    plan = Plan(
        submits=options.submits or usual.submits,
        kills=usual.kills if options.kills is None else options.kills,
        clients=options.clients or usual.clients,
        planted=options.planted,
        port=options.port,
    )
    engines: dict[str, dict[str, int | float]] = {}
    problems: list[str] = []
    for engine in options.engines.split(","):
        with tempfile.TemporaryDirectory(prefix="monshin-faults-", ignore_cleanup_errors=True) as folder:
            result = run_engine(engine, plan, Path(folder))
        engines[engine] = result.told()
        problems += [f"{engine}: {one}" for one in faults_of(result, plan)]
        for note in result.verdict.notes[:20]:
            print(note)
    told = {"good": not problems, "problems": problems, "planted": plan.planted, "engines": engines}
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 1 if problems else 0


def faults_of(result: Result, plan: Plan) -> list[str]:
    """What makes the run a failure; a run that did too little is one."""
    tally, verdict = result.tally, result.verdict
    wrong = {
        f"{verdict.lost} lost": verdict.lost,
        f"{verdict.duplicated} duplicated": verdict.duplicated,
        f"{tally.foreign} bodies with somebody else's words": tally.foreign,
        f"{tally.errors} answers of 500": tally.errors,
        f"only {tally.acknowledged} acknowledged": tally.acknowledged < plan.submits,
        f"only {result.kills} kills": result.kills < plan.kills,
        f"only {tally.double_taps} double taps": (
            tally.double_taps < tally.acknowledged * LEAST_SHARE_OF_DOUBLE_TAPS
        ),
    }
    return [text for text, is_wrong in wrong.items() if is_wrong]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
