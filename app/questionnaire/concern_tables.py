"""Concerns and advice as they stand in definition files."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.questionnaire.concern import Advice, Concern, Level, Urgency
from app.questionnaire.condition import Condition
from app.questionnaire.condition_tables import SNAKE, condition_in
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table


@dataclass(frozen=True, slots=True)
class ReadConcern:
    """A concern where it stands."""

    place: Place
    concern: Concern

    @property
    def when(self) -> Condition:
        """Its condition."""
        return self.concern.when

    @property
    def tells_parent(self) -> bool:
        """Whether a parent is told anything when it is raised."""
        return bool(self.concern.call_first)


@dataclass(frozen=True, slots=True)
class ReadAdvice:
    """An advice where it stands."""

    place: Place
    advice: Advice

    @property
    def when(self) -> Condition:
        """Its condition."""
        return self.advice.when

    @property
    def tells_parent(self) -> bool:
        """It is what a parent is told."""
        return True


Conditioned = ReadConcern | ReadAdvice


def concerns_in(table: Table, used: Collection[str] = ()) -> tuple[ReadConcern, ...]:
    """The concerns of a part, programme or stage, in order; those at fault are told and left out.

    Shapes: ``used`` are concern codes of the same file that stand elsewhere.
    """
    concerns: list[ReadConcern] = []
    for row in table.tables("concern"):
        taken = {*used, *(read.concern.code for read in concerns)}
        concern = _concern_in(row, taken)
        if concern is not None:
            concerns.append(ReadConcern(row.place, concern))
    return tuple(concerns)


def _concern_in(row: Table, taken: Collection[str]) -> Concern | None:
    """One concern, None when it is at fault."""
    code = _fresh_code(row, taken)
    when = condition_in(row, "when", required=True)
    level = row.one_of("level", Level)
    reason, source = row.text("reason"), source_in(row)
    call_first = row.text("call_first", "")
    from_months = row.whole("from_months", 0)
    level_before = row.one_of("level_before", Level) if row.has("level_before") else None
    flag = row.text("flag", "")
    row.finish()
    if level_before and not row.has("from_months"):
        row.tell("level_before", "needs from_months: before which age?")
    if level_before and level_before is level:
        row.tell("level_before", f"is the level itself, {level.value}: leave from_months out")
    if not row.is_sound or when is None or level is None:
        return None
    return Concern(code, when, level, reason, source, call_first, from_months, level_before, flag)


def advice_in(table: Table) -> tuple[ReadAdvice, ...]:
    """The advice of a part, in order; those at fault are told and left out."""
    advice: list[ReadAdvice] = []
    for row in table.tables("advice"):
        code = _fresh_code(row, {read.advice.code for read in advice})
        when = condition_in(row, "when", required=True)
        urgency = row.one_of("urgency", Urgency)
        text, say, source = row.text("text"), row.text("say"), source_in(row)
        row.finish()
        if row.is_sound and when is not None and urgency is not None:
            advice.append(ReadAdvice(row.place, Advice(code, when, urgency, text, say, source)))
    return tuple(advice)


def _fresh_code(row: Table, taken: Collection[str]) -> str:
    """The code of a row, told when the file has it already."""
    code = row.code("code", SNAKE, "lower_snake")
    if code in taken:
        row.tell("code", f"{code!r} is used twice")
    return code


def tell_discreet(
    findings: Findings,
    reads: Iterable[Conditioned],
    discreet: Collection[str],
    members: Mapping[str, Collection[str]],
) -> None:
    """Everything told to a parent that hangs on a question of a discreet page is on record.

    Shapes: ``members`` the questions of each derived number.
    Source: an answer about violence must never lead to a sentence on her screen (format, "discreet").
    """
    for read in reads:
        if not read.tells_parent:
            continue
        rows = enumerate(read.when.comparisons)
        for at, comparison in rows:
            asked = {comparison.question, *members.get(comparison.question, ())}
            for code in sorted(asked.intersection(discreet)):
                place = (*read.place, "when", read.when.behaviour.value, at, "question")
                findings.tell(
                    place, f"{code!r} stands on a discreet page: nothing told to her may hang on it"
                )
