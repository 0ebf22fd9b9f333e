"""Papers of licensed instruments at a visit: which of them, what staff read off one, what it raises.

None of their text is known here. A figure is for staff alone: nothing of it goes to the parent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.fault import Fault
from app.questionnaire.answers import Answers
from app.questionnaire.conditions import holds
from app.questionnaire.definition import Bounds, Instrument, Kind, Measure, Question, Threshold
from app.questionnaire.typed_numbers import read_number
from app.questionnaire.typed_text import plain_digits
from app.visit.sheet import Sheet

UNIT = "点"


@dataclass(frozen=True, slots=True)
class PaperScore:
    """What a member of staff read off one paper. Never changed: a correction is the next entry.

    Shapes: ``instrument`` its code; ``critical`` None when it has no item that counts by itself;
    ``entered_by`` the id of a member of staff; ``number`` counts the entries of the visit from 1, 0
    before it is kept.
    """

    instrument: str
    total: int
    critical: int | None
    entered_by: str
    at: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class TypedScore:
    """Both figures as they were typed."""

    total: str
    critical: str = ""


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """The place of one instrument at a visit.

    Shapes: ``scores`` its entries, newest first; the newest counts. ``is_open`` tells whether a score
    may be entered: what was entered before an answer closed it stays.
    """

    instrument: Instrument
    scores: tuple[PaperScore, ...]
    is_open: bool

    @property
    def newest(self) -> PaperScore | None:
        """The entry that counts, None before the first."""
        return self.scores[0] if self.scores else None

    @property
    def reached(self) -> tuple[Threshold, ...]:
        """What the entry that counts raises, most urgent first."""
        score = self.newest
        return self.instrument.raised(score.total, score.critical) if score else ()


def names_instruments(sheet: Sheet) -> bool:
    """Whether any programme of the sheet has a paper."""
    return any(programme.instruments for programme in sheet.programmes)


def slots_of(
    sheet: Sheet, instruments: Mapping[str, Instrument], answers: Answers, scores: Sequence[PaperScore]
) -> tuple[PaperSlot, ...]:
    """Every slot of the visit's programmes, each once, without the closed ones that hold nothing.

    Shapes: ``answers`` without those of hidden questions; ``scores`` all of the visit, in any order.
    """
    codes = dict.fromkeys(code for programme in sheet.programmes for code in programme.instruments)
    slots = (_slot(instruments[code], answers, scores) for code in codes)
    return tuple(slot for slot in slots if slot.is_open or slot.scores)


def _slot(instrument: Instrument, answers: Answers, scores: Sequence[PaperScore]) -> PaperSlot:
    own = [score for score in scores if score.instrument == instrument.code]
    own.sort(key=lambda score: score.number, reverse=True)
    is_hidden = instrument.hidden_when is not None and holds(instrument.hidden_when, answers)
    return PaperSlot(instrument, tuple(own), not is_hidden)


def read_score(
    instrument: Instrument, typed: TypedScore, entered_by: str, at: datetime
) -> PaperScore | tuple[Fault, ...]:
    """The score, or what is wrong with its figures: fields ``total`` and ``critical``."""
    total = _figure(_asked(instrument, Measure.TOTAL, instrument.total), typed.total)
    critical: int | Fault | None = None
    if instrument.critical_range is not None:
        critical = _figure(_asked(instrument, Measure.CRITICAL, instrument.critical_range), typed.critical)
    if isinstance(total, Fault) or isinstance(critical, Fault):
        return tuple(figure for figure in (total, critical) if isinstance(figure, Fault))
    return PaperScore(instrument.code, total, critical, entered_by, at)


def _asked(instrument: Instrument, measure: Measure, within: tuple[int, int]) -> Question:
    """The figure as an integer question, so that it is read as every number of a form is read."""
    bounds = Bounds(Decimal(within[0]), Decimal(within[1]))
    return Question(measure.value, Kind.INTEGER, "", "", instrument.source, unit=UNIT, bounds=bounds)


def _figure(asked: Question, text: str) -> int | Fault:
    """One whole figure within its range."""
    if not plain_digits(text):
        return Fault(asked.code, "fill_in")
    number = read_number(asked, text, is_sure=True)
    return number if isinstance(number, Fault) else int(number)
