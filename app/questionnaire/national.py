"""What is national about a question, and what hangs on it: neither is a municipality's to change.

Source: ours (D); the forms of the ordinances and the yearly national count ask the same everywhere.
"""

from collections.abc import Iterable

from app.questionnaire.condition import Condition
from app.questionnaire.part import Part
from app.questionnaire.programme import Programme
from app.questionnaire.question import Question


def why_national(question: Question) -> str:
    """Why it is a national core item; "" when it is none."""
    if question.paper:
        return f"it stands on the official form ({question.paper})"
    if question.danger:
        return "it asks for a danger"
    if question.core:
        return "it is marked core"
    if question.origin:
        return "it is one of the subject's own facts"
    if any(choice.number for choice in question.choices):
        return "it is counted in the whole country"
    return ""


def why_needed(
    parts: Iterable[Part], programmes: Iterable[Programme], hidden: Iterable[str]
) -> dict[str, str]:
    """By question code, the first thing that hangs on it.

    Shapes: ``hidden`` are codes of questions that are not asked: what only they hang on is free.
    """
    needed: dict[str, str] = {}
    left_out = set(hidden)
    for part in parts:
        for question in part.questions:
            if question.shown_when and question.code not in left_out:
                _note(needed, question.shown_when, f"the question {question.code!r}")
        for derived in part.derived:
            for code in derived.of:
                needed.setdefault(code, f"the number {derived.code!r}")
        for concern in part.concerns:
            _note(needed, concern.when, f"the concern {concern.code!r}")
        for advice in part.advice:
            _note(needed, advice.when, f"the advice {advice.code!r}")
    for programme in programmes:
        for concern in programme.concerns:
            _note(needed, concern.when, f"the concern {concern.code!r} of {programme.code!r}")
    return needed


def _note(needed: dict[str, str], when: Condition, what: str) -> None:
    for code in sorted(when.names):
        needed.setdefault(code, what)
