"""A page as a browser would build it, with what the rules ask about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

FREE_TEXT = ("textarea", "bdi")
NO_TEXT = ("script", "style", "template")


@dataclass(frozen=True)
class Page:
    """One answer of the server. ``headers`` have lower-case names; none at all means: not known."""

    root: Element
    parse_errors: tuple[str, ...]
    path: str
    status: int
    headers: Mapping[str, str]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element in document order; comments are none."""
        # redundant-expr: the stubs forget that the tag of a comment is a function
        found = (one for one in self.root.iter() if isinstance(one.tag, str))  # type: ignore[redundant-expr]
        return tuple(found)

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        """The parent of every element but the root."""
        return {child: parent for parent in self.elements for child in parent}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id, as often as it occurs."""
        return tuple(element.attrib["id"] for element in self.elements if "id" in element.attrib)

    def all(self, *tags: str) -> tuple[Element, ...]:
        """Every element with one of these tags, in document order."""
        return tuple(element for element in self.elements if element.tag in tags)

    def line_of(self, element: Element) -> Iterator[Element]:
        """The element, then its parent, and so on up to the root."""
        here: Element | None = element
        while here is not None:
            yield here
            here = self.parents.get(here)

    def language_of(self, element: Element) -> str:
        """The nearest ``lang``, lower case; "" when nobody says."""
        return next((one.attrib["lang"].lower() for one in self.line_of(element) if "lang" in one.attrib), "")

    def is_typed_by_people(self, element: Element) -> bool:
        """Whether what stands here is data, not wording: ``bdi``, ``textarea``, ``translate="no"``."""
        return any(
            one.tag in FREE_TEXT or one.attrib.get("translate") == "no" for one in self.line_of(element)
        )

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Every piece of text a person meets, with the element it belongs to; attributes included."""
        for element in self.elements:
            if element.tag in NO_TEXT:
                continue
            for name in ("alt", "aria-label", "title", "placeholder"):
                if element.attrib.get(name, "").strip():
                    yield element, element.attrib[name]
            for piece in (element.text, *(child.tail for child in element)):
                if piece and piece.strip():
                    yield element, piece.strip()

    def name_of(self, element: Element) -> str:
        """What a screen reader calls the element: its label by ARIA, else its text and pictures."""
        if element.attrib.get("aria-label", "").strip():
            return element.attrib["aria-label"]
        named = element.attrib.get("aria-labelledby", "").split()
        others = [self.text_of(one) for one in self.elements if one.attrib.get("id") in named]
        return " ".join(others).strip() or self.text_of(element)

    def text_of(self, element: Element) -> str:
        """All text inside, and the ``alt`` of pictures."""
        pictures = " ".join(one.attrib.get("alt", "") for one in element.iter("img"))
        return " ".join([*element.itertext(), pictures]).strip()


def read_page(html: bytes, *, path: str, status: int, headers: Mapping[str, str]) -> Page:
    """The page, parsed as HTML5 prescribes, with every parse error."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(html, transport_encoding="utf-8")
    errors = tuple(f"line {at[0]}: {PARSE_ERRORS[code] % values}" for at, code, values in parser.errors)
    lowered = {name.lower(): value for name, value in headers.items()}
    return Page(root=root, parse_errors=errors, path=path, status=status, headers=lowered)


def described(element: Element) -> str:
    """The element in a message: ``<input id=a name=b>``."""
    shown = (name for name in ("id", "name", "type", "href", "class", "for") if name in element.attrib)
    return f"<{' '.join([str(element.tag), *(f'{name}={element.attrib[name]}' for name in shown)])}>"
