"""What the counters may use: the rooms behind them, by their ports. Wiring fills it once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from flask import current_app

from app.people.growth import Survey
from app.people.ports import Histories, Measurements, ParentLogin, People
from app.places.ports import Places, StaffLogin
from app.questionnaire.definition import Library
from app.schedule.dates import tokyo_date
from app.schedule.reading import Schedule
from app.visit.facts import day_of_facts, sheet_for
from app.visit.ports import Audit, PaperScores, Passes, Sessions, Tries, Visits, WriteCalendar
from app.visit.sheet import Pins, Sheet, restore
from app.visit.visit import Visit
from app.wording.catalogue import Wording

SheetKey = tuple[tuple[str, ...], Pins, Pins]


@dataclass(frozen=True, slots=True)
class Rooms:
    """Everything a route may ask. ``now`` and ``new_id`` are the only clock and chance."""

    people: People
    histories: Histories
    places: Places
    visits: Visits
    paper_scores: PaperScores
    passes: Passes
    sessions: Sessions
    tries: Tries
    audit: Audit
    measurements: Measurements
    parent_login: ParentLogin
    staff_login: StaffLogin
    library: Library
    schedule: Schedule
    write_calendar: WriteCalendar
    survey: Survey
    wording: Wording
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    is_ready: Callable[[], bool]
    public_url: str
    is_demo: bool
    sheets: dict[SheetKey, Sheet] = field(default_factory=dict)

    def today(self) -> date:
        """The day in Tokyo."""
        return tokyo_date(self.now())

    def sheet_of(self, visit: Visit) -> Sheet:
        """The sheet a visit is pinned to, with the facts of its subject where it asks for them."""
        sheet = self.pinned_sheet(visit)
        if not sheet.asks_for_facts:
            return sheet
        subject = self.people.subject(visit.subject_id)
        return sheet_for(sheet, subject, day_of_facts(visit, self.today()))

    def pinned_sheet(self, visit: Visit) -> Sheet:
        """The sheet a visit is pinned to, without facts; made once for its programmes and versions."""
        key = (visit.programmes, visit.pins, visit.programme_pins)
        if key not in self.sheets:
            self.sheets[key] = restore(*key, self.library)
        return self.sheets[key]


def rooms() -> Rooms:
    """The rooms of the running application."""
    return cast("Rooms", current_app.extensions["rooms"])
