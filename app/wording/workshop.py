"""What the commands and the translators' pages do with all files at once: extract, update, check, report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.questionnaire.definition import Library
from app.wording.catalogue import catalogues_of, review_of
from app.wording.checks import check_source
from app.wording.extraction import UI_SOURCE, texts_of_library, texts_of_ui, write_po
from app.wording.fault import Check, WordingFault
from app.wording.file_checks import check_catalogue
from app.wording.languages import REGISTRY, Language, Languages, read_languages
from app.wording.po import Catalogue
from app.wording.review import ReviewState
from app.wording.text import UI, Text

Files = Mapping[str, bytes]
"""The files below ``translations/`` by their names."""

_DEFINITIONS = "definitions"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one language's domain is."""

    tag: str
    domain: str
    texts: int
    translated: int
    fuzzy: int
    state: ReviewState

    @property
    def is_whole(self) -> bool:
        """Every text is translated, so the form can be offered."""
        return self.translated == self.texts

    def __str__(self) -> str:
        numbers = f"{self.translated}/{self.texts} translated, {self.fuzzy} to look at again"
        return f"{self.tag} {self.domain}: {numbers}, {self.state.code}"


def texts_by_domain(files: Files, library: Library) -> dict[str, tuple[Text, ...]]:
    """Every text there is, by domain, in the order of its source."""
    domains: defaultdict[str, list[Text]] = defaultdict(list)
    for text in (*texts_of_ui(files[UI_SOURCE]), *texts_of_library(library)):
        domains[text.domain].append(text)
    return {domain: tuple(texts) for domain, texts in domains.items()}


def extract(files: Files, library: Library) -> dict[str, str]:
    """Templates without translations by name: ``ui.pot``, ``parts/<part>.pot``, ``programmes.pot``."""
    domains = texts_by_domain(files, library)
    return {f"{domain}.pot": write_po(texts, None, None) for domain, texts in domains.items()}


def update(files: Files, library: Library, tags: Sequence[str] = ()) -> dict[str, str]:
    """The files that must change so that every language asks for today's texts, by name.

    Shapes: ``tags`` names languages to begin; without it those that are offered or have files.
    Doing it twice changes nothing.
    """
    domains = texts_by_domain(files, library)
    changed: dict[str, str] = {}
    for language in _languages_at_work(files, tags):
        existing = catalogues_of(files, language.tag)
        for domain, texts in domains.items():
            name = f"{language.tag}/{domain}.po"
            content = write_po(texts, existing.get(domain), language)
            if files.get(name) != content.encode():
                changed[name] = content
    return changed


def _languages_at_work(files: Files, tags: Sequence[str]) -> list[Language]:
    languages = read_languages(files[REGISTRY])
    begun = {name.partition("/")[0] for name in files if name.endswith(".po")}
    if tags:
        return [language for language in languages.translated if language.tag in tags]
    return [each for each in languages.translated if each.offered or each.tag in begun]


def check(files: Files, library: Library) -> tuple[WordingFault, ...]:
    """Everything wrong with the source and with every language that was begun or is offered."""
    languages = read_languages(files[REGISTRY])
    domains = texts_by_domain(files, library)
    faults = [*_stray_files(files, languages)]
    for domain, texts in domains.items():
        faults += check_source(
            UI_SOURCE if domain == UI else f"{_DEFINITIONS}/{domain}", texts, languages.source
        )
    for language in _languages_at_work(files, ()):
        catalogues = catalogues_of(files, language.tag)
        review, found = review_of(files, language.tag)
        faults += found
        faults += [_review_fault(language, each) for each in review.domains if each not in domains]
        for domain in sorted(domains.keys() | catalogues.keys()):
            catalogue = catalogues.get(domain) or Catalogue(f"{language.tag}/{domain}.po")
            faults += check_catalogue(catalogue, domains.get(domain, ()), language, languages.names)
    return tuple(faults)


def _stray_files(files: Files, languages: Languages) -> list[WordingFault]:
    tags = {language.tag for language in languages.translated}
    stray = sorted(name for name in files if name.endswith(".po") and name.partition("/")[0] not in tags)
    return [WordingFault(name, 0, "", Check.UNKNOWN_CONTEXT, "no such language") for name in stray]


def _review_fault(language: Language, domain: str) -> WordingFault:
    return WordingFault(f"{language.tag}/review.toml", 0, domain, Check.REVIEW, "no such domain")


def report(files: Files, library: Library) -> tuple[Coverage, ...]:
    """How far every language at work is, domain by domain."""
    domains = texts_by_domain(files, library)
    return tuple(
        coverage
        for language in _languages_at_work(files, ())
        for coverage in _coverage(files, language, domains)
    )


def _coverage(files: Files, language: Language, domains: Mapping[str, tuple[Text, ...]]) -> list[Coverage]:
    catalogues = catalogues_of(files, language.tag)
    review, _ = review_of(files, language.tag)
    found = []
    for domain, texts in domains.items():
        entries = catalogues[domain].entries if domain in catalogues else ()
        pairs = {text.pair for text in texts}
        usable = {entry.pair: entry for entry in entries if entry.is_usable and entry.pair in pairs}
        fuzzy = sum(entry.fuzzy for entry in entries)
        state = review.state_of_all(domain, usable.values())
        found.append(Coverage(language.tag, domain, len(texts), len(usable), fuzzy, state))
    return found
