"""Copied doses one by one: changed and deleted with care, from abroad as written, nobody else's."""

import re
from datetime import date

import pytest

from tests.integration.entrance.copying import Copying, rows
from tests.support.faults_on_page import message, places_of
from tests.support.site import Site
from tests.unit.questionnaire.naughty import NAUGHTY


def test_dose_is_changed_and_a_stale_change_is_asked_about(town: Site) -> None:
    at = Copying(town, "stranger")
    at.copy({**rows("ROTA", "2025-11-10", "2025-12-8"), "ROTA_1-product": "RV1"})
    first, second = at.doses
    path = f"{at.path}/{first.id}"
    at.parent.get(path)
    fields = dict(at.parent.form().fields)
    assert (fields["given-day"], fields["given-product"]) == (["10"], ["RV1"])
    assert at.parent.submit({"given-day": "11", "given-product": ""}).path == at.path
    assert (str(at.doses[0].given_on), at.doses[0].product, at.doses[0].revision) == ("2025-11-11", "", 1)
    stale = at.parent.post(path, {**fields, "given-day": "12"})
    assert stale.status == 409
    assert "2025年11月11日" in stale.text
    assert at.parent.form().fields["given-day"] == ["12"]
    assert at.parent.submit().path == at.path
    assert str(at.doses[0].given_on) == "2025-11-12"
    at.parent.get(path)
    page = at.parent.submit({"given-month": "12", "given-day": "8"})
    assert places_of(page, message(town, "dose_already_copied")) == ["given-year"]
    assert at.doses[1] == second


def test_dose_is_deleted_only_after_a_question_and_only_as_it_was_seen(town: Site) -> None:
    at = Copying(town, "moved")
    at.copy(rows("ROTA", "2025-11-10", "2025-12-8"))
    first = at.doses[0]
    path = f"{at.path}/{first.id}"
    at.parent.get(f"{path}/delete")
    seen = dict(at.parent.form().fields)
    at.parent.get(path)
    at.parent.submit({"given-day": "11"})
    assert at.parent.post(f"{path}/delete", seen).status == 409
    assert len(at.doses) == 2
    assert at.parent.submit().path == at.path
    assert at.parent.post(f"{path}/delete", seen).path == at.path
    assert [str(one.given_on) for one in at.doses] == ["2025-12-08"]
    assert at.parent.get(path).status == 404
    assert at.parent.get(f"{path}/delete").status == 404


@pytest.mark.parametrize("day_known", [True, False])
def test_dose_from_abroad_is_kept_as_written_and_left_to_the_doctor(town: Site, day_known: bool) -> None:
    at = Copying(town, "reissued")
    before = len(at.doses)
    at.parent.get(f"{at.path}/abroad")
    typed = {
        "disease": ["measles", "mumps"],
        "as_written": f"Tresivac {day_known}",
        "country": "भारत",
        "lot": "L1",
        "given-year": "2026",
        "given-month": "4",
        **({"given-day": "3"} if day_known else {"day_unknown": "yes"}),
    }
    page = at.parent.submit(typed)
    assert page.path == at.path
    assert len(at.doses) == before + 1
    (kept,) = (one for one in at.doses if one.as_written == typed["as_written"])
    assert (kept.vaccine, kept.diseases, kept.country) == ("", ("measles", "mumps"), "भारत")
    assert (kept.given_on, kept.note) == ((date(2026, 4, 3), "") if day_known else (None, "2026 / 4"))
    assert "医師が決めます" in page.text
    assert "麻しん" not in page.text
    assert ("日はわかりません" in page.text) is not day_known or before
    at.parent.get(f"{at.path}/{kept.id}")
    shown = at.parent.form().fields
    assert (shown["disease"], shown["given-month"]) == (["measles", "mumps"], ["4"])
    assert ("day_unknown" in shown) is not day_known
    assert at.parent.submit({"country": ""}).path == at.path
    assert next(one for one in at.doses if one.id == kept.id).country == ""


def test_dose_from_abroad_with_faults_keeps_everything_and_a_second_tap_adds_none(town: Site) -> None:
    at = Copying(town, "foreign")
    before = len(at.doses)
    at.parent.get(f"{at.path}/abroad")
    page = at.parent.submit({"given-year": "2026", "given-month": "4", "lot": "L" * 41})
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert (page.status, linked) == (422, ["disease", "as_written", "given-day", "lot"])
    assert at.parent.form().fields["lot"] == ["L" * 41]
    good = {"disease": "polio", "as_written": "OPV", "given-day": "9", "lot": ""}
    fields = {**at.parent.form().fields, **good}
    for _ in range(2):
        assert at.parent.post(f"{at.path}/abroad", fields).path == at.path
    assert len(at.doses) == before + 1


def test_history_of_another_family_looks_like_an_absent_one(town: Site) -> None:
    mine, other = Copying(town, "mother"), Copying(town, "father")
    for path in (mine.path, f"{mine.path}/copy", f"{mine.path}/abroad", "/children/absent/history"):
        assert other.parent.get(path).status == 404
    other.parent.get(f"{other.path}/copy")
    fields = {**other.parent.form().fields, **rows("BCG", "2026-2-3")}
    before = mine.doses
    assert other.parent.post(f"{mine.path}/copy", fields).status == 404
    assert mine.doses == before


def test_every_field_takes_every_naughty_text(town: Site) -> None:
    """Kept or refused with a word, never a 500, never unescaped; every page passes the page checker."""
    at = Copying(town, "teen")
    sendable = [text for text in NAUGHTY if text.encode("utf-8", "ignore").decode() == text]
    assert len(sendable) >= 20
    for text in (one for one in sendable if len(one) <= 500):
        at.parent.get(f"{at.path}/abroad")
        day = {f"given-{part}": text for part in ("era", "year", "month", "day")}
        page = at.parent.submit(
            {**day, "disease": text, "as_written": text, "country": text, "lot": text, "day_unknown": text}
        )
        assert page.status == 422, text
        page = at.parent.submit({"disease": "polio", "day_unknown": "yes"})
        assert page.status in (200, 422), text
        assert "<script>alert" not in page.text
        row = {f"ROTA_1-{part}": text for part in ("year", "month", "day", "product", "lot")}
        page = at.copy({**row, "era": text, "more": text, "sure": text})
        assert page.status == 422, text
        assert "<script>alert" not in page.text
        assert at.parent.get(at.path).status == 200
