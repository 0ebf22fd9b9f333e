"""Every code that the schedule names has its words, for the family and for staff."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

from jinja2 import Environment, FileSystemLoader

from app.schedule.verdict import Reason
from app.visit.fitting import Doubt, Light
from app.wiring import DEFINITIONS, ROOT
from tests.support.schedule_cases import national_schedule


def staff_words(name: str) -> dict[str, str]:
    """A table of words in the template that staff read."""
    pages = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    pages.filters["day"] = str
    return dict(getattr(pages.get_template("clinic/fits.html").module, name))


def test_staff_read_every_reason_doubt_and_light_in_words() -> None:
    named = set(Reason).union(*(one.reasons for one in national_schedule().rules.vaccines.values()))
    assert sorted(staff_words("why")) == sorted(named)
    assert sorted(staff_words("doubt")) == sorted(Doubt)
    assert sorted(staff_words("light")) == sorted(Light)


def test_reason_without_words_is_a_fault_of_the_definitions(tmp_path: Path) -> None:
    copytree(DEFINITIONS, tmp_path / "d")
    file = tmp_path / "d" / "schedule" / "vaccines" / "five-in-one.toml"
    file.write_text(file.read_text("utf-8").replace("SWITCH_4IN1_TO_5IN1", "NOBODY_SAYS_THIS"), "utf-8")
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", "definitions", "check", str(tmp_path / "d")]
    told = subprocess.run(asked, cwd=ROOT, check=False, capture_output=True, text=True)
    assert told.returncode == 1
    assert (
        told.stdout == "ui.toml:1: schedule.reason.NOBODY_SAYS_THIS: is missing, and the schedule names it\n"
    )
