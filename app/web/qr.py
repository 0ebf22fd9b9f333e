"""The QR of a pass, for a page and as a picture: digits only, version 2, correction Q, black on white."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import qrcode
from markupsafe import Markup
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, QRData

VERSION = 2
QUIET = 4
MODULES = 25
SIDE = MODULES + 2 * QUIET
_CODE_LINE = SIDE + 3
_UNTIL_LINE = SIDE + 6
_HEIGHT = SIDE + 8
_PIXELS = 20


def qr_svg(digits: str, label: str) -> Markup:
    """The QR for a page, with the words that are read out instead of it.

    Shapes: ``digits`` the 45 of a pass. Source: reference/forms_fhir_qr.md 3.1.
    """
    return Markup(
        '<svg class="qr" id="pass-qr" role="img" aria-label="{label}" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">{drawing}</svg>'
    ).format(label=label, side=SIDE, drawing=_drawing(digits))


def picture_png(digits: str, code: str, until: str) -> bytes:
    """A picture to keep among the photos: QR, short code, last moment; nothing that says whose it is.

    Shapes: ``code`` and ``until`` are ASCII; the picture is black on white.
    """
    picture = Image.new("1", (SIDE * _PIXELS, _HEIGHT * _PIXELS), 1)
    pen = ImageDraw.Draw(picture)
    for line, row in enumerate(modules(digits)):
        for start, length in _runs(row):
            left, top = (start + QUIET) * _PIXELS, (line + QUIET) * _PIXELS
            pen.rectangle((left, top, left + length * _PIXELS - 1, top + _PIXELS - 1), fill=0)
    for text, line, size in ((code, _CODE_LINE, 4 * _PIXELS), (until, _UNTIL_LINE, 2 * _PIXELS)):
        pen.text((SIDE * _PIXELS / 2, line * _PIXELS), text, 0, ImageFont.load_default(size), anchor="ms")
    packed = BytesIO()
    picture.save(packed, "PNG")
    return packed.getvalue()


def modules(digits: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules, row by row, without the quiet zone.

    Errors: ValueError for anything but digits, DataOverflowError for more than the symbol holds (63).
    """
    symbol = qrcode.QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0)
    symbol.add_data(QRData(digits, mode=MODE_NUMBER))
    symbol.make(fit=False)
    rows: list[list[bool | None]] = symbol.get_matrix()
    return tuple(tuple(bool(module) for module in row) for row in rows)


def _drawing(digits: str) -> Markup:
    """White paper and one path of all dark modules."""
    drawn = path_of(modules(digits))
    return Markup('<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/>').format(
        SIDE, SIDE, drawn
    )


def path_of(rows: Sequence[Sequence[bool]]) -> str:
    """One closed rectangle for each run of dark modules, the quiet zone around them."""
    return "".join(
        f"M{start + QUIET} {line + QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(rows)
        for start, length in _runs(row)
    )


def _runs(row: Iterable[bool]) -> list[tuple[int, int]]:
    """Where runs of dark modules begin and how long they are."""
    runs: list[tuple[int, int]] = []
    was_dark = False
    for place, is_dark in enumerate(row):
        if is_dark and was_dark:
            start, length = runs[-1]
            runs[-1] = (start, length + 1)
        elif is_dark:
            runs.append((place, 1))
        was_dark = is_dark
    return runs
