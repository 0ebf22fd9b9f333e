"""What somebody reads from a page: answers by question, concerns, the code, the digits in a picture."""

import re
from collections.abc import Mapping
from io import BytesIO

import html5lib
import zxingcpp
from PIL import Image

from tests.support.journey import HTML, Fetched, Fields, Journey

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")


def answers_on(page: Fetched) -> dict[str, str]:
    """The text of every answer by its question, in the order of the page."""
    return {
        str(cell.get("data-question")): _text(cell)
        for cell in html5lib.parse(page.text).iter()
        if cell.get("data-question")
    }


def concerns_on(page: Fetched) -> list[tuple[str, str]]:
    """Every concern: level and text, in the order of the page."""
    found = (one for one in html5lib.parse(page.text).iter(f"{HTML}div") if one.get("data-concern"))
    return [(str(one.get("data-concern")), _text(one)) for one in found]


def short_code_on(page: Fetched) -> str:
    """The ten characters that are shown. Errors: LookupError."""
    for element in html5lib.parse(page.text).iter():
        if element.get("id") == "short-code" and (found := CODE.search(_text(element))):
            return found[0]
    raise LookupError(f"no short code on {page.path}")


def digits_in(picture: bytes) -> str:
    """What a scanner reads in a picture of the pass. Errors: LookupError."""
    with Image.open(BytesIO(picture)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    if len(found) != 1:
        raise LookupError(f"{len(found)} codes in the picture")
    return str(found[0].text)


def scanned(desk: Journey, code: str, typed: Mapping[str, str] | None = None) -> Fetched:
    """The page after this code came in at a fresh reception page."""
    desk.get("/reception")
    fields: Fields = {"code": code, **(typed or {})}
    return desk.submit(fields)


def _text(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]  # html5lib has no types
