"""How the vaccines of a visit fit its day: the light, and what makes an answer less sure than it looks."""

from dataclasses import replace
from datetime import date

import pytest

from app.people.dose_history import CopiedDose
from app.people.person import Sex, Subject
from app.questionnaire.answers import Answer
from app.questionnaire.library import Library
from app.questionnaire.reading import read_library
from app.visit.fitting import Doubt, Fit, Light, fits, flags_of
from app.visit.sheet import assemble
from app.wiring import DEFINITIONS, files_below
from tests.support.schedule_cases import national_schedule

CHILD = Subject("s", "999999", "見本", "", Sex.FEMALE, date(2025, 11, 1))
LAST_DAY = date(2027, 3, 31)
FIRST = CopiedDose("a", "VAR", date(2026, 11, 10))


@pytest.fixture(scope="module")
def library() -> Library:
    read = read_library(files_below(DEFINITIONS, ".toml"))
    assert isinstance(read, Library)
    return read


def fit(library: Library, day: date, *copied: CopiedDose, programme: str = "mr-1") -> Fit:
    """How one programme stands on a day."""
    (found,) = fits(national_schedule().rules, CHILD, copied, ([library.programmes[programme]], day))
    return found


def test_vaccine_within_the_rules_of_its_year_is_green(library: Library) -> None:
    found = fit(library, LAST_DAY)
    assert (found.light, found.doubts) == (Light.GREEN, ())


def test_day_beyond_the_rules_that_are_known_is_amber_and_says_so(library: Library) -> None:
    found = fit(library, date(2027, 4, 1))
    assert (found.light, found.doubts) == (Light.AMBER, (Doubt.RULES_NOT_KNOWN,))


def test_other_dose_than_the_history_says_is_in_doubt(library: Library) -> None:
    assert fit(library, date(2026, 12, 10), programme="varicella-2").doubts == (Doubt.EARLIER_NOT_KNOWN,)
    assert fit(library, LAST_DAY, FIRST, programme="varicella-2").doubts == ()
    assert fit(library, LAST_DAY, FIRST, programme="varicella-1").doubts == (Doubt.OTHER_NUMBER,)


def test_dose_that_only_the_doctor_may_count_is_in_doubt(library: Library) -> None:
    abroad = CopiedDose("b", "", None, as_written="MMR", country="Nepal", diseases=("measles",))
    assert fit(library, LAST_DAY, abroad).doubts == (Doubt.FOR_THE_DOCTOR,)


def test_too_early_is_red_whatever_is_in_doubt(library: Library) -> None:
    abroad = CopiedDose("b", "", None, as_written="MMR", country="Nepal", diseases=("measles",))
    too_early = fit(library, date(2026, 10, 30), abroad)
    assert (too_early.light, too_early.doubts) == (Light.RED, (Doubt.FOR_THE_DOCTOR,))


def test_checkup_has_no_place_here(library: Library) -> None:
    assert not fits(national_schedule().rules, CHILD, (), ([library.programmes["checkup-y3"]], LAST_DAY))


def test_answer_that_puts_a_child_outside_the_routine_is_known_to_the_schedule(library: Library) -> None:
    programme = library.programmes["hepatitis-b-1"]
    sheet = assemble([programme], library, "000000")
    young, day = replace(CHILD, birth_date=date(2026, 8, 1)), date(2026, 11, 22)
    lights = {}
    for told in ("immunoglobulin", "vaccine", "none"):
        flags = flags_of(sheet, {"hepb_at_birth": Answer((told,))})
        (found,) = fits(national_schedule().rules, young, (), ([programme], day), flags=flags)
        lights[told] = (found.light, found.verdict.reason)
    outside = "HEPB_MOTHER_TO_CHILD_INSURED"
    assert lights["immunoglobulin"] == (Light.AMBER, outside)
    assert {reason for _, reason in (lights["vaccine"], lights["none"])} == {"OK"}


def test_every_flag_of_a_concern_is_asked_for_by_a_rule(library: Library) -> None:
    concerns = [concern for one in library.parts.values() for concern in one.concerns]
    concerns += [concern for one in library.programmes.values() for concern in one.concerns]
    flags = {concern.flag for concern in concerns} - {""}
    assert flags == {"hbv_mtct_prophylaxis"}
    assert flags <= national_schedule().rules.flags
