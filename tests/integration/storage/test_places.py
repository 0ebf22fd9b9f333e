"""Municipalities, clinics, terminals, and staff with their secrets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.identity.ports import StaffSecret
from app.places.place import Clinic, Municipality, Role, Staff, Terminal
from app.visit.ports import Deed
from tests.integration.storage.town import MINUTE, NOW, Town


@pytest.fixture
def nurse(town: Town) -> Iterator[Staff]:
    staff = Staff(uuid4().hex, town.id, town.clinic.id, f"n-{town.id}", "看護 みどり", Role.NURSE)
    town.store.staff_secrets.add(staff, "$argon2id$…", "BASE32SECRET")
    return staff


@pytest.fixture
def terminal(town: Town) -> Terminal:
    return Terminal(uuid4().hex, town.id, town.clinic.id, "受付1")


def test_places_when_added_come_back(town: Town) -> None:
    municipality = Municipality(town.id, "みなと町", "03-0000-0001", "reviewed")
    assert town.store.places.municipality(town.id) == municipality
    assert municipality in town.store.places.municipalities()
    assert town.store.places.clinic(town.clinic.id) == town.clinic
    assert town.store.places.municipality("x") is None
    assert town.store.places.clinic("x") is None


def test_clinics_when_listed_are_of_one_municipality_by_name(town: Town) -> None:
    first = Clinic(uuid4().hex, town.id, "あさひ医院", "03")
    town.store.places.add_clinic(first)
    assert town.store.places.clinics(town.id) == (first, town.clinic)
    assert town.store.places.clinics("elsewhere") == ()


def test_place_when_taken_or_nowhere_is_refused(town: Town) -> None:
    with pytest.raises(ValueError, match="taken"):
        town.store.places.add_municipality(Municipality(town.id, "x", "x"))
    with pytest.raises(ValueError, match="taken"):
        town.store.places.add_clinic(town.clinic)
    with pytest.raises(ValueError, match="unknown"):
        town.store.places.add_clinic(replace(town.clinic, id="new", municipality="nowhere"))


def test_terminal_when_code_is_typed_sloppily_is_enrolled_once(town: Town, terminal: Terminal) -> None:
    code = town.store.places.enrol_terminal(terminal, NOW)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    redeemed = town.store.places.redeem_terminal(f"{sloppy}\r\n", NOW + MINUTE)
    assert redeemed is not None
    assert redeemed[0] == terminal
    assert town.store.places.terminal(redeemed[1]) == terminal
    assert town.store.places.terminal("unknown") is None
    assert town.store.places.redeem_terminal(code, NOW + MINUTE) is None
    assert Deed.TERMINAL_ENROLLED in [event.deed for event in town.store.audit.history("")]


def test_terminal_when_code_is_a_day_old_is_not_enrolled(town: Town, terminal: Terminal) -> None:
    code = town.store.places.enrol_terminal(terminal, NOW)
    assert town.store.places.redeem_terminal(code, NOW + timedelta(days=1, seconds=1)) is None
    town.store.purge(NOW + timedelta(days=1, seconds=1))
    assert town.store.places.redeem_terminal(code, NOW) is None


def test_staff_when_added_is_found_by_login_and_by_id(town: Town, nurse: Staff) -> None:
    assert town.store.staff_secrets.find(nurse.login) == StaffSecret(nurse, "$argon2id$…", "BASE32SECRET", 0)
    assert town.store.staff_secrets.find(nurse.login.upper()) is None
    assert town.store.places.staff(nurse.id) == nurse
    assert town.store.places.staff("x") is None


def test_staff_when_id_or_login_is_taken_is_refused(town: Town, nurse: Staff) -> None:
    for clash in (replace(nurse, login="other"), replace(nurse, id=uuid4().hex)):
        with pytest.raises(ValueError, match="taken"):
            town.store.staff_secrets.add(clash, "x", "x")
    assert town.store.places.staff(nurse.id) == nurse


def test_step_when_not_newer_is_refused(town: Town, nurse: Staff) -> None:
    steps = town.store.staff_secrets
    assert [steps.remember_step(nurse.id, step) for step in (7, 7, 6, 8)] == [True, False, False, True]
    found = steps.find(nurse.login)
    assert found is not None
    assert found.last_step == 8
    assert not steps.remember_step("unknown", 1)
