"""The languages: a registry read from ``languages.toml``, and the choice of one for a visitor.

Own code instead of Babel's negotiation, which maps neither zh-TW to zh-Hant nor tl to fil.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale, UnknownLocaleError

from app.strict_toml.lines import line_of, lines_of
from app.wording.fault import Check, WordingError, WordingFault

SOURCE_TAG = "ja"
REGISTRY = "languages.toml"
_LONGEST_HEADER = 1000


class Direction(StrEnum):
    """The value of the HTML ``dir`` attribute."""

    LTR = "ltr"
    RTL = "rtl"


class LineHeight(StrEnum):
    """``TALL`` for scripts that stack marks (Burmese, Nastaliq, Devanagari): at least 1.9."""

    NORMAL = "normal"
    TALL = "tall"


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Shapes: ``tag`` is BCP 47, the ``lang`` attribute and the folder below ``translations/``; ``cldr``
    the Babel locale; ``parent`` a tag or "".
    """

    tag: str
    own_name: str
    japanese_name: str
    cldr: str
    direction: Direction = Direction.LTR
    aliases: tuple[str, ...] = ()
    parent: str = ""
    line_height: LineHeight = LineHeight.NORMAL
    offered: bool = False

    @property
    def is_source(self) -> bool:
        """It is Japanese, in which every text is written first."""
        return self.tag == SOURCE_TAG


@dataclass(frozen=True, slots=True)
class Names:
    """Japanese names allowed inside a translation, and names whose numbers need no counterpart."""

    japanese: tuple[str, ...] = ()
    with_numbers: tuple[str, ...] = ()


class Languages:
    """All languages by tag and alias."""

    __slots__ = ("_by_name", "all", "names", "source")

    def __init__(self, languages: Iterable[Language], names: Names = Names()) -> None:
        self.all = tuple(languages)
        self.names = names
        aliases = {alias.lower(): language for language in self.all for alias in language.aliases}
        self._by_name = aliases | {language.tag.lower(): language for language in self.all}
        self.source = self._by_name[SOURCE_TAG]

    @property
    def offered(self) -> tuple[Language, ...]:
        """Those a parent may choose, in the order of the registry."""
        return tuple(language for language in self.all if language.offered)

    @property
    def translated(self) -> tuple[Language, ...]:
        """All but Japanese."""
        return tuple(language for language in self.all if not language.is_source)

    def named(self, tag: str) -> Language | None:
        """The language with that tag or alias, in any case and with ``_`` for ``-``; None when unknown."""
        return self._by_name.get(tag.strip().replace("_", "-").lower())

    def negotiate(self, accept_language: str, chosen: str | None = None) -> Language:
        """The offered language to use: what she chose, else what her browser prefers, else Japanese.

        Shapes: ``accept_language`` is the raw HTTP header; ``chosen`` a tag, a stale one is ignored.
        Source: RFC 9110 12.5.4 (weights), RFC 4647 3.4 (look-up by shortening).
        """
        if chosen and (language := self.named(chosen)) and language.offered:
            return language
        for tag in _wanted_tags(accept_language):
            if language := self._closest(tag):
                return language
        return self.source

    def with_added(self, added: Iterable[Language]) -> "Languages":
        """These and the added ones."""
        return Languages((*self.all, *added), self.names)

    def _closest(self, tag: str) -> Language | None:
        subtags = tag.split("-")
        for length in range(len(subtags), 0, -1):
            language = self.named("-".join(subtags[:length]))
            if language and language.offered:
                return language
        return None


def _wanted_tags(accept_language: str) -> list[str]:
    weighted = []
    for item in accept_language[:_LONGEST_HEADER].split(","):
        tag, *parameters = (piece.strip() for piece in item.split(";"))
        weight = _weight(parameters)
        if tag and tag != "*" and weight > 0:
            weighted.append((weight, tag))
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return _number(value.strip())
    return 1.0


def _number(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        return 0.0
    return number if 0 <= number <= 1 else 0.0


def read_languages(data: bytes) -> Languages:
    """The registry as it stands in ``languages.toml``.

    Errors: WordingError with every fault, each named ``path:line``.
    """
    try:
        content = data.decode()
        raw = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError((_fault(0, "", str(error)),)) from error
    tables = raw.get("language", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise WordingError((_fault(0, "language", "write [[language]] tables"),))
    lines = lines_of(content)
    faults = [
        fault for index, table in enumerate(tables) for fault in _faults_of(table, lines[("language", index)])
    ]
    names = raw.get("names", {})
    if not isinstance(names, dict) or not all(map(_is_list_of_texts, names.values())):
        faults.append(_fault(line_of(lines, ("names",)), "names", "must be lists of texts"))
    languages = [] if faults else [_language(table) for table in tables]
    faults += _faults_among(languages) if not faults else ()
    if faults:
        raise WordingError(tuple(faults))
    japanese, with_numbers = (tuple(names.get(name, ())) for name in ("japanese", "with_numbers"))
    return Languages(languages, Names(japanese, with_numbers))


_TEXTS = {"tag", "own_name", "japanese_name", "cldr"}
_KNOWN = _TEXTS | {"direction", "aliases", "parent", "line_height", "offered"}


def _faults_of(table: Mapping[str, object], line: int) -> list[WordingFault]:
    tag = str(table.get("tag", ""))
    messages = [f"unknown key {key}" for key in table if key not in _KNOWN]
    messages += [f"{key} is missing" for key in sorted(_TEXTS) if not _is_text(table.get(key))]
    if table.get("direction", "ltr") not in set(Direction):
        messages.append("direction must be ltr or rtl")
    if table.get("line_height", "normal") not in set(LineHeight):
        messages.append("line_height must be normal or tall")
    if not isinstance(table.get("offered", False), bool):
        messages.append("offered must be true or false")
    if not _is_list_of_texts(table.get("aliases", [])):
        messages.append("aliases must be a list of tags")
    if not _is_locale(str(table.get("cldr", ""))):
        messages.append("cldr is not a locale that Babel knows")
    return [_fault(line, tag, message) for message in messages]


def _faults_among(languages: list[Language]) -> list[WordingFault]:
    names = [name.lower() for language in languages for name in (language.tag, *language.aliases)]
    tags = {language.tag for language in languages}
    faults = [_fault(0, name, "names two languages") for name in sorted(set(names)) if names.count(name) > 1]
    faults += [
        _fault(0, each.tag, "parent is unknown")
        for each in languages
        if each.parent and each.parent not in tags
    ]
    if SOURCE_TAG not in {language.tag for language in languages if language.offered}:
        faults.append(_fault(0, SOURCE_TAG, "the source language must be there and offered"))
    return faults


def _language(table: Mapping[str, object]) -> Language:
    aliases = table.get("aliases", [])
    return Language(
        tag=str(table["tag"]),
        own_name=str(table["own_name"]),
        japanese_name=str(table["japanese_name"]),
        cldr=str(table["cldr"]),
        direction=Direction(str(table.get("direction", "ltr"))),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        parent=str(table.get("parent", "")),
        line_height=LineHeight(str(table.get("line_height", "normal"))),
        offered=table.get("offered", False) is True,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_locale(cldr: str) -> bool:
    try:
        Locale.parse(cldr)
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def _fault(line: int, context: str, message: str) -> WordingFault:
    return WordingFault(REGISTRY, line, context, Check.SYNTAX, message)
