"""What she must answer again after the questions were renewed, with the words she had written."""

from collections.abc import Iterable, Sequence

from flask import render_template
from markupsafe import Markup

from app.questionnaire.definition import Question
from app.visit.sheet import Sheet
from app.visit.visit import Draft
from app.web.templating import form_text

Row = tuple[str, str]
"""A question in her language, "" when it is gone, and her words, "" for none."""


def anew_lead(sheet: Sheet, draft: Draft, asked: Iterable[Question]) -> Markup:
    """Says which of these questions must be answered again, with the words she wrote before."""
    rows = [
        (_asked(sheet, question), draft.earlier[question.code])
        for question in asked
        if question.code in draft.earlier
    ]
    return _note(rows, is_asked=True)


def gone_lead(sheet: Sheet, draft: Draft) -> Markup:
    """What she wrote for questions that are not asked any more, so that she can say it elsewhere."""
    gone = [words for code, words in draft.earlier.items() if code not in sheet.questions and words]
    return _note([("", words) for words in gone], is_asked=False)


def _asked(sheet: Sheet, question: Question) -> str:
    """The question in her language."""
    part = next(part for part in sheet.parts if question in part.questions)
    return form_text(f"{part.code}.{question.code}.text", question.text)


def _note(rows: Sequence[Row], *, is_asked: bool) -> Markup:
    """A calm note with a list; "" without rows."""
    if not rows:
        return Markup()
    return Markup(render_template("parent/anew.html", rows=rows, is_asked=is_asked))  # noqa: S704  autoescaped
