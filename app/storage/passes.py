"""Passes: made from the ring's key, shown, checked, and found again when they are scanned."""

import hmac

from app.storage.keys import KeyRing
from app.visit.handover import (
    SECRET_DIGITS,
    TYPE_DIGITS,
    Channel,
    Pass,
    Scan,
    device_token,
    pass_digits,
    short_code,
    valid_until,
)
from app.visit.visit import SHARED_STATES, Visit

SHORT_BODY = 8


class KeptPasses:
    """The port `app.visit.ports.Passes`, and the hashes by which a scan finds its visit."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def face(self, visit: Visit) -> Pass:
        """What is shown. Errors: ValueError when the visit has no pass yet."""
        last = valid_until(visit)
        if not visit.generation or last is None:
            raise ValueError("this visit has no pass yet")
        key = self._ring.pass_key
        return Pass(
            pass_digits(key, visit.id, visit.generation), short_code(key, visit.id, visit.generation), last
        )

    def device_token(self, visit: Visit) -> str:
        """The value of the device cookie for this visit."""
        return device_token(self._ring.pass_key, visit.id, visit.generation)

    def is_device(self, visit: Visit, token: str) -> bool:
        """Whether this cookie belongs to the current pass (constant time)."""
        expected = self.device_token(visit)
        return visit.generation > 0 and hmac.compare_digest(expected.encode(), token.encode())

    def scans(self, visit: Visit) -> tuple[Scan, ...]:
        """What can be scanned or typed to open this visit now; nothing before the pass and after its end."""
        if not visit.generation or visit.state not in SHARED_STATES:
            return ()
        key = self._ring.pass_key
        digits = pass_digits(key, visit.id, visit.generation)[len(TYPE_DIGITS) :][:SECRET_DIGITS]
        short = short_code(key, visit.id, visit.generation).replace("-", "")[:SHORT_BODY]
        return Scan(Channel.DIGITS, digits), Scan(Channel.SHORT_CODE, short)

    def hash(self, scan: Scan) -> bytes:
        """What stands in the database for it."""
        return self._ring.hash("pass", scan.channel.value, scan.secret)
