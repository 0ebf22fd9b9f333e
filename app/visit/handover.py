"""The pass: 45 digits in a QR, ten characters to type, and how long both are good.

45 digits = 4 type + 39 (128 bit) + 2 check digits (ISO 7064 mod 97-10). The short code is 8 Crockford
characters (40 bit) + 2 check characters. Both are derived from a key, the visit and the pass's
generation, so nothing that could open a visit lies in the database.
Source: reference/forms_fhir_qr.md 3.3.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from unicodedata import normalize

from app.schedule.dates import end_of_day
from app.visit.visit import Visit

TYPE_DIGITS = "8101"
SECRET_DIGITS = 39
LENGTH = 45
VALID_WITHOUT_DATE = timedelta(days=14)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_LENGTH = 10
_CRC10 = 0x233
_KANA_KEYS = str.maketrans("ぬふあうえおやゆよわヌフアウエオヤユヨワ", "1234567890" * 2)
_LOOKALIKES = str.maketrans("OIL", "011")
_SPACES_AND_DASHES = " \u3000\t\r\n-‐‑‒–—―ー−ｰ"


@dataclass(frozen=True, slots=True)
class Pass:
    """What is shown: digits for the QR, the short code in two groups, the last moment (aware UTC)."""

    digits: str
    short_code: str
    valid_until: datetime


class Misread(StrEnum):
    """Why what was scanned or typed is no pass; each a fault key."""

    NOT_OURS = "not_a_pass"
    SCAN_AGAIN = "misread_scan_again"
    TYPE_AGAIN = "misread_type_again"
    EMPTY = "nothing_scanned"
    KANA = "japanese_input_on"


class Channel(StrEnum):
    """How a pass came in."""

    DIGITS = "digits"
    SHORT_CODE = "short_code"


@dataclass(frozen=True, slots=True)
class Scan:
    """A well-formed pass: the 39 digits, or the 8 characters."""

    channel: Channel
    secret: str


def pass_digits(key: bytes, visit_id: str, generation: int) -> str:
    """The 45 digits of this visit's pass."""
    mac = hmac.digest(key, f"pass|{visit_id}|{generation}".encode(), "sha256")
    body = TYPE_DIGITS + str(int.from_bytes(mac[:16], "big")).zfill(SECRET_DIGITS)
    return body + check_digits(body)


def check_digits(body: str) -> str:
    """Two digits that make the whole number ≡ 1 (mod 97)."""
    return f"{98 - int(body) * 100 % 97:02d}"


def short_code(key: bytes, visit_id: str, generation: int) -> str:
    """The ten characters ``XXXXX-XXXXX`` of this visit's pass."""
    mac = hmac.digest(key, f"short|{visit_id}|{generation}".encode(), "sha256")
    number = int.from_bytes(mac[:5], "big")
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    whole = body + check_characters(body)
    return f"{whole[:5]}-{whole[5:]}"


def check_characters(body: str) -> str:
    """Two characters of a CRC-10: every single wrong character and every swap of neighbours is found."""
    crc = 0
    for char in body:
        crc ^= ALPHABET.index(char) << 5
        for _ in range(5):
            crc = (crc << 1 ^ _CRC10 if crc & 0x200 else crc << 1) & 0x3FF
    return ALPHABET[crc >> 5] + ALPHABET[crc & 31]


def device_token(key: bytes, visit_id: str, generation: int) -> str:
    """What the device cookie holds: it opens this pass again and can do nothing else."""
    return hmac.digest(key, f"device|{visit_id}|{generation}".encode(), "sha256").hex()


def read_scan(text: str) -> Scan | Misread:
    """What a scanner or a person put into the field of the reception.

    Full-width forms (NFKC), kana from a Japanese keyboard's digit row, spaces, line ends and dashes
    are mended; a short code may be lower case and have O for 0, I or L for 1.
    """
    mended = normalize("NFKC", text[:500]).translate(_KANA_KEYS).upper()
    bare = "".join(char for char in mended if char not in _SPACES_AND_DASHES)
    if not bare:
        return Misread.EMPTY
    if bare.isascii() and bare.isdigit() and len(bare) != SHORT_LENGTH:
        return _read_digits(bare)
    if any("\u3040" <= char <= "\u30ff" for char in bare):
        return Misread.KANA
    code = bare.translate(_LOOKALIKES)
    if len(code) != SHORT_LENGTH:
        return Misread.TYPE_AGAIN if len(code) < LENGTH and bare.isalnum() else Misread.NOT_OURS
    if any(char not in ALPHABET for char in code) or check_characters(code[:8]) != code[8:]:
        return Misread.TYPE_AGAIN
    return Scan(Channel.SHORT_CODE, code[:8])


def _read_digits(digits: str) -> Scan | Misread:
    """A run of digits that is not ten long."""
    if not digits.startswith(TYPE_DIGITS):
        return Misread.NOT_OURS
    if len(digits) != LENGTH or int(digits) % 97 != 1:
        return Misread.SCAN_AGAIN
    return Scan(Channel.DIGITS, digits[4:-2])


def valid_until(visit: Visit) -> datetime | None:
    """The end of the planned day in Tokyo, else 14 days from issue; None without a pass."""
    return None if visit.issued_at is None else pass_ends(visit.planned_on, visit.issued_at)


def pass_ends(planned_on: date | None, issued_at: datetime) -> datetime:
    """The moment at which a pass that was issued then is no longer good."""
    return end_of_day(planned_on) if planned_on else issued_at + VALID_WITHOUT_DATE


def is_valid(visit: Visit, now: datetime) -> bool:
    """Whether the pass of this visit opens it now."""
    last = valid_until(visit)
    return last is not None and now < last


def is_the_day(visit: Visit, today: date) -> bool:
    """Whether the day's questions may be answered: on the planned day."""
    return visit.planned_on == today
