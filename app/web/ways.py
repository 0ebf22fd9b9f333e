"""Where to go on to: only pages of ours, with only those query values that a page of ours understands."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import current_app, request

WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
UNDERSTOOD = frozenset({"kept", "from", "again", "child", "with", "today"})


def has_page(path: str) -> bool:
    """Whether something of ours answers a GET at this path."""
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(path, "GET")


def safe_next(wanted: str, otherwise: str) -> str:
    """The wanted page if it is one of ours, without what it does not understand; never another site."""
    path = wanted.partition("?")[0]
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not has_page(path):
        return otherwise
    kept = [pair for pair in parse_qsl(urlsplit(wanted).query) if _is_understood(*pair)]
    return f"{path}?{urlencode(kept)}" if kept else path


def _is_understood(name: str, value: str) -> bool:
    if name == "next":
        return bool(safe_next(value, ""))
    return name in UNDERSTOOD and WORD.fullmatch(value) is not None


def with_kept(way: str) -> str:
    """The same page, which then shows what was typed."""
    path, _, query = way.partition("?")
    pairs = [pair for pair in parse_qsl(query) if pair[0] != "kept"]
    return f"{path}?{urlencode([*pairs, ('kept', '1')])}"


def here() -> str:
    """The page of this request as a value for ``?next=``."""
    return quote(safe_next(request.full_path, "/"), safe="/")
