"""What the schedule says of one planned dose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.schedule.editions import Role


class Status(StrEnum):
    """How a planned dose stands (reference/vaccination.md 7). It advises; the doctor decides."""

    ALLOWED = "ALLOWED"
    TOO_EARLY = "TOO_EARLY"
    OUT_OF_WINDOW = "OUT_OF_WINDOW"
    LIVE_INTERVAL_CONFLICT = "LIVE_INTERVAL_CONFLICT"
    NOT_NEEDED = "NOT_NEEDED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    NEEDS_REVIEW = "NEEDS_REVIEW"


class Reason(StrEnum):
    """Why, as a code; the sentence for it lies with the wording. The data may name further ones."""

    OK = "OK"
    OK_LAST_DAY = "OK_LAST_DAY"
    OK_NO_INTERVAL = "OK_NO_INTERVAL"
    OK_BEFORE_STANDARD_AGE = "OK_BEFORE_STANDARD_AGE"
    AGE_MIN = "AGE_MIN"
    AGE_MIN_BOOSTER = "AGE_MIN_BOOSTER"
    INTERVAL_MIN = "INTERVAL_MIN"
    GESTATION_MIN = "GESTATION_MIN"
    GESTATION_MAX = "GESTATION_MAX"
    AGE_MAX = "AGE_MAX"
    GAP_BETWEEN_STAGES = "GAP_BETWEEN_STAGES"
    LIVE_27D = "LIVE_27D"
    PRODUCT_NOT_ROUTINE = "PRODUCT_NOT_ROUTINE"
    PRODUCT_CHANGE = "PRODUCT_CHANGE"
    PRODUCT_UNKNOWN = "PRODUCT_UNKNOWN"
    SEX = "SEX"
    STAGE_ALREADY_DONE = "STAGE_ALREADY_DONE"
    EARLIER_STAGE_INCOMPLETE = "EARLIER_STAGE_INCOMPLETE"
    HISTORY_INVALID_DOSE = "HISTORY_INVALID_DOSE"
    LONG_ILLNESS = "LONG_ILLNESS"
    DUE_DATE_UNKNOWN = "DUE_DATE_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that was given, or is planned; ``product`` "" when it is not known."""

    vaccine: str
    given_on: date
    product: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a planned dose.

    Shapes: ``earliest`` the first day it would fit given the history, ``latest`` the last free day, both
    None where there is none; ``usual`` the recommended day, ``usual_to`` the last recommended one;
    ``number`` which dose it is over all stages (0: none); ``by_product`` the answers that differ by a
    product that is not known.
    """

    status: Status
    reason: str
    earliest: date | None = None
    latest: date | None = None
    usual: date | None = None
    usual_to: date | None = None
    number: int = 0
    role: Role | None = None
    by_product: Mapping[str, "Verdict"] = field(default_factory=dict)
