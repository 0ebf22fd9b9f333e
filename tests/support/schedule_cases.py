"""The worked cases of the schedule: read, asked, and compared by the rule of the reference.

Source: reference/vaccination.md 7. Status exactly; the reason code exactly unless ALLOWED; dates where given.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.schedule.bounds import Facts
from app.schedule.evaluation import evaluate
from app.schedule.reading import Schedule, read_schedule
from app.schedule.verdict import Dose, Status, Verdict

PROJECT = Path(__file__).parents[2]
DEFINITIONS = PROJECT / "app" / "definitions"
CASES = PROJECT / "tests" / "unit" / "schedule"
PUBLIC = CASES / "public_cases.json"
FURTHER = CASES / "further_cases.json"


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case. Shapes: ``expected`` as in the file; ``source`` where it comes from and how."""

    code: str
    facts: Facts
    history: tuple[Dose, ...]
    planned: Dose
    expected: Mapping[str, str]
    source: str


@cache
def national_schedule() -> Schedule:
    """The schedule of the definitions' folder, read once. Errors: AssertionError with every fault."""
    schedule = read_schedule(definition_files())
    assert isinstance(schedule, Schedule), "\n".join(str(fault) for fault in schedule)
    return schedule


def definition_files() -> Mapping[str, bytes]:
    """Every definition file by its path from their folder."""
    paths = sorted(DEFINITIONS.rglob("*.toml"))
    return {path.relative_to(DEFINITIONS).as_posix(): path.read_bytes() for path in paths}


def cases_of(file: Path) -> tuple[Case, ...]:
    """The cases of a file in its order. Errors: KeyError, ValueError for one that is no case."""
    return tuple(_case(fields) for fields in json.loads(file.read_text("utf-8")))


def _case(fields: Mapping[str, object]) -> Case:
    context, expected = _table(fields.get("context") or {}), _table(fields["expected"])
    history = fields["history"]
    assert isinstance(history, list)
    due = context.get("due_date")
    facts = Facts(
        date.fromisoformat(str(fields["birth_date"])),
        str(fields["sex"]),
        None if due is None else date.fromisoformat(str(due)),
        frozenset(name for name, value in context.items() if value is True),
    )
    return Case(
        str(fields["id"]),
        facts,
        tuple(_dose(_table(one)) for one in history),
        _dose(_table(fields["planned"])),
        {name: str(value) for name, value in expected.items()},
        str(fields.get("source") or fields.get("note")),
    )


def _table(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value


def _dose(fields: Mapping[str, object]) -> Dose:
    product = str(fields.get("product") or "")
    return Dose(str(fields["vaccine"]), date.fromisoformat(str(fields["date"])), product)


def verdict_on(case: Case) -> Verdict:
    """What the schedule says."""
    return evaluate(national_schedule().rules, case.facts, case.history, case.planned)


def differences(case: Case, verdict: Verdict) -> list[str]:
    """Where a verdict is not the expected one; none when it is."""
    told = {
        "status": verdict.status.value,
        "reason_code": str(verdict.reason),
        "earliest_date": str(verdict.earliest),
        "latest_date": str(verdict.latest),
    }
    compared = dict(case.expected)
    if compared["status"] == Status.ALLOWED:
        compared.pop("reason_code", None)
    return [f"{name}: {told[name]}, not {value}" for name, value in compared.items() if told[name] != value]
