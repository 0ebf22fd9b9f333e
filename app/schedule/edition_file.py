"""Reading an edition of a vaccine's rules from its table, and the days and bounds of the schedule's files."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from app.schedule.bounds import SPELLINGS, read_bound, read_interval
from app.schedule.editions import (
    Bound,
    Cohort,
    Course,
    DoseRule,
    Edition,
    Ended,
    Extension,
    Interval,
    Review,
    Role,
    Skip,
    Stage,
)
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table

Spelled = TypeVar("Spelled")


def edition_in(table: Table) -> Edition:
    """The edition of a table; every fault is told."""
    edition = Edition(
        valid_from=a_day(table, "valid_from") or date.min,
        valid_to=a_day(table, "valid_to") or date.max,
        stages=tuple(_stage(row) for row in table.tables("stage", required=True)),
        extensions=tuple(_extension(row) for row in table.tables("extension")),
        ended=tuple(_ended(row) for row in table.tables("ended")),
        starts=a_day(table, "starts", required=False),
    )
    if any(one.stage > len(edition.stages) for one in edition.extensions):
        table.tell("extension", "names a stage that is not there")
    source_in(table)
    table.finish()
    return edition


def a_day(table: Table, key: str, *, required: bool = True) -> date | None:
    """A day of the calendar."""
    if not table.has(key) and not required:
        return None
    value = table.value(key)
    if isinstance(value, date):
        return value
    if value is not None:
        table.tell(key, "must be a day: 2026-04-01")
    return None


def a_bound(table: Table, key: str, *, required: bool = False) -> Bound | None:
    """A bound as it is spelled."""
    return _spelled(table, key, read_bound, required=required)


def an_interval(table: Table, key: str, *, required: bool = False) -> Interval | None:
    """An interval as it is spelled."""
    return _spelled(table, key, read_interval, required=required)


def _spelled(
    table: Table, key: str, read: Callable[[str], Spelled | None], *, required: bool = False
) -> Spelled | None:
    text = table.text(key, None if required else "")
    value = read(text) if text else None
    if text and value is None:
        table.tell(key, f"{text!r} is not spelled like {SPELLINGS}")
    return value


def _stage(table: Table) -> Stage:
    stage = Stage(
        courses=tuple(_course(row) for row in table.tables("course", required=True)),
        first_number=table.whole("first_number", 1),
        cohort=_cohort(table) if table.has("born_from") else None,
        needs_earlier=table.flag("needs_earlier"),
        fine_reason=table.text("fine_reason", ""),
    )
    source_in(table)
    table.finish()
    return stage


def _cohort(table: Table) -> Cohort:
    return Cohort(a_day(table, "born_from") or date.min, a_day(table, "born_to") or date.max)


def _course(table: Table) -> Course:
    course = Course(
        doses=tuple(_dose(row) for row in table.tables("dose", required=True)),
        started_by=a_bound(table, "started_by"),
        products=table.texts("products", required=False),
        after_products=table.texts("after_products", required=False),
    )
    table.finish()
    return course


def _dose(table: Table) -> DoseRule:
    rule = DoseRule(
        role=table.one_of("role", Role) or Role.PRIMARY,
        opens=a_bound(table, "opens", required=True) or read_bound("0 months") or _nothing(),
        closes=a_bound(table, "closes"),
        after_previous=an_interval(table, "after_previous") or Interval(),
        after_first=an_interval(table, "after_first") or Interval(),
        accepted_after_previous=an_interval(table, "accepted_after_previous"),
        after_skipped=an_interval(table, "after_skipped"),
        accepted_after_skipped=an_interval(table, "accepted_after_skipped"),
        skip=Skip(
            a_bound(table, "not_after"),
            a_bound(table, "not_if_previous_after"),
            an_interval(table, "not_if_previous_apart"),
        ),
        review=_review(table),
        usual_from=a_bound(table, "usual_from"),
        usual_to=a_bound(table, "usual_to"),
        usual_after_previous=an_interval(table, "usual_after_previous"),
        fine_reason=table.text("fine_reason", ""),
        skipped_fine_reason=table.text("skipped_fine_reason", ""),
        skipped_early_reason=table.text("skipped_early_reason", ""),
    )
    table.finish()
    return rule


def _nothing() -> Bound:
    raise AssertionError("0 months is a bound")


def _review(table: Table) -> Review | None:
    inner = table.table("review", required=False)
    if inner is None:
        return None
    review = Review(inner.text("reason"), a_bound(inner, "after"), an_interval(inner, "within"))
    inner.finish()
    return review


def _extension(table: Table) -> Extension:
    extension = Extension(
        stage=table.whole("stage"),
        cohort=_cohort(table),
        begins=a_day(table, "begins") or date.min,
        ends=a_day(table, "ends") or date.max,
        reason=table.text("reason"),
    )
    source_in(table)
    table.finish()
    return extension


def _ended(table: Table) -> Ended:
    ended = Ended(
        cohort=_cohort(table),
        begun_from=a_day(table, "begun_from") or date.min,
        begun_to=a_day(table, "begun_to") or date.max,
        ends=a_day(table, "ends") or date.min,
        ends_otherwise=a_day(table, "ends_otherwise") or date.min,
        reason=table.text("reason"),
    )
    source_in(table)
    table.finish()
    return ended
