"""What a questionnaire is: the frozen types of all definitions, in one place for the other rooms.

Every text is Japanese; `wording` looks up other languages under ``<part>.<question>.<field>``.
"""

from app.questionnaire.concern import Advice, Concern, Level, Urgency
from app.questionnaire.condition import Behaviour, Comparison, Condition, Operator
from app.questionnaire.instrument import Instrument, Measure, Threshold
from app.questionnaire.library import Library
from app.questionnaire.part import Derived, Part, Rule
from app.questionnaire.programme import Explanation, Programme, Signer, Who
from app.questionnaire.question import Bounds, Choice, Details, Export, Fresh, Kind, Page, Privacy, Question
from app.strict_toml.source import Mark, Source

__all__ = [
    "Advice",
    "Behaviour",
    "Bounds",
    "Choice",
    "Comparison",
    "Concern",
    "Condition",
    "Derived",
    "Details",
    "Explanation",
    "Export",
    "Fresh",
    "Instrument",
    "Kind",
    "Level",
    "Library",
    "Mark",
    "Measure",
    "Operator",
    "Page",
    "Part",
    "Privacy",
    "Programme",
    "Question",
    "Rule",
    "Signer",
    "Source",
    "Threshold",
    "Urgency",
    "Who",
]
