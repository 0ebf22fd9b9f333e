"""What no template may do: switch escaping off, put anything inline, hide a missing value."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

UNSAFE_FILTERS = ("safe", "forceescape")
HIDING_FILTERS = ("default", "d")
HIDING_TESTS = ("defined", "undefined")
INLINE = (
    (re.compile(r"<style\b", re.I), "inline style element"),
    (re.compile(r"<script\b(?![^>]*\ssrc=)", re.I), "inline script"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "event attribute"),
    (re.compile(r"javascript:", re.I), "javascript: link"),
)
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)


def broken_templates(root: Path) -> list[str]:
    """Every breach below ``templates/``, as ``path:line: what``."""
    found = []
    for path in sorted((root / "templates").rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(root).as_posix()
        found += [f"{place}:{line}: {what}" for line, what in _breaches(text)]
    return found


def _breaches(text: str) -> Iterator[tuple[int, str]]:
    bare = TEMPLATE_CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    for pattern, what in INLINE:
        for match in pattern.finditer(bare):
            yield bare.count("\n", 0, match.start()) + 1, what
    environment = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.do"])
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        yield error.lineno, f"syntax: {error.message}"
        return
    yield from _in_tree(tree)


def _in_tree(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for one in tree.find_all(nodes.Filter):
        if one.name in UNSAFE_FILTERS:
            yield one.lineno, f"|{one.name} switches escaping off"
        if one.name in HIDING_FILTERS:
            yield one.lineno, f"|{one.name} hides a value that is missing"
    for test in tree.find_all(nodes.Test):
        if test.name in HIDING_TESTS and _name(test.node) != "caller":
            yield test.lineno, f"is {test.name} hides a value that is missing"
    for call in tree.find_all(nodes.Call):
        if _name(call.node) == "Markup":
            yield call.lineno, "Markup() switches escaping off"
    for scope in tree.find_all(nodes.ScopedEvalContextModifier):
        if any(option.key == "autoescape" for option in scope.options):
            yield scope.lineno, "autoescape is not for templates to decide"


def _name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""
