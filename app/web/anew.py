"""What she must answer again after the questions were renewed, with the words she had written."""

from markupsafe import Markup

from app.questionnaire.definition import Question
from app.visit.sheet import Sheet
from app.visit.visit import Draft
from app.web.templating import form_text, say, say_marked


def anew_lead(sheet: Sheet, draft: Draft, asked: tuple[Question, ...]) -> Markup:
    """Says which of these questions must be answered again, with the words she wrote before."""
    rows = [_row(sheet, draft, question) for question in asked if question.code in draft.earlier]
    return _card(say("form.anew.text"), rows)


def gone_lead(sheet: Sheet, draft: Draft) -> Markup:
    """What she wrote for questions that are not asked any more, so that she can say it elsewhere."""
    gone = [words for code, words in draft.earlier.items() if code not in sheet.questions and words]
    return _card(say("form.anew.gone"), [Markup("<li><bdi>{}</bdi></li>").format(words) for words in gone])


def _row(sheet: Sheet, draft: Draft, question: Question) -> Markup:
    """One question to answer again."""
    part = next(part for part in sheet.parts if question in part.questions)
    asked = form_text(f"{part.code}.{question.code}.text", question.text)
    words = draft.earlier[question.code]
    told = Markup("<br>{}").format(say_marked("form.anew.words", words=words)) if words else ""
    return Markup("<li>{}{}</li>").format(asked, told)


def _card(text: str, rows: list[Markup]) -> Markup:
    """A calm card with a list; "" without rows."""
    if not rows:
        return Markup()
    title = say("form.anew.title")
    card = Markup('<div class="card problems"><h2>{}</h2><p>{}</p><ul>{}</ul></div>')
    return card.format(title, text, Markup().join(rows))
