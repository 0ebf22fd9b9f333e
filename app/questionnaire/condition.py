"""What a condition is: comparisons of earlier answers, exactly as FHIR's ``enableWhen`` can say them."""

from dataclasses import dataclass
from enum import StrEnum

from app.strict_toml.tables import Comparable


class Operator(StrEnum):
    """Exactly FHIR's ``enableWhen`` operators."""

    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="
    EXISTS = "exists"


class Behaviour(StrEnum):
    """FHIR's ``enableBehavior``."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ``enableWhen``: an earlier question, an operator, a value (bool only for ``exists``).

    Shapes: in place of a question may stand a fact (see `facts`), and for concerns a derived number.
    """

    question: str
    operator: Operator
    value: Comparable


@dataclass(frozen=True, slots=True)
class Condition:
    """Comparisons joined by ``all`` or ``any``."""

    behaviour: Behaviour
    comparisons: tuple[Comparison, ...]

    @property
    def names(self) -> frozenset[str]:
        """What it compares: codes of questions, facts and derived numbers."""
        return frozenset(comparison.question for comparison in self.comparisons)
