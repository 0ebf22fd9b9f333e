"""Reading what a page says is wrong: which sentence stands at which field."""

import re

import html5lib

from tests.support.journey import HTML, Fetched
from tests.support.site import Site

TAG = re.compile(r"<[^>]+>")
VALUE = re.compile(r"\{[a-z_]+\}")


def message(site: Site, fault: str, language: str = "ja", **values: str) -> str:
    """The sentence of a fault as a pattern: a value that is not given may be anything."""
    wording = site.rooms.wording
    tongue = wording.languages.named(language)
    assert tongue is not None
    known = wording.say(tongue, f"fault.{fault}", **values)
    return ".*".join(re.escape(piece) for piece in VALUE.split(known))


def plain_text(page: Fetched) -> str:
    """The page without its tags."""
    return " ".join(TAG.sub("", page.text).split())


def places_of(page: Fetched, pattern: str) -> list[str]:
    """The fields to which the summary leads with this sentence; each of them must be on the page."""
    document = html5lib.parse(page.text)
    ids = {element.get("id") for element in document.iter()}
    found = []
    for link in document.iter(f"{HTML}a"):
        target = (link.get("href") or "").removeprefix("#")
        if re.search(pattern, " ".join("".join(link.itertext()).split())) and target in ids:
            found.append(target)
    return found


def out_of_order(page: Fetched) -> list[str]:
    """The fields of the summary when it does not name them in the order of the page, else none."""
    document = html5lib.parse(page.text)
    order = {element.get("id"): place for place, element in enumerate(document.iter())}
    summary = next((one for one in document.iter(f"{HTML}div") if one.get("id") == "problems"), None)
    links = [] if summary is None else summary.iter(f"{HTML}a")
    fields = [(link.get("href") or "").removeprefix("#") for link in links]
    return [] if fields == sorted(fields, key=lambda field: order.get(field, 0)) else fields


def refused_at(page: Fetched, field: str, pattern: str) -> None:
    """The page is a 422 whose summary leads to this field, where the same sentence stands."""
    assert page.status == 422
    assert field in places_of(page, pattern), plain_text(page)[:600]
    assert len(re.findall(pattern, plain_text(page))) >= 2, "said in the summary only"
