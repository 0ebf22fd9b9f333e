"""What is wrong with a text or one of its files, as a value; and the error that stops the start."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What was looked at. The translators' pages show their own sentence for each."""

    SYNTAX = "syntax"
    EMPTY = "empty"
    FUZZY = "fuzzy"
    INCOMPLETE = "incomplete"
    UNKNOWN_CONTEXT = "unknown_context"
    SOURCE_CHANGED = "source_changed"
    TWICE = "twice"
    PLACEHOLDERS = "placeholders"
    MARKUP = "markup"
    NUMBERS = "numbers"
    NOT_NFC = "not_nfc"
    CONTROL = "control"
    JAPANESE = "japanese"
    SAME_OPTION = "same_option"
    LENGTH = "length"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class WordingFault:
    """One thing to put right, printed as ``path:line: context: message``. ``line`` 0: the whole file."""

    path: str
    line: int
    context: str
    check: Check
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.context}: {self.message}"


class WordingError(Exception):
    """The registry or the Japanese source cannot be read; the application must not start.

    Shapes: ``faults`` holds all of them; the message is one line each.
    """

    def __init__(self, faults: tuple[WordingFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
