"""Answers in the Japanese that staff read: numbers with units, dates with era, choices by short names."""

import re
from datetime import date, time
from decimal import Decimal

from app.questionnaire.answers import Absence, Answer, MonthAge, Value
from app.questionnaire.definition import Kind, Question
from app.wording.extraction import COMMON_ANSWERS
from app.wording.formats import date_text
from app.wording.languages import Language, Languages

DAYS_AGO_FOR = 366
NO_BREAK_SPACE = "\u00a0"
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")


def answer_words(question: Question, value: Value, day: date, japanese: Language) -> str:
    """The value in Japanese; free text as it stands. ``day`` is the day from which dates are counted."""
    match value:
        case tuple():
            return "、".join(choice_words(question, code) for code in value)
        case MonthAge():
            return f"{value.years}歳{value.months}か月"
        case date():
            return day_words(value, japanese) + _distance(question, value, day)
        case int() | Decimal():
            return number_words(value, question.unit)
        case time():
            return f"{value.hour}:{value.minute:02}"
    return value if question.kind is Kind.TEXT else choice_words(question, value)


def day_words(day: date, japanese: Language) -> str:
    """The day with its era, without the weekday."""
    return date_text(japanese, day, with_era=True).partition(" ")[0]


def choice_words(question: Question, code: str) -> str:
    """What one code stands for: its short name for staff, else its text; an unknown code as it stands."""
    if question.kind is Kind.YES_NO:
        return COMMON_ANSWERS.get(code, code)
    return next((choice.short or choice.text for choice in question.choices if choice.code == code), code)


def number_words(number: int | Decimal, unit: str) -> str:
    """The number with its unit on the same line: 3120 g, 36.6℃, 3回."""
    between = NO_BREAK_SPACE if unit.isascii() and unit else ""
    return f"{number:f}{between}{unit}" if isinstance(number, Decimal) else f"{number}{between}{unit}"


def _distance(question: Question, value: date, day: date) -> str:
    """How many days ago, which is what intervals are judged by; nothing for a birth date or what is far."""
    days = (day - value).days
    if question.origin or not 0 <= days <= DAYS_AGO_FOR:
        return ""
    return f"（{days}日前）" if days else "（今日）"


def words_of(question: Question, answer: Answer) -> str:
    """The free text that she wrote herself, "" when there is none."""
    if question.kind is Kind.TEXT and isinstance(answer.value, str) and not isinstance(answer.value, Absence):
        return "" if is_a_name(question) else answer.value
    return answer.details


def is_a_name(question: Question) -> bool:
    """Whether its text is a name, an address or a number, which belongs to no language."""
    return bool(question.origin or question.offer or question.autocomplete)


def language_of_words(words: str, languages: Languages, tag: str) -> Language:
    """The language of a free text: that of the page, unless its letters say that it is Japanese."""
    page = languages.named(tag) or languages.source
    if page.is_source or _KANA.search(words) or not any(char.isalpha() for char in words):
        return languages.source
    return languages.source if _HAN.search(words) and not page.tag.startswith("zh") else page
