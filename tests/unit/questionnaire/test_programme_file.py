"""Programme files: what stages share, what they say themselves, and every fault with its line."""

import pytest

from app.questionnaire.definition import Library, Programme, Signer, Who
from app.questionnaire.reading import read_library, read_programme
from tests.unit.questionnaire.writing import HEAD, NAME, SOURCE, concern, page, programme, question

FILE = "programmes/mr/v1.toml"
SECOND = (
    '[[stage]]\ncode = "mr-2"\ndose = 2\ntitle = "MR 2"\nparts = ["vaccination-core", "extra"]\n'
    'bring = []\nsource = { item = "second", mark = "V" }\n'
)
KEYS = (
    'voluntary = true\nattends = "保護者が来ます。"\nparts_alone = ["alone"]\nalone_from_years = 13\n'
    'without_pages = ["birth"]\ninstruments = ["epds"]\n'
)
SIGNER = f'[[signer]]\nwho = "recipient"\nfrom_years = 16\nbelow_years = 18\nnote = "本人"\n{SOURCE}'


def with_keys(text: str, keys: str = KEYS) -> str:
    return text.replace('kind = "vaccine"\n', 'kind = "vaccine"\n' + keys)


def stage_concern(code: str) -> str:
    return concern(code, "ill").replace("[[concern]]", "[[stage.concern]]")


def stages_of(text: str) -> tuple[Programme, ...]:
    stages: list[Programme] = []
    for one in read_programme(FILE, text.encode()):
        assert isinstance(one, Programme), str(one)
        stages.append(one)
    return tuple(stages)


def test_stages_share_what_they_do_not_say_themselves() -> None:
    text = with_keys(programme()) + stage_concern("first") + SECOND + stage_concern("second")
    first, second = stages_of(text + concern("both", "ill") + SIGNER)
    assert (first.code, first.family, first.version, first.pin) == ("mr-1", "mr", 1, ("mr", 1))
    assert (first.parts, second.parts) == (("vaccination-core",), ("vaccination-core", "extra"))
    assert (first.bring, second.bring) == (("母子健康手帳",), ())
    assert (first.source.item, second.source.item) == ("form 2", "second")
    assert first.explanation == second.explanation
    assert (first.own, second.own) == (frozenset(), {"parts", "bring", "source"})
    assert [[one.code for one in each.concerns] for each in (first, second)] == [
        ["both", "first"],
        ["both", "second"],
    ]
    assert (second.voluntary, second.attends, second.parts_alone) == (True, "保護者が来ます。", ("alone",))
    assert (second.alone_from_years, second.without_pages, second.instruments) == (13, ("birth",), ("epds",))
    assert second.signers == (Signer(Who.RECIPIENT, 16, 18, "本人", first.source),)
    assert first.sha256 == second.sha256 != ""


