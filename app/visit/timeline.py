"""What one child or mother sees: done, due now, soon, late, over; and what fits into one visit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.people.dose_history import CopiedDose
from app.people.person import Subject
from app.questionnaire.programme import Programme
from app.schedule.bounds import Facts
from app.schedule.checkups import due_checkups
from app.schedule.due import Due, Timing, due_vaccines, fit_together
from app.schedule.reading import Schedule
from app.schedule.rules import Rules
from app.schedule.verdict import Dose
from app.visit.fitting import facts_of, known_doses
from app.visit.visit import OPEN_STATES, State, Visit

AHEAD = timedelta(days=120)
TOGETHER = timedelta(days=10)
MOST_PROPOSALS = 3


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line: what it is for (None: no form of ours), how it stands, and the visit that is prepared."""

    due: Due
    programme: Programme | None
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Programmes that fit on one day. ``day`` is today for what is due now."""

    day: date
    programmes: tuple[Programme, ...]

    @property
    def is_shared(self) -> bool:
        """Whether several are proposed together."""
        return len(self.programmes) > 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything of one subject, in the order of her life."""

    lines: tuple[TimelineLine, ...]
    proposals: tuple[Proposal, ...]

    def of(self, *timings: Timing) -> tuple[TimelineLine, ...]:
        """The lines that stand like this."""
        return tuple(line for line in self.lines if line.due.timing in timings)

    def of_programme(self, programme: Programme) -> tuple[TimelineLine, ...]:
        """The line of a programme that is not done yet."""
        return tuple(
            line for line in self.lines if line.programme == programme and line.due.timing is not Timing.DONE
        )

    def beside_today(self, timing: Timing, today: date) -> tuple[TimelineLine, ...]:
        """The lines that stand like this and are not proposed together for today."""
        shared = [one for one in self.proposals if one.day == today and one.is_shared]
        proposed = {code for one in shared for code in _codes(one)}
        return tuple(
            line for line in self.of(timing) if not line.programme or line.programme.code not in proposed
        )


def _codes(proposal: Proposal) -> list[str]:
    return [one.code for one in proposal.programmes]


def make_timeline(
    schedule: Schedule,
    subject: Subject,
    known: tuple[Sequence[CopiedDose], Sequence[Visit], Mapping[str, Programme]],
    today: date,
) -> Timeline:
    """The timeline on a day, from the copied doses, the subject's visits and the programmes by code.

    Errors: OverflowError for a birth at the end of the calendar.
    """
    copied, visits, programmes = known
    facts = facts_of(subject)
    doses = known_doses(copied)
    vaccines = due_vaccines(schedule.rules, facts, doses, today)
    windows = schedule.windows_in(subject.municipality)
    checkups = due_checkups(windows, facts, attended(visits), today)
    by_place = {(one.vaccine or one.code, one.dose): one for one in programmes.values()}
    prepared = _prepared(visits)
    lines = [_line(due, by_place, prepared) for due in (*vaccines, *checkups)]
    lines.sort(key=lambda line: _when(line.due))
    proposals = _proposals((schedule.rules, facts, doses), by_place, prepared, today)
    return Timeline(tuple(lines), tuple(proposals))


def attended(visits: Iterable[Visit]) -> dict[str, list[date]]:
    """On which days each programme was attended: visits that a clinic received and closed."""
    days: dict[str, list[date]] = {}
    for visit in sorted(visits, key=lambda one: one.prepared_at):
        if visit.state is State.CLOSED and visit.planned_on is not None:
            for code in visit.programmes:
                days.setdefault(code, []).append(visit.planned_on)
    return days


def _prepared(visits: Iterable[Visit]) -> dict[str, Visit]:
    """The open visit of each programme."""
    return {code: visit for visit in visits if visit.state in OPEN_STATES for code in visit.programmes}


def _line(
    due: Due, by_place: Mapping[tuple[str, int], Programme], prepared: Mapping[str, Visit]
) -> TimelineLine:
    programme = by_place.get((due.code, due.number))
    is_open = programme is not None and due.timing is not Timing.DONE
    return TimelineLine(due, programme, prepared.get(programme.code) if programme and is_open else None)


def _when(due: Due) -> tuple[date, str, int]:
    """Where a line stands in a life."""
    return due.given_on or due.usual or due.latest or date.max, due.code, due.number


def _proposals(
    known: tuple[Rules, Facts, Sequence[Dose]],
    by_place: Mapping[tuple[str, int], Programme],
    prepared: Mapping[str, Visit],
    today: date,
) -> Iterable[Proposal]:
    """What fits together today, and then, as if that had been given, on the next days."""
    rules, facts, history = known
    day, made = today, 0
    while made < MOST_PROPOSALS and day - today <= AHEAD:
        fitting = [
            one
            for one in fit_together(due_vaccines(rules, facts, history, day), day)
            if (one.code, one.number) in by_place
        ]
        programmes = tuple(by_place[one.code, one.number] for one in fitting)
        wanted = tuple(one for one in programmes if one.code not in prepared)
        if wanted:
            made += 1
            yield Proposal(day, wanted)
        history = [*history, *(Dose(one.code, day) for one in fitting)]
        later = _one_day_for(due_vaccines(rules, facts, history, day), day)
        if later is None:
            return
        day = later


def _one_day_for(lines: Sequence[Due], after: date) -> date | None:
    """The next day on which what is recommended within a few days of each other fits, none too late."""
    ahead = [one for one in lines if one.usual is not None and one.usual > after]
    if not ahead:
        return None
    first = min(one.usual for one in ahead if one.usual is not None)
    near = [one for one in ahead if one.usual is not None and one.usual <= first + TOGETHER]
    lasts = [one.latest for one in near if one.latest is not None]
    return max(first, min([max(one.usual or first for one in near), *lasts]))
