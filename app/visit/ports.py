"""What the visit room needs kept; storage implements it. Each call is one transaction, audit included."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.people.person import Guardianship
from app.questionnaire.answers import Raw
from app.visit.handover import Pass, Scan
from app.visit.instruments import PaperScore
from app.visit.limits import Limit
from app.visit.sessions import Counter, Session
from app.visit.visit import Draft, Submission, Visit


class Deed(StrEnum):
    """What the audit chain can say happened."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CHILD_ADDED = "child_added"
    SELF_ADDED = "self_added"
    SUBJECT_CHANGED = "subject_changed"
    HISTORY_CHANGED = "history_changed"
    PREPARED = "prepared"
    DRAFT_SAVED = "draft_saved"
    LAST_TIME_CONFIRMED = "last_time_confirmed"
    DRAFT_MOVED = "draft_moved"
    SUBMITTED = "submitted"
    DAY_ANSWERED = "day_answered"
    PLAN_CHANGED = "plan_changed"
    REISSUED = "reissued"
    WITHDRAWN = "withdrawn"
    RECEIVED = "received"
    READ_IDENTITY = "read_identity"
    READ_ANSWERS = "read_answers"
    CLOSED = "closed"
    SCORE_ENTERED = "score_entered"
    REFUSED = "refused"
    MEASURED = "measured"
    MEASUREMENT_REMOVED = "measurement_removed"
    STAFF_SIGNED_IN = "staff_signed_in"
    TERMINAL_ENROLLED = "terminal_enrolled"


@dataclass(frozen=True, slots=True)
class Event:
    """One audited deed. Never an answer, a name or a token in it.

    Shapes: ``actor`` is "person:<id>", "staff:<id>", "pass:<visit id>" or "system"; ``role`` a `Who`
    value; ``clinic_id`` and ``visit_id`` "" when there is none; ``at`` aware UTC.
    """

    deed: Deed
    municipality: str
    actor: str
    role: str
    at: datetime
    visit_id: str = ""
    clinic_id: str = ""


class StaleRevisionError(Exception):
    """What was to be saved was based on an older revision; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Held:
    """A visit as its author's page needs it, read at one moment; ``link`` None: no valid guardianship."""

    visit: Visit
    draft: Draft
    link: Guardianship | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A visit with its newest submission."""

    visit: Visit
    submission: Submission


class Visits(Protocol):
    """Visits with their drafts and submissions, sealed."""

    def prepare(self, visit: Visit, draft: Draft, event: Event) -> None:
        """Both are kept."""
        ...

    def find(self, visit_id: str) -> Visit | None:
        """The visit or None."""
        ...

    def held(self, visit_id: str, person_id: str, now: datetime) -> Held | None:
        """The visit with its draft and this person's link to whom it is about, or None."""
        ...

    def of_person(self, person_id: str) -> tuple[Visit, ...]:
        """Her visits, newest first."""
        ...

    def draft(self, visit: Visit) -> Draft:
        """Its draft. Errors: KeyError when forgotten."""
        ...

    def save(self, draft: Draft, visit: Visit, event: Event) -> Draft:
        """The draft at its next revision. Errors: StaleRevisionError when its own is not the kept one."""
        ...

    def repin(self, draft: Draft, visit: Visit, event: Event) -> Draft:
        """The draft, moved to other questions, and the visit pinned to them, each at its next revision.

        Errors: StaleRevisionError when the revision of either is not the kept one; nothing is saved.
        """
        ...

    def submit(self, visit: Visit, submission: Submission, key: str, event: Event) -> Submission:
        """The submission and the visit as given are kept; acknowledged after the commit.

        The same ``key`` for the same visit returns the submission it made the first time and changes
        nothing. Errors: StaleRevisionError when another submission took the number or the visit changed.
        """
        ...

    def submitted_with(self, visit_id: str, key: str) -> Submission | None:
        """The submission that this key made, or None."""
        ...

    def newest(self, visit: Visit) -> Submission | None:
        """The last submission, None before the first."""
        ...

    def submissions(self, visit: Visit) -> tuple[Submission, ...]:
        """All of them by number."""
        ...

    def earlier(
        self, visit: Visit, codes: Collection[str], now: datetime, *, siblings: bool
    ) -> tuple[Submitted, ...]:
        """What the author of this visit submitted for others, newest first: answers to these questions alone.

        Five visits of each subject at most: the same subject, and with ``siblings`` whomever else she
        answers for. Nothing of a withdrawn visit, nothing where she has no guardianship now that lets
        her see it.
        """
        ...

    def change(self, visit: Visit, event: Event) -> Visit:
        """The visit at its next revision. Errors: StaleRevisionError."""
        ...

    def by_scan(self, scan: Scan, now: datetime) -> Visit | None:
        """The visit whose current pass this is, or None."""
        ...

    def history(self, visit_id: str) -> tuple[Event, ...]:
        """What happened to it, oldest first (from the audit chain)."""
        ...

    def waiting(self, clinic_id: str, now: datetime) -> tuple[Visit, ...]:
        """The visits this clinic received on the Tokyo day of ``now``, newest first."""
        ...


