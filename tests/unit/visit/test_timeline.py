"""The timeline of one subject: what is proposed together, beside it, and what is known of the past."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.people.dose_history import CopiedDose
from app.people.person import Sex, Subject, SubjectKind
from app.questionnaire.library import Library
from app.questionnaire.reading import read_library
from app.schedule.due import Timing
from app.schedule.reading import Schedule, read_schedule
from app.visit.fitting import Doubt, Light, fits
from app.visit.timeline import Timeline, make_timeline
from app.visit.visit import State, Visit
from app.wiring import DEFINITIONS, files_below

TODAY = date(2026, 11, 22)
BABY = Subject("s", "999999", "見本", "", Sex.FEMALE, date(2026, 9, 20))
MOTHER = replace(BABY, birth_date=date(1996, 2, 3), kind=SubjectKind.MOTHER, due_date=date(2027, 1, 10))


@pytest.fixture(scope="module")
def library() -> Library:
    read = read_library(files_below(DEFINITIONS, ".toml"))
    assert isinstance(read, Library)
    return read


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    read = read_schedule(files_below(DEFINITIONS, ".toml"))
    assert isinstance(read, Schedule)
    return read


def timeline(
    known: tuple[Schedule, Library], subject: Subject, *doses: CopiedDose, visits: tuple[Visit, ...] = ()
) -> Timeline:
    """On the day of these tests."""
    schedule, library = known
    return make_timeline(schedule, subject, (doses, visits, library.programmes), TODAY)


def copied(vaccine: str, day: date) -> CopiedDose:
    """A dose as it stands in the handbook."""
    return CopiedDose(f"{vaccine}{day}", vaccine, day)


def codes(timeline: Timeline) -> list[list[str]]:
    """The programmes of each proposal."""
    return [sorted(one.code for one in proposal.programmes) for proposal in timeline.proposals]


FIRST = ["five-in-one-1", "hepatitis-b-1", "pneumococcus-1", "rotavirus-1"]
SECOND = ["five-in-one-2", "hepatitis-b-2", "pneumococcus-2", "rotavirus-2"]


def test_a_baby_of_two_months_is_proposed_four_vaccines_for_one_day(
    schedule: Schedule, library: Library
) -> None:
    made = timeline((schedule, library), BABY)
    assert codes(made)[:2] == [FIRST, SECOND]
    assert [one.day for one in made.proposals][:2] == [TODAY, date(2026, 12, 20)]
    assert not made.beside_today(Timing.NOW, TODAY)


def test_after_the_first_doses_the_second_are_proposed_when_all_intervals_are_over(
    schedule: Schedule, library: Library
) -> None:
    given = [copied(code, date(2026, 11, 20)) for code in ("ROTA", "HEPB", "PCV", "DPT_IPV_HIB")]
    made = timeline((schedule, library), BABY, *given)
    assert codes(made)[0] == SECOND
    assert made.proposals[0].day == date(2026, 12, 18)
    assert {line.programme.code for line in made.of(Timing.DONE) if line.programme} == set(FIRST)


def test_what_is_prepared_is_not_proposed_again_but_links_to_its_visit(
    schedule: Schedule, library: Library
) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    visit = Visit("v", "999999", "s", "p", ("rotavirus-1",), (), "mother", now)
    made = timeline((schedule, library), BABY, visits=(visit,))
    assert codes(made)[0] == [one for one in FIRST if one != "rotavirus-1"]
    assert [line.visit for line in made.of(Timing.NOW) if line.due.code == "ROTA"] == [visit]


def test_a_checkup_that_was_attended_is_done(schedule: Schedule, library: Library) -> None:
    child = replace(BABY, birth_date=date(2026, 8, 1))
    now = datetime(2026, 11, 10, tzinfo=UTC)
    visit = Visit("v", "999999", "s", "p", ("checkup-m3",), (), "mother", now, State.CLOSED)
    attended = replace(visit, planned_on=date(2026, 11, 10))
    found = timeline((schedule, library), child, visits=(attended,)).of(Timing.DONE)
    assert [(line.due.code, line.due.given_on) for line in found] == [("checkup-m3", date(2026, 11, 10))]
    assert not timeline((schedule, library), child, visits=(visit,)).of(Timing.DONE)


def test_what_is_due_alone_stands_among_what_is_due_and_not_as_a_proposal_of_its_own(
    schedule: Schedule, library: Library
) -> None:
    made = timeline((schedule, library), MOTHER)
    assert not made.proposals[0].is_shared
    assert "RSV_MAT" in [line.due.code for line in made.beside_today(Timing.NOW, TODAY)]
    shared = timeline((schedule, library), BABY)
    assert shared.proposals[0].is_shared
    assert not {"ROTA", "PCV"} & {line.due.code for line in shared.beside_today(Timing.NOW, TODAY)}


def test_a_mother_sees_the_weeks_of_her_pregnancy_and_no_child_vaccine(
    schedule: Schedule, library: Library
) -> None:
    made = timeline((schedule, library), MOTHER)
    assert codes(made)[0] == ["maternal-rsv-1"]
    assert {line.due.code for line in made.lines} == {
        "RSV_MAT",
        "checkup-pregnancy-first",
        "checkup-pregnancy-repeat",
        "checkup-postpartum-2w",
        "checkup-postpartum-1m",
    }


def test_a_second_dose_without_any_history_is_in_doubt(schedule: Schedule, library: Library) -> None:
    found = fits(schedule.rules, BABY, (), ([library.programmes["five-in-one-2"]], TODAY))[0]
    assert (found.light, found.doubts) == (Light.AMBER, (Doubt.EARLIER_NOT_KNOWN,))


def test_another_dose_than_the_history_says_is_told_with_its_number(
    schedule: Schedule, library: Library
) -> None:
    doses = [copied("HEPB", date(2026, 10, 1))]
    found = fits(schedule.rules, BABY, doses, ([library.programmes["hepatitis-b-3"]], TODAY))[0]
    assert (found.doubts, found.next_number) == ((Doubt.OTHER_NUMBER,), 2)


def test_a_dose_given_abroad_is_for_the_doctor_and_never_counts(schedule: Schedule, library: Library) -> None:
    abroad = CopiedDose("a", "", date(2026, 10, 1), country="見本国", as_written="Hexa", diseases=("polio",))
    found = fits(schedule.rules, BABY, (abroad,), ([library.programmes["five-in-one-1"]], TODAY))[0]
    assert (found.light, found.doubts) == (Light.AMBER, (Doubt.FOR_THE_DOCTOR,))
    assert found.verdict.number == 1


def test_too_early_is_red_and_fitting_is_green(schedule: Schedule, library: Library) -> None:
    plan = [library.programmes[code] for code in ("mr-1", "rotavirus-1", "checkup-m3")]
    found = fits(schedule.rules, BABY, (), (plan, TODAY))
    assert [(one.programme.code, one.light) for one in found] == [
        ("mr-1", Light.RED),
        ("rotavirus-1", Light.GREEN),
    ]