FAULTS = [
    (programme().replace("version = 1", "version = 2"), "2 version: is not the version of its file name, v1"),
    (programme().partition("[[stage]]")[0], "1 stage: is missing"),
    (programme() + SECOND.replace("mr-2", "mr-1"), "stage.code: 'mr-1' is used twice"),
    (programme() + SECOND + 'vaccine = "MR"\n', "stage.vaccine: is not known here"),
    (programme() + concern("c", "ill") + concern("c", "ill"), "concern.code: 'c' is used twice"),
    (
        programme() + stage_concern("c") + SECOND + stage_concern("c"),
        "stage.concern.code: 'c' is used twice",
    ),
    (programme() + stage_concern("c") + concern("c", "ill"), "stage.concern.code: 'c' is used twice"),
    (programme() + SIGNER.replace("recipient", "aunt"), "signer.who: 'aunt' is none of guardian"),
    (programme() + SIGNER.replace("18", "16"), "signer.below_years: 16 is not more than from_years, 16"),
    (with_keys(programme(), 'parts_alone = ["a"]\n'), "alone_from_years: is missing: parts_alone and"),
    (with_keys(programme(), "alone_from_years = 13\n"), "parts_alone: is missing: parts_alone and"),
    (programme().replace('"vaccine"', '"checkup"'), "vaccine: does not go with the kind checkup"),
    (programme().replace('watch = "文"', 'watch = ""'), "explanation.watch: must not be empty"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_is_told(text: str, fault: str) -> None:
    found = [f"{one.line} {one.key}: {one.message}" for one in _faults(text)]
    assert any(fault in one for one in found), found


def _faults(text: str) -> list[object]:
    read = read_programme(FILE, text.encode())
    assert not any(isinstance(one, Programme) for one in read)
    return list(read)


CORE = HEAD + page("birth", question("born")) + page("health", question("ill"))
ALONE = CORE.replace("vaccination-core", "alone").replace('"birth"', '"alone_birth"')
ALONE = (
    ALONE.replace('"born"', '"alone_born"').replace('"health"', '"alone_health"').replace('"ill"', '"fit"')
)
EPDS = (
    'code = "epds"\ntitle = "EPDS"\nholder = "Royal College"\ntotal = [0, 30]\n'
    'critical = "10"\ncritical_range = [0, 3]\n' + SOURCE
)


def read(**files: str) -> Library | list[str]:
    named = {"core": NAME, "alone": "parts/alone/v1.toml", "mr": FILE, "epds": "instruments/epds.toml"}
    named |= {"newer": "programmes/mr/v2.toml", "other": "programmes/other/v1.toml"}
    found = read_library({named[name]: text.encode() for name, text in files.items()}, is_whole=True)
    return found if isinstance(found, Library) else [str(fault) for fault in found]


def test_a_library_keeps_every_version_and_offers_the_newest() -> None:
    newer = programme().replace("version = 1", "version = 2").replace("mr-1", "mr-9")
    library = read(core=CORE, mr=programme(), newer=newer)
    assert isinstance(library, Library), library
    assert set(library.programmes) == {"mr-9"}
    assert library.pinned("mr-1", ("mr", 1)).version == 1
    assert library.pinned("mr-9", ("mr", 2)).version == 2
    with pytest.raises(KeyError):
        library.pinned("mr-1", ("mr", 2))


def test_a_whole_library_of_all_keys_has_no_fault() -> None:
    library = read(core=CORE, alone=ALONE, mr=with_keys(programme()) + concern("c", "fit"), epds=EPDS)
    assert isinstance(library, Library), library
    assert library.instruments["epds"].total == (0, 30)


def test_what_is_named_must_be_there() -> None:
    wrong = with_keys(programme()).replace('"birth"', '"births"')
    assert read(core=CORE, mr=wrong) == [
        f"{FILE}:6: parts_alone: there is no part 'alone'",
        f"{FILE}:9: instruments: there is no instrument 'epds'",
    ]
    assert read(core=CORE, alone=ALONE, epds=EPDS, mr=wrong) == [
        f"{FILE}:8: without_pages: 'births' is no page of its parts"
    ]


def test_what_is_named_and_absent_is_no_fault_in_a_part_of_the_library() -> None:
    files = {FILE: with_keys(programme()).encode()}
    assert isinstance(read_library(files, is_whole=False), Library)


def test_a_stage_belongs_to_one_family() -> None:
    other = programme("other").replace('"other-1"', '"mr-1"')
    assert read(core=CORE, mr=programme(), other=other) == [
        "programmes/other/v1.toml:16: stage.code: 'mr-1' is used already in programmes/mr/v1.toml"
    ]


def test_a_programmes_concern_asks_nothing_that_it_leaves_out_or_that_is_discreet() -> None:
    left_out = with_keys(programme(), 'without_pages = ["birth"]\n') + concern("c", "born")
    found = read(core=CORE, mr=left_out)
    assert isinstance(found, list)
    assert "concern.when.all.question: 'born' is not asked on the sheet of 'mr-1'" in found[0]
    told = CORE.replace(
        'title = "話題"\n[[page.question]]\ncode = "ill"',
        'title = "話題"\ndiscreet = true\n[[page.question]]\nprivacy = "P1"\nexport = "E0"\n'
        'fresh = "visit"\ncode = "ill"',
    )
    calling = concern("c", "ill").replace('level = "B"', 'level = "B"\ncall_first = "call_clinic"')
    betrayed = read(core=told, mr=programme() + calling)
    assert isinstance(betrayed, list)
    assert "'ill' stands on a discreet page" in betrayed[0]
    assert isinstance(read(core=told, mr=programme() + concern("c", "ill")), Library)
