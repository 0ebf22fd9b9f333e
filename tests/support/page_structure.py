"""Rules about how a page is built: every one yields what is wrong with a page."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.page import Page, described

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SVG = "{http://www.w3.org/2000/svg}svg"
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WITHOUT_LABEL = ("hidden", "submit", "button", "reset", "image")
BUTTON_INPUTS = ("submit", "button", "reset", "image")
ID_REFERENCES = (
    *("aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "aria-owns"),
    *("for", "list", "form", "headers"),
)


def is_valid_html(page: Page) -> Iterator[str]:
    """What a browser would have to repair, a missing doctype included."""
    yield from page.parse_errors


def says_its_language(page: Page) -> Iterator[str]:
    """``<html lang dir>``."""
    if not LANGUAGE_TAG.fullmatch(page.root.attrib.get("lang", "")):
        yield f"html lang={page.root.attrib.get('lang')!r} is no language tag"
    if page.root.attrib.get("dir") not in ("ltr", "rtl"):
        yield f"html dir={page.root.attrib.get('dir')!r} is neither ltr nor rtl"


def has_one_title(page: Page) -> Iterator[str]:
    """One title with text, in the head."""
    titles = page.root.findall("head/title")
    if len(titles) != 1 or not (titles[0].text or "").strip():
        yield f"{len(titles)} titles, or an empty one"


def has_one_h1(page: Page) -> Iterator[str]:
    """One first heading with a name."""
    found = page.all("h1")
    if len(found) != 1 or not page.name_of(found[0]):
        yield f"{len(found)} h1, or an empty one"


def skips_no_heading_level(page: Page) -> Iterator[str]:
    """After an h2 comes no h4. An error summary's h2 may stand before the h1."""
    before = 1
    for heading in page.all(*HEADINGS):
        level = int(str(heading.tag)[1])
        if level > before + 1:
            yield f"h{level} after h{before}: {page.text_of(heading)!r}"
        before = level


def labels_every_field(page: Page) -> Iterator[str]:
    """A label with text, around it or by ``for``, or a name by ARIA."""
    labelled = {one.attrib["for"] for one in page.all("label") if "for" in one.attrib and page.text_of(one)}
    for field in page.all("input", "select", "textarea"):
        if field.tag == "input" and field.attrib.get("type", "text") in WITHOUT_LABEL:
            continue
        is_inside = any(one.tag == "label" and page.text_of(one) for one in page.line_of(field))
        by_aria = {"aria-label", "aria-labelledby"} & field.attrib.keys() and page.name_of(field)
        if not (is_inside or by_aria or field.attrib.get("id") in labelled):
            yield f"no label for {described(field)}"


def puts_legend_first(page: Page) -> Iterator[str]:
    """The first child of a fieldset is its legend, with text."""
    for fieldset in page.all("fieldset"):
        first = next(iter(fieldset), None)
        if first is None or first.tag != "legend" or not page.text_of(first):
            yield f"{described(fieldset)} does not begin with a legend"


def groups_its_choices(page: Page) -> Iterator[str]:
    """Options with one name stand in one fieldset."""
    options = [one for one in page.all("input") if one.attrib.get("type") in ("radio", "checkbox")]
    often = Counter(one.attrib.get("name", "") for one in options)
    for option in options:
        is_grouped = any(one.tag == "fieldset" for one in page.line_of(option))
        if often[option.attrib.get("name", "")] > 1 and not is_grouped:
            yield f"{described(option)} stands in no fieldset"


def has_unique_ids(page: Page) -> Iterator[str]:
    """No id twice, none empty, none with a space."""
    for name, times in Counter(page.ids).items():
        if times > 1 or not name or any(char.isspace() for char in name):
            yield f"id {name!r} occurs {times} times, or is no id"


def points_to_what_exists(page: Page) -> Iterator[str]:
    """Every reference to an id has its target on this page."""
    for element in page.elements:
        for attribute, target in _references(element):
            if target not in page.ids:
                yield f"{attribute}={target!r} of {described(element)} points nowhere"


def _references(element: Element) -> Iterator[tuple[str, str]]:
    for attribute in ID_REFERENCES:
        for target in element.attrib.get(attribute, "").split():
            yield attribute, target
    href = element.attrib.get("href", "")
    if element.tag == "a" and href.startswith("#"):
        yield "href", href[1:]


def describes_pictures(page: Page) -> Iterator[str]:
    """An img has an alt; an svg has a name or is hidden from screen readers."""
    for picture in page.all("img", SVG):
        if any(one.attrib.get("aria-hidden") == "true" for one in page.line_of(picture)):
            continue
        if picture.tag == "img" and "alt" not in picture.attrib:
            yield f"no alt: {described(picture)}"
        if picture.tag == SVG and not page.name_of(picture):
            yield "an svg has neither a name nor aria-hidden"


def names_every_button(page: Page) -> Iterator[str]:
    """A button says what it does."""
    for button in page.all("button", "input"):
        if button.tag == "button" and not page.name_of(button):
            yield f"no name: {described(button)}"
        if button.tag == "input" and _is_nameless_input(button):
            yield f"no value: {described(button)}"


def _is_nameless_input(button: Element) -> bool:
    is_button = button.attrib.get("type") in BUTTON_INPUTS
    return is_button and not (button.attrib.get("value") or button.attrib.get("aria-label"))


def links_lead_somewhere(page: Page) -> Iterator[str]:
    """An ``<a>`` has an href and a name."""
    for link in page.all("a"):
        if not link.attrib.get("href"):
            yield f"no href: {page.text_of(link)!r}"
        if not page.name_of(link) and not any(page.name_of(one) for one in link):
            yield f"no name: {described(link)}"
