"""One licensed instrument's file, read and judged by itself."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal

from app.questionnaire.concern import Level
from app.questionnaire.condition_tables import condition_in
from app.questionnaire.file_names import KEBAB
from app.questionnaire.instrument import Instrument, Measure, Threshold
from app.strict_toml.findings import Findings
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table, open_file

_NAME = re.compile(r"(?:.*/)?(?P<code>[^/]+)\.toml")


@dataclass(frozen=True, slots=True)
class InstrumentFile:
    """What one file of an instrument holds; ``instrument`` None when the file is at fault."""

    code: str
    instrument: Instrument | None
    findings: Findings


def open_instrument(name: str, data: bytes) -> InstrumentFile:
    """The instrument of a file, with all its faults on record."""
    named = _NAME.fullmatch(name)
    called = named["code"] if named else name
    table = open_file(name, data)
    if not isinstance(table, Table):
        return InstrumentFile(called, None, Findings(name, {}, list(table)))
    code = table.code("code", KEBAB, "lower-kebab")
    if code and code != called:
        table.tell("code", "is not the name of its file")
    title, holder = table.text("title"), table.text("holder")
    total = _range(table, "total", required=True)
    critical, critical_range = table.text("critical", ""), _range(table, "critical_range", required=False)
    if bool(critical) is not (critical_range is not None) and table.is_sound:
        table.tell("critical_range" if critical else "critical", "is missing: they go together")
    ranges = {Measure.TOTAL: total, Measure.CRITICAL: critical_range}
    rows = [_threshold(row, ranges) for row in table.tables("threshold")]
    thresholds = tuple(threshold for threshold in rows if threshold is not None)
    source, hidden_when = source_in(table), condition_in(table, "hidden_when")
    table.finish()
    if not table.is_sound or total is None:
        return InstrumentFile(called, None, table.findings)
    sha256 = hashlib.sha256(data).hexdigest()
    figures = (total, critical, critical_range)
    read = Instrument(code, title, holder, *figures, thresholds, source, sha256, hidden_when)
    return InstrumentFile(called, read, table.findings)


def _threshold(row: Table, ranges: dict[Measure, tuple[int, int] | None]) -> Threshold | None:
    """One threshold, None when it is at fault."""
    of, level = row.one_of("of", Measure), row.one_of("level", Level)
    at_least = row.whole("at_least", least=0)
    reason, source = row.text("reason"), source_in(row)
    row.finish()
    within = ranges.get(of) if of else None
    if of is Measure.CRITICAL and within is None:
        row.tell("of", "there is no critical item")
    if within is not None and not within[0] < at_least <= within[1]:
        row.tell("at_least", f"{at_least} does not tell {within[0]} to {within[1]} apart")
    if not row.is_sound or of is None or level is None:
        return None
    return Threshold(of, at_least, level, reason, source)


def _range(table: Table, key: str, *, required: bool) -> tuple[int, int] | None:
    """The lowest and highest figure; whole numbers."""
    if required and not table.has(key):
        table.tell(key, "is missing")
    pair = table.pair(key)
    if pair is None:
        return None
    low, high = pair
    if low < 0 or any(number != number.to_integral_value() for number in (low, high)):
        table.tell(key, "must be whole numbers from 0")
        return None
    return int(Decimal(low)), int(Decimal(high))
