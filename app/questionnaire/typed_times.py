"""Clock times as they were typed: with or without a colon, full-width, with the word for hour, half past."""

import re
from datetime import time

from app.fault import Fault
from app.questionnaire.question import Question
from app.questionnaire.typed_numbers import repeated
from app.questionnaire.typed_text import plain_digits

HALF_DAY = 12
HOUR_WORDS = r"(?:時|时|点|點|시|h|giờ)"
HALF_WORDS = r"半|반|rưỡi"
MARKED = re.compile(
    rf"(?P<before>午前|午後|am|pm)? ?(?P<hour>\d{{1,2}})"
    rf"(?: ?(?:[:.]|{HOUR_WORDS}) ?(?:(?P<minute>\d{{1,2}}) ?(?:分|분|phút|m)?|(?P<half>{HALF_WORDS}))?)?"
    r" ?(?P<after>am|pm)?"
)
DIGITS = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)")
AFTERNOON, MORNING = frozenset({"午後", "pm"}), frozenset({"午前", "am"})


def read_time(question: Question, text: str) -> time | Fault:
    """The clock time of a text that is not blank, or what is wrong with it.

    Shapes: "22:30", "2230", "22時半", "午後10時30分", "10:30 pm", "22h30"; an hour alone is that hour
    sharp. 24 is midnight, as Japanese timetables count.
    """
    plain = plain_digits(text).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    named = DIGITS.fullmatch(plain) if len(plain) > 2 else None
    halves: frozenset[str] = frozenset()
    minute = "0"
    if named is None:
        named = MARKED.fullmatch(plain)
        if named is None:
            return _wrong(question, text)
        halves = frozenset({named["before"], named["after"]} - {None})
        minute = "30" if named["half"] else named["minute"] or "0"
    else:
        minute = named["minute"]
    return _clock(int(named["hour"]), int(minute), halves) or _wrong(question, text)


def _clock(hour: int, minute: int, halves: frozenset[str]) -> time | None:
    """The time of these numbers, None when no clock shows it."""
    if len(halves) > 1 or minute > 59 or hour > (HALF_DAY if halves else 24):
        return None
    if halves & AFTERNOON:
        hour = hour % HALF_DAY + HALF_DAY
    elif halves & MORNING:
        hour %= HALF_DAY
    return time(hour % 24, minute)


def _wrong(question: Question, text: str) -> Fault:
    """It is no clock time."""
    return Fault(question.code, "time_wrong", {"typed": repeated(text)})
