"""Questions as they stand in a part's file, each judged by itself."""

from dataclasses import dataclass

from app.questionnaire.condition_tables import NUMBER_KINDS, OPTION_KINDS, SNAKE, condition_in
from app.questionnaire.facts import FACTS
from app.questionnaire.question import Bounds, Choice, Details, Export, Fresh, Kind, Privacy, Question
from app.strict_toml.lines import Place
from app.strict_toml.source import source_in
from app.strict_toml.tables import Table

BOUNDED_KINDS = NUMBER_KINDS | {Kind.DATE}
UNIT_KINDS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.TEMPERATURE})
RESERVED_CODES = frozenset({"unknown", "declined"})
OTHER_FIELDS = frozenset({"asked", "csrf_token", "lang", "next", "revision", "submission_key"})
ORIGIN_KINDS = {
    "subject.name": Kind.TEXT,
    "subject.kana": Kind.TEXT,
    "subject.sex": Kind.CHOICE,
    "subject.birth_date": Kind.DATE,
    "subject.due_date": Kind.DATE,
}
OFFER_KINDS = {"login.name": Kind.TEXT, "login.address": Kind.TEXT}


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question where it stands: its code as written, None instead of a question at fault."""

    place: Place
    code: str
    question: Question | None


def question_in(table: Table) -> Question | None:
    """The question of a table; None when it is at fault, and every fault is told."""
    kind = table.one_of("kind", Kind)
    fresh = table.one_of("fresh", Fresh, Fresh.ALWAYS)
    privacy = table.one_of("privacy", Privacy, Privacy.P0)
    export = table.one_of("export", Export, Export.E1)
    question = Question(
        code=table.code("code", SNAKE, "lower_snake"),
        kind=kind or Kind.TEXT,
        text=table.text("text"),
        short=table.text("short"),
        source=source_in(table),
        why=table.text("why", ""),
        hint=table.text("hint", ""),
        paper=table.text("paper", ""),
        required=table.flag("required", default=True),
        choices=_choices(table),
        shown_when=condition_in(table, "shown_when"),
        details=_details(table),
        fresh=fresh or Fresh.ALWAYS,
        privacy=privacy or Privacy.P0,
        export=export or Export.E1,
        unit=table.text("unit", ""),
        bounds=_bounds(table),
        unknown=table.flag("unknown"),
        origin=table.text("origin", ""),
        offer=table.text("offer", ""),
        autocomplete=table.text("autocomplete", ""),
        danger=table.flag("danger"),
        max_length=table.whole("max_length", 1000),
        family=table.flag("family"),
        core=table.flag("core"),
    )
    table.finish()
    if question.privacy is not Privacy.P0 and not table.has("export"):
        table.tell("export", f"must be said of an answer that is {question.privacy.value}: may it leave?")
    if kind is not None:
        _tell_misplaced(table, question)
    return question if table.is_sound else None


def _choices(table: Table) -> tuple[Choice, ...]:
    """The options of a question, in order."""
    choices: list[Choice] = []
    for row in table.tables("choices"):
        code = row.code("code", SNAKE, "lower_snake")
        if code in RESERVED_CODES:
            row.tell("code", f"{code!r} is reserved: use unknown = true, or privacy P1")
        if code in {choice.code for choice in choices}:
            row.tell("code", f"{code!r} is used twice")
        number = row.whole("number", 0)
        if number and number in {choice.number for choice in choices}:
            row.tell("number", f"{number} is used twice")
        choices.append(Choice(code, row.text("text"), row.text("short", ""), row.flag("exclusive"), number))
        row.finish()
    return tuple(choices)


def _details(table: Table) -> Details | None:
    """The free text beneath a question."""
    inner = table.table("details", required=False)
    if inner is None:
        return None
    details = Details(inner.texts("when"), inner.text("text"), inner.flag("required"))
    inner.finish()
    return details


def _bounds(table: Table) -> Bounds:
    """Hard and soft bounds; the soft lie within the hard."""
    low, high = table.pair("hard") or (None, None)
    soft_low, soft_high = table.pair("soft") or (None, None)
    if low is not None and soft_low is not None and soft_low < low:
        table.tell("soft", f"begins below the hard bound {low}")
    if high is not None and soft_high is not None and soft_high > high:
        table.tell("soft", f"ends above the hard bound {high}")
    return Bounds(low, high, soft_low, soft_high)


def _tell_misplaced(table: Table, question: Question) -> None:
    """Every key that this kind of question cannot have, or lacks, is on record."""
    kind = question.kind
    has_options = kind in {Kind.CHOICE, Kind.CHOICES}
    if has_options and table.has("choices") and len(question.choices) < 2:
        table.tell("choices", "needs two choices or more")
    elif has_options and not table.has("choices"):
        table.tell("choices", f"is missing: {kind.value} needs it")
    for key, fits in (
        ("choices", has_options),
        ("details", kind in OPTION_KINDS),
        ("hard", kind in BOUNDED_KINDS),
        ("soft", kind in BOUNDED_KINDS),
        ("unit", kind in UNIT_KINDS),
        ("max_length", kind is Kind.TEXT or question.details is not None),
    ):
        if table.has(key) and not fits:
            table.tell(key, f"does not go with the kind {kind.value}")
    if kind is Kind.CHOICE and any(choice.exclusive for choice in question.choices):
        table.tell("choices", "exclusive goes with the kind choices only")
    _tell_names(table, question)
    _tell_details(table, question)
    for key, value, kinds in (
        ("origin", question.origin, ORIGIN_KINDS),
        ("offer", question.offer, OFFER_KINDS),
    ):
        if value and value not in kinds:
            table.tell(key, f"{value!r} is none of {', '.join(kinds)}")
        elif value and kinds[value] is not kind:
            table.tell(key, f"{value!r} is of the kind {kinds[value].value}, not {kind.value}")


def _tell_names(table: Table, question: Question) -> None:
    """A code that means something else already, and a family's answer that does not last, are on record."""
    if question.code in OTHER_FIELDS:
        table.tell("code", f"{question.code!r} is the name of another form field")
    if question.code in FACTS:
        table.tell("code", f"{question.code!r} is the name of a fact")
    if question.family and question.fresh is not Fresh.ALWAYS:
        table.tell("family", "goes with fresh = always only: a sibling's sheet may offer it years later")


def _tell_details(table: Table, question: Question) -> None:
    """Every answer that is to open the details but cannot be given is on record."""
    if question.details is None or question.kind not in OPTION_KINDS:
        return
    for code in question.details.when:
        if code not in question.options + question.absences:
            table.findings.tell(
                (*table.place, "details", "when"), f"{code!r} is no answer to {question.code!r}"
            )
