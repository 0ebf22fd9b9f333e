"""Every text in every language, prepared once at the start and then only looked up.

A translation is used when its Japanese is today's, it is not fuzzy, and its placeholders are the same.
Otherwise the parent reads Japanese and the fault is kept and logged, without the text.
"""

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.wording.extraction import UI_SOURCE, texts_of_ui
from app.wording.fault import Check, WordingFault
from app.wording.languages import REGISTRY, SOURCE_TAG, Language, Languages, read_languages
from app.wording.po import Catalogue, Entry, read_po
from app.wording.review import Review, ReviewState, read_review
from app.wording.sentences import fill, is_well_formed, placeholders
from app.wording.text import UI, Text

_LOGGER = logging.getLogger("wording")

Translations = Mapping[tuple[str, str], str]
"""Usable translations by (context, Japanese)."""


class Wording:
    """What the application says. Immutable but for ``problems``, which only grows by faults met."""

    __slots__ = ("_forms", "_problems", "_said", "_states", "languages", "ui_texts")

    def __init__(
        self,
        languages: Languages,
        ui_texts: Iterable[Text],
        forms: Mapping[str, Translations],
        states: Mapping[tuple[str, str], ReviewState] = MappingProxyType({}),
    ) -> None:
        self.languages = languages
        self.ui_texts = tuple(ui_texts)
        self._forms = forms
        self._states = states
        self._said = {each.tag: self._prepared(each) for each in languages.all}
        self._problems: dict[tuple[str, str], WordingFault] = {}

    def _prepared(self, language: Language) -> dict[str, str]:
        own = self._forms.get(language.tag, {})
        parent = self._forms.get(language.parent, {})
        return {
            text.context.removeprefix("ui."): own.get(text.pair) or parent.get(text.pair) or text.japanese
            for text in self.ui_texts
        }

    @property
    def problems(self) -> tuple[WordingFault, ...]:
        """What fell back to Japanese or could not be filled, each once."""
        return tuple(self._problems.values())

    def say(self, language: Language, key: str, /, **values: str) -> str:
        """The interface text of that key, filled. Never raises; plain text, to be escaped by the template.

        An unknown key is said as the key itself and kept in ``problems``.
        """
        text = self._said[language.tag].get(key)
        if text is None:
            self.note(WordingFault(UI_SOURCE, 0, f"ui.{key}", Check.UNKNOWN_CONTEXT, "no such key"))
            return key
        if "{" not in text:
            return text
        if not placeholders(text) <= values.keys():
            self.note(WordingFault(language.tag, 0, f"ui.{key}", Check.PLACEHOLDERS, "a value is missing"))
        return fill(text, values)

    fill = staticmethod(fill)

    def is_translated(self, language: Language, key: str) -> bool:
        """The key is said in that language, not in Japanese or its parent's."""
        context = f"ui.{key}"
        if language.is_source:
            return key in self._said[SOURCE_TAG]
        return (context, self._said[SOURCE_TAG].get(key, "")) in self._forms.get(language.tag, {})

    def form_text(self, language: Language, context: str, japanese: str) -> str:
        """The translation of that very Japanese text, else the Japanese."""
        translations = self._forms.get(language.tag)
        return translations.get((context, japanese), japanese) if translations else japanese

    def speaks(self, language: Language, contexts: Iterable[tuple[str, str]]) -> bool:
        """Every (context, Japanese) is translated: a form is offered whole or not at all."""
        translations = self._forms.get(language.tag, {})
        return language.is_source or all(pair in translations for pair in contexts)

    def review_state(self, language: Language, domain: str) -> ReviewState:
        """The lowest state among the domain's texts. Japanese is always approved."""
        if language.is_source:
            return ReviewState.APPROVED
        return self._states.get((language.tag, domain), ReviewState.MACHINE)

    def lowest_state(self, language: Language, domains: Iterable[str]) -> ReviewState:
        """The lowest state among the domains: what a parent is told and what is stored with her answers."""
        states = [self.review_state(language, domain) for domain in domains]
        return min(states, default=ReviewState.APPROVED if language.is_source else ReviewState.MACHINE)

    def is_reading_aid(self, language: Language, domains: Iterable[str], required: ReviewState) -> bool:
        """Below the required state, Japanese must stand beside every text."""
        return self.lowest_state(language, domains) < required

    def with_more(
        self,
        added: Iterable[Language],
        forms: Mapping[str, Translations],
        states: Mapping[tuple[str, str], ReviewState],
    ) -> "Wording":
        """The same wording with further languages and their texts."""
        return Wording(
            self.languages.with_added(added),
            self.ui_texts,
            {**self._forms, **forms},
            {**self._states, **states},
        )

    def note(self, fault: WordingFault) -> None:
        """The fault is kept, and logged when it is new: place, context and kind, never a text."""
        if (fault.path, fault.context) not in self._problems:
            self._problems[fault.path, fault.context] = fault
            _LOGGER.warning("%s:%s: %s: %s", fault.path, fault.line, fault.context, fault.check.value)


