"""How large modules and functions are: what the law of sizes allows, and what the gate prints."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE_LINES = 300
FUNCTION_LINES = 40
POSITIONAL = 4
NESTING = 3
GENERATED = ("migrations/versions",)
NOT_OURS = (".venv", ".git", "node_modules", ".data", "build")
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Size:
    """One measured thing: ``app/visit/sheet.py:40 ahead``."""

    name: str
    lines: int


def modules(root: Path) -> list[Path]:
    """Every Python file of the house; generated ones and what others wrote are not ours."""
    found = [path for place in ("app", "tests") for path in sorted((root / place).rglob("*.py"))]
    found += sorted(root.glob("*.py"))
    return [
        path
        for path in found
        if not any(part in NOT_OURS for part in path.relative_to(root).parts)
        and not any(mark in path.as_posix() for mark in GENERATED)
    ]


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module, those inside others too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, Function):
            yield node


def module_size(root: Path, path: Path) -> Size:
    """The lines of a file, docstrings and all."""
    return Size(path.relative_to(root).as_posix(), len(path.read_text(encoding="utf-8").splitlines()))


def function_size(root: Path, path: Path, function: Function) -> Size:
    """The lines from ``def`` to the end, without the docstring."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    lines = (function.end_lineno or function.lineno) - function.lineno + 1 - docstring
    return Size(f"{path.relative_to(root).as_posix()}:{function.lineno} {function.name}", lines)


def positional(function: Function) -> int:
    """Parameters that can be given by position; ``self`` and ``cls`` are not counted."""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len(names[1:] if names[:1] in (["self"], ["cls"]) else names)


def nesting(body: list[ast.stmt], depth: int = 0) -> int:
    """How deep blocks stand in blocks; ``elif`` is no deeper than its ``if``; inner functions count anew."""
    deepest = depth
    for statement in body:
        if isinstance(statement, BLOCKS):
            deepest = max(deepest, *(nesting(part, depth + 1) for part in _bodies(statement)))
            if isinstance(statement, ast.If) and _is_elif(statement.orelse):
                deepest = max(deepest, nesting(statement.orelse, depth))
    return deepest


def _bodies(block: ast.stmt) -> list[list[ast.stmt]]:
    bodies = [getattr(block, name, []) for name in ("body", "finalbody")]
    orelse: list[ast.stmt] = getattr(block, "orelse", [])
    bodies.append([] if isinstance(block, ast.If) and _is_elif(orelse) else orelse)
    bodies += [handler.body for handler in getattr(block, "handlers", [])]
    return bodies + [case.body for case in getattr(block, "cases", [])]


def _is_elif(orelse: list[ast.stmt]) -> bool:
    return len(orelse) == 1 and isinstance(orelse[0], ast.If)


def broken_sizes(root: Path) -> list[str]:
    """Everything in the house that is too large, one sentence each."""
    broken = []
    for path in modules(root):
        size = module_size(root, path)
        if size.lines > MODULE_LINES:
            broken.append(f"{size.name}: {size.lines} lines, at most {MODULE_LINES}")
        for function in functions(path):
            broken += _broken_function(function_size(root, path, function), function)
    return broken


def _broken_function(size: Size, function: Function) -> Iterator[str]:
    if size.lines > FUNCTION_LINES:
        yield f"{size.name}: {size.lines} lines, at most {FUNCTION_LINES}"
    if positional(function) > POSITIONAL and not _is_given_by_name(function):
        yield f"{size.name}: {positional(function)} positional parameters, at most {POSITIONAL}"
    if nesting(function.body) > NESTING:
        yield f"{size.name}: blocks nested {nesting(function.body)} deep, at most {NESTING}"


def _is_given_by_name(function: Function) -> bool:
    """Tests and fixtures are called by pytest, by name; commands by click."""
    decorators = " ".join(ast.unparse(one) for one in function.decorator_list)
    return function.name.startswith("test_") or "fixture" in decorators or ".command(" in decorators


def largest(root: Path) -> tuple[Size, Size]:
    """The largest module and the largest function of the application itself."""
    ours = [path for path in modules(root) if path.relative_to(root).parts[0] == "app"]
    files = [module_size(root, path) for path in ours]
    inside = [function_size(root, path, one) for path in ours for one in functions(path)]
    nothing = Size("", 0)
    return (
        max(files, key=lambda one: one.lines, default=nothing),
        max(inside, key=lambda one: one.lines, default=nothing),
    )
