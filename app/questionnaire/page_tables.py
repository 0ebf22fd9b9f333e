"""Pages as they stand in a part's file, and the rules that their questions keep together."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.questionnaire.condition_tables import SNAKE
from app.questionnaire.question import Fresh, Page, Privacy
from app.questionnaire.question_tables import ReadQuestion, question_in
from app.strict_toml.lines import Place
from app.strict_toml.tables import Table

MOST_QUESTIONS = 6


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page where it stands; ``page`` holds the sound questions only."""

    place: Place
    page: Page
    questions: tuple[ReadQuestion, ...]

    @property
    def codes(self) -> tuple[tuple[str, Place], ...]:
        """The code of the page and those of its questions as written, each with its place, in order."""
        own = ((self.page.code, self.place), *((read.code, read.place) for read in self.questions))
        return tuple((code, (*place, "code")) for code, place in own if code)


def page_in(table: Table) -> ReadPage:
    """The page of a table with all that could be read; every fault is told."""
    code, title = table.code("code", SNAKE, "lower_snake"), table.text("title")
    discreet, helplines = table.flag("discreet"), table.flag("helplines")
    rows = table.tables("question", required=True)
    questions = tuple(ReadQuestion(row.place, row.peek("code"), question_in(row)) for row in rows)
    table.finish()
    if len(rows) > MOST_QUESTIONS:
        table.tell("question", f"{code!r} has {len(rows)} questions, more than {MOST_QUESTIONS}")
    if helplines and not discreet:
        table.tell("helplines", f"{code!r} must be discreet, too")
    sound = tuple(read.question for read in questions if read.question is not None)
    page = Page(code, title, sound, discreet, helplines)
    _tell_together(rows, questions, page)
    return ReadPage(table.place, page, questions)


def _tell_together(rows: Sequence[Table], questions: Sequence[ReadQuestion], page: Page) -> None:
    """Every question that may not stand on this page is on record."""
    for row, read in zip(rows, questions, strict=True):
        question = read.question
        if question is None:
            continue
        if question.danger and len(rows) > 1:
            row.tell("danger", f"{read.code!r} must be alone on its page")
        if (question.fresh is Fresh.DAY) is not (page.questions[0].fresh is Fresh.DAY):
            row.tell("fresh", f"page {page.code!r} mixes questions of the day with others")
        if page.discreet and question.privacy is Privacy.P0:
            row.tell("privacy", f"page {page.code!r} is discreet: {read.code!r} must be P1 or P2")
        if page.discreet and question.fresh is not Fresh.VISIT:
            row.tell("fresh", f"page {page.code!r} is discreet: {read.code!r} must be fresh for the visit")
