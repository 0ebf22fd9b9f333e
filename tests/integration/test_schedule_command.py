"""``flask --app wsgi schedule``: what people type, in a bare checkout without settings, keys or database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.schedule_cases import FURTHER, PROJECT, PUBLIC, cases_of, differences
from tests.support.schedule_cases import verdict_on as direct

CASE = {
    "id": "A",
    "birth_date": "2025-09-01",
    "sex": "M",
    "history": [{"vaccine": "VAR", "date": "2026-11-02"}],
    "planned": {"vaccine": "MR", "date": "2026-11-29"},
}


def typed(*arguments: str) -> tuple[int, str]:
    flask = Path(sys.executable).parent / "flask"
    command = [str(flask), "--app", "wsgi", "schedule", *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def evaluated(folder: Path, cases: object) -> tuple[int, Any]:  # Any: JSON
    file = folder / "cases.json"
    file.write_text(json.dumps(cases), "utf-8")
    code, told = typed("evaluate", str(file))
    return code, json.loads(told)


@pytest.mark.parametrize("file", [PUBLIC, FURTHER], ids=lambda file: file.stem)
def test_evaluate_when_given_the_cases_answers_as_the_schedule_does(file: Path) -> None:
    code, told = typed("evaluate", str(file))
    answers = {one["id"]: one for one in json.loads(told)}
    assert code == 0
    for case in cases_of(file):
        assert differences(case, direct(case)) == []
        answer = answers[case.code]
        assert answer["status"] == case.expected["status"]
        assert answer["reason"], f"{answer['reason_code']} has no sentence"
        for name in ("earliest_date", "latest_date"):
            assert case.expected.get(name, answer[name]) == answer[name]


def test_evaluate_when_a_case_is_wrong_says_what_and_answers_the_others(tmp_path: Path) -> None:
    wrong = [
        {**CASE, "id": "B", "birth_date": "2025-02-30"},
        {**CASE, "id": "C", "planned": {"vaccine": "MRX", "date": "2026-11-29"}},
        {**CASE, "id": "D", "history": [{"vaccine": "VAR", "date": "31 August"}]},
        "nothing",
    ]
    code, told = evaluated(tmp_path, [CASE, *wrong])
    assert code == 1
    assert told[0]["status"] == "LIVE_INTERVAL_CONFLICT"
    assert [one["faults"][0].split(":")[0] for one in told[1:]] == [
        *("birth_date", "vaccine", "date", "must be an object"),
    ]


def test_dose_before_the_birth_is_told_and_one_planned_then_is_too_early(tmp_path: Path) -> None:
    born = {**CASE, "id": "A", "birth_date": "2026-01-31"}
    cases = [
        {**born, "history": [], "planned": {"vaccine": "HEPB", "date": "2026-01-30"}},
        {
            **born,
            "history": [{"vaccine": "DPT_IPV_HIB", "date": "2026-01-01"}],
            "planned": {"vaccine": "DPT_IPV_HIB", "date": "2026-10-01"},
        },
    ]
    code, told = evaluated(tmp_path, cases)
    assert code == 0
    assert (told[0]["status"], told[0]["earliest_date"]) == ("TOO_EARLY", "2026-01-31")
    assert (told[1]["status"], told[1]["reason_code"]) == ("NEEDS_REVIEW", "HISTORY_INVALID_DOSE")
    assert told[1]["before_birth"] == ["DPT_IPV_HIB 2026-01-01"]


def test_due_when_asked_as_json_lists_vaccines_and_checkups() -> None:
    code, told = typed("due", "--birth-date", "2026-08-31", "--sex", "F", "--today", "2026-11-22", "--json")
    lines = {(one["code"], one["dose"]): one for one in json.loads(told)}
    assert code == 0
    assert lines["DPT_IPV_HIB", 1]["earliest_date"] == "2026-10-30"
    assert lines["DPT_IPV_HIB", 1]["timing"] == "now"
    assert lines["checkup-m3", 1]["earliest_date"] == "2026-11-30"
    assert "RSV_MAT" not in {code for code, _ in lines}


def test_due_when_a_day_is_none_says_which() -> None:
    code, told = typed("due", "--birth-date", "2026-02-30", "--sex", "F", "--today", "2026-11-22")
    assert (code, told.split(":")[0]) == (1, "birth_date")


def test_evaluate_when_the_history_has_an_unknown_vaccine_tells_it_and_answers(tmp_path: Path) -> None:
    past = [{"vaccine": "FOREIGN_SIX", "date": "2026-11-20"}]
    code, told = evaluated(tmp_path, [{**CASE, "history": past}, CASE])
    assert code == 0
    assert (told[0]["status"], told[0]["not_known"]) == ("ALLOWED", ["FOREIGN_SIX"])
    assert "not_known" not in told[1]
