"""What one questionnaire file holds: pages, concerns, advice, and numbers worked out from answers."""

from dataclasses import dataclass
from enum import StrEnum

from app.questionnaire.concern import Advice, Concern
from app.questionnaire.condition import Condition
from app.questionnaire.migration import Migration
from app.questionnaire.question import Page, Question


class Rule(StrEnum):
    """How a number is worked out from answers."""

    COUNT = "count"
    SUM = "sum"
    HOURS_BETWEEN = "hours_between"
    BMI = "bmi"
    GESTATION_DAYS = "gestation_days"


@dataclass(frozen=True, slots=True)
class Derived:
    """A number worked out from answers to questions of the same part; concerns compare it.

    Shapes: ``short`` its label for staff, "" when nobody sees it (a sum never); ``value`` what COUNT
    counts; ``weights`` what each chosen code adds to a SUM; ``of`` in the order the rule reads them.
    """

    code: str
    short: str
    rule: Rule
    of: tuple[str, ...]
    value: str = ""
    weights: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Which overlay changed a part, and the codes of the ``pages`` on which its own words stand."""

    municipality: str
    version: int
    pages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One questionnaire file ``<code>/v<version>.toml``; ``sha256`` is of its bytes.

    Shapes: ``overlay`` None for the part as it stands in its file; ``migration`` how answers to an earlier
    version go over to this one, None when nothing is said.
    """

    code: str
    version: int
    title: str
    pages: tuple[Page, ...]
    concerns: tuple[Concern, ...] = ()
    sha256: str = ""
    derived: tuple[Derived, ...] = ()
    advice: tuple[Advice, ...] = ()
    overlay: Overlaid | None = None
    migration: Migration | None = None

    @property
    def whens(self) -> tuple[Condition, ...]:
        """The conditions of its concerns and its advice."""
        return (*(one.when for one in self.concerns), *(one.when for one in self.advice))

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its questions in page order."""
        return tuple(question for page in self.pages for question in page.questions)
