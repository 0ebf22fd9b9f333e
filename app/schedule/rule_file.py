"""Reading the rules of one vaccine from its file, strictly, with every fault at its line."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from app.schedule.bounds import SPELLINGS, read_bound, read_interval
from app.schedule.rules import (
    Bound,
    Cohort,
    Course,
    DoseRule,
    Edition,
    Ended,
    Extension,
    Form,
    Interval,
    Product,
    Proposal,
    Review,
    Role,
    Rules,
    Skip,
    Stage,
    Vaccine,
)
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

CODE = re.compile(r"[A-Z][A-Z0-9_]*")
INTERVALS = "intervals.toml"
Spelled = TypeVar("Spelled")


def read_rules(files: Sequence[tuple[str, bytes]]) -> Rules | tuple[DefinitionFault, ...]:
    """The rules of all vaccines, or every fault of every file.

    Shapes: ``files`` are names and bytes; one file holds one vaccine, ``intervals.toml`` the distance
    between injected live ones.
    """
    vaccines: dict[str, Vaccine] = {}
    places: dict[str, str] = {}
    faults: list[DefinitionFault] = []
    between_live: Interval | None = None
    for name, data in files:
        table = open_file(name, data)
        if not isinstance(table, Table):
            faults.extend(table)
            continue
        if name.rpartition("/")[2] == INTERVALS:
            between_live = (
                _spelled(table, "between_injected_live", read_interval, required=True) or Interval()
            )
            source_in(table)
        else:
            vaccine = _vaccine(table)
            if vaccine.code in vaccines:
                table.tell("code", f"{vaccine.code!r} has a file already")
            vaccines[vaccine.code], places[vaccine.code] = vaccine, name
        table.finish()
        faults.extend(table.findings.sorted())
    faults.extend(_foreign(vaccines, places))
    if between_live is None:
        faults.append(DefinitionFault(INTERVALS, 1, "file", "is not there"))
    return tuple(faults) if faults or between_live is None else Rules(vaccines, between_live)


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


def _spelled(
    table: Table, key: str, read: Callable[[str], Spelled | None], *, required: bool = False
) -> Spelled | None:
    text = table.text(key, None if required else "")
    value = read(text) if text else None
    if text and value is None:
        table.tell(key, f"{text!r} is not spelled like {SPELLINGS}")
    return value


def _interval(table: Table, key: str) -> Interval | None:
    return _spelled(table, key, read_interval)


def _vaccine(table: Table) -> Vaccine:
    code = table.code("code", CODE, "DPT_IPV_HIB")
    excluded = tuple((row.text("flag"), row.text("reason"), row) for row in table.tables("excluded"))
    for _, _, row in excluded:
        source_in(row)
        row.finish()
    vaccine = Vaccine(
        code=code,
        name=table.text("name"),
        form=table.one_of("form", Form) or Form.INACTIVATED,
        counts=table.texts("counts", required=False) or (code,),
        reviewed_after=table.texts("reviewed_after", required=False),
        switch_reason=table.text("switch_reason", ""),
        sex=table.text("sex", ""),
        excluded_by=tuple((flag, reason) for flag, reason, _ in excluded),
        is_voluntary=table.flag("is_voluntary"),
        is_per_pregnancy=table.flag("is_per_pregnancy"),
        season_begins_in_month=table.whole("season_begins_in_month", 0),
        proposal=table.one_of("proposal", Proposal, Proposal.ALWAYS) or Proposal.ALWAYS,
        late_until=a_bound(table, "late_until"),
        products=tuple(_product(row) for row in table.tables("product")),
        editions=tuple(_edition(row) for row in table.tables("edition")),
    )
    source_in(table)
    begins = [one.valid_from for one in vaccine.editions]
    if begins != sorted(set(begins)):
        table.tell("edition", "must stand in the order of their days")
    for named in _undescribed(vaccine):
        table.tell("product", f"{named!r} is named and not described")
    return vaccine


def _product(table: Table) -> Product:
    product = Product(
        code=table.code("code", CODE, "PCV20"),
        name=table.text("name"),
        cvx=table.text("cvx", ""),
        yj=table.text("yj", ""),
        routine_from=a_day(table, "routine_from", required=False),
        routine_to=a_day(table, "routine_to", required=False),
        is_routine=table.flag("is_routine", default=True),
        continues=table.texts("continues", required=False),
    )
    source_in(table)
    table.finish()
    return product


def _edition(table: Table) -> Edition:
    edition = Edition(
        valid_from=a_day(table, "valid_from") or date.min,
        valid_to=a_day(table, "valid_to", required=False),
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
        after_previous=_interval(table, "after_previous") or Interval(),
        after_first=_interval(table, "after_first") or Interval(),
        accepted_after_previous=_interval(table, "accepted_after_previous"),
        after_skipped=_interval(table, "after_skipped"),
        accepted_after_skipped=_interval(table, "accepted_after_skipped"),
        skip=Skip(
            a_bound(table, "not_after"),
            a_bound(table, "not_if_previous_after"),
            _interval(table, "not_if_previous_apart"),
        ),
        review=_review(table),
        usual_from=a_bound(table, "usual_from"),
        usual_to=a_bound(table, "usual_to"),
        usual_after_previous=_interval(table, "usual_after_previous"),
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
    review = Review(inner.text("reason"), a_bound(inner, "after"), _interval(inner, "within"))
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


def _foreign(vaccines: Mapping[str, Vaccine], places: Mapping[str, str]) -> list[DefinitionFault]:
    """Every vaccine that another one names and nobody describes."""
    return [
        DefinitionFault(places[vaccine.code], 1, key, f"{named!r} has no file")
        for vaccine in vaccines.values()
        for key, many in (("counts", vaccine.counts), ("reviewed_after", vaccine.reviewed_after))
        for named in many
        if named not in vaccines
    ]


def _undescribed(vaccine: Vaccine) -> list[str]:
    """Every product that the rules of a vaccine name and nobody describes."""
    stages = [stage for edition in vaccine.editions for stage in edition.stages]
    courses = [course for stage in stages for course in stage.courses]
    named = {code for course in courses for code in (*course.products, *course.after_products)}
    named.update(code for product in vaccine.products for code in product.continues)
    return sorted(named - {product.code for product in vaccine.products})
