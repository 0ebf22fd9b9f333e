"""Papers of licensed instruments as nurse and doctor meet them on a sheet. Never on a page of the parent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.fault import Fault
from app.questionnaire.answers import Answers
from app.questionnaire.definition import Instrument, Level, Measure, Threshold
from app.visit.instruments import UNIT, PaperScore, PaperSlot, TypedScore, names_instruments, slots_of
from app.visit.sheet import Sheet
from app.visit.visit import Visit
from app.web.rooms import rooms
from app.web.sheet_reading import ConcernReading, Row

NOTHING_TYPED = TypedScore("")


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and not kept; ``instrument`` None when the visit has no such paper."""

    instrument: Instrument | None = None
    typed: TypedScore = NOTHING_TYPED
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in words; ``by`` who made it, "" when nobody knows any more."""

    total: int
    critical: int | None
    by: str
    at: datetime
    reached: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class PaperCard:
    """One instrument: its entries, newest first, and its form while one may be made.

    Shapes: ``faults`` have the ids of their fields, ``<measure>-<code>``.
    """

    instrument: Instrument
    entries: tuple[Entry, ...]
    is_open: bool
    typed: TypedScore
    faults: tuple[Fault, ...]


def slots_at(visit: Visit, sheet: Sheet, answers: Answers) -> tuple[PaperSlot, ...]:
    """Every slot of the visit with its entries; nothing is looked up for a visit without papers."""
    if not names_instruments(sheet):
        return ()
    return slots_of(sheet, rooms().library.instruments, answers, rooms().paper_scores.of_visit(visit))


def reaches_a(slots: Sequence[PaperSlot]) -> bool:
    """Whether a score calls for somebody at once."""
    return any(one.level is Level.A for slot in slots for one in slot.reached)


def concerns_of_scores(slots: Sequence[PaperSlot]) -> tuple[ConcernReading, ...]:
    """What the scores raise, each with the figure that raises it."""
    return tuple(
        ConcernReading(one.level, one.reason, (), (_figure(slot.instrument, slot.newest, one.of),))
        for slot in slots
        for one in slot.reached
        if slot.newest
    )


def _figure(instrument: Instrument, score: PaperScore, measure: Measure) -> Row:
    if measure is Measure.CRITICAL:
        return Row(instrument.code, "", f"紙の{instrument.critical}", f"{score.critical}{UNIT}")
    return Row(instrument.code, "", "紙の合計", f"{score.total}{UNIT}")


def cards_of(slots: Sequence[PaperSlot], refused: Refused | None) -> tuple[PaperCard, ...]:
    """The card of every slot; with what was typed where it was refused."""
    return tuple(_card(slot, refused) for slot in slots)


def _card(slot: PaperSlot, refused: Refused | None) -> PaperCard:
    mine = refused if refused and refused.instrument == slot.instrument else Refused()
    entries = tuple(_entry(slot.instrument, score) for score in slot.scores)
    return PaperCard(slot.instrument, entries, slot.is_open, mine.typed, mine.faults)


def _entry(instrument: Instrument, score: PaperScore) -> Entry:
    staff = rooms().places.staff(score.entered_by)
    reached = instrument.raised(score.total, score.critical)
    return Entry(score.total, score.critical, staff.name if staff else "", score.at, reached)
