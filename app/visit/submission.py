"""Submitting: numbered, immutable versions; what changed between two; what is still good today."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from app.questionnaire.answers import Answer, Answers
from app.questionnaire.definition import Question
from app.questionnaire.path import asked, missing
from app.schedule.dates import tokyo_date
from app.visit.filling import answers_to_submit
from app.visit.handover import pass_ends
from app.visit.sheet import Sheet
from app.visit.visit import Draft, Kind, Share, Submission, Visit


class Change(StrEnum):
    """How an answer differs from the submission before."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Seen:
    """In which words she saw the questions, and the sentence she agreed to."""

    language: str
    review_state: str
    share_text: str


def share_until(visit: Visit, now: datetime) -> datetime:
    """Until when the clinic may open the answers: while the pass is valid, or will be once issued."""
    return pass_ends(visit.planned_on, visit.issued_at or now)


def ahead(
    visit: Visit, sheet: Sheet, draft: Draft, *, seen: Seen, previous: Submission | None, now: datetime
) -> Submission:
    """The next submission from her draft. Day answers of an earlier one stay with their day."""
    answers = answers_to_submit(sheet, draft.answers)
    if previous is not None and previous.answered_on is not None:
        answers |= asked(sheet.pages_of_the_day, previous.answers, sheet.facts)
    return Submission(
        id=f"{visit.id}-{_number(previous)}",
        visit_id=visit.id,
        number=_number(previous),
        kind=Kind.AHEAD if previous is None else Kind.AMENDMENT,
        answers=answers,
        language=seen.language,
        review_state=seen.review_state,
        at=now,
        share=Share(
            visit.clinic_id,
            share_until(visit, now),
            seen.language,
            sha256(seen.share_text.encode()).hexdigest(),
        ),
        answered_on=previous.answered_on if previous else None,
    )


def of_the_day(
    sheet: Sheet,
    previous: Submission,
    day_answers: Answers,
    *,
    seen: Seen,
    now: datetime,
    by_pass: bool = False,
) -> Submission:
    """The next submission: the newest answers with the day's beside them."""
    stable = asked(sheet.pages_ahead, previous.answers, sheet.facts)
    day = asked(sheet.pages_of_the_day, day_answers, sheet.facts)
    return Submission(
        id=f"{previous.visit_id}-{previous.number + 1}",
        visit_id=previous.visit_id,
        number=previous.number + 1,
        kind=Kind.DAY,
        answers={**stable, **day},
        language=seen.language,
        review_state=seen.review_state,
        at=now,
        share=previous.share,
        answered_on=tokyo_date(now),
        by_pass=by_pass,
    )


def _number(previous: Submission | None) -> int:
    return 1 if previous is None else previous.number + 1


def good_today(sheet: Sheet, submission: Submission, today: date) -> dict[str, Answer]:
    """The answers that count today: the day's answers only if they were given today."""
    answers = dict(asked(sheet.pages_ahead, submission.answers, sheet.facts))
    if submission.answered_on == today:
        answers |= asked(sheet.pages_of_the_day, submission.answers, sheet.facts)
    return answers


def changes(before: Answers, after: Answers) -> dict[str, Change]:
    """Which answers differ, by question code."""
    found: dict[str, Change] = {}
    for code in before.keys() | after.keys():
        if code not in before:
            found[code] = Change.NEW
        elif code not in after:
            found[code] = Change.GONE
        elif before[code] != after[code]:
            found[code] = Change.CHANGED
    return found


def missing_ahead(sheet: Sheet, answers: Answers) -> tuple[Question, ...]:
    """Required questions that she has not answered yet, without the day's."""
    return missing(sheet.pages_ahead, answers, sheet.facts)


def missing_of_the_day(sheet: Sheet, answers: Answers) -> tuple[Question, ...]:
    """The day's required questions that are not answered."""
    return missing(sheet.pages_of_the_day, answers, sheet.facts)
