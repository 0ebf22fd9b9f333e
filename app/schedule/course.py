"""Walking a course: which of its doses were given, which were left out, which comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.schedule.bounds import Facts, day_of, first_day_after
from app.schedule.editions import Course, DoseRule, Interval, Skip
from app.schedule.verdict import Dose

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is in a course.

    Shapes: ``given`` its past doses by date; ``place`` of the next dose in the course (its length: all
    done); ``has_skipped`` the dose before it was left out; ``invalid`` past doses that came too early.
    """

    course: Course
    facts: Facts
    given: tuple[Dose, ...] = ()
    place: int = 0
    has_skipped: bool = False
    invalid: tuple[Dose, ...] = ()

    @property
    def is_done(self) -> bool:
        """No dose is left."""
        return self.place >= len(self.course.doses)

    @property
    def rule(self) -> DoseRule:
        """The rule of the next dose. Errors: IndexError when all are done."""
        return self.course.doses[self.place]

    @property
    def interval(self) -> Interval:
        """The minimum interval before the next dose. Errors: IndexError when all are done."""
        after_skipped = self.rule.after_skipped if self.has_skipped else None
        return after_skipped or self.rule.after_previous

    @property
    def accepted_interval(self) -> Interval:
        """The least interval that a doctor may have left. Errors: IndexError when all are done."""
        if self.has_skipped and self.rule.after_skipped:
            return self.rule.accepted_after_skipped or self.rule.after_skipped
        return self.rule.accepted_after_previous or self.rule.after_previous

    def opens(self) -> date | None:
        """The first day of the next dose's legal window."""
        return None if self.is_done else day_of(self.rule.opens, self.facts)

    def closes(self) -> date | None:
        """The last day on which the next dose, or the last one when all are done, is given as routine."""
        rule = self.course.doses[-1] if self.is_done else self.rule
        if rule.skip.after is not None:
            return day_of(rule.skip.after, self.facts)
        return None if rule.closes is None else day_of(rule.closes, self.facts)

    def after_intervals(self) -> date | None:
        """The first day that leaves every interval to the past doses of this course; None without any."""
        if self.is_done or not self.given:
            return None
        first = first_day_after(self.given[0].given_on, self.rule.after_first)
        return max(first, first_day_after(self.given[-1].given_on, self.interval))


def walk(course: Course, facts: Facts, given: Sequence[Dose], on: date) -> Standing:
    """Where somebody with these past doses stands on a day. Shapes: ``given`` by date, none after ``on``."""
    standing = Standing(course, facts)
    for dose in given:
        standing = _given(_past_skipped(standing, dose.given_on), dose)
    return _past_impossible(_past_skipped(standing, on))


def _given(standing: Standing, dose: Dose) -> Standing:
    """One dose further; a surplus one changes nothing but the list."""
    is_invalid = not standing.is_done and _is_too_early(standing, dose)
    return Standing(
        standing.course,
        standing.facts,
        (*standing.given, dose),
        min(standing.place + 1, len(standing.course.doses)),
        False,
        (*standing.invalid, dose) if is_invalid else standing.invalid,
    )


def _is_too_early(standing: Standing, dose: Dose) -> bool:
    """Whether a past dose came before its age or its interval."""
    opens, rule = standing.opens(), standing.rule
    if opens is not None and dose.given_on < opens:
        return True
    if not standing.given:
        return False
    after = first_day_after(standing.given[-1].given_on, standing.accepted_interval)
    return dose.given_on < max(after, first_day_after(standing.given[0].given_on, rule.after_first))


def _past_skipped(standing: Standing, on: date) -> Standing:
    """Beyond every dose that is left out on this day."""
    while not standing.is_done and _is_left_out(standing.rule.skip, standing, on):
        standing = _one_left_out(standing)
    return standing


def _past_impossible(standing: Standing) -> Standing:
    """Beyond every dose whose interval ends only after the day up to which it is given."""
    while not standing.is_done and standing.rule.skip.after is not None:
        last, soonest = day_of(standing.rule.skip.after, standing.facts), standing.after_intervals()
        if last is None or soonest is None or soonest <= last:
            return standing
        standing = _one_left_out(standing)
    return standing


def _one_left_out(standing: Standing) -> Standing:
    return Standing(
        standing.course, standing.facts, standing.given, standing.place + 1, True, standing.invalid
    )


def _is_left_out(skip: Skip, standing: Standing, on: date) -> bool:
    """Whether the next dose is left out on this day."""
    given = [dose.given_on for dose in standing.given]
    if skip.after is not None and given:
        last = day_of(skip.after, standing.facts)
        if last is not None and on > last:
            return True
    if skip.previous_after is not None and given:
        last = day_of(skip.previous_after, standing.facts)
        if last is not None and given[-1] > last:
            return True
    if skip.previous_gap is not None and len(given) > 1:
        return given[-1] >= first_day_after(given[-2], skip.previous_gap)
    return False
