"""An answer in her own language, as the check page and the notes about another device say it."""

from datetime import date, time
from decimal import Decimal

from app.questionnaire.answers import Absence, Answer, MonthAge
from app.questionnaire.definition import Kind, Question
from app.web.rooms import rooms
from app.web.templating import day_text, form_text, say
from app.web.visitor import visitor
from app.wording import formats
from app.wording.extraction import COMMON_ANSWERS


def answer_text(part: str, question: Question, answer: Answer | None) -> str:
    """The answer in words, with its details behind it; the sentence for none when there is none."""
    if answer is None:
        return say("answer.none")
    text = _value_text(part, question, answer)
    return f"{text} – {answer.details}" if answer.details else text


def japanese_options(question: Question, answer: Answer) -> str:
    """What she chose, in Japanese, for a language that is only an aid; "" for what she typed herself."""
    chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    texts = {choice.code: choice.text for choice in question.choices} | dict(COMMON_ANSWERS)
    is_typed = not question.options and not isinstance(answer.value, Absence)
    return "" if is_typed else "、".join(texts[str(code)] for code in chosen)


def _value_text(part: str, question: Question, answer: Answer) -> str:
    value = answer.value
    context = f"{part}.{question.code}"
    if isinstance(value, Absence):
        return form_text(f"{context}.{value.value}", COMMON_ANSWERS[value.value])
    if isinstance(value, tuple):
        return formats.list_text(visitor().language, [_choice(context, question, code) for code in value])
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, MonthAge):
        return formats.age_text(rooms().wording, visitor().language, (value.years, value.months, 0))
    if isinstance(value, int | Decimal):
        unit = form_text(f"{context}.unit", question.unit) if question.unit else ""
        unit = "℃" if question.kind is Kind.TEMPERATURE else unit
        return formats.number_text(visitor().language, Decimal(value), unit)
    if isinstance(value, time):
        return formats.time_text(visitor().language, value)
    if question.kind is Kind.TEXT:
        return value
    return _choice(context, question, value)


def _choice(context: str, question: Question, code: str) -> str:
    for choice in question.choices:
        if choice.code == code:
            return form_text(f"{context}.choice.{code}", choice.text)
    return form_text(f"{context}.{code}", COMMON_ANSWERS.get(code, code))
