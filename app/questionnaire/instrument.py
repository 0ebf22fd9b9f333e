"""A licensed instrument: a slot for the total of its paper. None of its text is here."""

from dataclasses import dataclass
from enum import StrEnum

from app.questionnaire.concern import Level
from app.questionnaire.condition import Condition
from app.strict_toml.source import Source


class Measure(StrEnum):
    """What staff read off the paper."""

    TOTAL = "total"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From this figure on it is a concern of this level."""

    of: Measure
    at_least: int
    level: Level
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Instrument:
    """One file ``instruments/<code>.toml``.

    Shapes: ``holder`` of its rights; ``total`` and ``critical_range`` the lowest and highest figure;
    ``critical`` the label of the item that counts by itself, "" for none; ``hidden_when`` the answers
    after which nobody is asked for its paper, None when there are none; ``sha256`` of the file's bytes.
    """

    code: str
    title: str
    holder: str
    total: tuple[int, int]
    critical: str
    critical_range: tuple[int, int] | None
    thresholds: tuple[Threshold, ...]
    source: Source
    sha256: str = ""
    hidden_when: Condition | None = None

    def raised(self, total: int, critical: int | None) -> tuple[Threshold, ...]:
        """The highest threshold that each of these figures reaches, most urgent first."""
        figures = {Measure.TOTAL: total, Measure.CRITICAL: critical}
        reached: dict[Measure, Threshold] = {}
        for threshold in sorted(self.thresholds, key=lambda one: one.at_least):
            figure = figures[threshold.of]
            if figure is not None and figure >= threshold.at_least:
                reached[threshold.of] = threshold
        return tuple(sorted(reached.values(), key=lambda one: one.level.value))
