"""Does a planned dose fit: legal window, course, intervals, products. It advises and never refuses.

The order is that of reference/vaccination.md 1.8: who and which product, done, continuity, window, age and
interval, distance between injected live vaccines, what a doctor must decide.
"""

from dataclasses import replace
from datetime import date, timedelta

from app.schedule.bounds import Facts, day_of, first_day_after
from app.schedule.editions import Ended, Extension, Measure, Role
from app.schedule.live import after_each_live, after_live, is_too_close
from app.schedule.planned import Planned, came_too_early, exclusion, has_changed
from app.schedule.rules import LONG_ILLNESS
from app.schedule.stages import StageStanding, stage_on
from app.schedule.verdict import Reason, Status, Verdict

NEAR = timedelta(days=27)


def judge(planned: Planned) -> Verdict:
    """The verdict on a planned dose whose products are known."""
    excluded = exclusion(planned)
    if excluded:
        return Verdict(Status.NOT_ELIGIBLE, excluded)
    stage = stage_on(planned.stages, planned.facts, planned.day)
    if stage.is_done:
        return _when_done(planned, stage)
    if has_changed(planned):
        return Verdict(Status.NEEDS_REVIEW, Reason.PRODUCT_CHANGE, number=stage.number)
    if stage.standing.opens() is None:
        return Verdict(Status.NEEDS_REVIEW, Reason.DUE_DATE_UNKNOWN, number=stage.number)
    closed = _when_closed(planned, stage)
    return closed or _when_open(planned, stage)


def _when_done(planned: Planned, stage: StageStanding) -> Verdict:
    """The stage is complete: nothing to give, or the next stage has not begun."""
    closes = stage.standing.closes()
    following = planned.stages[stage.place + 1 :]
    if following and closes is not None and planned.day > closes:
        return _when_open(planned, following[0])
    if came_too_early(planned, stage):
        return Verdict(Status.NEEDS_REVIEW, Reason.HISTORY_INVALID_DOSE)
    return Verdict(Status.NOT_NEEDED, Reason.STAGE_ALREADY_DONE)


def _when_closed(planned: Planned, stage: StageStanding) -> Verdict | None:
    """The verdict when the window is over; None while it is open."""
    day, closes = planned.day, _closes(planned, stage)
    if closes is None or day <= closes:
        return None
    extension = _extension(planned, stage)
    if extension is not None and extension.begins <= day <= extension.ends:
        return _beyond(planned, stage, extension.reason, extension.ends)
    if _is_excused(planned):
        return _beyond(planned, stage, Reason.LONG_ILLNESS, None)
    if extension is not None and day > extension.ends:
        closes = extension.ends
    reason = _closing_reason(planned, stage)
    return Verdict(Status.OUT_OF_WINDOW, reason, latest=closes, number=stage.number)


def _beyond(planned: Planned, stage: StageStanding, reason: str, latest: date | None) -> Verdict:
    """Beyond the window, for others to accept; a distance that is not kept is told first."""
    verdict = replace(_when_open(planned, stage), latest=latest, usual=None, usual_to=None)
    if verdict.status in {Status.TOO_EARLY, Status.LIVE_INTERVAL_CONFLICT}:
        return verdict
    return replace(verdict, status=Status.NEEDS_REVIEW, reason=reason)


def _closes(planned: Planned, stage: StageStanding) -> date | None:
    """The last free day of the next dose, that of a cohort's measure included."""
    ended, closes = _ended(planned), stage.standing.closes()
    if ended is None or closes is None:
        return closes
    has_begun = any(ended.begun_from <= one.given_on <= ended.begun_to for one in planned.given)
    return max(closes, ended.ends if has_begun else ended.ends_otherwise)


def _closing_reason(planned: Planned, stage: StageStanding) -> str:
    ended = _ended(planned)
    if ended is not None:
        return ended.reason
    if planned.stages[stage.place + 1 :]:
        return Reason.GAP_BETWEEN_STAGES
    is_gestation = stage.standing.rule.opens.measure is Measure.GESTATION
    return Reason.GESTATION_MAX if is_gestation else Reason.AGE_MAX


def _ended(planned: Planned) -> Ended | None:
    return next((one for one in planned.edition.ended if one.cohort.holds(planned.facts.born)), None)


def _extension(planned: Planned, stage: StageStanding) -> Extension | None:
    """The extension of this stage for her cohort."""
    return next(
        (
            one
            for one in planned.edition.extensions
            if one.stage == stage.place + 1 and one.cohort.holds(planned.facts.born)
        ),
        None,
    )


def _is_excused(planned: Planned) -> bool:
    """Whether a long illness may excuse the missed window: up to an age, where there is one."""
    vaccine, flags = planned.vaccine, planned.facts.flags
    if LONG_ILLNESS not in flags or not vaccine.may_be_late:
        return False
    last = None if vaccine.late_until is None else day_of(vaccine.late_until, planned.facts)
    return last is None or planned.day <= last


