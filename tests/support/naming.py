"""Words the house does not use (design: words; house rule 2)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.measures import modules

BANNED_MODULES = re.compile(r"(utils?|helpers?|commons?|core|services?|managers?|misc|base|lib|tools?)")
BANNED_VERBS = ("get_", "do_", "handle_", "process_")
FILLED_FORM = re.compile(
    r"(form|questionnaire|sheet|answer|visit|patient|parent)s?_responses?|Response(Set|Item)$"
)
WHICH_USER = ("user_agent", "user_handle", "user_verification", "userinfo", "database_user")
NOT_SAYING_WHICH = re.compile(r"(^|_)users?(_|$)")
NAMED_BY_OTHERS = re.compile(r"process_(bind_param|result_value|literal_param)|do_(GET|POST)")


def bad_names(root: Path) -> list[str]:
    """Every banned word in names of modules, classes, functions, parameters and variables."""
    found = []
    for path in modules(root):
        place = path.relative_to(root)
        parts = [*place.parts[:-1], place.stem]
        found += [f"{place.as_posix()}: room {part}" for part in parts if BANNED_MODULES.fullmatch(part)]
        if place.parts[0] == "tests":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        found += [f"{place.as_posix()}:{line}: {what}" for line, what in _in_module(tree)]
    return found


def _in_module(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for line, name in sorted(set(_defined(tree))):
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
        if NOT_SAYING_WHICH.search(snake.lower()) and not _says_which(snake.lower()):
            yield line, f"{name}: user, without saying which"
        if FILLED_FORM.search(name):
            yield line, f"{name}: a filled form is answers or a submission"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _says_nothing(node.name):
            yield node.lineno, f"{node.name}: say what it does"


def _says_nothing(name: str) -> bool:
    return name.lstrip("_").startswith(BANNED_VERBS) and not NAMED_BY_OTHERS.fullmatch(name)


def _says_which(name: str) -> bool:
    return any(word in name for word in WHICH_USER)


def _defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name the module itself gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