def read_wording(files: Mapping[str, bytes]) -> Wording:
    """The wording in those files, named relative to ``translations/``.

    Shapes: ``languages.toml``, ``ui.toml``, ``<tag>/<domain>.po``, ``<tag>/review.toml``; others are ignored.
    Errors: WordingError when registry or source cannot be read. A fault in a translation is no error:
    that text stays Japanese, and ``problems`` names it.
    """
    languages = read_languages(files[REGISTRY])
    ui_texts = texts_of_ui(files[UI_SOURCE])
    forms: dict[str, Translations] = {}
    states: dict[tuple[str, str], ReviewState] = {}
    faults: list[WordingFault] = []
    for language in languages.translated:
        review, found = review_of(files, language.tag)
        faults += found
        usable: dict[tuple[str, str], str] = {}
        for domain, catalogue in catalogues_of(files, language.tag).items():
            faults += catalogue.faults
            entries = _usable(catalogue, faults)
            usable |= {entry.pair: entry.msgstr for entry in entries}
            states[language.tag, domain] = review.state_of_all(domain, _today(domain, entries, ui_texts))
        forms[language.tag] = usable
    wording = Wording(languages, ui_texts, forms, states)
    for fault in faults:
        wording.note(fault)
    return wording


def catalogues_of(files: Mapping[str, bytes], tag: str) -> dict[str, Catalogue]:
    """The language's catalogues by domain (``ui``, ``programmes``, ``parts/<part>``); none for Japanese."""
    prefix = f"{tag}/"
    names = sorted(name for name in files if name.startswith(prefix) and name.endswith(".po"))
    return {name.removeprefix(prefix).removesuffix(".po"): read_po(name, files[name]) for name in names}


def review_of(files: Mapping[str, bytes], tag: str) -> tuple[Review, tuple[WordingFault, ...]]:
    """The language's review, empty when there is no file, with its faults."""
    name = f"{tag}/review.toml"
    return read_review(name, files[name]) if name in files else (Review(), ())


def _usable(catalogue: Catalogue, faults: list[WordingFault]) -> list[Entry]:
    usable = []
    for entry in filter(lambda entry: entry.is_usable, catalogue.entries):
        same = placeholders(entry.msgstr) == placeholders(entry.msgid) and is_well_formed(entry.msgstr)
        if same:
            usable.append(entry)
        else:
            message = "placeholders differ from the Japanese"
            faults.append(
                WordingFault(catalogue.path, entry.line, entry.context, Check.PLACEHOLDERS, message)
            )
    return usable


def _today(domain: str, entries: Iterable[Entry], ui_texts: Iterable[Text]) -> list[Entry]:
    if domain != UI:
        return list(entries)
    pairs = {text.pair for text in ui_texts}
    return [entry for entry in entries if entry.pair in pairs]
