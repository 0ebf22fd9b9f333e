"""Reading the rules of one vaccine from its file, strictly, with every fault at its line."""

import re
from collections.abc import Mapping, Sequence

from app.schedule.edition_file import a_bound, a_day, an_interval, edition_in
from app.schedule.editions import Interval
from app.schedule.rules import Form, HandbookRows, Product, Proposal, Rules, Vaccine
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

CODE = re.compile(r"[A-Z][A-Z0-9_]*")
INTERVALS = "intervals.toml"


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
            between_live = an_interval(table, "between_injected_live", required=True) or Interval()
            source_in(table)
        else:
            vaccine = _vaccine(table)
            if vaccine.code in vaccines:
                table.tell("code", f"{vaccine.code!r} has a file already")
            vaccines[vaccine.code], places[vaccine.code] = vaccine, name
        table.finish()
        faults.extend(table.findings.sorted())
    faults.extend(_foreign(vaccines, places))
    faults.extend(_in_one_place(vaccines, places))
    if between_live is None:
        faults.append(DefinitionFault(INTERVALS, 1, "file", "is not there"))
    return tuple(faults) if faults or between_live is None else Rules(vaccines, between_live)


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
        may_be_late=table.flag("may_be_late", default=True),
        late_until=a_bound(table, "late_until"),
        products=tuple(_product(row) for row in table.tables("product")),
        editions=tuple(edition_in(row) for row in table.tables("edition")),
        handbook=_handbook(table),
    )
    source_in(table)
    begins = [one.valid_from for one in vaccine.editions]
    if begins != sorted(set(begins)):
        table.tell("edition", "must stand in the order of their days")
    for named in _undescribed(vaccine):
        table.tell("product", f"{named!r} is named and not described")
    return vaccine


def _handbook(table: Table) -> HandbookRows | None:
    inner = table.table("handbook", required=False)
    if inner is None:
        return None
    rows = HandbookRows(
        place=inner.whole("place"),
        rows=inner.whole("rows", 1),
        most=inner.whole("most", 0) or None,
        from_months=inner.whole("from_months", 0) or None,
    )
    source_in(inner)
    inner.finish()
    return rows


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


def _foreign(vaccines: Mapping[str, Vaccine], places: Mapping[str, str]) -> list[DefinitionFault]:
    """Every vaccine that another one names and nobody describes."""
    return [
        DefinitionFault(places[vaccine.code], 1, key, f"{named!r} has no file")
        for vaccine in vaccines.values()
        for key, many in (("counts", vaccine.counts), ("reviewed_after", vaccine.reviewed_after))
        for named in many
        if named not in vaccines
    ]


def _in_one_place(vaccines: Mapping[str, Vaccine], places: Mapping[str, str]) -> list[DefinitionFault]:
    """Every vaccine that stands in the handbook where another one stands already."""
    first: dict[int, str] = {}
    return [
        DefinitionFault(places[code], 1, "handbook.place", f"is taken by {first[one.handbook.place]!r}")
        for code, one in vaccines.items()
        if one.handbook is not None and first.setdefault(one.handbook.place, code) != code
    ]


def _undescribed(vaccine: Vaccine) -> list[str]:
    """Every product that the rules of a vaccine name and nobody describes."""
    stages = [stage for edition in vaccine.editions for stage in edition.stages]
    courses = [course for stage in stages for course in stage.courses]
    named = {code for course in courses for code in (*course.products, *course.after_products)}
    named.update(code for product in vaccine.products for code in product.continues)
    return sorted(named - {product.code for product in vaccine.products})
