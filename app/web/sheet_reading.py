"""The Japanese sheet for its readers: staff at the clinic, and the parent who shows it on paper. Pure.

Concerns come first, then what changed since the submission before, then every answer in the order of
the paper form. An answer that is missing says why; it never reads as "no".
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from app.questionnaire.answers import Absence, Answer, Answers
from app.questionnaire.definition import Fresh, Kind, Level, Question
from app.questionnaire.derived import numbers, to_a_tenth
from app.questionnaire.path import asked, visible_questions
from app.schedule.dates import TOKYO
from app.visit.raised import RaisedConcern, concerns_of
from app.visit.sheet import Sheet
from app.visit.submission import Change, changes, good_today
from app.visit.visit import Kind as Occasion
from app.visit.visit import Submission
from app.web.answer_words import answer_words, is_a_name, language_of_words, words_of
from app.wording.extraction import COMMON_ANSWERS
from app.wording.languages import Languages

NO_FACTS: Answers = MappingProxyType({})
_PAPER = re.compile(r"(\d+)(.*)", re.DOTALL)
_UNNUMBERED = 1_000_000


class Gap(StrEnum):
    """Why no value stands here. ``KEPT_BACK``: it is answered, and never shown back to the family."""

    UNANSWERED = "unanswered"
    NOT_TODAY = "not_today"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    WITHHELD = "withheld"
    KEPT_BACK = "kept_back"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in words.

    Shapes: ``text`` Japanese, "" when there is none; ``original`` what she wrote herself, in
    ``original_language`` (a tag), whose Japanese name is ``original_name`` ("" for Japanese);
    ``before`` what stood there in the submission it is compared with; ``levels`` of the concerns it
    raises, most urgent first; ``given_today`` tells a day's answer.
    """

    code: str
    paper: str
    label: str
    text: str = ""
    original: str = ""
    original_language: str = ""
    original_name: str = ""
    absence: Gap | None = None
    change: Change | None = None
    before: str = ""
    levels: tuple[Level, ...] = ()
    given_today: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one number of the paper form; ``number`` "" for the head and for what has none."""

    number: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ConcernReading:
    """A concern with the answers that raise it; ``programmes`` are titles, empty when it counts for all."""

    level: Level
    reason: str
    programmes: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The newest submission, read on a day.

    Shapes: ``changed`` the rows that differ from the submission before, those that are gone included;
    ``day_time`` the clock time (Tokyo) of the day's answers, "" when there are none for this day;
    ``numbers`` what was worked out from answers and is shown to staff.
    """

    submission: Submission
    concerns: tuple[ConcernReading, ...]
    changed: tuple[Row, ...]
    blocks: tuple[Block, ...]
    day_time: str
    numbers: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every row is read with."""

    now: Answers
    before: Answers
    changes: Mapping[str, Change]
    levels: Mapping[str, tuple[Level, ...]]
    submission: Submission
    day: date
    languages: Languages


def read_sheet(
    sheet: Sheet,
    submissions: Sequence[Submission],
    day: date,
    languages: Languages,
    *,
    facts: Answers = NO_FACTS,
) -> SheetReading:
    """The sheet as staff read it on ``day`` (Tokyo), which decides whether the day's answers count.

    Shapes: ``submissions`` by number, at least one; ``facts`` are the subject's own
    (see `visit.sheet.subject_answers`).
    """
    newest = submissions[-1]
    now = {**facts, **good_today(sheet, newest, day)}
    before = {**facts, **answers_before(sheet, submissions, day)}
    raised = concerns_of(sheet, now)
    reading = _Reading(now, before, changes(before, now), levels_of(raised), newest, day, languages)
    rows = _rows(sheet, reading)
    gone = (_gone_row(sheet.questions[code], reading) for code in before if code not in now)
    return SheetReading(
        submission=newest,
        concerns=tuple(_concern(one, rows) for one in raised),
        changed=tuple(row for row in rows.values() if row.change) + tuple(gone),
        blocks=_blocks(rows.values()),
        day_time=clock_time(day_answered_at(submissions, day)),
        numbers=_numbers(sheet, now),
    )


def answers_before(sheet: Sheet, submissions: Sequence[Submission], day: date) -> dict[str, Answer]:
    """What the newest answers are compared with: the last earlier ones that differ, else themselves.

    The day's answers are compared with earlier ones of the same day only, so that the day's first
    answers do not read as changes, nor hide what she amended before.
    """
    newest = submissions[-1]
    of_the_day = [one for one in submissions if one.answered_on == day == newest.answered_on]
    ahead = [asked(sheet.pages_ahead, one.answers, sheet.facts) for one in submissions]
    today = [asked(sheet.pages_of_the_day, one.answers, sheet.facts) for one in of_the_day]
    return _last_different(ahead) | _last_different(today)


def _last_different(versions: Sequence[dict[str, Answer]]) -> dict[str, Answer]:
    """The last version that differs from the newest; the newest when none does."""
    if not versions:
        return {}
    return next((one for one in reversed(versions) if one != versions[-1]), versions[-1])


def day_answered_at(submissions: Sequence[Submission], day: date) -> datetime | None:
    """When the day's answers that count now were given."""
    given = (one.at for one in reversed(submissions) if one.kind is Occasion.DAY and one.answered_on == day)
    return next(given, None)


