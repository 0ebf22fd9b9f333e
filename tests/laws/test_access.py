"""The URL map against the access table: every rule has exactly one gate, every action is used."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from app.visit.access import ACCESS, Action, Who
from app.web.guard import open_to, open_to_all
from tests.support.rules import Route, bare_app, routes_of, ungated

UNUSED: dict[Action, str] = {}
"""Actions that no route has yet, each with the reason why it stands in the table."""

Planter = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return bare_app(tmp_path_factory.mktemp("bare") / "data")


@pytest.fixture(scope="module")
def routes(app: Flask) -> tuple[Route, ...]:
    return routes_of(app)


def test_every_rule_has_exactly_one_gate(app: Flask, routes: tuple[Route, ...]) -> None:
    assert len(routes) >= 40
    assert ungated(app) == []


def test_every_action_is_used_by_a_route_or_named_unused(routes: tuple[Route, ...]) -> None:
    used = {route.action for route in routes}
    assert set(Action) - used == UNUSED.keys()


def test_every_action_stands_in_the_table_with_somebody() -> None:
    assert set(ACCESS) == set(Action)
    assert all(ACCESS.values())


def test_what_anyone_may_enter_everybody_may_enter() -> None:
    assert {who for allowed in ACCESS.values() if Who.ANYONE in allowed for who in allowed} == set(Who)


def test_no_address_about_a_visit_is_open_to_anyone(routes: tuple[Route, ...]) -> None:
    about_visits = [route for route in routes if route.is_about_a_visit]
    assert len(about_visits) >= 20
    assert [route.rule for route in about_visits if Who.ANYONE in ACCESS[route.action]] == []


def test_every_view_about_a_subject_asks_for_it_by_its_guardian(house: Path) -> None:
    """A view that has the subject's id must go through the one way to it."""
    about = [view for module in _modules(house) for view in _views(module) if view.is_about_a_subject]
    assert len(about) >= 8
    assert [f"{view.module}.{view.name}" for view in about if not view.asks_by] == []


def test_law_when_a_route_without_a_gate_is_planted_finds_it() -> None:
    planted = Flask("planted", static_folder=None)
    planted.add_url_rule("/bare", "bare", _view)
    planted.add_url_rule("/twice", "twice", open_to(Action.SEE_HOME)(open_to(Action.SEE_OWN)(_view)))
    planted.add_url_rule("/good", "good", open_to(Action.SEE_OWN)(_view))
    planted.add_url_rule("/all", "all", open_to_all(_other_view))
    assert [line.split()[1] for line in ungated(planted)] == ["/bare", "/twice"]


def test_every_view_is_written_with_one_gate_under_its_route(house: Path) -> None:
    written = [view for module in _modules(house) for view in _views(module)]
    assert len(written) >= 40
    assert [f"{view.module}.{view.name}: {view.decorators}" for view in written if not view.is_gated] == []


@pytest.mark.parametrize(
    "gates", ["", "@open_to_all\n@open_to(A)\n", "@open_to(A)\n@other\n", "@other\n@open_to(A)\n"]
)
def test_law_when_a_view_is_planted_with_other_gates_finds_it(plant: Planter, gates: str) -> None:
    root = plant({"bad.py": f"@pages.get('/x')\n{gates}def view() -> str: ...\n"})
    assert [view.is_gated for view in _views(root / "bad.py")] == [False]


def test_views_ask_for_a_visit_under_the_action_of_their_gate(house: Path) -> None:
    """A weaker action at `own_visit` or `own_subject` would let in whom the gate meant to keep out."""
    asking = [view for module in _modules(house) for view in _views(module) if view.asks_by]
    assert len(asking) >= 15
    assert [
        f"{view.module}.{view.name}: {view.asks_by}" for view in asking if view.asks_by != {view.gate}
    ] == []


@dataclass(frozen=True)
class View:
    """A view as it is written: its decorators below the route, the actions by which it asks for a visit."""

    module: str
    name: str
    decorators: tuple[str, ...]
    asks_by: frozenset[str]
    is_about_a_subject: bool = False

    @property
    def is_gated(self) -> bool:
        """Whether the gate is one, and alone."""
        return len(self.decorators) == 1 and self.decorators[0].startswith(("open_to(Action.", "open_to_all"))

    @property
    def gate(self) -> str:
        """The action of the gate as written."""
        return self.decorators[0].removeprefix("open_to(").removesuffix(")")


def _view() -> str:
    return ""


def _other_view() -> str:
    return ""


def _modules(house: Path) -> list[Path]:
    return sorted((house / "app" / "web").rglob("*.py"))


def _views(module: Path) -> Iterator[View]:
    """Every function of the module that stands under a route."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.decorator_list and _is_route(node.decorator_list[0]):
            asks = frozenset(ast.unparse(call.args[0]) for call in _calls(node, "own_visit", "own_subject"))
            gates = tuple(map(ast.unparse, node.decorator_list[1:]))
            is_about_a_subject = "<subject_id>" in ast.unparse(node.decorator_list[0])
            yield View(module.stem, node.name, gates, asks, is_about_a_subject)


def _is_route(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith(("pages.get(", "pages.post(", "pages.route("))


def _calls(view: ast.FunctionDef, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(view):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
            yield node
