"""What is done, due, soon, late or over for one life: vaccines dose by dose, and checkups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.schedule.bounds import Facts
from app.schedule.evaluation import evaluate
from app.schedule.rules import Proposal, Rules, Vaccine
from app.schedule.stages import StageStanding, own_doses, stage_on, stages_of, standings
from app.schedule.verdict import Dose, Reason, Status, Verdict

SOON = timedelta(days=60)


class Timing(StrEnum):
    """How something stands today, for a calm timeline."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    ASK = "ask"
    SOON = "soon"
    LATER = "later"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a timeline.

    Shapes: ``number`` of the dose over all stages; ``given_on`` for one that is done; ``usual`` the
    recommended day, ``usual_to`` the last recommended one; a checkup has its code as ``code``.
    """

    code: str
    number: int
    timing: Timing
    given_on: date | None = None
    earliest: date | None = None
    usual: date | None = None
    usual_to: date | None = None
    latest: date | None = None
    reason: str = ""


def due_vaccines(rules: Rules, facts: Facts, history: Sequence[Dose], today: date) -> tuple[Due, ...]:
    """Every dose that was given and every next one, in the order of the rules, then of the doses.

    Shapes: a vaccine that is not for her is left out, one that is voluntary or only to finish unless it was
    begun; of one that another has replaced only the given doses stand there; with a due date it is the
    timeline of a pregnancy, after whose end nothing more of it is due.
    Errors: OverflowError beyond the calendar.
    """
    found: list[Due] = []
    begun = {one.vaccine for one in history}
    for vaccine in rules.vaccines.values():
        of_pregnancy = facts.due_date is not None
        if vaccine.is_per_pregnancy is of_pregnancy and vaccine.editions and _is_proposed(vaccine, begun):
            found.extend(_of_vaccine(rules, vaccine, facts, (history, today)))
    has_ended = facts.due_date is not None and facts.ended_on is not None
    return tuple(one for one in found if one.timing is Timing.DONE or not has_ended)


def _is_proposed(vaccine: Vaccine, begun: set[str]) -> bool:
    """Whether it stands on the timeline."""
    if vaccine.proposal is Proposal.NEVER:
        return False
    is_optional = vaccine.is_voluntary or vaccine.proposal is Proposal.TO_FINISH
    return vaccine.code in begun or not is_optional


def _is_replaced(vaccine: Vaccine, history: Sequence[Dose]) -> bool:
    """Whether another vaccine goes on in its place: single Hib once 5-in-1 was begun."""
    if vaccine.proposal is not Proposal.TO_FINISH:
        return False
    return any(one.vaccine in vaccine.reviewed_after for one in history)


def _of_vaccine(
    rules: Rules, vaccine: Vaccine, facts: Facts, known: tuple[Sequence[Dose], date]
) -> list[Due]:
    """The lines of one vaccine, stage by stage."""
    history, today = known
    given = own_doses(vaccine, facts, history, today)
    stages = standings(stages_of(vaccine.edition_on(today), facts), facts, given, Dose(vaccine.code, today))
    current = stage_on(stages, facts, today)
    lines: list[Due] = []
    for stage in stages:
        lines.extend(_given(vaccine, stage, at) for at in range(len(stage.standing.given)))
        if stage.is_done or _is_replaced(vaccine, history):
            continue
        if stage.place < current.place:
            lines.append(_closed(vaccine, stage))
            continue
        day = today if stage.place == current.place else stage.standing.opens() or today
        verdict = evaluate(rules, facts, history, Dose(vaccine.code, day))
        if stage.place > current.place:
            verdict = replace(verdict, status=Status.TOO_EARLY, reason=Reason.AGE_MIN)
        if verdict.status not in {Status.NOT_ELIGIBLE, Status.NOT_NEEDED}:
            lines.append(_line(vaccine, verdict, today))
    return lines


def _given(vaccine: Vaccine, stage: StageStanding, at: int) -> Due:
    """A dose that was given; one too many keeps counting."""
    dose = stage.standing.given[at]
    return Due(vaccine.code, stage.stage.first_number + at, Timing.DONE, given_on=dose.given_on)


def _closed(vaccine: Vaccine, stage: StageStanding) -> Due:
    """A stage that is over before it was done."""
    return Due(
        vaccine.code, stage.number, Timing.CLOSED, latest=stage.standing.closes(), reason=Reason.AGE_MAX
    )


def _line(vaccine: Vaccine, verdict: Verdict, today: date) -> Due:
    """The next dose of a stage."""
    return Due(
        vaccine.code,
        verdict.number,
        _timing(verdict, today),
        earliest=verdict.earliest,
        usual=verdict.usual,
        usual_to=verdict.usual_to,
        latest=verdict.latest,
        reason=verdict.reason,
    )


def _timing(verdict: Verdict, today: date) -> Timing:
    """How a verdict reads on a timeline."""
    if verdict.status is Status.OUT_OF_WINDOW:
        return Timing.CLOSED
    if verdict.status is Status.ALLOWED:
        return timing_within(verdict.usual or today, verdict.usual_to, today)
    if verdict.earliest is not None and verdict.earliest > today:
        return timing_within(verdict.earliest, None, today)
    return Timing.ASK


def timing_within(opens: date, usual_to: date | None, today: date) -> Timing:
    """How something reads that is given or held from a day on and is not over."""
    if opens > today:
        return Timing.SOON if opens - today <= SOON else Timing.LATER
    return Timing.LATE if usual_to is not None and today > usual_to else Timing.NOW


def fit_together(lines: Sequence[Due], day: date) -> tuple[Due, ...]:
    """The doses that fit on this day, for one visit: in their window, none of them in doubt."""
    timely = (Timing.NOW, Timing.LATE, Timing.SOON, Timing.LATER)
    return tuple(
        one
        for one in lines
        if one.timing in timely
        and one.number
        and one.earliest is not None
        and one.earliest <= day
        and (one.usual is None or one.usual <= day)
        and (one.latest is None or day <= one.latest)
    )
