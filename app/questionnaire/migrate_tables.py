"""The map of a part's file to its earlier version, read, and judged against that version."""

from collections.abc import Mapping

from app.questionnaire.migration import Migration
from app.questionnaire.part import Part
from app.questionnaire.question import Question
from app.strict_toml.findings import Findings
from app.strict_toml.tables import Table

AT = "migrate"


def migration_in(table: Table, version: int) -> Migration | None:
    """The map of a part's file; None when there is none or it is at fault."""
    inner = table.table(AT, required=False)
    if inner is None:
        return None
    of = inner.whole("from")
    renames = tuple((old, new) for old, new in _rows(inner, "rename", "question", "to"))
    choices = tuple((asked, old, new) for asked, old, new in _rows(inner, "choice", "question", "from", "to"))
    ask_again = tuple((old, why) for old, why in _rows(inner, "ask_again", "question", "why"))
    inner.finish()
    if of and version and of >= version:
        inner.tell("from", f"{of} is not earlier than this version, {version}")
    return Migration(of, renames, choices, ask_again) if inner.is_sound else None


def _rows(table: Table, key: str, *keys: str) -> list[tuple[str, ...]]:
    """The rows beneath a key, each of just these texts."""
    rows = []
    for row in table.tables(key):
        rows.append(tuple(row.text(each) for each in keys))
        row.finish()
    return rows


def tell_migration(findings: Findings, part: Part, earlier: Part | None) -> None:
    """Everything the map of this part says that the two versions do not bear out."""
    migration = part.migration
    if migration is None:
        return
    if earlier is None:
        findings.tell((AT, "from"), f"there is no version {migration.of} of {part.code!r}")
        return
    before = {question.code: question for question in earlier.questions}
    after = {question.code: question for question in part.questions}
    _tell_renames(findings, migration, before, after)
    _tell_choices(findings, migration, before, after)
    for at, (code, _) in enumerate(migration.ask_again):
        if code not in before:
            findings.tell((AT, "ask_again", at, "question"), f"version {migration.of} has no {code!r}")


def _tell_renames(
    findings: Findings, migration: Migration, before: Mapping[str, Question], after: Mapping[str, Question]
) -> None:
    """A rename of nothing, to nothing, to another kind, or of two questions to one."""
    taken: dict[str, str] = {}
    for at, (old, new) in enumerate(migration.renames):
        place = (AT, "rename", at)
        if old not in before:
            findings.tell((*place, "question"), f"version {migration.of} has no {old!r}")
        elif new not in after:
            findings.tell((*place, "to"), f"this version has no {new!r}")
        elif before[old].kind is not after[new].kind:
            kinds = f"{before[old].kind.value} and {after[new].kind.value}"
            findings.tell((*place, "to"), f"{old!r} and {new!r} are {kinds}: ask again instead")
        elif new in taken or (new in before and migration.target(new) == new != old):
            findings.tell((*place, "to"), f"{new!r} has answers of {taken.get(new, new)!r} already")
        elif lost := _lost_choices(migration, before[old], after[new]):
            findings.tell((*place, "question"), f"{old!r} loses the answers {', '.join(lost)}: map them")
        taken.setdefault(new, old)


def _lost_choices(migration: Migration, before: Question, after: Question) -> list[str]:
    """The choices of a question that have no place in the question it becomes."""
    if migration.asks_again(before.code):
        return []
    return [code for code in before.options if migration.choice(before.code, code) not in after.options]


def _tell_choices(
    findings: Findings, migration: Migration, before: Mapping[str, Question], after: Mapping[str, Question]
) -> None:
    """A choice of nothing, or to nothing."""
    for at, (question, old, new) in enumerate(migration.choices):
        place, target = (AT, "choice", at), migration.target(question)
        if question not in before or target not in after:
            findings.tell((*place, "question"), f"{question!r} is not in both versions")
        elif old not in before[question].options:
            findings.tell((*place, "from"), f"version {migration.of} of {question!r} has no choice {old!r}")
        elif new not in after[target].options:
            findings.tell((*place, "to"), f"{target!r} has no choice {new!r}")
