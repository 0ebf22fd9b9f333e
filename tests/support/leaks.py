"""What must not lie in the repository: secrets, places of one machine, real providers as a default."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PLACES = (
    *("app", "tests", "templates", "static", "translations", "docs", ".ci"),
    *("Makefile", "pyproject.toml", "README.md", "wsgi.py"),
)
BINARY = (".png", ".ico", ".jpg", ".woff2", ".pyc", ".sqlite", ".pdf")
# Each pattern is written so that it does not match itself.
PATTERNS = (
    (re.compile(r"/(?:home|Users)/[a-z][\w.-]*/"), "somebody's home directory"),
    (re.compile(r"(?<![\w.])/roo[t]/"), "a machine's root home"),
    (re.compile(r"(?<![\w.*])/(?:work|mnt|srv)/[a-z]"), "a place of one machine"),
    (re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an access key"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"), "an access token"),
    (re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"), "a signed token"),
    (re.compile(r"://[^/\s:@]+:[^/\s:@{}$<]{3,}@(?!localhost)"), "a password in a URL"),
)
REAL_PROVIDER = re.compile(r"https?://[\w.-]*\.go\.jp\b")


def leaks(root: Path) -> list[str]:
    """Every leak in the committed places, as ``path:line: what``."""
    found = []
    for path in _files(root):
        text = path.read_text(encoding="utf-8", errors="replace")
        place = path.relative_to(root).as_posix()
        found += [f"{place}:{line}: {what}" for line, what in _in_text(text)]
        if path.suffix == ".py" and place.startswith("app/"):
            found += [f"{place}:{line}: a real provider in the code" for line in _real_providers(text)]
    return found


def _files(root: Path) -> Iterator[Path]:
    for place in (root / name for name in PLACES):
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in inside if path.is_file() and path.suffix not in BINARY)


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in PATTERNS:
            if pattern.search(line):
                yield number, what


def _real_providers(text: str) -> Iterator[int]:
    """Lines of string literals with a go.jp address; a docstring may cite its source."""
    tree = ast.parse(text)
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and node not in docstrings
            and REAL_PROVIDER.search(str(node.value))
        ):
            yield node.lineno
