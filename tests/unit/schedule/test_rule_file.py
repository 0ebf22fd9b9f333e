"""Reading the rules of vaccines: what a file may say, and every fault at its line."""

from datetime import date

import pytest

from app.schedule.editions import Bound, Interval, Measure
from app.schedule.reading import Schedule, read_schedule
from app.schedule.rule_file import read_rules
from app.schedule.rules import Form, Proposal, Rules
from tests.support.schedule_cases import definition_files, national_schedule

NAME = "schedule/vaccines/x.toml"
LINES = [
    'code = "X"',
    'name = "何か"',
    'form = "inactivated"',
    'source = { item = "reference", mark = "V" }',
    "[[product]]",
    'code = "PX"',
    'name = "品"',
    'source = { item = "reference", mark = "V" }',
    "[[edition]]",
    "valid_from = 2026-04-01",
    "valid_to = 2027-03-31",
    'source = { item = "reference", mark = "V" }',
    "[[edition.stage]]",
    'source = { item = "reference", mark = "V" }',
    "[[edition.stage.course]]",
    "[[edition.stage.course.dose]]",
    'role = "primary"',
    'opens = "2 months"',
]
LAST = len(LINES)
BETWEEN = (
    "schedule/intervals.toml",
    b'between_injected_live = "27 days"\nsource = { item = "reference", mark = "V" }\n',
)


def written(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def faults(*lines: str, name: str = NAME) -> list[str]:
    found = read_rules([(name, written(*lines)), BETWEEN])
    assert not isinstance(found, Rules), "no fault was found"
    return [str(one) for one in found]


def changed(line: int, text: str) -> list[str]:
    """The lines with one of them, counted from 1, put another way."""
    return [*LINES[: line - 1], text, *LINES[line:]]


def test_smallest_file_is_one_vaccine_with_one_dose() -> None:
    found = read_rules([(NAME, written(*LINES)), BETWEEN])
    assert isinstance(found, Rules)
    vaccine = found.vaccines["X"]
    assert (vaccine.form, vaccine.counts, vaccine.proposal) == (Form.INACTIVATED, ("X",), Proposal.ALWAYS)
    (dose,) = vaccine.editions[0].stages[0].courses[0].doses
    assert (dose.opens, dose.closes, dose.after_previous) == (Bound(Measure.MONTHS, 2), None, Interval())
    assert found.between_live == Interval(days=27)


@pytest.mark.parametrize(
    ("line", "text", "fault"),
    [
        (1, 'code = "x"', "code: 'x' is not spelled like DPT_IPV_HIB"),
        (2, 'name = ""', "name: must not be empty"),
        (3, 'form = "alive"', "form: 'alive' is none of inactivated, injected_live, oral_live, nasal_live"),
        (4, 'source = { item = "a", mark = "X" }', "source.mark: 'X' is none of V, R, D, U"),
        (7, "name = 1", "product.name: must be a text"),
        (10, 'valid_from = "April"', "edition.valid_from: must be a day: 2026-04-01"),
        (11, "valid_to = 1", "edition.valid_to: must be a day: 2026-04-01"),
        (17, 'role = "main"', "edition.stage.course.dose.role: 'main' is none of primary, booster"),
        (18, 'opens = "two months"', "edition.stage.course.dose.opens: 'two months' is not spelled like"),
        (18, 'opns = "2 months"', "edition.stage.course.dose.opns: is not known"),
    ],
)
def test_fault_when_a_line_is_wrong_names_path_line_and_key(line: int, text: str, fault: str) -> None:
    found = faults(*changed(line, text))
    assert any(one.startswith(f"{NAME}:{line}: {fault}") for one in found), found


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            'after_previous = "28 weeks of gestation"',
            "after_previous: '28 weeks of gestation' is not spelled",
        ),
        ('not_after = "soon"', "not_after: 'soon' is not spelled"),
        ("closes = 12", "closes: must be a text"),
        ('review = { after = "2 months" }', "review.reason: is missing"),
    ],
)
def test_fault_of_a_further_key_of_a_dose_is_told(line: str, fault: str) -> None:
    found = faults(*LINES, line)
    assert any(f"{NAME}:{LAST + 1}: edition.stage.course.dose.{fault}" in one for one in found), found


def test_every_fault_of_every_file_is_told_at_once() -> None:
    found = faults(*changed(3, 'form = "alive"')[:-1], 'opens = "later"')
    assert [one.split(": ")[1] for one in found] == ["form", "edition.stage.course.dose.opens"]


def test_missing_course_is_told() -> None:
    assert faults(*LINES[:14]) == [f"{NAME}:13: edition.stage.course: is missing"]


def test_vaccine_that_nobody_describes_is_told_in_the_file_that_names_it() -> None:
    found = faults(*LINES[:3], 'counts = ["X", "Y"]', 'reviewed_after = ["Z"]', *LINES[3:])
    assert found == [f"{NAME}:1: counts: 'Y' has no file", f"{NAME}:1: reviewed_after: 'Z' has no file"]


