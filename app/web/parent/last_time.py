"""Last time's answers on a topic page: what is offered, how it looks, and what one tap adds to her form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import current_app
from markupsafe import escape

from app.fault import Fault
from app.questionnaire.answers import Answers, Raw
from app.questionnaire.definition import Page, Part
from app.questionnaire.typed import typed_from
from app.questionnaire.typed_text import tidy
from app.schedule.dates import tokyo_date
from app.visit.last_time import Earlier, LastTime, last_time, open_questions
from app.visit.sheet import Sheet
from app.visit.visit import Visit
from app.web.answer_text import answer_text, japanese_options
from app.web.question_page import aid_for
from app.web.rooms import rooms
from app.web.templating import form_text, plain_day_text, say, say_marked

FIELD = "same"
"""The button's name; its value says which answers were shown, so that no other is ever taken over."""


def offered(visit: Visit, sheet: Sheet, page: Page, answers: Answers) -> tuple[LastTime, ...]:
    """What this page offers again now; storage is asked only when something could be offered."""
    wanted = open_questions(page, answers)
    if not wanted:
        return ()
    with_siblings = not sheet.is_about_a_mother and any(question.family for question in wanted)
    codes = [question.code for question in wanted]
    kept = rooms().visits.earlier(visit, codes, rooms().now(), siblings=with_siblings)
    earlier = [
        Earlier(one.submission, rooms().pinned_sheet(one.visit), one.visit.subject_id != visit.subject_id)
        for one in kept
    ]
    return last_time(sheet, page, answers, earlier, today=rooms().today())


def is_typed(code: str, raw: Raw) -> bool:
    """Whether anything was typed or ticked for this question (a chosen era alone is nothing)."""
    return any(
        tidy(value)
        for field, values in raw.items()
        if field.partition("-")[0] == code and field != f"{code}-era"
        for value in values
    )


def with_confirmed(raw: Raw, offers: Sequence[LastTime], shown: Collection[str]) -> Raw:
    """Her form with the earlier answers that were shown to her, where she typed nothing of her own."""
    fields = dict(raw)
    for one in offers:
        if one.mark in shown and not is_typed(one.question.code, raw):
            fields |= typed_from(one.question, one.answer)
    return fields


def only_left_open(faults: Sequence[Fault], raw: Raw) -> bool:
    """Whether nothing is wrong but that some questions are still to be answered."""
    return bool(faults) and not any(is_typed(fault.field.partition("-")[0], raw) for fault in faults)


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what was answered when; in an aid the Japanese of both stands beneath them."""

    label: str
    japanese: str
    said: str
    said_in_japanese: str


@dataclass(frozen=True, slots=True)
class Card:
    """What stands above the questions: rows under a heading, and one button for all of them."""

    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    mark: str
    path: str
    button: str
    aid: str


def card(part: Part, offers: Sequence[LastTime], typed: Raw, path: str) -> str:
    """The earlier answers and their button as HTML, "" for none; ``path`` is where it posts."""
    left = [one for one in offers if not is_typed(one.question.code, typed)]
    if not left:
        return ""
    own = tuple(_row(part, one, "last_time.own_row") for one in left if not one.is_siblings)
    family = tuple(_row(part, one, "last_time.family_row") for one in left if one.is_siblings)
    groups = ((say("last_time.own"), own), (say("last_time.family"), family))
    same = "own_same" if not family else "family_same" if not own else "both_same"
    shown = Card(
        tuple((heading, rows) for heading, rows in groups if rows),
        " ".join(one.mark for one in left),
        path,
        say(f"last_time.{same}"),
        aid_for((part,)),
    )
    macro = current_app.jinja_env.get_template("ui/last_time.html").module
    return str(macro.last_time(shown))  # type: ignore[attr-defined]  # a macro of the template


def _row(part: Part, one: LastTime, key: str) -> Row:
    question = one.question
    day = escape(plain_day_text(tokyo_date(one.at)))
    said = say_marked(key, day=day, answer=answer_text(part.code, question, one.answer))
    label = form_text(f"{part.code}.{question.code}.text", question.text)
    return Row(label, question.text, said, japanese_options(question, one.answer))
