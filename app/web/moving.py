"""A draft whose questions are retired: shown on the newest ones, kept so with her next post.

A GET changes nothing: the move is made in memory at every opening until something is posted. A form that was
drawn from the retired questions is read by them first, so that what she typed there moves along.
"""

from dataclasses import dataclass, replace

from flask import g

from app.visit.migration import move_draft, settled
from app.visit.ports import Deed
from app.visit.sheet import subject_answers
from app.visit.version_ways import is_behind, newest_sheet, pinned_to, unkept
from app.visit.visit import Draft, Visit
from app.web.deeds import deed
from app.web.rooms import rooms


@dataclass(frozen=True, slots=True)
class Current:
    """A visit and its draft as she sees them; ``is_moved`` and not kept yet: its revision is below zero."""

    visit: Visit
    draft: Draft

    @property
    def is_moved(self) -> bool:
        """Whether the move is still to be kept."""
        return self.draft.revision < 0


def current(visit: Visit, draft: Draft) -> Current:
    """Both on questions that are not retired."""
    if not is_behind(visit, rooms().library):
        return Current(visit, draft)
    sheet = newest_sheet(visit, rooms().library)
    moved = move_draft(draft, rooms().pinned_sheet(visit), sheet, rooms().library).draft
    subject = rooms().people.subject(visit.subject_id)
    answers = {**moved.answers, **(subject_answers(subject, sheet) if subject else {})}
    moved = replace(moved, answers=answers, revision=unkept(draft.revision))
    return Current(pinned_to(visit, sheet), moved)


def keep(opened: Current, what: Deed = Deed.DRAFT_SAVED) -> Current:
    """What was opened, kept with the draft as it is now; earlier words go once they are answered again.

    Errors: StaleRevisionError when it changed meanwhile.
    """
    visit, draft = opened.visit, settled(opened.draft)
    if not opened.is_moved:
        return Current(visit, rooms().visits.save(draft, visit, deed(what, visit)))
    on_revision = replace(draft, revision=unkept(draft.revision))
    kept = rooms().visits.repin(on_revision, visit, deed(Deed.DRAFT_MOVED, visit))
    return Current(replace(visit, revision=visit.revision + 1), kept)


def before_move() -> Current | None:
    """The visit of this request as it is kept, when it is shown moved; None when it is shown as kept."""
    kept: Current | None = g.get("before_move")
    return kept
