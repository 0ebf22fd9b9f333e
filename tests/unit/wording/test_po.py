import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wording.po import Entry, header_for, po_text, read_po

GOOD = """# Kept by hand.
msgid ""
msgstr ""
"Language: vi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. 質問
#: somewhere:1
#, fuzzy, c-format
#| msgid "まえ"
msgctxt "p.q.text"
msgid ""
"いま"
"です"
msgstr "B\\"a\\\\y\\n"
"giờ"

msgctxt "p.q.yes"
msgid "はい"
msgstr "Có"
#~ msgctxt "p.gone"
#~ msgid "x"
#~ msgstr "y"
"""


def test_read_when_good_then_entries_with_all_they_say() -> None:
    catalogue = read_po("vi/parts/p.po", GOOD.encode())
    assert catalogue.faults == ()
    first, second = catalogue.entries
    assert first == Entry(
        "p.q.text", "いまです", 'B"a\\y\ngiờ', line=11, fuzzy=True, previous="まえ", notes=("質問",)
    )
    assert second.pair == ("p.q.yes", "はい")
    assert second.is_usable
    assert not first.is_usable
    assert catalogue.header
    assert catalogue.header.comments == ("Kept by hand.",)


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ('msgctxt "a"\nmsgid "b"\n', 1, "missing"),
        ('msgid "b"\nmsgstr "c"', 1, "msgctxt is missing"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c"d"', 3, "not escaped"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c\\q"', 3, "not escaped"),
        ('msgctxt "a"\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"', 3, "expected"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr c', 3, "expected"),
        ('msgctxt "a"\nmsgstr "c"\nmsgid "b"', 1, "missing"),
        ('"loose"', 1, "expected"),
    ],
)
def test_read_when_an_entry_is_broken_then_named_and_the_rest_is_used(
    lines: str, line: int, message: str
) -> None:
    catalogue = read_po("vi/ui.po", f'{lines}\n\nmsgctxt "ui.ok"\nmsgid "x"\nmsgstr "y"\n'.encode())
    assert [entry.context for entry in catalogue.entries] == ["ui.ok"]
    assert message in catalogue.faults[0].message
    assert str(catalogue.faults[0]).startswith(f"vi/ui.po:{line}:")


def test_read_when_not_utf8_then_line_named() -> None:
    catalogue = read_po("vi/ui.po", b'msgctxt "a"\nmsgid "\xff"\n')
    assert str(catalogue.faults[0]) == "vi/ui.po:2: : not UTF-8"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(texts, texts, texts, st.booleans())
def test_write_then_read_gives_the_same(msgid: str, msgstr: str, previous: str, fuzzy: bool) -> None:
    entry = Entry("p.q.text", msgid, msgstr, fuzzy=fuzzy, previous=previous if fuzzy else "", notes=("a",))
    text = po_text(header_for("vi"), [entry])
    catalogue = read_po("vi/x.po", text.encode())
    assert catalogue.faults == ()
    assert po_text(catalogue.header or entry, catalogue.entries) == text
    read = catalogue.entries[0]
    assert (read.msgid, read.msgstr, read.previous) == (msgid, msgstr, entry.previous)
