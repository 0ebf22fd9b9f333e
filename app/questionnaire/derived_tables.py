"""Numbers worked out from answers, as they stand in a part's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.questionnaire.condition_tables import NUMBER_KINDS, OPTION_KINDS, SNAKE
from app.questionnaire.facts import FACTS
from app.questionnaire.part import Derived, Rule
from app.questionnaire.question import Bounds, Kind, Question
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place
from app.strict_toml.source import Mark, Source
from app.strict_toml.tables import Table

FITTING_KINDS = {
    Rule.COUNT: OPTION_KINDS,
    Rule.SUM: OPTION_KINDS,
    Rule.HOURS_BETWEEN: frozenset({Kind.TIME}),
    Rule.BMI: NUMBER_KINDS - {Kind.MONTH_AGE, Kind.TEMPERATURE},
    Rule.GESTATION_DAYS: frozenset({Kind.INTEGER}),
}
PAIRS = {
    Rule.HOURS_BETWEEN: "bed, wake",
    Rule.BMI: "height_cm, weight_kg",
    Rule.GESTATION_DAYS: "weeks, days",
}
HOURS_IN_DAY = Decimal(24)


@dataclass(frozen=True, slots=True)
class ReadDerived:
    """A derived number where it stands: its code as written, None instead of one at fault."""

    place: Place
    code: str
    derived: Derived | None


def derived_in(table: Table) -> tuple[ReadDerived, ...]:
    """The derived numbers of a part, in order; every fault is told."""
    return tuple(ReadDerived(row.place, row.peek("code"), _derived(row)) for row in table.tables("derived"))


def _derived(row: Table) -> Derived | None:
    """One of them, None when it is at fault."""
    code = row.code("code", SNAKE, "lower_snake")
    short = row.text("short", "")
    rule = row.one_of("rule", Rule)
    members = row.texts("of")
    value = row.text("value", "") if rule is not Rule.COUNT else row.text("value")
    weights = _weights(row, rule)
    row.finish()
    for key, owner in (("value", Rule.COUNT), ("weights", Rule.SUM)):
        if rule is not None and rule is not owner and row.has(key):
            row.tell(key, f"does not go with the rule {rule.value}")
    if rule is Rule.SUM and short:
        row.tell("short", "must be empty: a sum is never shown")
    if code in FACTS:
        row.tell("code", f"{code!r} is the name of a fact")
    if rule in PAIRS and members and len(members) != 2:
        row.tell("of", f"needs two questions: [{PAIRS[rule]}]")
    if rule is None or not row.is_sound:
        return None
    return Derived(code, short, rule, members, value, weights)


def _weights(row: Table, rule: Rule | None) -> tuple[tuple[str, int], ...]:
    """What each chosen code adds."""
    inner = row.table("weights", required=rule is Rule.SUM)
    if inner is None:
        return ()
    weights = tuple((code, inner.whole(code, least=0)) for code in inner.keys)
    if not weights:
        row.tell("weights", "must not be empty")
    return weights


def tell_members(
    findings: Findings, read: ReadDerived, questions: Mapping[str, Question | None]
) -> Question | None:
    """The number as the question that conditions take it for; members that do not fit are on record.

    Shapes: ``questions`` of its part, None for one at fault; the result is None for a number at fault.
    """
    derived = read.derived
    if derived is None:
        return None
    known: list[Question] = []
    for at, code in enumerate(derived.of):
        question = questions.get(code)
        if code not in questions:
            findings.tell((*read.place, "of", at), f"{code!r} is no question of this part")
        elif question is not None and question.kind not in FITTING_KINDS[derived.rule]:
            told = f"{code!r} is of the kind {question.kind.value}: {derived.rule.value} cannot use it"
            findings.tell((*read.place, "of", at), told)
        elif question is not None:
            known.append(question)
    if len(known) < len(derived.of):
        return None
    _tell_codes(findings, read.place, derived, known)
    return _as_question(derived, known)


def _tell_codes(findings: Findings, place: Place, derived: Derived, known: list[Question]) -> None:
    """A counted or weighed answer that cannot be given is on record."""
    for question in known:
        answers = question.options + question.absences
        if derived.rule is Rule.COUNT and derived.value not in answers:
            findings.tell((*place, "value"), f"{question.code!r} cannot be answered with {derived.value!r}")
    every = {code for question in known for code in question.options}
    for code, _ in derived.weights:
        if code not in every:
            findings.tell((*place, "weights", code), f"none of its questions can be answered with {code!r}")


def _as_question(derived: Derived, known: list[Question]) -> Question:
    """The question whose answer the number is."""
    kind, most = Kind.DECIMAL, None
    if derived.rule is Rule.COUNT:
        kind, most = Kind.INTEGER, Decimal(len(known))
    elif derived.rule is Rule.SUM:
        kind, most = Kind.INTEGER, Decimal(sum(_most(question, dict(derived.weights)) for question in known))
    elif derived.rule is Rule.HOURS_BETWEEN:
        most = HOURS_IN_DAY
    bounds = Bounds() if most is None else Bounds(Decimal(0), most)
    source = Source("worked out from answers", Mark.D)
    return Question(derived.code, kind, derived.short, derived.short, source, bounds=bounds)


def _most(question: Question, weights: Mapping[str, int]) -> int:
    """The most that one question can add."""
    exclusive = {choice.code for choice in question.choices if choice.exclusive}
    each = [weights.get(code, 0) for code in question.options]
    if question.kind is not Kind.CHOICES:
        return max(each, default=0)
    together = sum(weights.get(code, 0) for code in question.options if code not in exclusive)
    return max([together, *(weights.get(code, 0) for code in exclusive)])