def clock_time(moment: datetime | None) -> str:
    """Hour and minute in Tokyo, "" for no moment."""
    return f"{moment.astimezone(TOKYO):%-H:%M}" if moment else ""


def levels_of(raised: Sequence[RaisedConcern]) -> dict[str, tuple[Level, ...]]:
    """The levels of the concerns that each answer raises, by question code."""
    found: dict[str, set[Level]] = {}
    for one in raised:
        for code in one.asked:
            found.setdefault(code, set()).add(one.concern.level)
    return {code: tuple(sorted(levels)) for code, levels in found.items()}


def _concern(raised: RaisedConcern, rows: Mapping[str, Row]) -> ConcernReading:
    titles = tuple(programme.title for programme in raised.programmes)
    met = tuple(rows[code] for code in raised.asked if code in rows)
    return ConcernReading(raised.concern.level, raised.concern.reason, titles, met)


def _numbers(sheet: Sheet, answers: Answers) -> tuple[Row, ...]:
    """What was worked out from the answers, where it has a label."""
    shown = {one.code: one.short for part in sheet.parts for one in part.derived if one.short}
    found = {code: one for part in sheet.parts for code, one in numbers(part.derived, answers).items()}
    known = {code: one.value for code, one in found.items() if isinstance(one.value, int | Decimal)}
    return tuple(
        Row(code, "", shown[code], str(to_a_tenth(one))) for code, one in known.items() if code in shown
    )


def _rows(sheet: Sheet, reading: _Reading) -> dict[str, Row]:
    """A row for every question that is asked, in the order of the paper, then of the sheet."""
    pages = (page for part in sheet.parts for page in part.pages)
    questions = [question for page in pages for question in visible_questions(page, reading.now, sheet.facts)]
    questions.sort(key=lambda question: _place(question.paper))
    return {question.code: _row(question, reading) for question in questions}


def _place(paper: str) -> tuple[int, str]:
    """Where a number of the paper form stands: by its number, then by its letter."""
    found = _PAPER.fullmatch(paper)
    return (int(found[1]), found[2]) if found else (_UNNUMBERED, "")


def _blocks(rows: Collection[Row]) -> tuple[Block, ...]:
    grouped = groupby(rows, key=lambda row: _place(row.paper)[0])
    return tuple(
        Block("" if number in (0, _UNNUMBERED) else str(number), tuple(members))
        for number, members in grouped
    )


def _row(question: Question, reading: _Reading) -> Row:
    answer = reading.now.get(question.code)
    change = reading.changes.get(question.code)
    row = Row(
        question.code,
        question.paper,
        question.short or question.text,
        absence=_gap(question, answer, reading),
        change=change,
        before=_before(question, reading) if change is Change.CHANGED else "",
        levels=reading.levels.get(question.code, ()),
        given_today=answer is not None and question.fresh is Fresh.DAY,
    )
    return row if answer is None else _with_words(row, question, answer, reading)


def _with_words(row: Row, question: Question, answer: Answer, reading: _Reading) -> Row:
    """The row with what was answered."""
    words = words_of(question, answer)
    language = language_of_words(words, reading.languages, reading.submission.language)
    text = _text(question, answer, reading)
    if question.kind is Kind.TEXT and not is_a_name(question):
        text, words = (words, "") if language.is_source else ("", words)
    return replace(
        row,
        text=text,
        original=words,
        original_language=language.tag if words else "",
        original_name="" if language.is_source else language.japanese_name,
    )


def _text(question: Question, answer: Answer, reading: _Reading) -> str:
    if isinstance(answer.value, Absence):
        return ""
    return answer_words(question, answer.value, reading.day, reading.languages.source)


def _gap(question: Question, answer: Answer | None, reading: _Reading) -> Gap | None:
    """Why there is no value; None when there is one."""
    if answer is None:
        is_due = question.fresh is Fresh.DAY and reading.submission.answered_on != reading.day
        return Gap.NOT_TODAY if is_due else Gap.UNANSWERED
    return Gap(answer.value.value) if isinstance(answer.value, Absence) else None


def _before(question: Question, reading: _Reading) -> str:
    """The earlier answer in one line."""
    answer = reading.before[question.code]
    if isinstance(answer.value, Absence):
        said = COMMON_ANSWERS[answer.value.value]
    else:
        said = answer_words(question, answer.value, reading.day, reading.languages.source)
    return f"{said}「{answer.details}」" if answer.details else said


def _gone_row(question: Question, reading: _Reading) -> Row:
    return Row(
        question.code,
        question.paper,
        question.short or question.text,
        change=Change.GONE,
        before=_before(question, reading),
    )