def _when_open(planned: Planned, stage: StageStanding) -> Verdict:
    """The verdict within the window, or before it."""
    soonest, binding = _soonest(planned, stage)
    latest = _closes(planned, stage)
    is_early = planned.day < soonest
    is_close = not is_early and _is_close_to_live(planned)
    earliest = _kept_apart(
        planned, planned.day if is_close else max(soonest, _free_of_review(stage) or soonest)
    )
    verdict = Verdict(
        Status.TOO_EARLY,
        binding,
        earliest,
        latest,
        *_usual(stage, earliest, latest, planned.facts),
        stage.number,
        stage.standing.rule.role,
    )
    if is_early:
        return verdict
    if is_close:
        return replace(verdict, status=Status.LIVE_INTERVAL_CONFLICT, reason=Reason.LIVE_27D)
    return _when_it_fits(planned, stage, verdict)


def _is_close_to_live(planned: Planned) -> bool:
    """Whether the planned day is too close to another injected live vaccine."""
    return any(is_too_close(planned.rules, planned.vaccine, one, planned.day) for one in planned.others)


def _free_of_review(stage: StageStanding) -> date | None:
    """The first day on which the dose is no longer so close to the last one that a doctor must decide."""
    review, given = stage.standing.rule.review, stage.standing.given
    if review is None or review.within is None or not given:
        return None
    return first_day_after(given[-1].given_on, review.within)


def _kept_apart(planned: Planned, soonest: date) -> date:
    """The first day from then on that keeps the distance and overtakes no dose given before.

    Shapes: not after the planned day when that is fine, as it is on the very day of another live vaccine.
    """
    before = [one for one in planned.others if one.given_on < planned.day]
    day = max([soonest, *after_each_live(planned.rules, planned.vaccine, before)])
    kept = after_live(planned.rules, planned.vaccine, planned.others, day)
    is_fine = day <= planned.day and not _is_close_to_live(planned)
    return min(kept, planned.day) if is_fine else kept


def _soonest(planned: Planned, stage: StageStanding) -> tuple[date, str]:
    """The first day by age and by the intervals of this vaccine, and which of the two binds."""
    standing, rule = stage.standing, stage.standing.rule
    opens = standing.opens() or date.min
    opens = max(opens, planned.edition.starts or opens)
    after = standing.after_intervals()
    earlier = planned.given[-1].given_on if planned.given else None
    if after is None and stage.place and earlier is not None:
        after = first_day_after(earlier, rule.after_previous)
    if after is not None and after > opens:
        is_skipped = standing.has_skipped and rule.skipped_early_reason
        return after, rule.skipped_early_reason if is_skipped else Reason.INTERVAL_MIN
    if rule.opens.measure is Measure.GESTATION:
        return opens, Reason.GESTATION_MIN
    return opens, Reason.AGE_MIN_BOOSTER if rule.role is Role.BOOSTER else Reason.AGE_MIN


def _usual(
    stage: StageStanding, earliest: date, latest: date | None, facts: Facts
) -> tuple[date, date | None]:
    """The recommended day, within what is allowed, and the last recommended one."""
    standing, rule = stage.standing, stage.standing.rule
    days = [earliest]
    if rule.usual_from is not None:
        days.append(day_of(rule.usual_from, facts) or earliest)
    if rule.usual_after_previous is not None and standing.given:
        days.append(first_day_after(standing.given[-1].given_on, rule.usual_after_previous))
    usual = max(days)
    usual = usual if latest is None or earliest > latest else min(usual, latest)
    return usual, None if rule.usual_to is None else day_of(rule.usual_to, facts)


def _when_it_fits(planned: Planned, stage: StageStanding, verdict: Verdict) -> Verdict:
    """Allowed, unless a doctor must decide."""
    rule = stage.standing.rule
    allowed = replace(verdict, status=Status.ALLOWED, reason=_fine_reason(planned, stage))
    if came_too_early(planned, stage):
        return replace(allowed, status=Status.NEEDS_REVIEW, reason=Reason.HISTORY_INVALID_DOSE)
    if stage.stage.needs_earlier and not all(one.is_done for one in planned.stages[: stage.place]):
        return replace(allowed, reason=Reason.EARLIER_STAGE_INCOMPLETE)
    review = rule.review
    if review is None:
        return allowed
    last = None if review.after is None else day_of(review.after, planned.facts)
    if last is not None and planned.day > last:
        return replace(allowed, status=Status.NEEDS_REVIEW, reason=review.reason)
    is_close = review.within is not None and allowed.earliest is not None and planned.day < allowed.earliest
    return replace(allowed, status=Status.NEEDS_REVIEW, reason=review.reason) if is_close else allowed


def _fine_reason(planned: Planned, stage: StageStanding) -> str:
    """Which kind of "fits" it is, the most telling first."""
    standing, rule = stage.standing, stage.standing.rule
    if planned.day == _closes(planned, stage):
        return Reason.OK_LAST_DAY
    if any(abs(one.given_on - planned.day) <= NEAR for one in planned.others):
        return Reason.OK_NO_INTERVAL
    if any(one.vaccine != planned.vaccine.code for one in planned.given) and planned.vaccine.switch_reason:
        return planned.vaccine.switch_reason
    if standing.has_skipped and rule.skipped_fine_reason:
        return rule.skipped_fine_reason
    if rule.fine_reason or stage.stage.fine_reason:
        return rule.fine_reason or stage.stage.fine_reason
    usual = None if rule.usual_from is None else day_of(rule.usual_from, planned.facts)
    return Reason.OK_BEFORE_STANDARD_AGE if usual is not None and planned.day < usual else Reason.OK
