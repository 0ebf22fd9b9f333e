"""Which concerns a sheet of answers raises."""

from collections.abc import Iterable

from app.questionnaire.answers import Answers
from app.questionnaire.conditions import holds
from app.questionnaire.definition import Concern


def raised(concerns: Iterable[Concern], answers: Answers) -> tuple[Concern, ...]:
    """The concerns that hold, most urgent first, then as defined.

    Shapes: ``answers`` without those of hidden questions (see `path.asked`).
    """
    held = (concern for concern in concerns if holds(concern.when, answers))
    return tuple(sorted(held, key=lambda concern: concern.level.value))
