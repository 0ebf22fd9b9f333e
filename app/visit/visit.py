"""One planned attendance, its draft, and its numbered submissions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.questionnaire.answers import Answers, Raw


class State(StrEnum):
    """drafting → submitted → received → closed; withdrawn ends it from anywhere."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({State.DRAFTING, State.SUBMITTED, State.RECEIVED})
SHARED_STATES = frozenset({State.SUBMITTED, State.RECEIVED})


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit.

    Shapes: ``programmes`` are codes; ``pins`` (part code, version) in the order they are asked and
    ``programme_pins`` (family, version) in the order of the programmes, fixed for ever, the latter empty
    for a visit from before programmes had versions; ``companion`` who brings the child (``mother`` …);
    ``generation`` counts issued passes, 0 before the first; ``revision`` counts changes of this row.
    Times are aware UTC, ``planned_on`` is a day in Tokyo.
    """

    id: str
    municipality: str
    subject_id: str
    person_id: str
    programmes: tuple[str, ...]
    pins: tuple[tuple[str, int], ...]
    companion: str
    prepared_at: datetime
    state: State = State.DRAFTING
    clinic_id: str | None = None
    planned_on: date | None = None
    generation: int = 0
    issued_at: datetime | None = None
    bound_clinic_id: str | None = None
    received_at: datetime | None = None
    closed_at: datetime | None = None
    revision: int = 0
    programme_pins: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What she has answered so far, hidden answers included.

    Shapes: ``typed`` holds, page by page, what was typed but could not be read yet, so that nothing is
    lost; ``language`` is a tag of the registry; ``earlier`` what she wrote for an older version of questions
    that are asked again, by question code, "" for nothing to show (see `migration`).
    """

    visit_id: str
    answers: Answers
    language: str
    revision: int = 0
    typed: Mapping[str, Raw] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


class Kind(StrEnum):
    """Why a submission was made."""

    AHEAD = "ahead"
    AMENDMENT = "amendment"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Share:
    """What she agreed to: with whom (None: the first clinic), until when, in which words."""

    clinic_id: str | None
    until: datetime
    language: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One immutable version of a visit's answers.

    Shapes: ``number`` from 1; ``review_state`` the state of the wording she saw; ``answered_on`` the
    day (Tokyo) to which its day answers belong, None when it has none; ``by_pass`` tells that only the
    pass was shown, not a login.
    """

    id: str
    visit_id: str
    number: int
    kind: Kind
    answers: Answers
    language: str
    review_state: str
    at: datetime
    share: Share | None = None
    answered_on: date | None = None
    by_pass: bool = False
