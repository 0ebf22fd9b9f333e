"""`definitions publish` writes what is new, and refuses what is wrong or was published otherwise."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.commands.definitions import definitions
from app.wiring import DEFINITIONS

SECOND = "overlays/999999/v2.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the definitions, everything in it published."""
    copied = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, copied)
    assert published(copied)[0] == 0
    return copied


def published(folder: Path, *options: str) -> tuple[int, list[str]]:
    """How it ends, and its lines."""
    result = CliRunner().invoke(definitions, ["publish", str(folder), *options])
    return result.exit_code, result.output.splitlines()


def told(lines: list[str]) -> object:
    """The line of JSON at the end."""
    return json.loads(lines[-1])


def with_second_overlay(folder: Path) -> None:
    """The town changes its mind."""
    text = (folder / "overlays/999999/v1.toml").read_text("utf-8")
    (folder / SECOND).write_text(text.replace("version = 1", "version = 2"), "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """A file with this changed."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_is_new_is_told_and_written_once(folder: Path) -> None:
    with_second_overlay(folder)
    before = (folder / "published.toml").read_bytes()
    code, lines = published(folder, "--dry-run")
    assert (code, lines[:-1]) == (0, [f"would publish: {SECOND}"])
    assert told(lines) == {"published": 1, "dry_run": True, "retired": 4}
    assert (folder / "published.toml").read_bytes() == before
    code, lines = published(folder)
    assert (code, lines[:-1]) == (0, [f"published: {SECOND}"])
    after = (folder / "published.toml").read_text("utf-8")
    assert set(before.decode().splitlines()) < set(after.splitlines())
    assert "[retired.vaccination-core]" in after
    assert told(published(folder)[1]) == {"published": 0, "dry_run": False, "retired": 4}


@pytest.mark.parametrize(
    "name",
    [
        "parts/checkup-m3/v1.toml",
        "programmes/checkup-m3/v1.toml",
        "overlays/999999/v1.toml",
        "instruments/epds.toml",
    ],
)
def test_a_changed_file_is_refused_and_nothing_is_written(folder: Path, name: str) -> None:
    with_second_overlay(folder)
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n# one more line\n")
    before = (folder / "published.toml").read_bytes()
    code, lines = published(folder)
    assert code == 1
    assert lines == [f"{name}:1: changed: was published and has changed: restore it and make a new version"]
    assert (folder / "published.toml").read_bytes() == before


def test_a_file_that_is_gone_is_refused(folder: Path) -> None:
    (folder / "overlays/999999/v1.toml").unlink()
    code, lines = published(folder)
    assert code == 1
    assert lines[0].endswith("gone: overlays/999999/v1.toml was published and is gone")


def test_definitions_with_a_fault_are_refused_with_its_line(folder: Path) -> None:
    with_second_overlay(folder)
    edit(folder / SECOND, 'question = "com_siblings"', 'question = "com_docs"')
    code, lines = published(folder)
    assert code == 1
    assert lines[0].startswith(f"{SECOND}:10: hide.question: 'com_docs' can never be hidden: it is counted")


def test_a_window_of_a_town_with_a_fault_is_refused(folder: Path) -> None:
    edit(folder / "overlays/999999/windows.toml", 'opens = "3 months"', 'opens = "soon"')
    code, lines = published(folder)
    assert code == 1
    assert lines[0].startswith("overlays/999999/windows.toml:")


def test_check_and_list_count_overlays() -> None:
    checked = CliRunner().invoke(definitions, ["check"])
    assert json.loads(checked.output)["overlays"] == 1
    listed = CliRunner().invoke(definitions, ["list", "--json"])
    assert json.loads(listed.output)["overlays"] == [
        {
            "municipality": "999999",
            "version": 1,
            "adds": 2,
            "hides": 1,
            "renames": 1,
            "orders": 0,
            "programmes": 1,
        }
    ]