class PaperScores(Protocol):
    """What staff read off licensed papers, sealed; nothing is ever overwritten."""

    def enter(self, visit: Visit, score: PaperScore, key: str, event: Event) -> PaperScore:
        """The score, kept as the next entry of the visit.

        The same figures with the same ``key`` are the same entry, and change nothing a second time.
        Errors: KeyError when forgotten.
        """
        ...

    def of_visit(self, visit: Visit) -> tuple[PaperScore, ...]:
        """Every entry of the visit by number. Errors: KeyError when forgotten."""
        ...


class Passes(Protocol):
    """The keys of the pass lie in storage; this shows and checks passes."""

    def face(self, visit: Visit) -> Pass:
        """What is shown. Errors: ValueError when the visit has no pass yet."""
        ...

    def device_token(self, visit: Visit) -> str:
        """The value of the device cookie for this visit."""
        ...

    def is_device(self, visit: Visit, token: str) -> bool:
        """Whether this cookie belongs to the current pass (constant time)."""
        ...


class Sessions(Protocol):
    """Server-side sessions, sealed; only a hash of the id is kept."""

    def open(self, session: Session) -> str:
        """A new random id for the cookie."""
        ...

    def find(self, session_id: str, counter: Counter, now: datetime) -> Session | None:
        """The live session, its ``seen_at`` renewed at most once a minute, or None."""
        ...

    def close(self, session_id: str) -> None:
        """Gone."""
        ...

    def last_known(self, session_id: str, counter: Counter) -> Session | None:
        """The session even if it is expired (not yet purged); only to keep a form for its owner."""
        ...

    def keep_form(self, owner: str, path: str, fields: Raw, now: datetime) -> None:
        """Typed fields, sealed, for ten minutes; ``owner`` is "person:<id>"."""
        ...

    def take_form(self, owner: str, path: str, now: datetime) -> Raw | None:
        """What was kept for this owner and path, once."""
        ...


class Tries(Protocol):
    """Counts tries in the database."""

    def allow(self, limit: Limit, key: str, now: datetime) -> bool:
        """Counts one try; False when it is one too many."""
        ...

    def take_back(self, limit: Limit, key: str) -> None:
        """The try that was just counted was no failure; earlier failures stay counted."""
        ...

    def forget(self, limit: Limit, key: str) -> None:
        """After a success the count starts again."""
        ...


class Audit(Protocol):
    """The append-only chain."""

    def write(self, event: Event) -> None:
        """Appended and committed."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day for her calendar. No name and no health word in any of its texts.

    Shapes: ``uid`` stays the same for ever, ``sequence`` rises with every change.
    """

    uid: str
    day: date
    title: str
    text: str
    url: str
    sequence: int = 0


class WriteCalendar(Protocol):
    """Days become a calendar file."""

    def __call__(self, days: Sequence[CalendarDay], now: datetime) -> bytes:
        """The file, in UTF-8."""
        ...
