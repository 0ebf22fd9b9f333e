"""Options as they were ticked."""

from collections.abc import Sequence

from app.fault import Fault
from app.questionnaire.definition import Kind, Question


def read_option(question: Question, ticked: Sequence[str]) -> str | Fault:
    """The one option of a yes/no or choice question."""
    if len(set(ticked)) != 1 or ticked[0] not in question.options:
        return Fault(question.code, "choose_one")
    return ticked[0]


def read_options(question: Question, ticked: Sequence[str]) -> tuple[str, ...] | Fault:
    """The ticked options in the order of the definition; an exclusive one stands alone."""
    chosen = tuple(code for code in question.options if code in ticked)
    if len(chosen) != len(set(ticked)):
        return Fault(question.code, "choose_any")
    exclusive = {choice.code for choice in question.choices if choice.exclusive}
    if len(chosen) > 1 and exclusive.intersection(chosen):
        return Fault(question.code, "exclusive_alone")
    return chosen


def nothing_ticked(question: Question) -> str:
    """The message for a required question left empty."""
    return {Kind.YES_NO: "choose_one", Kind.CHOICE: "choose_one", Kind.CHOICES: "choose_any"}.get(
        question.kind, "fill_in"
    )
