"""What staff must look at, and what a parent is told to do at once."""

from dataclasses import dataclass
from enum import StrEnum

from app.questionnaire.condition import Condition
from app.strict_toml.source import Source


class Level(StrEnum):
    """A now, B before the examination, C talk about it. Sorts by urgency."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something staff must look at, with its reason in Japanese for staff.

    Units: ``from_months`` completed months of age from which ``level`` counts, 0 at every age; before
    them it counts with ``level_before``, or not at all when that is None.
    """

    code: str
    when: Condition
    level: Level
    reason: str
    source: Source
    call_first: str = ""
    """Key of a calm sentence shown to the parent (``call_clinic``), "" for none."""
    from_months: int = 0
    level_before: Level | None = None
    flag: str = ""
    """What the schedule knows her by while it holds (``hbv_mtct_prophylaxis``), "" for nothing."""


class Urgency(StrEnum):
    """How soon she should act. Sorts by nothing; `ADVICE_ORDER` has the most urgent first."""

    AMBULANCE = "ambulance"
    CALL_NOW = "call_now"
    SAME_DAY = "same_day"


ADVICE_ORDER = tuple(Urgency)


@dataclass(frozen=True, slots=True)
class Advice:
    """What a physically dangerous answer tells her to do at once.

    Shapes: ``text`` is for the parent in her language; ``say`` one Japanese sentence to read out or to
    show, the same in every language. Never about violence (see `page_rules`).
    """

    code: str
    when: Condition
    urgency: Urgency
    text: str
    say: str
    source: Source
