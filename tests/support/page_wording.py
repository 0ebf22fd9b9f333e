"""Rules about what a page says: nothing left untranslated, every language marked as what it is."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.support.page import Page, described

UI_TEXTS = Path(__file__).parents[2] / "translations" / "ui.toml"
PLACEHOLDER = re.compile(r"\{[a-z_][a-z0-9_]*\}|%\([a-z_]+\)[a-z]|\{\{|\}\}|\{%|%\}")
DOTTED = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_]+)+")
FORM_KEY = re.compile(
    r"[a-z][a-z0-9-]*\.[a-z0-9_]+\.(?:text|hint|why|details|unit|title|yes|no|unknown|declined|choice\.\w+)"
)
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u31f0-\u31ff\uff66-\uff9f]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
HAN_LANGUAGES = ("ja", "zh", "yue", "ko")


def leaves_no_placeholder(page: Page) -> Iterator[str]:
    """No ``{name}``, no ``%(name)s``, no template mark."""
    for element, text in page.texts():
        if not page.is_typed_by_people(element) and (found := PLACEHOLDER.search(text)):
            yield f"{found[0]} in {described(element)}: {text[:60]!r}"


def shows_no_key(page: Page) -> Iterator[str]:
    """No key of the wording stands where its text should."""
    for element, text in page.texts():
        if page.is_typed_by_people(element):
            continue
        for found in DOTTED.findall(text):
            if found in known_keys() or FORM_KEY.fullmatch(found):
                yield f"key {found} shown in {described(element)}"


def marks_japanese(page: Page) -> Iterator[str]:
    """Japanese stands only where ``lang`` says so."""
    for element, text in page.texts():
        language = page.language_of(element).partition("-")[0]
        is_foreign = KANA.search(text) and language != "ja"
        is_foreign = is_foreign or (HAN.search(text) and language not in HAN_LANGUAGES)
        if is_foreign and not page.is_typed_by_people(element):
            yield f"Japanese in {described(element)} under lang={language!r}: {text[:40]!r}"


@cache
def known_keys() -> frozenset[str]:
    """Every key of ``translations/ui.toml``: ``pass.show_this``."""
    if not UI_TEXTS.exists():
        return frozenset()
    return frozenset(_keys(tomllib.loads(UI_TEXTS.read_text(encoding="utf-8")), ""))


def _keys(table: Mapping[str, object], prefix: str) -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and "text" not in value:
            yield from _keys(value, f"{prefix}{name}.")
        else:
            yield prefix + name
