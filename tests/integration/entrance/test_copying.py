"""Doses copied from the handbook: many at once, each fault at its row, nothing typed ever lost."""

import re
from datetime import date, timedelta

from app.visit.ports import Deed
from app.web.parent.copying import MOST_ROWS
from tests.integration.entrance.copying import Copying, rows
from tests.support.faults_on_page import message, places_of
from tests.support.site import Site


def test_many_doses_are_copied_at_once_in_the_years_of_the_handbook(town: Site) -> None:
    at = Copying(town, "mother")
    typed = {
        "era": "reiwa",
        **rows("ROTA", "7-11-10", "7-12-8"),
        **rows("HEPB", "2025-11-10", "R7-12-8"),
        **rows("DPT_IPV_HIB", "７-11月-10日"),
        "ROTA_1-product": "RV1",
        "ROTA_1-lot": " AB12 ",
        "ROTA_2-product": "",
    }
    page = at.copy(typed)
    assert page.path == at.path
    assert [(one.vaccine, str(one.given_on), one.product, one.lot) for one in at.doses] == [
        ("DPT_IPV_HIB", "2025-11-10", "", ""),
        ("HEPB", "2025-11-10", "", ""),
        ("HEPB", "2025-12-08", "", ""),
        ("ROTA", "2025-11-10", "RV1", "AB12"),
        ("ROTA", "2025-12-08", "", ""),
    ]
    assert page.text.count("保護者が写した記録") == 5
    for text in ("ロタリックス", "AB12", "五種混合", "2025年11月10日"):
        assert text in page.text
    assert "五種混合" not in page.text.partition("</title>")[0]
    deeds = [event.deed for event in town.rooms.visits.history("")]
    assert deeds.count(Deed.HISTORY_CHANGED) == 1


def test_faults_stand_at_their_rows_and_nothing_is_kept_until_all_are_right(town: Site) -> None:
    at = Copying(town, "father")
    typed = {
        **rows("ROTA", "2025-11-10", "2025-11-10", "2026-2-30"),
        **rows("HEPB", "2025-9-9", "2026-11-25", "2026-3-"),
        **rows("PCV", "25-11-10"),
        **rows("BCG", "2026-2-3"),
        "PCV_2-lot": "A",
        "MR_1-lot": "な" * 41,
    }
    at.told(
        at.copy(typed),
        **{
            "ROTA_2-year": "dose_twice",
            "ROTA_3-day": "date_impossible",
            "HEPB_1-year": "dose_before_birth",
            "HEPB_2-year": "date_in_future",
            "HEPB_3-day": "dose_day_missing",
            "PCV_1-year": "year_western",
            "PCV_2-year": "date_missing_part",
            "MR_1-year": "date_missing_part",
            "MR_1-lot": "too_long",
        },
    )
    shown = at.parent.form().fields
    assert {name: shown[name][0] for name in typed} == typed
    assert "ロタウイルス 2回目：" in re.sub(r"<[^>]+>", "", at.parent.page.text)


def test_29_february_and_the_31st_are_read_as_dates_are(town: Site) -> None:
    at = Copying(town, "foreign")
    at.told(
        at.copy({**rows("FLU", "2026-2-29", "2025-11-31")}),
        **{"FLU_1-day": "date_impossible", "FLU_2-day": "date_impossible"},
    )
    assert at.copy(rows("FLU", "2025-12-31", "2026-2-28")).path == at.path


def test_nothing_typed_is_told_and_a_product_of_another_vaccine_too(town: Site) -> None:
    at = Copying(town, "pregnant")
    page = at.copy({})
    assert page.status == 422
    assert re.search(message(town, "nothing_copied"), page.text)
    at.told(
        at.copy({**rows("ROTA", "2025-11-10"), "ROTA_1-product": "PCV20"}),
        **{"ROTA_1-product": "choose_one"},
    )


def test_order_that_looks_wrong_is_asked_about_and_then_put_right(town: Site) -> None:
    at = Copying(town, "teen")
    typed = rows("VAR", "2026-10-1", "2026-9-20")
    at.told(at.copy(typed), **{"VAR_2-year": "dose_order"})
    assert "sure" in at.parent.form().options
    page = at.parent.submit({"sure": "yes"})
    assert page.path == at.path
    assert [str(one.given_on) for one in at.doses] == ["2026-09-20", "2026-10-01"]


