"""Everybody × every route × every state: what comes is what the policy says; what is foreign is absent."""

import pytest

from app.visit.access import Verdict
from app.visit.visit import Visit
from tests.support.matrix import (
    ENDS_A_SESSION,
    ROLES,
    STATES,
    Cell,
    ask,
    cells,
    comparable,
    expected,
    named_in,
    next_id_is,
    token_of,
    told,
    verdict_of,
)
from tests.support.rules import Route, routes_of
from tests.support.town import Town
from tests.support.town_children import another_child


@pytest.fixture(scope="module")
def routes(town: Town) -> tuple[Route, ...]:
    return routes_of(town.site.app)


def visit_of(town: Town, cell: Cell) -> Visit | None:
    """The visit this cell is about."""
    return town.visit(STATES[cell.state]) if cell.state in STATES and cell.state != "absent" else None


def fault_in(town: Town, cell: Cell) -> str:
    """What is wrong with the answer in this cell, "" for nothing. What a request changed is made anew."""
    visit = visit_of(town, cell)
    wanted = expected(town, cell, visit)
    answer = ask(town, cell, named_in(town, cell))
    found = told(cell, answer)
    if any(mark.encode() in answer.body for mark in town.foreign_marks(cell.role)):
        return f"{cell.name}: shows what is foreign"
    if found != wanted:
        return f"{cell.name}: {found} instead of {wanted} ({answer.status})"
    if wanted != "in" and visit_of(town, cell) != visit:
        return f"{cell.name}: refused, and yet the visit changed"
    if cell.route.method == "POST" and wanted == "in" and cell.state in STATES:
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
    before = {cell: comparable(ask(town, cell, ids[cell.state])) for cell in asked}
    for state, visit_id in ids.items():
        town.forget(STATES[state])
        with next_id_is(town, visit_id):
            assert town.visit(STATES[state]).id == visit_id
    foreign = [cell for cell in asked if _is_absent_to(town, cell)]
    assert len(foreign) >= 400
    different = [
        cell.name for cell in foreign if comparable(ask(town, cell, ids[cell.state])) != before[cell]
    ]
    assert different == []


def test_foreign_and_absent_children_are_the_same_to_the_last_byte(
    town: Town, routes: tuple[Route, ...]
) -> None:
    """Each address is asked before the child is there and again when it is somebody else's."""
    child = town.site.rooms.new_id()
    asked = [cell for cell in cells(routes) if cell.state == "child" and cell.role != "parent"]
    assert len(asked) >= 30
    for role in {cell.role for cell in asked}:
        token_of(town, role)  # a browser's very first answer sets its form cookie
    before = {cell: comparable(ask(town, cell, child)) for cell in asked}
    with next_id_is(town, child):
        another_child(town.mother, town.mother.subject.birth_date)
    assert town.site.rooms.people.subject(child) is not None
    assert [cell.name for cell in asked if comparable(ask(town, cell, child)) != before[cell]] == []


def test_comparison_when_one_byte_differs_finds_it(town: Town, routes: tuple[Route, ...]) -> None:
    cell = next(cell for cell in cells(routes) if cell.name == "stranger GET /visits/<visit_id> absent")
    one, other = ask(town, cell, "0" * 32), ask(town, cell, "0" * 31 + "1")
    assert comparable(one) != comparable(other)


def _is_absent_to(town: Town, cell: Cell) -> bool:
    return verdict_of(town, cell, visit_of(town, cell)) in (Verdict.ABSENT, Verdict.SIGN_IN)
