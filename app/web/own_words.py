"""What a municipality says itself on a form, and whether it is said in her language, too."""

from collections.abc import Iterable
from dataclasses import replace

from flask import current_app

from app.questionnaire.definition import Page, Part
from app.web.rooms import rooms
from app.web.visitor import visitor
from app.wording.extraction import own_texts, texts_of_part
from app.wording.text import Text, overlay_domain, part_domain


def domains_of(part: Part) -> tuple[str, ...]:
    """The domains whose review state tells how good this part reads in her language.

    Shapes: a municipality's words count once any of them is translated; until then they are Japanese.
    """
    domains = [part_domain(part.code)]
    if part.overlay and any(_is_said(text) for text in _own(part)):
        domains.append(overlay_domain(part.overlay.municipality))
    return tuple(domains)


def is_partly_japanese(sections: Iterable[tuple[Part, Page]]) -> bool:
    """Whether something on these pages is the municipality's own and not translated into her language."""
    return any(
        not _is_said(text)
        for part, page in sections
        if part.overlay and page.code in part.overlay.pages
        for text in texts_of_part(replace(part, pages=(page,)))
    )


def _own(part: Part) -> tuple[Text, ...]:
    """The municipality's own texts of a part; worked out once."""
    kept: dict[object, tuple[Text, ...]] = current_app.extensions.setdefault("own_texts", {})
    key = part.code, part.version, part.overlay
    if key not in kept:
        base = rooms().library.parts[part.code, part.version]
        kept[key] = own_texts(part, base, part.overlay.municipality if part.overlay else "")
    return kept[key]


def _is_said(text: Text) -> bool:
    return rooms().wording.speaks(visitor().language, [text.pair])
