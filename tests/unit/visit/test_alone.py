"""Who may come without a guardian, at which age, for what; and whose signature is enough."""

from dataclasses import replace
from datetime import date

import pytest

from app.people.person import Sex, Subject
from app.questionnaire.programme import Programme, Signer, Who
from app.strict_toml.source import Mark, Source
from app.visit.alone import ALONE, asks_as_alone, may_come_alone, signs_for_herself
from tests.unit.visit.making import programme

SOURCE = Source("reference/vaccination.md 3", Mark.V)
RECIPIENT = Signer(Who.RECIPIENT, 16, None, "", SOURCE)
HPV: Programme = replace(
    programme("HPV", ["head"]), parts_alone=("head",), alone_from_years=13, signers=(RECIPIENT,)
)
DT = programme("DT", ["head"])
GIRL = Subject("s", "999999", "見本", "", Sex.FEMALE, date(2013, 11, 23))
THIRTEEN, SIXTEEN = date(2026, 11, 22), date(2029, 11, 22)


@pytest.mark.parametrize(("day", "may"), [(date(2026, 11, 21), False), (THIRTEEN, True), (SIXTEEN, True)])
def test_alone_from_the_day_before_the_thirteenth_birthday(day: date, may: bool) -> None:
    assert may_come_alone([HPV], GIRL, day) is may


def test_alone_only_when_every_vaccine_of_the_visit_allows_it() -> None:
    assert not may_come_alone([HPV, DT], GIRL, SIXTEEN)
    assert not may_come_alone([], GIRL, SIXTEEN)


def test_from_sixteen_her_own_signature_is_enough() -> None:
    assert not signs_for_herself([HPV], GIRL, date(2029, 11, 21))
    assert signs_for_herself([HPV], GIRL, SIXTEEN)
    assert not signs_for_herself([HPV, DT], GIRL, SIXTEEN)


def test_the_form_for_those_alone_is_asked_between_thirteen_and_sixteen() -> None:
    assert asks_as_alone([HPV], GIRL, ALONE, THIRTEEN)
    assert not asks_as_alone([HPV], GIRL, "mother", THIRTEEN)
    assert not asks_as_alone([HPV], GIRL, ALONE, SIXTEEN)
