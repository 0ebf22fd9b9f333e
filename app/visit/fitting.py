"""Whether the vaccines of a visit fit on its day: joins the plan with the schedule. It advises only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.people.dose_history import CopiedDose
from app.people.person import Sex, Subject, SubjectKind
from app.questionnaire.answers import Answers
from app.questionnaire.programme import Programme
from app.schedule.bounds import Facts
from app.schedule.evaluation import evaluate
from app.schedule.rules import Rules
from app.schedule.verdict import Dose, Reason, Status, Verdict
from app.visit.raised import concerns_of
from app.visit.sheet import Sheet

_SEX = {Sex.FEMALE: "F", Sex.MALE: "M"}


class Light(StrEnum):
    """How a planned vaccine is shown: it fits, look at it, or it does not fit by the rules."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Doubt(StrEnum):
    """What makes an answer less sure than it looks."""

    EARLIER_NOT_KNOWN = "earlier_not_known"
    OTHER_NUMBER = "other_number"
    FOR_THE_DOCTOR = "for_the_doctor"
    RULES_NOT_KNOWN = "rules_not_known"


_LIGHTS = {Status.ALLOWED: Light.GREEN, Status.NEEDS_REVIEW: Light.AMBER, Status.NOT_ELIGIBLE: Light.AMBER}


@dataclass(frozen=True, slots=True)
class Fit:
    """How one planned vaccine stands on its day.

    Shapes: ``next_number`` the dose that would be next by the history (0: none); ``doubts`` what nobody
    but the clinic can settle.
    """

    programme: Programme
    verdict: Verdict
    doubts: tuple[Doubt, ...] = ()

    @property
    def light(self) -> Light:
        """Green only when it fits and nothing is in doubt; a doubt makes nothing that is red less so."""
        light = _LIGHTS.get(self.verdict.status, Light.RED)
        is_unsure = self.doubts or self.verdict.reason == Reason.EARLIER_STAGE_INCOMPLETE
        return Light.AMBER if light is Light.GREEN and is_unsure else light

    @property
    def next_number(self) -> int:
        """The dose that would be next by the history; 0 when none is left."""
        return self.verdict.number


def facts_of(subject: Subject, flags: frozenset[str] = frozenset()) -> Facts:
    """What the schedule needs of a subject. A child's own due date is none of a pregnancy."""
    sex = _SEX[subject.sex]
    if subject.kind is not SubjectKind.MOTHER:
        return Facts(subject.birth_date, sex, flags=flags)
    return Facts(subject.birth_date, sex, subject.due_date, flags, subject.ended_on)


def flags_of(sheet: Sheet, answers: Answers) -> frozenset[str]:
    """What the schedule has to know of these answers: a vaccine at birth that was no routine one."""
    of_parts = (concern for part in sheet.parts for concern in part.concerns)
    of_programmes = (concern for programme in sheet.programmes for concern in programme.concerns)
    if not any(concern.flag for concern in (*of_parts, *of_programmes)):
        return frozenset()
    return frozenset(one.concern.flag for one in concerns_of(sheet, answers)) - {""}


def known_doses(copied: Iterable[CopiedDose]) -> tuple[Dose, ...]:
    """The doses that count by themselves: those given in Japan on a known day."""
    return tuple(
        Dose(one.vaccine, one.given_on, one.product)
        for one in copied
        if one.vaccine and one.given_on is not None
    )


def fits(
    rules: Rules,
    subject: Subject,
    copied: Sequence[CopiedDose],
    plan: tuple[Sequence[Programme], date],
    *,
    flags: frozenset[str] = frozenset(),
) -> tuple[Fit, ...]:
    """How each vaccine of a plan stands on the planned day; a checkup has no place here.

    Shapes: ``flags`` are those of the answers (see `flags_of`).
    """
    programmes, day = plan
    facts, doses = facts_of(subject, flags), known_doses(copied)
    vaccines = (one for one in programmes if one.vaccine in rules.vaccines)
    found = []
    for one in vaccines:
        verdict = evaluate(rules, facts, doses, Dose(one.vaccine, day))
        editions = rules.vaccines[one.vaccine].editions
        is_known = any(edition.holds_on(day) for edition in editions)
        found.append(Fit(one, verdict, _doubts(one, verdict, (doses, copied), is_known=is_known)))
    return tuple(found)


def _doubts(
    programme: Programme,
    verdict: Verdict,
    known: tuple[Sequence[Dose], Sequence[CopiedDose]],
    *,
    is_known: bool,
) -> tuple[Doubt, ...]:
    """What is in doubt about one vaccine; ``is_known`` whether the rules of its day are."""
    doses, copied = known
    has_any = any(one.vaccine == programme.vaccine for one in doses)
    doubts: list[Doubt] = []
    if verdict.number and verdict.number != programme.dose:
        doubts.append(Doubt.OTHER_NUMBER if has_any else Doubt.EARLIER_NOT_KNOWN)
    if any(one.is_for_the_doctor for one in copied):
        doubts.append(Doubt.FOR_THE_DOCTOR)
    if not is_known:
        doubts.append(Doubt.RULES_NOT_KNOWN)
    return tuple(doubts)
