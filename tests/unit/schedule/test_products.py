"""When a product is not known: the best of the planned ones, agreement of the past ones."""

from datetime import date

import pytest

from app.schedule.bounds import Facts
from app.schedule.evaluation import evaluate
from app.schedule.verdict import Dose, Reason, Status, Verdict
from tests.support.schedule_cases import national_schedule

FACTS = Facts(date(2026, 3, 2), "F")
RULES = national_schedule().rules


def asked(planned: str, *history: str) -> Verdict:
    return evaluate(RULES, FACTS, [_dose(one) for one in history], _dose(planned))


def _dose(told: str) -> Dose:
    vaccine, day, *product = told.split()
    return Dose(vaccine, date.fromisoformat(day), "".join(product))


def test_planned_product_when_it_is_not_known_is_the_best_one_and_all_are_told() -> None:
    verdict = asked("ROTA 2026-08-18", "ROTA 2026-06-01 RV5")
    assert verdict.status is Status.ALLOWED
    assert {code: one.reason for code, one in verdict.by_product.items()} == {
        "RV1": Reason.PRODUCT_CHANGE,
        "RV5": Reason.OK,
    }


def test_planned_product_when_it_is_not_known_is_no_change_while_another_may_go_on() -> None:
    verdict = asked("PCV 2026-06-10", "PCV 2026-06-01 PCV20")
    assert (verdict.status, verdict.earliest) == (Status.TOO_EARLY, date(2026, 6, 29))
    assert (
        asked("PCV 2026-07-01", "PCV 2026-05-01 PCV20", "PCV 2026-06-01 PCV15").reason
        == Reason.PRODUCT_CHANGE
    )


def test_planned_product_when_it_makes_no_difference_is_not_asked_for() -> None:
    assert asked("ROTA 2026-04-01").by_product != {}  # the last day differs
    assert asked("DPT_IPV_HIB 2026-06-01").by_product == {}


def test_past_product_when_it_is_not_known_and_matters_is_for_a_doctor() -> None:
    verdict = asked("ROTA 2026-07-06 RV5", "ROTA 2026-06-01")
    assert (verdict.status, verdict.reason) == (Status.NEEDS_REVIEW, Reason.PRODUCT_UNKNOWN)
    assert verdict.by_product["RV5"].status is Status.ALLOWED
    assert verdict.by_product["RV1"].reason == Reason.PRODUCT_CHANGE


def test_past_product_when_every_one_gives_the_same_answer_does_not_matter() -> None:
    verdict = asked("ROTA 2026-06-20", "ROTA 2026-06-01")
    assert (verdict.status, verdict.reason) == (Status.TOO_EARLY, Reason.INTERVAL_MIN)
    assert verdict.earliest == date(2026, 6, 29)
    assert verdict.latest == date(2026, 8, 17)  # the earlier of the two


@pytest.mark.parametrize(
    ("vaccine", "is_told_apart"),
    [("ROTA", True), ("PCV", True), ("HPV", True), ("RSV_MAT", True), ("FLU", True)]
    + [(code, False) for code in ("DPT_IPV_HIB", "JE", "MR", "BCG", "VAR", "HEPB", "HIB", "DT", "IPV")],
)
def test_products_are_told_apart_where_it_matters(vaccine: str, *, is_told_apart: bool) -> None:
    assert RULES.vaccines[vaccine].is_told_apart is is_told_apart


@pytest.mark.parametrize("product", ["GOBIK", "QUINTOVAC", ""])
def test_products_that_are_not_told_apart_may_follow_one_another(product: str) -> None:
    verdict = asked(f"DPT_IPV_HIB 2026-06-01 {product}", "DPT_IPV_HIB 2026-05-11 GOBIK")
    assert (verdict.status, verdict.earliest) == (Status.ALLOWED, date(2026, 6, 1))


def test_vaccine_known_from_histories_only_is_not_routine() -> None:
    assert asked("YELLOW_FEVER 2027-06-01").status is Status.NOT_ELIGIBLE


def test_product_of_the_wrong_day_is_not_routine() -> None:
    girl = Facts(date(2012, 6, 20), "F")
    for day, status in (("2026-03-31", Status.ALLOWED), ("2026-04-01", Status.NOT_ELIGIBLE)):
        assert evaluate(RULES, girl, (), _dose(f"HPV {day} HPV4")).status is status


def test_mother_without_a_due_date_is_asked_for_it() -> None:
    verdict = evaluate(RULES, Facts(date(1995, 2, 3), "F"), (), _dose("RSV_MAT 2026-11-01"))
    assert (verdict.status, verdict.reason) == (Status.NEEDS_REVIEW, Reason.DUE_DATE_UNKNOWN)


def test_window_that_a_long_illness_closed_is_for_a_doctor_until_its_own_end() -> None:
    ill = Facts(date(2022, 3, 2), "F", flags=frozenset({"long_illness"}))
    told = [
        evaluate(RULES, ill, (), _dose(one)).reason
        for one in (
            "BCG 2023-03-01",
            "BCG 2023-03-02",
            "BCG 2026-03-01",
            "BCG 2026-03-02",
            "ROTA 2023-03-02 RV5",
        )
    ]
    assert told == [Reason.OK_LAST_DAY, *[Reason.LONG_ILLNESS] * 2, *[Reason.AGE_MAX] * 2]
