from app.wording.fault import Check
from app.wording.review import ReviewState
from app.wording.workshop import check, extract, report, update
from tests.unit.wording.samples import LIBRARY, files

TOTAL_UI = 9


def test_extract_then_one_template_per_domain() -> None:
    templates = extract(files(), LIBRARY)
    assert sorted(templates) == ["parts/core.pot", "programmes.pot", "ui.pot"]
    assert 'msgctxt "core.convulsion_ever.yes"\nmsgid "はい"\nmsgstr ""' in templates["parts/core.pot"]
    assert "#. 質問「ひきつけを起こしたことがありますか」の答え" in templates["parts/core.pot"]


def test_update_when_done_twice_then_changes_nothing() -> None:
    before = files()
    changed = update(before, LIBRARY)
    assert sorted(changed) == ["en/parts/core.po", "en/programmes.po", "en/ui.po"]
    after = {**before, **{name: text.encode() for name, text in changed.items()}}
    assert update(after, LIBRARY) == {}


def test_update_when_a_language_is_named_then_it_is_begun() -> None:
    assert {name.partition("/")[0] for name in update(files(), LIBRARY, ["vi"])} == {"vi"}


def test_check_when_an_offered_language_is_empty_then_every_domain_is_incomplete() -> None:
    faults = check(files(), LIBRARY)
    assert [(fault.path, fault.check) for fault in faults] == [
        (f"en/{domain}.po", Check.INCOMPLETE) for domain in ("parts/core", "programmes", "ui")
    ]


def test_check_when_a_language_is_not_offered_then_gaps_are_no_fault() -> None:
    begun = {name: text.encode() for name, text in update(files(), LIBRARY, ["vi"]).items()}
    assert not [fault for fault in check({**files(), **begun}, LIBRARY) if fault.path.startswith("vi/")]


def test_check_when_a_folder_is_no_language_then_named() -> None:
    assert "xx/ui.po" in {fault.path for fault in check(files(xx__ui_po=b""), LIBRARY)}


def test_check_when_the_source_is_wrong_then_named() -> None:
    wrong = {**files(), "ui.toml": b'[a]\nb = "<b>{}</b>"\nc = ""'}
    found = {(fault.context, fault.check) for fault in check(wrong, LIBRARY) if fault.path == "ui.toml"}
    assert found == {
        ("ui.a.b", Check.MARKUP),
        ("ui.a.b", Check.PLACEHOLDERS),
        ("ui.a.c", Check.EMPTY),
    }


def test_report_then_numbers_and_state_by_domain() -> None:
    rows = {(row.tag, row.domain): row for row in report(files(), LIBRARY)}
    ui = rows["en", "ui"]
    assert (ui.texts, ui.translated, ui.is_whole, ui.state) == (TOTAL_UI, 0, False, ReviewState.MACHINE)
    assert str(ui) == "en ui: 0/9 translated, 0 to look at again, machine"
