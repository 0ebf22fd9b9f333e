"""The QR of a pass as SVG: digits only, version 2, error correction Q, black on white, no third file."""

from collections.abc import Iterable, Sequence

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, QRData

VERSION = 2
QUIET = 4
MODULES = 25
SIDE = MODULES + 2 * QUIET
_CODE_LINE = SIDE + 3
_UNTIL_LINE = SIDE + 6
_PICTURE_HEIGHT = SIDE + 8
_PIXELS_PER_MODULE = 20


def qr_svg(digits: str, label: str) -> Markup:
    """The QR for a page, with the words that are read out instead of it.

    Shapes: ``digits`` the 45 of a pass. Source: reference/forms_fhir_qr.md 3.1.
    """
    return Markup(
        '<svg class="qr" id="pass-qr" role="img" aria-label="{label}" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">{drawing}</svg>'
    ).format(label=label, side=SIDE, drawing=_drawing(digits, SIDE))


def picture_svg(digits: str, code: str, until: str) -> str:
    """A picture to keep: the QR, the short code and the last moment; nothing that says whose it is."""
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{pixels}"'
            ' viewBox="0 0 {side} {height}" font-family="monospace" text-anchor="middle">'
            '<g shape-rendering="crispEdges">{drawing}</g>'
            '<text x="{middle}" y="{code_line}" font-size="3.5" font-weight="700">{code}</text>'
            '<text x="{middle}" y="{until_line}" font-size="1.75">{until}</text></svg>'
        ).format(
            width=SIDE * _PIXELS_PER_MODULE,
            pixels=_PICTURE_HEIGHT * _PIXELS_PER_MODULE,
            side=SIDE,
            height=_PICTURE_HEIGHT,
            drawing=_drawing(digits, _PICTURE_HEIGHT),
            middle=SIDE / 2,
            code_line=_CODE_LINE,
            until_line=_UNTIL_LINE,
            code=code,
            until=until,
        )
    )


def modules(digits: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules, row by row, without the quiet zone.

    Errors: ValueError for anything but digits, DataOverflowError for more than the symbol holds (63).
    """
    symbol = qrcode.QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0)
    symbol.add_data(QRData(digits, mode=MODE_NUMBER))
    symbol.make(fit=False)
    rows: list[list[bool | None]] = symbol.get_matrix()
    return tuple(tuple(bool(module) for module in row) for row in rows)


def _drawing(digits: str, height: int) -> Markup:
    """White paper and one path of all dark modules."""
    return Markup('<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/>').format(
        SIDE, height, path_of(modules(digits))
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
