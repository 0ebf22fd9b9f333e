"""What the pure rooms must not touch: clock, chance, environment, files, network (house rule 9)."""

import ast
from collections.abc import Iterator
from pathlib import Path

PURE_ROOMS = ("strict_toml", "schedule", "questionnaire", "people", "places", "visit")
IMPURE_MODULES = frozenset(
    {
        *("os", "sys", "time", "random", "secrets", "uuid", "pathlib", "tempfile", "shutil", "glob", "io"),
        *("socket", "ssl", "http", "urllib.request", "smtplib", "asyncio", "subprocess", "threading"),
        *("multiprocessing", "signal", "ctypes", "importlib", "logging", "sqlite3", "locale", "pickle"),
        *("flask", "werkzeug", "sqlalchemy", "alembic", "psycopg", "requests", "authlib", "cryptography"),
        *("jinja2", "babel"),
    }
)
PURE_NAMES = ("pathlib.PurePath", "pathlib.PurePosixPath")  # names of files, never files
IMPURE_CALLS = frozenset({"open", "print", "input", "exec", "eval", "breakpoint", "__import__"})
IMPURE_METHODS = frozenset(
    {"now", "utcnow", "today", "read_text", "read_bytes", "write_text", "write_bytes", "getenv"}
)


def impurities(root: Path) -> list[str]:
    """Every impure import or call in the pure rooms, as ``path:line: what``."""
    found = []
    for room in PURE_ROOMS:
        for path in sorted((root / "app" / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
            place = path.relative_to(root).as_posix()
            found += [f"{place}:{line}: {what}" for line, what in _in_module(tree)]
    return found


def _in_module(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names if _is_impure(one.name))
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{one.name}" for one in node.names]
            yield from ((node.lineno, name) for name in names if _is_impure(name))
        elif isinstance(node, ast.Call) and (called := _impure_call(node.func)):
            yield node.lineno, called
    yield from _state(tree)


def _is_impure(name: str) -> bool:
    if name in PURE_NAMES:
        return False
    parts = name.split(".")
    return any(".".join(parts[:length]) in IMPURE_MODULES for length in range(1, len(parts) + 1))


def _impure_call(function: ast.expr) -> str:
    """``open()`` and ``datetime.now()``; "" for a pure call, such as ``self.now(visit)`` of our own."""
    if isinstance(function, ast.Name) and function.id in IMPURE_CALLS:
        return f"{function.id}()"
    if not isinstance(function, ast.Attribute) or function.attr not in IMPURE_METHODS:
        return ""
    owner = function.value
    is_ours = isinstance(owner, ast.Name) and owner.id == "self"
    return "" if is_ours else f".{function.attr}()"


def _state(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """State at module level that a call could change: ``global``, or a bare list, dict or set."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield node.lineno, f"global {', '.join(node.names)}"
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        is_empty = isinstance(value, ast.List | ast.Set | ast.Dict) and not ast.unparse(value).strip("[]{}")
        if is_empty:
            yield statement.lineno, "empty container at module level"
