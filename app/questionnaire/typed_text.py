"""Text as it was typed: what she meant kept, what nobody can see removed."""

import re
from unicodedata import category, decimal, normalize

from app.fault import Fault

DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
TWELVE_DIGITS = re.compile(r"(?<!\d)(\d{4})([ -]?)(\d{4})\2(\d{4})(?!\d)")


def tidy(text: str) -> str:
    """The text in NFC without control characters, NUL, direction marks, and outer blanks.

    Shapes: every line end becomes one line feed; joiners, which some scripts need, stay.
    """
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ")
    return normalize("NFC", "".join(char for char in lines if not _is_invisible(char))).strip()


def tidy_line(text: str) -> str:
    """The same on one line: a name, an address."""
    return tidy(text).replace("\n", " ")


def plain_digits(text: str) -> str:
    """The text in NFKC with every digit of any script as 0 to 9 and without outer blanks."""
    return "".join(_plain(char) for char in normalize("NFKC", tidy(text))).strip()


def read_text(field: str, text: str, most: int) -> str | Fault:
    """The tidy text ("" for none), or what is wrong with it; a text that is too long is never cut."""
    kept = tidy(text)
    if len(kept) > most:
        return Fault(field, "too_long", {"most": str(most), "length": str(len(kept))})
    if looks_like_my_number(kept):
        return Fault(field, "looks_like_my_number")
    return kept


def read_line(field: str, text: str, most: int) -> str | Fault:
    """The same of a text on one line: a name, a lot number."""
    return read_text(field, tidy_line(text), most)


def looks_like_my_number(text: str) -> bool:
    """Whether it holds twelve digits, together or in fours, whose last is the check digit of a 個人番号.

    Source: 平成26年総務省令第85号 第5条 (check digit; R).
    """
    found = TWELVE_DIGITS.finditer(plain_digits(text))
    return any(_is_checked("".join(twelve.group(1, 3, 4))) for twelve in found)


def _is_checked(digits: str) -> bool:
    """Whether the last digit checks the eleven before it."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def _plain(char: str) -> str:
    """A digit of any script as 0 to 9; every kind of hyphen as one."""
    number = decimal(char, None)
    if number is not None:
        return str(number)
    return "-" if category(char) == "Pd" or char == "\u2212" else char


def _is_invisible(char: str) -> bool:
    """Control characters, half characters, and the marks that turn the direction of text."""
    return (category(char) in {"Cc", "Cs"} and char != "\n") or char in DIRECTION_MARKS
