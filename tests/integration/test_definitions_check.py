"""`definitions check` reads the survey of growth, too: a fault in it is told with its line."""

import json
from pathlib import Path

from click.testing import CliRunner

from app.commands.definitions import definitions
from app.people.growth_file import NAME
from app.wiring import DEFINITIONS

SURVEY = (DEFINITIONS / NAME).read_text(encoding="utf-8")


def checked(folder: Path, survey: str) -> tuple[int, str]:
    """How the check of a folder with nothing but this survey ends, and what it says."""
    (folder / NAME).parent.mkdir(parents=True)
    (folder / NAME).write_text(survey, encoding="utf-8")
    result = CliRunner().invoke(definitions, ["check", str(folder)])
    return result.exit_code, result.output


def test_check_when_the_survey_is_right_ends_well(tmp_path: Path) -> None:
    code, output = checked(tmp_path, SURVEY)
    assert (code, json.loads(output)["faults"]) == (0, 0)


def test_check_when_a_line_of_the_survey_falls_tells_file_line_and_key(tmp_path: Path) -> None:
    bad = SURVEY.replace("p50 = 55.5", "p50 = 59.0", 1)
    line = bad[: bad.index("p50 = 59.0")].count("\n") + 1
    code, output = checked(tmp_path, bad)
    assert code == 1
    assert output.startswith(f"{NAME}:{line}: curve.band: p3, p50 and p97 must rise")
