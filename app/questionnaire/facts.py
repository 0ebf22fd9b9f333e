"""Facts: what is known of the subject without asking, and may stand in conditions like an earlier question.

They are worked out anew at every reading. They are never stored, submitted or shown as an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.questionnaire.answers import Answer
from app.questionnaire.question import Bounds, Kind, Question
from app.strict_toml.source import Mark, Source

MOST_MONTHS, MOST_WEEKS = Decimal(1440), Decimal(45)


def _fact(code: str, short: str, most: Decimal) -> Question:
    """A fact as the integer question that conditions take it for."""
    source = Source("the subject's own dates", Mark.D)
    return Question(code, Kind.INTEGER, short, short, source, bounds=Bounds(Decimal(0), most))


FACTS: Mapping[str, Question] = MappingProxyType(
    {
        "age_months": _fact("age_months", "月齢", MOST_MONTHS),
        "gestation_weeks": _fact("gestation_weeks", "妊娠週数", MOST_WEEKS),
    }
)
"""Every fact by its name, in the shape of a question that can be compared."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one subject on one day; None: not known.

    Units: ``age_months`` and ``corrected_months`` (of a child born before its time, while it counts)
    months reached by law; ``gestation_weeks`` completed weeks. ``born`` and the ``day`` they are counted for
    serve whoever learns from an answer that a child was born early.
    """

    age_months: int | None = None
    gestation_weeks: int | None = None
    corrected_months: int | None = None
    born: date | None = None
    day: date | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        """The facts that are known, as answers to the questions they stand for."""
        known = {"age_months": self.age_months, "gestation_weeks": self.gestation_weeks}
        return {code: Answer(value) for code, value in known.items() if value is not None}


NO_FACTS = Facts()
"""Nothing is known: for what hangs on no fact, and for tests."""
