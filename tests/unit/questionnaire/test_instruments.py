"""Licensed instruments: figures and thresholds, none of their text."""

import pytest

from app.questionnaire.definition import Instrument, Library
from app.questionnaire.instrument_file import open_instrument
from app.questionnaire.reading import read_library
from tests.unit.questionnaire.writing import HEAD as WRITTEN_HEAD
from tests.unit.questionnaire.writing import NAME as PART
from tests.unit.questionnaire.writing import SOURCE, page, programme, question

NAME = "instruments/epds.toml"
HEAD = 'code = "epds"\ntitle = "EPDS"\nholder = "Royal College"\ntotal = [0, 30]\n' + SOURCE
CRITICAL = 'critical = "10"\ncritical_range = [0, 3]\n'
TOTAL = f'[[threshold]]\nof = "total"\nat_least = 9\nlevel = "B"\nreason = "9点以上"\n{SOURCE}'
ITEM = f'[[threshold]]\nof = "critical"\nat_least = 1\nlevel = "A"\nreason = "項目"\n{SOURCE}'


def instrument(text: str) -> Instrument:
    file = open_instrument(NAME, text.encode())
    assert file.instrument is not None, file.findings.sorted()
    return file.instrument


@pytest.mark.parametrize(
    ("total", "critical", "levels"),
    [(8, 0, []), (9, 0, ["B"]), (8, 1, ["A"]), (30, 3, ["A", "B"]), (12, None, ["B"])],
)
def test_thresholds_that_are_reached_come_most_urgent_first(
    total: int, critical: int | None, levels: list[str]
) -> None:
    read = instrument(CRITICAL + HEAD + TOTAL + ITEM)
    assert [one.level.value for one in read.raised(total, critical)] == levels


@pytest.mark.parametrize(("total", "levels"), [(8, []), (9, ["B"]), (19, ["B"]), (20, ["A"]), (30, ["A"])])
def test_of_several_thresholds_the_highest_that_is_reached_counts(total: int, levels: list[str]) -> None:
    higher = TOTAL.replace("= 9", "= 20").replace('"B"', '"A"')
    for rows in (TOTAL + higher, higher + TOTAL):
        assert [one.level.value for one in instrument(HEAD + rows).raised(total, None)] == levels


def test_an_instrument_may_have_neither_thresholds_nor_a_critical_item() -> None:
    read = instrument(HEAD)
    assert (read.critical, read.critical_range, read.thresholds) == ("", None, ())
    assert read.raised(30, None) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD.replace('"epds"', '"sdq"'), "code: is not the name of its file"),
        (HEAD.replace("total = [0, 30]\n", ""), "total: is missing"),
        (HEAD.replace("[0, 30]", "[0, 1.5]"), "total: must be whole numbers from 0"),
        (HEAD.replace("[0, 30]", "[30, 0]"), "total: is upside down"),
        ('critical = "10"\n' + HEAD, "critical_range: is missing: they go together"),
        ("critical_range = [0, 3]\n" + HEAD, "critical: is missing: they go together"),
        (HEAD + ITEM, "threshold.of: there is no critical item"),
        (HEAD + TOTAL.replace("= 9", "= 31"), "threshold.at_least: 31 does not tell 0 to 30 apart"),
        (HEAD + TOTAL.replace("= 9", "= 0"), "threshold.at_least: 0 does not tell 0 to 30 apart"),
        (HEAD + TOTAL.replace('"B"', '"D"'), "threshold.level: 'D' is none of A, B, C"),
        ("items = 10\n" + HEAD, "items: is not known here"),
        ("[", "file: is not TOML"),
    ],
)
def test_a_fault_is_told(text: str, fault: str) -> None:
    file = open_instrument(NAME, text.encode())
    assert file.instrument is None
    assert any(fault in f"{one.key}: {one.message}" for one in file.findings.faults)


HIDDEN = 'hidden_when = { all = [{ question = "ill", op = "=", value = "yes" }] }\n'


def test_an_instrument_may_be_hidden_by_an_answer() -> None:
    hidden_when = instrument(HIDDEN + HEAD).hidden_when
    assert hidden_when is not None
    assert hidden_when.names == {"ill"}
    assert instrument(HEAD).hidden_when is None


def library_with(instrument_text: str, *asked: str) -> object:
    """A programme that names the instrument and asks these questions; beside it a part with another."""
    core = WRITTEN_HEAD + page("topic", *(question(code) for code in asked))
    other = WRITTEN_HEAD.replace("vaccination-core", "other") + page("others", question("other_q"))
    named = programme().replace("[explanation]", 'instruments = ["epds"]\n[explanation]', 1)
    files = {
        PART: core,
        "parts/other/v1.toml": other,
        NAME: instrument_text,
        "programmes/mr/v1.toml": named,
    }
    return read_library({name: text.encode() for name, text in files.items()})


def test_an_instrument_is_hidden_only_by_what_every_programme_that_names_it_asks() -> None:
    assert isinstance(library_with(HIDDEN + HEAD, "ill"), Library)
    for hidden, told in (
        (HIDDEN.replace("ill", "other_q"), "question: 'other_q' is not asked on the sheet of 'mr-1'"),
        (HIDDEN.replace("ill", "age_months"), "question: 'age_months' is not asked on the sheet of 'mr-1'"),
        (HIDDEN.replace('"yes"', '"never"'), "value: 'ill' cannot be answered with 'never'"),
    ):
        faults = library_with(hidden + HEAD, "ill")
        assert isinstance(faults, tuple)
        assert [str(fault) for fault in faults] == [f"{NAME}:1: hidden_when.all.{told}"]
