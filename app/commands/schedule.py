"""Ask the schedule: does a planned dose fit, what is due. Needs no settings, keys or database."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from app.commands.files import fail_if, schedule_in
from app.schedule.bounds import Facts
from app.schedule.checkups import due_checkups
from app.schedule.due import Due, due_vaccines
from app.schedule.evaluation import evaluate
from app.schedule.rules import Rules
from app.schedule.verdict import Dose, Verdict
from app.wiring import DEFINITIONS, TRANSLATIONS
from app.wording.extraction import UI_SOURCE, texts_of_ui

Case = Mapping[str, object]
NO_DATE = date.min


class CaseFaults(list[str]):
    """What is wrong with one case, as ``field: message``."""

    def day(self, fields: Case, name: str) -> date:
        """The day of a field; a fault and no day when it is none."""
        try:
            return date.fromisoformat(str(fields.get(name, "")))
        except ValueError:
            self.append(f"{name}: {fields.get(name)!r} is no day of the calendar (2026-04-01)")
            return NO_DATE


@click.group()
def schedule() -> None:
    """Does a planned dose fit, and what is due."""


@schedule.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def schedule_evaluate(file: Path) -> None:
    """One verdict for each case of a JSON list, as a JSON list (reference/vaccination.md 7)."""
    rules = schedule_in(DEFINITIONS).rules
    words = reason_words()
    answers = [_answer(rules, one, words) for one in _listed(file)]
    click.echo(json.dumps(answers, ensure_ascii=False))
    if any("faults" in one for one in answers):
        sys.exit(1)


@schedule.command("due")
@click.option("--birth-date", required=True)
@click.option("--sex", type=click.Choice(["F", "M"]), required=True)
@click.option("--today", required=True)
@click.option("--due-date", default="", help="Of the pregnancy, for a mother.")
@click.option("--history", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def schedule_due(
    birth_date: str, sex: str, today: str, due_date: str, history: Path | None, *, as_json: bool
) -> None:
    """What is done, due, soon, late or over on a day."""
    faults = CaseFaults()
    typed: Case = {"birth_date": birth_date, "today": today, "due_date": due_date}
    born, on = faults.day(typed, "birth_date"), faults.day(typed, "today")
    due_on = faults.day(typed, "due_date") if due_date else None
    known = schedule_in(DEFINITIONS)
    doses = _history(_listed(history) if history else [], born, faults)
    if born > on and not faults:
        faults.append(f"birth_date: {born} lies after today, {on}")
    fail_if(faults)
    facts = Facts(born, sex, due_on)
    lines = due_vaccines(known.rules, facts, doses, on) + due_checkups(known.windows, facts, {}, on)
    words = reason_words()
    told = [_due(one, words) for one in lines]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in told:
        click.echo("  ".join("-" if value is None else str(value) for value in line.values()))


def _listed(file: Path) -> list[object]:
    """The JSON list of a file; says what is wrong and exits 1 when it is none."""
    try:
        listed = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        listed = error
    if not isinstance(listed, list):
        fail_if([f"{file}: must be a JSON list" + (f": {listed}" if isinstance(listed, ValueError) else "")])
    return list(listed)


def reason_words() -> Mapping[str, str]:
    """The Japanese sentence of each reason code."""
    start = "ui.schedule.reason."
    texts = texts_of_ui((TRANSLATIONS / UI_SOURCE).read_bytes())
    return {one.context.removeprefix(start): one.japanese for one in texts if one.context.startswith(start)}


def _answer(rules: Rules, case: object, words: Mapping[str, str]) -> dict[str, object]:
    """The verdict of one case, or what is wrong with it."""
    if not isinstance(case, dict):
        return {"id": None, "faults": ["must be an object"]}
    faults = CaseFaults()
    named: dict[str, object] = {"id": case.get("id")}
    born = faults.day(case, "birth_date")
    context, planned = case.get("context") or {}, case.get("planned") or {}
    due_date = faults.day(context, "due_date") if "due_date" in context else None
    history = _history(case.get("history") or [], date.min, faults)
    dose = _planned(rules, planned, faults)
    if faults:
        return {**named, "faults": list(faults)}
    flags = frozenset(name for name, value in context.items() if value is True)
    facts = Facts(born, str(case.get("sex", "")), due_date, flags)
    unknown = sorted({one.vaccine for one in history} - rules.vaccines.keys())
    named |= {"not_known": unknown} if unknown else {}
    unborn = sorted(f"{one.vaccine} {one.given_on}" for one in history if one.given_on < born)
    named |= {"before_birth": unborn} if unborn else {}
    try:
        return {**named, **_told(evaluate(rules, facts, history, dose), words)}
    except OverflowError:
        return {**named, "faults": ["a day lies beyond the calendar"]}


def _history(given: object, born: date, faults: CaseFaults) -> list[Dose]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        faults.append("history: must be a list")
        return []
    return [_dose(one, born, faults) for one in given]


def _planned(rules: Rules, fields: object, faults: CaseFaults) -> Dose:
    """A dose of a vaccine that there are rules for; before the birth it is only too early."""
    dose = _dose(fields, date.min, faults)
    if dose.vaccine not in rules.vaccines:
        faults.append(f"vaccine: {dose.vaccine!r} is none of {', '.join(sorted(rules.vaccines))}")
    return dose


def _dose(fields: object, born: date, faults: CaseFaults) -> Dose:
    """A dose as it is told; of a vaccine that nobody knows it is told, and has no effect."""
    if not isinstance(fields, dict):
        faults.append("dose: must be an object with vaccine and date")
        return Dose("", NO_DATE)
    day, vaccine = faults.day(fields, "date"), fields.get("vaccine")
    if NO_DATE < day < born:
        faults.append(f"date: {vaccine} on {day} lies before the birth on {born}")
    return Dose(str(vaccine), day, str(fields.get("product") or ""))


def _told(verdict: Verdict, words: Mapping[str, str]) -> dict[str, object]:
    told: dict[str, object] = {
        "status": verdict.status.value,
        "reason_code": str(verdict.reason),
        "earliest_date": _iso(verdict.earliest),
        "recommended_date": _iso(verdict.usual),
        "latest_date": _iso(verdict.latest),
        "dose": verdict.number or None,
        "reason": words.get(verdict.reason, ""),
    }
    if verdict.by_product:
        told["by_product"] = {code: _told(one, words) for code, one in verdict.by_product.items()}
    return told


def _due(line: Due, words: Mapping[str, str]) -> dict[str, object]:
    return {
        "code": line.code,
        "dose": line.number,
        "timing": line.timing.value,
        "given_on": _iso(line.given_on),
        "earliest_date": _iso(line.earliest),
        "recommended_date": _iso(line.usual),
        "recommended_to": _iso(line.usual_to),
        "latest_date": _iso(line.latest),
        "reason_code": str(line.reason) or None,
        "reason": words.get(line.reason) or None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
