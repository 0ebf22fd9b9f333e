"""What the form offers to prepare: what is due for the chosen subject first, the rest folded by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.people.person import Subject, SubjectKind
from app.questionnaire.programme import Programme
from app.schedule.due import Timing
from app.web.parent.timeline import timeline_of, visits_about
from app.web.rooms import rooms

DUE = (Timing.LATE, Timing.ASK, Timing.NOW, Timing.SOON)


@dataclass(frozen=True, slots=True)
class Offer:
    """Programmes under one heading, a key below ``prepare.offer``; the doses of one vaccine together."""

    key: str
    groups: tuple[tuple[Programme, ...], ...]
    is_open: bool


def offers_for(kind: SubjectKind, subject: Subject | None, chosen: Sequence[str]) -> tuple[Offer, ...]:
    """Every programme that a visit of a child, or of a mother, can be for, each once.

    Shapes: ``subject`` None while nobody is chosen; what is ``chosen`` already stands open.
    """
    programmes = [one for one in rooms().library.programmes.values() if one.subject_is == kind]
    due = due_codes(subject) if subject else ()
    first = [one for code in due for one in programmes if one.code == code]
    rest = [one for one in programmes if one.code not in due]
    named = {
        "due": first,
        "checkup": [one for one in rest if one.kind == "checkup"],
        "vaccine": [one for one in rest if one.kind == "vaccine" and not one.voluntary],
        "voluntary": [one for one in rest if one.voluntary],
    }
    is_only = len([key for key, members in named.items() if members]) == 1
    return tuple(
        Offer(key, by_vaccine(members), key == "due" or is_only or any(one.code in chosen for one in members))
        for key, members in named.items()
        if members
    )


def due_codes(subject: Subject) -> tuple[str, ...]:
    """What is due for somebody now or soon, most urgent first."""
    timeline = timeline_of(subject, rooms().histories.doses(subject), visits_about(subject))
    lines = [line for timing in DUE for line in timeline.of(timing)]
    return tuple(dict.fromkeys(line.programme.code for line in lines if line.programme))


def by_vaccine(programmes: Sequence[Programme]) -> tuple[tuple[Programme, ...], ...]:
    """The doses of one vaccine together, in order; what is no vaccine stands alone."""
    groups: dict[str, list[Programme]] = {}
    for one in programmes:
        groups.setdefault(one.vaccine or one.code, []).append(one)
    return tuple(tuple(sorted(group, key=lambda one: one.dose)) for group in groups.values())
