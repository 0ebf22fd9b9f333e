"""Every worked case of the vaccination rules answers right.

`public_cases.json` is an unchanged copy of the 52 public cases that were handed to the project with the
reference (cases/vaccination_cases.json there), one to a line. `further_cases.json` was derived by hand from
the reference alone, before the engine was read: both sides of every boundary; ``source`` says from where and
how.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from app.schedule.verdict import Status, Verdict
from tests.support.schedule_cases import FURTHER, PUBLIC, Case, cases_of, differences, verdict_on

PUBLIC_CASES = cases_of(PUBLIC)
FURTHER_CASES = cases_of(FURTHER)
EVERY_VACCINE = {
    *("ROTA", "HEPB", "DPT_IPV_HIB", "DPT_IPV", "IPV", "HIB", "PCV", "BCG"),
    *("MR", "VAR", "JE", "DT", "HPV", "RSV_MAT"),
}


def named(case: Case) -> str:
    return f"{case.code}-{case.planned.vaccine}"


@pytest.mark.parametrize("case", PUBLIC_CASES, ids=named)
def test_public_case_when_asked_answers_right(case: Case) -> None:
    assert differences(case, verdict_on(case)) == []


@pytest.mark.parametrize("case", FURTHER_CASES, ids=named)
def test_further_case_when_asked_answers_right(case: Case) -> None:
    assert differences(case, verdict_on(case)) == [], case.source


def test_cases_are_all_there_and_each_once() -> None:
    codes = Counter(case.code for case in (*PUBLIC_CASES, *FURTHER_CASES))
    assert codes.most_common(1)[0][1] == 1
    assert len(PUBLIC_CASES) == 52
    assert len(FURTHER_CASES) >= 80
    assert all(case.source.startswith("reference/vaccination.md ") for case in FURTHER_CASES)


def test_further_cases_touch_every_vaccine_and_every_status() -> None:
    assert {case.planned.vaccine for case in FURTHER_CASES} == EVERY_VACCINE
    assert {case.expected["status"] for case in FURTHER_CASES} == set(Status)


@pytest.mark.parametrize("case", [PUBLIC_CASES[1], PUBLIC_CASES[2]], ids=named)
def test_comparison_when_a_verdict_is_wrong_says_in_what(case: Case) -> None:
    right = verdict_on(case)
    assert right.earliest is not None
    wrong: list[tuple[str, Verdict]] = [
        ("status", replace(right, status=Status.NOT_NEEDED)),
        ("earliest_date", replace(right, earliest=right.earliest - timedelta(days=1))),
        ("latest_date", replace(right, latest=None)),
    ]
    if right.status is not Status.ALLOWED:
        wrong.append(("reason_code", replace(right, reason="OK")))
    for what, verdict in wrong:
        assert [one.split(":")[0] for one in differences(case, verdict)] == [what]


def test_comparison_when_allowed_takes_any_reason() -> None:
    allowed = next(case for case in PUBLIC_CASES if case.expected["status"] == Status.ALLOWED)
    assert differences(allowed, replace(verdict_on(allowed), reason="OK_OF_ANOTHER_KIND")) == []
