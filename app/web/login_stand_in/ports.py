"""What the development login needs kept; the same promises as identity's ``StandInStore``."""

from datetime import datetime
from typing import Protocol


class Store(Protocol):
    """Codes and used assertion ids, shared by all workers."""

    def keep_code(self, code: str, payload: str, until: datetime) -> None:
        """Kept until ``until``."""
        ...

    def take_code(self, code: str, now: datetime) -> str | None:
        """The payload, once, before its end."""
        ...

    def spend(self, jti: str, until: datetime) -> bool:
        """True the first time."""
        ...
