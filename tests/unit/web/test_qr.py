"""The QR: what a scanner reads back is the pass, and nothing else is in the picture."""

import io
import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from PIL import Image, ImageDraw

from app.visit.handover import pass_digits
from app.web.qr import MODULES, QUIET, SIDE, modules, path_of, picture_png, qr_svg

DIGITS = pass_digits(b"k" * 32, "v1", 1)
CODE = "K7QXM-2R9TD"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
SCALE = 8


def drawn(svg: str) -> Image.Image:
    """The one path of the SVG as pixels."""
    image = Image.new("L", (SIDE * SCALE, SIDE * SCALE), 255)
    pen = ImageDraw.Draw(image)
    for found in RUN.finditer(svg):
        x, y, length, back = (int(number) for number in found.groups())
        assert length == back
        pen.rectangle((x * SCALE, y * SCALE, (x + length) * SCALE - 1, (y + 1) * SCALE - 1), fill=0)
    return image


def read(image: Image.Image) -> zxingcpp.Barcode:
    """The one code in a picture."""
    (found,) = zxingcpp.read_barcodes(image)
    return found


@given(st.binary(min_size=32, max_size=32))
def test_qr_when_scanned_reads_the_digits_back(key: bytes) -> None:
    digits = pass_digits(key, "v1", 1)
    assert read(drawn(qr_svg(digits, "code"))).text == digits


def test_qr_when_made_is_version_two_with_a_quiet_zone_of_four() -> None:
    rows = modules(DIGITS)
    assert (len(rows), {len(row) for row in rows}) == (MODULES, {MODULES})
    assert (SIDE, QUIET) == (33, 4)
    starts = [(int(run[1]), int(run[2]), int(run[3])) for run in RUN.finditer(qr_svg(DIGITS, ""))]
    assert min(x for x, _, _ in starts) == min(y for _, y, _ in starts) == QUIET
    assert max(x + length for x, _, length in starts) == max(y + 1 for _, y, _ in starts) == SIDE - QUIET


def test_qr_when_a_quarter_is_unreadable_still_reads() -> None:
    image = drawn(qr_svg(DIGITS, ""))
    side = SCALE * 6
    middle = SIDE * SCALE // 2
    ImageDraw.Draw(image).rectangle((middle, middle, middle + side, middle + side), fill=128)
    assert read(image).text == DIGITS


def test_qr_when_on_a_page_is_one_labelled_path_and_small() -> None:
    svg = qr_svg(DIGITS, 'a "label" <b>')
    assert isinstance(svg, Markup)
    assert svg.count("<path") == 1
    assert 'id="pass-qr"' in svg
    assert 'role="img" aria-label="a &#34;label&#34; &lt;b&gt;"' in svg
    assert 'shape-rendering="crispEdges"' in svg
    assert 'fill="#fff"' in svg
    assert "style=" not in svg
    assert len(svg) < 3_000


def test_picture_when_kept_is_read_by_a_scanner_and_shows_the_code_below() -> None:
    picture = Image.open(io.BytesIO(picture_png(DIGITS, CODE, "- 2026-11-24 23:59 JST")))
    other = Image.open(io.BytesIO(picture_png(DIGITS, "00000-00000", "- 2026-11-24 23:59 JST")))
    assert read(picture).text == DIGITS
    assert picture.info == {}
    below = (0, SIDE * 20, SIDE * 20, picture.height)
    assert picture.crop(below).tobytes() != other.crop(below).tobytes()


@pytest.mark.parametrize("digits", ["", "12a4", "１２３"])
def test_qr_when_it_is_not_digits_refuses(digits: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        modules(digits)


def test_path_when_rows_are_drawn_joins_neighbours_only() -> None:
    assert path_of([[True, True, False, True], [False] * 4]) == "M4 4h2v1h-2zM7 4h1v1h-1z"
