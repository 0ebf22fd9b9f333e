"""Every fact with its source and mark in one list, for those who sign the medicine and the law."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import click

from app.strict_toml.lines import Place, line_of, lines_of
from app.wiring import DEFINITIONS, files_below

TO_SIGN = frozenset({"R", "U"})
_HOW = "Made by `flask --app wsgi definitions marks --markdown`. [What it is for](medical.md)."
_NAMES = ("code", "checkup", "of", "role", "title")


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """One source: where it stands, whose it is, what it says, how sure it is."""

    path: str
    line: int
    about: str
    item: str
    mark: str


def marked_facts(files: Mapping[str, bytes]) -> tuple[MarkedFact, ...]:
    """Every source of every definition, in the order of files and lines."""
    facts: list[MarkedFact] = []
    for path, data in sorted(files.items()):
        text = data.decode("utf-8")
        lines = lines_of(text)
        for place, about, source in _sources((), "", tomllib.loads(text)):
            mark = str(source.get("mark", ""))
            facts.append(MarkedFact(path, line_of(lines, place), about, str(source.get("item", "")), mark))
    return tuple(facts)


def _sources(place: Place, about: str, table: object) -> Iterator[tuple[Place, str, Mapping[str, object]]]:
    """Every table with an item and a mark beneath this one, with the name of what it belongs to."""
    if isinstance(table, list):
        for at, row in enumerate(table):
            yield from _sources((*place, at), about, row)
    if not isinstance(table, dict):
        return
    if {"item", "mark"} <= table.keys():
        yield place, about, table
        return
    named = next((str(table[name]) for name in _NAMES if isinstance(table.get(name), str)), about)
    for key, inner in table.items():
        yield from _sources((*place, key), named, inner)


def to_sign_as_markdown(facts: Iterable[MarkedFact]) -> str:
    """What has to be signed, file by file, as a page."""
    waiting = [fact for fact in facts if fact.mark in TO_SIGN]
    lines = ["# What is remembered (R) or unknown (U)", "", _HOW, ""]
    for path, members in groupby(waiting, key=lambda fact: fact.path):
        lines += [f"## {path}", "", "| | line | what | source |", "|---|---|---|---|"]
        lines += [f"| {one.mark} | {one.line} | {one.about} | {_cell(one.item)} |" for one in members]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A text within a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


@click.command("marks")
@click.option("--json", "as_json", is_flag=True)
@click.option("--all", "wants_all", is_flag=True, help="Those that are verified or derived, too.")
@click.option("--markdown", "as_markdown", is_flag=True, help="The list of docs/medical-marks.md.")
def definitions_marks(as_json: bool, wants_all: bool, as_markdown: bool) -> None:
    """What is remembered (R) or unknown (U) and must be signed by a paediatrician or a municipality."""
    facts = marked_facts(files_below(DEFINITIONS, ".toml"))
    if as_markdown:
        click.echo(to_sign_as_markdown(facts), nl=False)
        return
    counts = Counter(fact.mark for fact in facts)
    shown = [fact for fact in facts if wants_all or fact.mark in TO_SIGN]
    if not as_json:
        for fact in shown:
            click.echo(f"{fact.mark}  {fact.path}:{fact.line}  {fact.about}  {fact.item}")
    rows = [[fact.mark, f"{fact.path}:{fact.line}", fact.about, fact.item] for fact in shown]
    told = {"marks": dict(sorted(counts.items())), "to_sign": counts["R"] + counts["U"]}
    click.echo(json.dumps(told | ({"facts": rows} if as_json else {}), ensure_ascii=False))
