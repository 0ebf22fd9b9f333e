"""Everybody × every route × every state: what comes is what the policy says; what is foreign is absent."""

from dataclasses import replace

import pytest

from app.people.dose_history import CopiedDose
from app.people.growth import Measurement
from app.people.person import Subject
from app.people.ports import Hand
from app.visit.access import Verdict
from app.visit.visit import Visit
from tests.support.matrix import (
    ENDS_A_SESSION,
    ROLES,
    STATES,
    Cell,
    Ids,
    ask,
    cells,
    comparable,
    expected,
    ids_of,
    next_visit_is,
    token_of,
    told,
    verdict_of,
)
from tests.support.rules import Route, routes_of
from tests.support.town import Town
from tests.support.town_subjects import EXPECTING, Expecting


@pytest.fixture(scope="module")
def routes(town: Town) -> tuple[Route, ...]:
    return routes_of(town.site.app)


def visit_of(town: Town, cell: Cell) -> Visit | None:
    """The visit this cell is about."""
    is_about_none = not cell.route.is_about_a_visit or cell.state in ("", "absent")
    return None if is_about_none else town.visit(STATES[cell.state])


def fault_in(town: Town, cell: Cell) -> str:
    """What is wrong with the answer in this cell, "" for nothing. What a request changed is made anew."""
    visit = visit_of(town, cell)
    wanted = expected(town, cell, visit)
    answer = ask(town, cell, ids_of(town, cell))
    found = told(cell, answer)
    if any(mark.encode() in answer.body for mark in town.foreign_marks(cell.role)):
        return f"{cell.name}: shows what is foreign"
    if found != wanted:
        return f"{cell.name}: {found} instead of {wanted} ({answer.status})"
    if wanted != "in" and visit_of(town, cell) != visit:
        return f"{cell.name}: refused, and yet the visit changed"
    if cell.route.method == "POST" and wanted == "in" and visit is not None:
        town.forget(STATES[cell.state])
    if cell.route.rule in ENDS_A_SESSION:
        town.leave(cell.role)
    return ""


def test_everybody_is_answered_as_the_policy_says(town: Town, routes: tuple[Route, ...]) -> None:
    every = list(cells(routes))
    assert len(every) >= 1200
    assert {cell.role for cell in every} == set(ROLES)
    faults = [fault for cell in every if (fault := fault_in(town, cell))]
    assert faults == [], "\n".join(faults[:30])


def test_foreign_and_absent_visits_are_the_same_to_the_last_byte(
    town: Town, routes: tuple[Route, ...]
) -> None:
    """Each address is asked before anything is there and again when somebody else's visit is."""
    ids = {state: town.site.rooms.new_id() for state in STATES if state != "absent"}
    asked = [cell for cell in cells(routes) if cell.state in ids and cell.role != "pass_holder"]
    before = {cell: comparable(ask(town, cell, Ids(ids[cell.state]))) for cell in asked}
    for state, visit_id in ids.items():
        town.forget(STATES[state])
        with next_visit_is(town, visit_id):
            assert town.visit(STATES[state]).id == visit_id
    foreign = [cell for cell in asked if _is_absent_to(town, cell)]
    assert len(foreign) >= 400
    different = [
        cell.name for cell in foreign if comparable(ask(town, cell, Ids(ids[cell.state]))) != before[cell]
    ]
    assert different == []


def test_foreign_and_absent_subjects_are_the_same_to_the_last_byte(
    town: Town, routes: tuple[Route, ...]
) -> None:
    """Each address is asked before anything is there and again when somebody else's child is."""
    rooms, family = town.site.rooms, town.expecting
    ids = Ids(subject=rooms.new_id(), dose=rooms.new_id(), measurement=rooms.new_id())
    about = [cell for cell in cells(routes) if cell.route.is_about_a_subject and cell.state == "absent"]
    asked = [cell for cell in about if cell.role not in (EXPECTING, "pass_holder")]
    before = {cell: comparable(ask(town, cell, ids)) for cell in asked}
    link = rooms.people.guardianship(family.person.id, family.child.id, town.site.clock())
    assert link is not None
    child = replace(family.child, id=ids.subject)
    rooms.people.add_subject(child, replace(link, id=rooms.new_id(), subject_id=child.id))
    dose = CopiedDose(ids.dose, "BCG", child.birth_date)
    rooms.histories.add(child, (dose,), Hand(family.person.id, town.site.clock()))
    measured = _measured(family, child, ids.measurement)
    assert len(asked) >= 120
    assert [cell.name for cell in asked if comparable(ask(town, cell, ids)) != before[cell]] == []
    assert rooms.histories.doses(child) == (dose,)
    assert rooms.measurements.of_subject(child.id) == (measured,)


def test_doses_when_their_routes_were_asked_by_everybody_are_as_they_were(town: Town) -> None:
    """No bare request changes or deletes a dose: the revision that was seen must be said."""
    for role in ROLES:
        for ending in ("", "/delete"):
            path = f"/children/{town.subject_id('child')}/history/{town.expecting.id_of('hepb')}{ending}"
            town.seat(role)[1].post_once(path, {"csrf_token": token_of(town, role)})
    assert town.expecting.now("hepb") == town.expecting.doses["hepb"]


def test_dose_of_a_child_is_never_found_below_her_other_subject(town: Town) -> None:
    seat, _ = town.seat(EXPECTING)
    for ending in ("", "/delete"):
        path = f"history/{town.expecting.id_of('hepb')}{ending}"
        assert seat("GET", f"/children/{town.subject_id('child')}/{path}", ()).status == 200
        assert seat("GET", f"/children/{town.subject_id('self')}/{path}", ()).status == 404


def test_comparison_when_one_byte_differs_finds_it(town: Town, routes: tuple[Route, ...]) -> None:
    cell = next(cell for cell in cells(routes) if cell.name == "stranger GET /visits/<visit_id> absent")
    one, other = ask(town, cell, Ids("0" * 32)), ask(town, cell, Ids("0" * 31 + "1"))
    assert comparable(one) != comparable(other)


def _measured(family: Expecting, child: Subject, measurement_id: str) -> Measurement:
    """A measurement of her child with this id."""
    day, now = child.birth_date, family.site.clock()
    one = Measurement(measurement_id, child.municipality, child.id, family.person.id, day, now, weight_g=3000)
    family.site.rooms.measurements.add(one)
    return one


def _is_absent_to(town: Town, cell: Cell) -> bool:
    return verdict_of(town, cell, visit_of(town, cell)) in (Verdict.ABSENT, Verdict.SIGN_IN)
