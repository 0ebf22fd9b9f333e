"""When a checkup is held: windows with their edges, by municipality where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.schedule.bounds import Facts, day_of
from app.schedule.dates import PREGNANCY_DAYS
from app.schedule.due import Due, Timing, timing_within
from app.schedule.edition_file import a_bound
from app.schedule.editions import Bound, Measure
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """When one checkup is held.

    Shapes: ``opens`` to ``closes``; an excluded edge leaves its own day out ("over 27 days", "under 6
    weeks"); ``usual_from``, ``usual_to`` when the invitation is usual; ``repeats_every`` days between
    several of them (0: once); ``counts_from_delivery`` the days count from the birth of her child.
    """

    checkup: str
    opens: Bound
    closes: Bound
    opens_excluded: bool = False
    closes_excluded: bool = False
    usual_from: Bound | None = None
    usual_to: Bound | None = None
    repeats_every: int = 0
    counts_from_delivery: bool = False

    @property
    def is_for_mothers(self) -> bool:
        """Whether it counts from a pregnancy or a delivery."""
        return self.counts_from_delivery or self.opens.measure is Measure.GESTATION

    def first_day(self, facts: Facts) -> date | None:
        """The first day of it; None without the due date it counts from."""
        day = day_of(self.opens, self._counted(facts))
        return None if day is None else day + ONE_DAY * self.opens_excluded

    def last_day(self, facts: Facts) -> date | None:
        """The last day of it."""
        day = day_of(self.closes, self._counted(facts))
        return None if day is None else day - ONE_DAY * self.closes_excluded

    def usual_days(self, facts: Facts) -> tuple[date | None, date | None]:
        """From when to when the invitation is usual."""
        counted = self._counted(facts)
        first, last = (
            None if bound is None else day_of(bound, counted) for bound in (self.usual_from, self.usual_to)
        )
        return first, last

    def _counted(self, facts: Facts) -> Facts:
        """Her facts as the days count: from the delivery; until it is told the due date stands for it."""
        if not self.counts_from_delivery or facts.due_date is None:
            return facts
        return Facts(facts.ended_on or facts.due_date)

    def is_left_out(self, facts: Facts) -> bool:
        """Whether it belongs to a pregnancy that has ended."""
        return facts.ended_on is not None and self.is_for_mothers and not self.counts_from_delivery


def read_windows(name: str, data: bytes) -> tuple[Window, ...] | tuple[DefinitionFault, ...]:
    """The windows of a file (``schedule/checkups.toml``, or a municipality's), or all its faults."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        return table
    windows = tuple(_window(row) for row in table.tables("window", required=True))
    codes = [(one.checkup, one.opens) for one in windows]
    if len(set(codes)) != len(codes):
        table.tell("window", "names a checkup twice from the same day")
    table.finish()
    return table.findings.sorted() or windows


def _window(table: Table) -> Window:
    nothing = Bound(Measure.DAYS, 0)
    window = Window(
        checkup=table.text("checkup"),
        opens=a_bound(table, "opens", required=True) or nothing,
        closes=a_bound(table, "closes", required=True) or nothing,
        opens_excluded=table.flag("opens_excluded"),
        closes_excluded=table.flag("closes_excluded"),
        usual_from=a_bound(table, "usual_from"),
        usual_to=a_bound(table, "usual_to"),
        repeats_every=table.whole("repeats_every", 0),
        counts_from_delivery=table.flag("counts_from_delivery"),
    )
    source_in(table)
    table.finish()
    return window


def in_municipality(windows: Sequence[Window], own: Iterable[Window]) -> tuple[Window, ...]:
    """The windows with a municipality's own ones instead of the national ones of the same checkup."""
    instead: dict[str, list[Window]] = {}
    for window in own:
        instead.setdefault(window.checkup, []).append(window)
    kept = [one for one in windows if one.checkup not in instead]
    return tuple(kept) + tuple(one for many in instead.values() for one in many)


def due_checkups(
    windows: Sequence[Window], facts: Facts, done: Mapping[str, Sequence[date]], today: date
) -> tuple[Due, ...]:
    """Every checkup with how it stands; ``done`` the days on which each was attended.

    Shapes: with a due date those of a mother; one that repeats is due again after the days of its rhythm,
    whichever window it was last attended in; one whose days lie beyond its window is left to the next window.
    """
    of_pregnancy = facts.due_date is not None
    ours = (window for window in windows if window.is_for_mothers is of_pregnancy)
    lines = (_line(window, facts, done.get(window.checkup, ()), today) for window in ours)
    return tuple(line for line in lines if line is not None)


def _line(window: Window, facts: Facts, done: Sequence[date], today: date) -> Due | None:
    first, last = window.first_day(facts), window.last_day(facts)
    if first is None or last is None:
        return None
    if window.repeats_every:
        first = max([first, *_next_days(window, facts, done, last)])
        if max(first, today) > last:
            return None
    within = [day for day in done if first <= day <= last]
    if within:
        return Due(window.checkup, 1, Timing.DONE, given_on=within[-1])
    if window.is_left_out(facts):
        return None
    usual, usual_to = window.usual_days(facts)
    opens, usual_to = max(first, usual or first), usual_to and min(usual_to, last)
    timing = Timing.CLOSED if today > last else timing_within(opens, usual_to, today)
    return Due(window.checkup, 1, timing, None, first, opens, usual_to, last)


def _next_days(window: Window, facts: Facts, done: Sequence[date], last: date) -> list[date]:
    """The days after which the next one is due, by those of this pregnancy up to the end of the window."""
    begun = facts.due_date - timedelta(days=PREGNANCY_DAYS) if facts.due_date else facts.born
    return [day + timedelta(days=window.repeats_every) for day in done if begun <= day <= last]