def test_product_that_nobody_describes_is_told() -> None:
    found = faults(*LINES[:7], 'continues = ["PY"]', *LINES[7:15], 'after_products = ["PZ"]', *LINES[15:])
    assert [one.partition(": ")[2] for one in found] == [
        "product: 'PY' is named and not described",
        "product: 'PZ' is named and not described",
    ]


def test_extension_of_a_stage_that_is_not_there_is_told() -> None:
    extension = [
        "[[edition.extension]]",
        *("stage = 2", "born_from = 2022-04-02", "born_to = 2023-04-01"),
        *("begins = 2025-04-01", "ends = 2027-03-31", 'reason = "R"', LINES[3]),
    ]
    assert faults(*LINES, *extension) == [
        f"{NAME}:{LAST + 1}: edition.extension: names a stage that is not there"
    ]


def test_two_vaccines_in_one_place_of_the_handbook_are_told() -> None:
    row = ["[handbook]", "place = 1", LINES[3]]
    other = [*changed(1, 'code = "Y"'), *row]
    files = [(NAME, written(*LINES, *row)), ("schedule/vaccines/y.toml", written(*other)), BETWEEN]
    found = read_rules(files)
    assert not isinstance(found, Rules)
    assert [str(one) for one in found] == ["schedule/vaccines/y.toml:1: handbook.place: is taken by 'X'"]


def test_editions_out_of_order_are_told() -> None:
    again = [*LINES[8:9], "valid_from = 2025-04-01", *LINES[10:]]
    assert any("edition: must stand in the order of their days" in one for one in faults(*LINES, *again))


def test_second_file_of_a_vaccine_is_told() -> None:
    found = read_rules([(NAME, written(*LINES)), ("schedule/vaccines/y.toml", written(*LINES)), BETWEEN])
    assert not isinstance(found, Rules)
    assert [str(one) for one in found] == ["schedule/vaccines/y.toml:1: code: 'X' has a file already"]


def test_file_that_is_no_toml_is_told_with_its_line() -> None:
    (found,) = faults('code = "X"', "name = ")
    assert found.startswith(f"{NAME}:2: file: ")


@pytest.mark.parametrize("data", [None, b"", b'between_injected_live = "27"\n'])
def test_distance_between_live_vaccines_when_it_is_missing_is_told(data: bytes | None) -> None:
    files = [(NAME, written(*LINES))] + ([] if data is None else [(BETWEEN[0], data)])
    found = read_rules(files)
    assert not isinstance(found, Rules)
    assert any("intervals.toml:1: " in str(one) for one in found)


def test_edition_of_a_day_is_the_one_in_force() -> None:
    later = [*LINES[8:9], "valid_from = 2027-04-01", *LINES[10:-1], 'opens = "3 months"']
    found = read_rules([(NAME, written(*LINES, *later)), BETWEEN])
    assert isinstance(found, Rules)
    vaccine = found.vaccines["X"]
    days = {date(2020, 1, 1): 2, date(2027, 3, 31): 2, date(2027, 4, 1): 3, date(2040, 1, 1): 3}
    for day, months in days.items():
        assert vaccine.edition_on(day).stages[0].courses[0].doses[0].opens.count == months


def test_rules_hold_for_a_period_that_all_vaccines_share() -> None:
    longer = [*LINES[:9], "valid_from = 2026-01-01", "valid_to = 2028-03-31", *LINES[11:]]
    longer[0] = 'code = "Y"'
    found = read_rules([(NAME, written(*LINES)), ("schedule/vaccines/y.toml", written(*longer)), BETWEEN])
    assert isinstance(found, Rules)
    period = date(2026, 4, 1), date(2027, 3, 31)
    assert found.period_on(date(2026, 11, 22)) == found.period_on(date(2030, 1, 1)) == period
    edition = found.vaccines["X"].editions[0]
    assert [edition.holds_on(date(2026, 3, 31)), edition.holds_on(date(2026, 4, 1))] == [False, True]
    assert [edition.holds_on(date(2027, 3, 31)), edition.holds_on(date(2027, 4, 1))] == [True, False]
    assert Rules({}, Interval()).period_on(date(2026, 11, 22)) is None


def test_schedule_when_files_are_wrong_tells_the_faults_of_rules_and_windows() -> None:
    files = {NAME: written(*changed(1, 'code = "x"')), BETWEEN[0]: BETWEEN[1]}
    files["schedule/checkups.toml"] = b'[[window]]\ncheckup = "a"\nopens = "soon"\ncloses = "1 year"\n'
    found = read_schedule(files)
    assert not isinstance(found, Schedule)
    assert [f"{one.path}:{one.line}: {one.key}" for one in found] == [
        f"{NAME}:1: code",
        "schedule/checkups.toml:1: window.source",
        "schedule/checkups.toml:3: window.opens",
    ]


def test_national_rules_name_a_source_and_every_vaccine_once() -> None:
    rules = national_schedule().rules
    names = [name for name in definition_files() if name.startswith("schedule/vaccines/")]
    assert len(rules.vaccines) == len(names)
    assert all(vaccine.editions or vaccine.proposal is Proposal.NEVER for vaccine in rules.vaccines.values())
    assert len(rules.of_handbook) == 20
