"""Reading the survey that growth curves are drawn from, strictly: every fault at once, with its line."""

from collections.abc import Sequence
from decimal import Decimal

from app.people.growth import Band, Curve, Limits, Lines, Measure, Survey
from app.people.person import Sex
from app.strict_toml.findings import DefinitionFault
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

NAME = "growth/survey-2023.toml"
"""The survey in use, by its name below the definitions."""

_WITHOUT_CURVE = frozenset({Measure.HEAD})
_NONE = (Decimal(0), Decimal(0))


def read_survey(name: str, data: bytes) -> Survey | tuple[DefinitionFault, ...]:
    """The survey of a file, or all its faults by line. Errors: none; faults are values."""
    table = open_file(name, data)
    if not isinstance(table, Table):
        return table
    limits = [_limits(one) for one in table.tables("measure", required=True)]
    curves = [_curve(one) for one in table.tables("curve", required=True)]
    _tell_absent(table, [measure for measure, _ in limits], [key for key, _ in curves])
    source_in(table, "licence")
    survey = Survey(
        edition=table.text("edition"),
        title=table.text("title"),
        credit=table.text("credit"),
        limits={measure: one for measure, one in limits if measure},
        curves={(sex, measure): one for (sex, measure), one in curves if sex and measure},
    )
    table.finish()
    return survey if table.is_sound else table.findings.sorted()


def _limits(table: Table) -> tuple[Measure | None, Limits]:
    """The limits of one measure."""
    measure = table.one_of("code", Measure)
    limits = Limits(
        unit=table.text("unit"),
        hard=_pair(table, "hard"),
        hard_at_birth=_pair(table, "hard_at_birth"),
        ask_again=table.pair("ask_again"),
    )
    source_in(table)
    table.finish()
    return measure, limits


def _curve(table: Table) -> tuple[tuple[Sex | None, Measure | None], Curve]:
    """One curve, its bands in order."""
    key = table.one_of("sex", Sex), table.one_of("measure", Measure)
    birth = table.table("birth")
    bands = [Band(0, 0, _lines(birth))] if birth else []
    rows = table.tables("band", required=True)
    bands += [Band(row.whole("from"), row.whole("to"), _lines(row)) for row in rows]
    for before, after, row in zip(bands, bands[1:], rows, strict=False):
        _tell_disorder(before, after, row)
    source_in(table)
    table.finish()
    return key, Curve(tuple(bands))


def _lines(table: Table) -> Lines:
    """Three numbers, each more than the one before."""
    lines = Lines(*(_number(table, key) for key in ("p3", "p50", "p97")))
    if table.is_sound and not lines.low < lines.middle < lines.high:
        table.tell("", "p3, p50 and p97 must rise")
    table.finish()
    return lines


def _tell_disorder(before: Band, after: Band, row: Table) -> None:
    """A band that does not follow the one before, in age or in size, is on record."""
    begins = before.to_months or after.from_months
    if row.is_sound and not begins == after.from_months < after.to_months:
        row.tell("from", f"must be {before.to_months}, where the band before ends, and less than to")
    older, younger = after.lines, before.lines
    rises = younger.low < older.low and younger.middle < older.middle and younger.high < older.high
    if row.is_sound and not rises:
        row.tell("", "each line must rise with the age")


def _tell_absent(
    table: Table, limits: Sequence[Measure | None], curves: Sequence[tuple[Sex | None, Measure | None]]
) -> None:
    """A measure or a curve that is not there exactly once is on record."""
    for measure in Measure:
        if limits.count(measure) != 1:
            table.tell("measure", f"must be there once for {measure.value}")
        for sex in Sex if measure not in _WITHOUT_CURVE else ():
            if curves.count((sex, measure)) != 1:
                table.tell("curve", f"must be there once for {sex.value} {measure.value}")


def _pair(table: Table, key: str) -> tuple[Decimal, Decimal]:
    """Two numbers, required."""
    if not table.has(key):
        table.tell(key, "is missing")
    return table.pair(key) or _NONE


def _number(table: Table, key: str) -> Decimal:
    """A number above zero, required."""
    value = table.value(key)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value > 0:
        return Decimal(value)
    if value is not None:
        table.tell(key, "must be a number above zero")
    return Decimal(0)