def test_more_doses_than_usual_are_taken_with_a_word_to_look_again(town: Site) -> None:
    at = Copying(town, "long")
    at.copy(rows("BCG", "2026-2-3"))
    page = at.parent.get(f"{at.path}/copy")
    assert "BCG_2-year" not in at.parent.form().fields
    page = at.parent.submit({"more": "BCG"})
    assert page.status == 200
    page = at.parent.submit(rows("BCG", "2026-3-3", "2026-4-3"))
    assert page.path == at.path
    assert len(at.doses) == 3
    assert "いつもより回数が多い" in page.text


def test_row_more_keeps_everything_typed_without_judging_it(town: Site) -> None:
    at = Copying(town, "sparse")
    typed = {**rows("ROTA", "2025-11-10", "x-y-z"), "ROTA_1-lot": "<b>", "more": "FLU"}
    page = at.copy(typed)
    assert (page.status, at.doses) == (200, [])
    shown = at.parent.form().fields
    assert {name: shown[name][0] for name in typed if name != "more"} == {
        name: text for name, text in typed.items() if name != "more"
    }
    assert "FLU_3-year" in shown
    for number in range(4, 13):
        at.parent.submit({"more": "FLU"})
        assert f"FLU_{number}-year" in at.parent.form().fields
    assert "FLU_13-year" not in at.parent.submit({"more": "FLU"}).text
    assert 'value="FLU"' not in at.parent.page.text


def test_language_switch_keeps_every_row_also_those_that_were_added(town: Site) -> None:
    at = Copying(town, "child")
    at.copy({**rows("ROTA", "2025-11-10"), "more": "BCG"})
    typed = {**rows("BCG", "2026-2-3", "26-x-"), "era": "heisei"}
    fields = {**at.parent.form().fields, **typed, "lang": "en"}
    page = at.parent.post(f"/language?next={at.path}/copy", fields)
    assert page.path == f"{at.path}/copy?kept=1"
    assert "Boshi Techo" in page.text
    shown = at.parent.form().fields
    for name, text in {**typed, **rows("ROTA", "2025-11-10")}.items():
        assert shown[name] == [text]
    at.parent.post("/language?next=/home", {"csrf_token": fields["csrf_token"], "lang": "ja"})


def test_second_tap_copies_nothing_twice_but_the_same_day_again_is_told(town: Site) -> None:
    at = Copying(town, "separated")
    at.parent.get(f"{at.path}/copy")
    fields = {**at.parent.form().fields, **rows("ROTA", "2025-11-10"), **rows("HEPB", "2025-11-10")}
    for _ in range(2):
        assert at.parent.post(f"{at.path}/copy", fields).path == at.path
    assert len(at.doses) == 2
    page = at.copy({**rows("ROTA", "2025-11-10"), **rows("BCG", "2026-2-3")})
    assert page.status == 422
    assert places_of(page, message(town, "dose_already_copied")) == ["ROTA_1-year"]
    assert len(at.doses) == 2


def test_every_row_that_can_be_added_may_be_filled_and_sent_at_once(town: Site) -> None:
    at = Copying(town, "teen")
    at.parent.get(f"{at.path}/copy")
    token = at.parent.form().fields["csrf_token"][0]
    typed: dict[str, str] = {"csrf_token": token}
    vaccines = [vaccine for vaccine, _ in town.rooms.schedule.rules.of_handbook]
    for vaccine in vaccines:
        days = [str(date(2026, 1, 1) + timedelta(days=7 * number)) for number in range(MOST_ROWS)]
        typed |= rows(vaccine.code, *days)
        typed |= {f"{vaccine.code}_{number}-lot": "ロット番号" * 8 for number in range(1, MOST_ROWS + 1)}
    before = len(at.doses)
    assert at.parent.post(f"{at.path}/copy", typed).path == at.path
    assert len(at.doses) == before + len(vaccines) * MOST_ROWS
