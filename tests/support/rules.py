"""Every rule of the application with its gate: what the access law, the census and the matrix read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app import create_app
from app.settings import Settings
from app.visit.access import Action

UNSEEN = frozenset({"HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Route:
    """One rule under one method. ``gates`` are the actions found on its view, one for each decorator."""

    rule: str
    method: str
    endpoint: str
    gates: tuple[object, ...]

    @property
    def action(self) -> Action:
        """What it does. Errors: ValueError without exactly one gate."""
        (only,) = self.gates
        return Action(str(only))

    @property
    def is_about_a_visit(self) -> bool:
        """Whether its address names a visit."""
        return "<visit_id>" in self.rule

    @property
    def is_about_a_child(self) -> bool:
        """Whether its address names a child."""
        return "<subject_id>" in self.rule


def bare_app(folder: Path) -> Flask:
    """The application with all its rules, on a database that nobody has made yet."""
    return create_app(
        Settings.from_environment(
            {"APP_MODE": "demo", "DATA_DIR": str(folder), "PUBLIC_URL": "http://localhost"}
        )
    )


def routes_of(app: Flask) -> tuple[Route, ...]:
    """Every rule under every method it answers, in order."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return tuple(
        Route(rule.rule, method, rule.endpoint, tuple(gates_on(app.view_functions[rule.endpoint])))
        for rule in rules
        for method in sorted((rule.methods or set()) - UNSEEN)
    )


def gates_on(view: Callable[..., object]) -> Iterator[object]:
    """The ``action`` of the view and of every function that it wraps."""
    here: object = view
    while here is not None:
        if "action" in getattr(here, "__dict__", {}):
            yield here.__dict__["action"]
        here = getattr(here, "__wrapped__", None)


def ungated(app: Flask) -> list[str]:
    """Every rule whose view does not have exactly one gate, as one sentence."""
    return [
        f"{route.method} {route.rule} ({route.endpoint}): {len(route.gates)} gates"
        for route in routes_of(app)
        if len(route.gates) != 1 or not isinstance(route.gates[0], Action)
    ]
