"""What a question is: its kind, its options, its bounds, how long its answer stays true."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.questionnaire.condition import Condition
from app.strict_toml.source import Source


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEMPERATURE = "temperature"
    DATE = "date"
    MONTH_AGE = "month_age"
    TIME = "time"


class Fresh(StrEnum):
    """How long an answer stays true (design 4.2)."""

    ALWAYS = "always"
    VISIT = "visit"
    DAY = "day"


class Privacy(StrEnum):
    """P0 normal, P1 sensitive, P2 pregnancy loss and the like; P1/P2 may be declined."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"


class Export(StrEnum):
    """E1 may leave in a national record, E0 never leaves."""

    E1 = "E1"
    E0 = "E0"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. ``exclusive`` options (none of these) cannot stand with others.

    Shapes: ``number`` is its number in the national choice list, 0 when it has none.
    """

    code: str
    text: str
    short: str = ""
    exclusive: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """Outside ``low..high`` is refused; outside ``soft_low..soft_high`` she is asked whether she is sure.

    Units: the question's own; of a date days from today (none: never ahead), of a month age months.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    soft_low: Decimal | None = None
    soft_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """A free text that opens beneath certain answers; its field is ``<code>-details``."""

    when: tuple[str, ...]
    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Shapes: ``code`` is never reused; ``paper`` its number on the official paper form ("2a"), by which
    staff read; ``origin`` names where a value that is not asked comes from (``subject.name``), ``offer``
    one that she may take over (``login.address``); ``danger`` gives it a page of its own; ``family`` tells
    that its answer is about the family, so that a sibling's sheet may offer it again; ``core`` that it is
    national although nothing else tells so (see `national`).
    """

    code: str
    kind: Kind
    text: str
    short: str
    source: Source
    why: str = ""
    hint: str = ""
    paper: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    shown_when: Condition | None = None
    details: Details | None = None
    fresh: Fresh = Fresh.ALWAYS
    privacy: Privacy = Privacy.P0
    export: Export = Export.E1
    unit: str = ""
    bounds: Bounds = Bounds()
    unknown: bool = False
    origin: str = ""
    offer: str = ""
    autocomplete: str = ""
    danger: bool = False
    max_length: int = 1000
    family: bool = False
    core: bool = False
    options: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """The codes she may choose from; empty for a kind that is typed."""
    absences: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """Which of "unknown" and "declined" it offers."""

    def __post_init__(self) -> None:
        """What follows from the rest is worked out once: it is asked at every page."""
        codes = ("yes", "no") if self.kind is Kind.YES_NO else tuple(choice.code for choice in self.choices)
        object.__setattr__(self, "options", codes)
        object.__setattr__(self, "absences", ("unknown",) * self.unknown + ("declined",) * self.declinable)

    @property
    def declinable(self) -> bool:
        """She may say that she prefers not to answer."""
        return self.privacy is not Privacy.P0


@dataclass(frozen=True, slots=True)
class Page:
    """One topic: three to six questions, or one danger question. ``code`` is unique over all parts.

    Shapes: the answers of a ``discreet`` page are never shown back, only that it is answered; on one
    with ``helplines`` stand a quick exit and the same helplines for everybody.
    """

    code: str
    title: str
    questions: tuple[Question, ...]
    discreet: bool = False
    helplines: bool = False
    is_for_the_day: bool = field(init=False, compare=False, repr=False)
    """Asked only on the day of the visit."""
    is_taken_over: bool = field(init=False, compare=False, repr=False)
    """Nothing on it is asked: every value comes from elsewhere."""

    def __post_init__(self) -> None:
        """What follows from its questions is worked out once."""
        is_of_the_day = all(question.fresh is Fresh.DAY for question in self.questions)
        object.__setattr__(self, "is_for_the_day", is_of_the_day)
        object.__setattr__(self, "is_taken_over", all(question.origin for question in self.questions))
