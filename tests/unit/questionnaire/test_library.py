"""The library: what files say about one another."""

import pytest

from app.questionnaire.definition import Library, Programme
from app.questionnaire.reading import read_library, read_programme
from app.strict_toml.findings import DefinitionFault
from tests.unit.questionnaire.writing import HEAD, NAME, concern, page, programme, question

ILL = question("ill")
CORE = HEAD + page("topic", ILL)


def library_faults(**files: str) -> list[str]:
    named = {
        f"{name.replace('__', '/').replace('_', '-')}.toml": text.encode() for name, text in files.items()
    }
    read = read_library(named)
    assert isinstance(read, tuple)
    return [str(fault) for fault in read]


def test_a_whole_programme_is_read() -> None:
    read = read_programme("programmes/mr/v1.toml", programme().encode())
    assert isinstance(read[0], Programme)
    (one,) = read
    assert (one.code, one.family, one.version, one.dose) == ("mr-1", "mr", 1, 1)
    assert (one.parts, one.subject_is) == (("vaccination-core",), "child")


def test_a_library_is_read_and_asks_the_newest_version() -> None:
    newer = CORE.replace("version = 1", "version = 10")
    files = {
        NAME: CORE.encode(),
        "parts/vaccination-core/v10.toml": newer.encode(),
        "programmes/mr/v1.toml": programme().encode(),
        "notes.toml": b"not ours",
    }
    library = read_library(files)
    assert isinstance(library, Library)
    assert library.newest("vaccination-core").version == 10
    assert set(library.programmes) == {"mr-1"}


def test_codes_are_unique_over_all_parts_but_not_over_versions() -> None:
    other = HEAD.replace("vaccination-core", "other") + page("topic", question("fine"))
    first = HEAD + page("start", question("topic"))
    second = first.replace("version = 1", "version = 2")
    found = library_faults(
        parts__vaccination_core__v1=first, parts__vaccination_core__v2=second, parts__other__v1=other
    )
    assert found == [
        f"parts/vaccination-core/v{version}.toml:8: page.question.code: "
        "'topic' is used already in parts/other/v1.toml"
        for version in (1, 2)
    ]


def test_a_programme_names_only_parts_that_are_there() -> None:
    core = HEAD + page("topic", ILL)
    found = library_faults(parts__vaccination_core__v1=core, programmes__mr__v1=programme("mr", '"absent"'))
    assert found == ["programmes/mr/v1.toml:5: parts: there is no part 'absent'"]


def test_a_concern_asks_only_what_its_sheet_asks() -> None:
    core = HEAD + page("topic", ILL) + concern("c", "extra_q")
    extra = HEAD.replace("vaccination-core", "extra") + page("extra_topic", question("extra_q"))
    files = {"parts__vaccination_core__v1": core, "parts__extra__v1": extra}
    both = programme("mr", '"vaccination-core", "extra"')
    sound = {NAME: core, "parts/extra/v1.toml": extra, "programmes/mr/v1.toml": both}
    assert isinstance(read_library({name: text.encode() for name, text in sound.items()}), Library)
    absent = "concern.when.all.question: 'extra_q' is not asked on the sheet of 'mr-1'"
    assert library_faults(**files, programmes__mr__v1=programme()) == [f"{NAME}:15: {absent}"]
    own = library_faults(
        **files, programmes__mr__v1=both + concern("d", "nothing") + concern("e", "extra_q", ">", "1")
    )
    assert [fault.partition(": ")[2] for fault in own] == [
        "concern.when.all.question: 'nothing' is not asked on the sheet of 'mr-1'",
        "concern.when.all.op: '>' does not fit the kind yes_no of 'extra_q'",
    ]


def test_a_concern_of_a_part_on_no_sheet_asks_only_what_is_asked_somewhere() -> None:
    found = library_faults(parts__vaccination_core__v1=HEAD + page("topic", ILL) + concern("c", "nothing"))
    assert found == [f"{NAME}:15: concern.when.all.question: 'nothing' is not asked on any part"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('kind = "vaccine"', 'kind = "pill"', "kind: 'pill' is none of vaccine, checkup"),
        ("dose = 1", "dose = 0", "stage.dose: must be a whole number from 1"),
        ('vaccine = "MR"\n', "", "vaccine: is missing"),
        ('code = "mr"', 'code = "bcg"', "code: is not the name of its folder, 'mr'"),
        ('parts = ["vaccination-core"]', 'parts = ["a", "a"]', "parts: names something twice"),
        ('relief = "文"\n', "", "explanation.relief: is missing"),
        ('prevents = "文"', 'prevents = "文"\nmore = 1', "explanation.more: is not known here"),
        ("[explanation]", "[explanations]", "explanation: is missing"),
    ],
)
def test_a_fault_of_a_programme_is_told(old: str, new: str, fault: str) -> None:
    read = read_programme("programmes/mr/v1.toml", programme().replace(old, new, 1).encode())
    assert any(fault in str(found) for found in read)


def test_a_checkup_needs_no_vaccine_dose_or_effects() -> None:
    text = (
        programme().replace('kind = "vaccine"\nvaccine = "MR"', 'kind = "checkup"').replace("dose = 1\n", "")
    )
    read = read_programme("programmes/mr/v1.toml", text.replace('effects = "文"\n', "").encode())
    assert isinstance(read[0], Programme)
    assert (read[0].dose, read[0].explanation.effects) == (1, "")


def test_a_fault_prints_as_path_line_key_message() -> None:
    assert str(DefinitionFault("a.toml", 3, "kind", "is missing")) == "a.toml:3: kind: is missing"
