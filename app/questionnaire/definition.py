"""What a questionnaire is: frozen parts, pages, questions, conditions, concerns and programmes.

Every text is Japanese; `wording` looks up other languages under ``<part>.<question>.<field>``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.strict_toml.tables import Comparable


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


class Level(StrEnum):
    """A now, B before the examination, C talk about it. Sorts by urgency."""

    A = "A"
    B = "B"
    C = "C"


class Mark(StrEnum):
    """How sure a fact is: verified, remembered, derived, unknown."""

    V = "V"
    R = "R"
    D = "D"
    U = "U"


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
    """One ``enableWhen``: an earlier question, an operator, a value (bool only for ``exists``)."""

    question: str
    operator: Operator
    value: Comparable


@dataclass(frozen=True, slots=True)
class Condition:
    """Comparisons joined by ``all`` or ``any``."""

    behaviour: Behaviour
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The official item a question, a rule or a text covers, and how sure we are."""

    item: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. ``exclusive`` options (none of these) cannot stand with others."""

    code: str
    text: str
    short: str = ""
    exclusive: bool = False


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
    one that she may take over (``login.address``); ``danger`` gives it a page of its own.
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
    """One topic: three to six questions, or one danger question. ``code`` is unique over all parts."""

    code: str
    title: str
    questions: tuple[Question, ...]
    is_for_the_day: bool = field(init=False, compare=False, repr=False)
    """Asked only on the day of the visit."""
    is_taken_over: bool = field(init=False, compare=False, repr=False)
    """Nothing on it is asked: every value comes from elsewhere."""

    def __post_init__(self) -> None:
        """What follows from its questions is worked out once."""
        is_of_the_day = all(question.fresh is Fresh.DAY for question in self.questions)
        object.__setattr__(self, "is_for_the_day", is_of_the_day)
        object.__setattr__(self, "is_taken_over", all(question.origin for question in self.questions))


@dataclass(frozen=True, slots=True)
class Concern:
    """Something staff must look at, with its reason in Japanese for staff."""

    code: str
    when: Condition
    level: Level
    reason: str
    source: Source
    call_first: str = ""
    """Key of a calm sentence shown to the parent (``call_clinic``), "" for none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One questionnaire file ``<code>/v<version>.toml``; ``sha256`` is of its bytes."""

    code: str
    version: int
    title: str
    pages: tuple[Page, ...]
    concerns: tuple[Concern, ...] = ()
    sha256: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its questions in page order."""
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One screen before the first question, and again at consent. Each text is one or more sentences."""

    prevents: str
    effects: str
    serious: str
    watch: str
    relief: str
    source: Source


@dataclass(frozen=True, slots=True)
class Programme:
    """What a visit can be for. ``parts`` in the order they are asked; ``subject_is`` "child" or "mother".

    Shapes: ``kind`` is "vaccine" or "checkup"; ``vaccine`` the family code ("MR").
    """

    code: str
    kind: str
    vaccine: str
    dose: int
    title: str
    parts: tuple[str, ...]
    explanation: Explanation
    bring: tuple[str, ...]
    source: Source
    concerns: tuple[Concern, ...] = ()
    subject_is: str = "child"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions that were read: parts by (code, version), programmes by code."""

    parts: Mapping[tuple[str, int], Part]
    programmes: Mapping[str, Programme]

    def newest(self, code: str) -> Part:
        """The newest version of a part. Errors: KeyError when there is none."""
        return self.parts[max(key for key in self.parts if key[0] == code)]
