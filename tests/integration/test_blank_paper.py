"""The blank paper, as somebody without a card meets it: a choice, one sheet, or what is wrong with it."""

import re

import pytest

from tests.support.faults_on_page import message
from tests.support.journey import Fetched
from tests.support.site import Site

TOO_MANY = (
    *("bcg-1", "mr-1", "varicella-1", "hib-1", "pneumococcus-1", "five-in-one-1", "hepatitis-b-1"),
    *("rotavirus-1", "mumps-1"),
)
TICKED = re.compile(r'name="for" value="([\w-]+)" checked')


def ask(site: Site, *codes: str) -> Fetched:
    """The sheet for these programmes, as the list's form asks for it."""
    chosen = "".join(f"for={code}&" for code in codes)
    return site.parent().get(f"/blank/sheet?{chosen}with=ja")


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ((), "choose_any"),
        (("mr-1", "mr-2"), "one_dose_each"),
        (("checkup-m3", "mr-1"), "one_checkup_alone"),
        (("mr-1", "maternal-rsv-1"), "one_person_only"),
        (TOO_MANY, "too_many"),
    ],
)
def test_choice_that_is_no_one_paper_is_told_and_kept(
    site: Site, chosen: tuple[str, ...], fault: str
) -> None:
    page = ask(site, *chosen)
    assert page.status == 422
    assert re.search(message(site, fault), page.text)
    assert sorted(TICKED.findall(page.text)) == sorted(chosen)


def test_one_sheet_for_what_is_given_on_one_day_asks_what_they_share_once(site: Site) -> None:
    page = ask(site, "mr-1", "varicella-1")
    assert page.status == 200
    assert page.text.count('data-question="convulsion_ever"') == 1
    numbers = [int(number) for number in re.findall(r'<span class="no">(\d+)</span>', page.text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert re.search(r"問\d+が「はい」のときだけ", page.text)


def test_every_condition_and_place_to_sign_stands_in_both_languages(site: Site) -> None:
    vaccine = site.parent().get("/blank/sheet?for=bcg-1&with=en")
    assert re.search(r"「はい」のときだけ <span[^>]*>Only if no\. \d+ is “Yes”</span>", vaccine.text)
    assert "I agree to the vaccination" in vaccine.text
    checkup = site.parent().get("/blank/sheet?for=checkup-pregnancy-repeat&with=en")
    assert "妊娠の週数が20以上の、または妊娠の週数がわからないときだけ" in checkup.text
    assert "I agree to the vaccination" not in checkup.text
    assert "続柄" not in checkup.text


def test_paper_that_nobody_has_is_not_found(site: Site) -> None:
    assert ask(site, "nothing").status == 404
