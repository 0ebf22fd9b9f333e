"""Typed answers by question code, the reading of what was typed, and their plain form for keeping.

Absence has names: a code that is missing was not asked or not answered; `Absence` says that she does
not know or prefers not to say. Neither is ever "no".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.fault import Fault


class Absence(StrEnum):
    """An answer that is not a value."""

    UNKNOWN = "unknown"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class MonthAge:
    """An age in completed years and months."""

    years: int
    months: int


Value = str | int | Decimal | date | MonthAge | tuple[str, ...]
"""yes/no, choice and text: str; choices: tuple of codes; integer: int; decimal and temperature: Decimal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the free text that belongs to it ("" for none)."""

    value: Value | Absence
    details: str = ""


Answers = Mapping[str, Answer]
Raw = Mapping[str, Sequence[str]]
"""Form fields exactly as typed: ``{"convulsion_ever": ["yes"], "convulsion_ever-details": ["…"]}``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a posted page says: its good answers, its faults, and what was typed, untouched."""

    answers: Answers
    faults: tuple[Fault, ...]
    typed: Raw
