"""A small strict reader and writer of gettext ``.po`` files: msgctxt, msgid, msgstr, comments, fuzzy.

Not read: plurals (avoided in the source), other charsets than UTF-8. Obsolete entries (``#~``) are
passed over. A faulty entry is left out and named; the rest of the file is used.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.wording.fault import Check, WordingFault

_KEYWORD = re.compile(r'(msgctxt|msgid|msgstr)[ \t]+"(.*)"')
_QUOTED = re.compile(r'"(.*)"')
_PIECE = re.compile(r'\\(.)|[^"\\]+')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_UNESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_ORDER = {"msgctxt": 0, "msgid": 1, "msgstr": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation.

    Shapes: ``notes`` are for the translator (``#.``), ``comments`` by the translator (``#``);
    ``previous`` is the msgid that ``msgstr`` translates when ``fuzzy``, "" otherwise.
    """

    context: str
    msgid: str
    msgstr: str
    line: int = 0
    fuzzy: bool = False
    previous: str = ""
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Translated, and for this very source text."""
        return bool(self.msgstr.strip()) and not self.fuzzy

    @property
    def pair(self) -> tuple[str, str]:
        """What it translates."""
        return self.context, self.msgid


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One file: its name, header entry (None when absent), entries in order, and what is wrong with it."""

    path: str
    header: Entry | None = None
    entries: tuple[Entry, ...] = ()
    faults: tuple[WordingFault, ...] = ()


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    line: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def entry(self) -> Entry:
        """The finished entry."""
        fuzzy = "fuzzy" in self.flags
        return Entry(
            context=self.fields.get("msgctxt", ""),
            msgid=self.fields["msgid"],
            msgstr=self.fields["msgstr"],
            line=self.line,
            fuzzy=fuzzy,
            previous=self.previous.get("msgid", "") if fuzzy else "",
            notes=tuple(self.notes),
            comments=tuple(self.comments),
        )


class _Reader:
    """Reads line by line; ``faults`` and ``entries`` grow."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self.faults: list[WordingFault] = []
        self._draft = _Draft()
        self._open: tuple[dict[str, str], str] | None = None
        self._broken = False

    def read(self, number: int, line: str) -> None:
        """One more line."""
        if not line.strip():
            self.finish(number)
        elif line.startswith("#~"):
            self._open = None
        elif line.startswith("#|"):
            self._start_if_done(number)
            self._field(number, line[2:].strip(), self._draft.previous)
        elif line.startswith("#"):
            self._start_if_done(number)
            self._comment(line)
        else:
            if line.startswith(("msgctxt", "msgid")) and "msgstr" in self._draft.fields:
                self.finish(number)
            self._field(number, line.strip(), self._draft.fields)

    def finish(self, number: int) -> None:
        """The entry that was being read is complete or named as broken."""
        draft, fields = self._draft, self._draft.fields
        if fields and not self._broken:
            if "msgid" not in fields or "msgstr" not in fields:
                self._fault(draft.line or number, "msgid or msgstr is missing")
            elif not fields.get("msgctxt") and fields["msgid"]:
                self._fault(draft.line, "msgctxt is missing")
            else:
                self.entries.append(draft.entry())
        self._draft, self._open, self._broken = _Draft(), None, False

    def _start_if_done(self, number: int) -> None:
        if "msgstr" in self._draft.fields:
            self.finish(number)

    def _comment(self, line: str) -> None:
        self._open = None
        if line.startswith("#,"):
            self._draft.flags.update(flag.strip() for flag in line[2:].split(","))
        elif line.startswith("#."):
            self._draft.notes.append(line[2:].strip())
        elif not line.startswith("#:"):
            self._draft.comments.append(line[1:].strip())

    def _field(self, number: int, line: str, fields: dict[str, str]) -> None:
        keyword, quoted = _KEYWORD.fullmatch(line), _QUOTED.fullmatch(line)
        if keyword:
            self._begin(number, fields, keyword[1])
            self._append(number, keyword[2])
        elif quoted and self._open and self._open[0] is fields:
            self._append(number, quoted[1])
        else:
            self._fault(number, "expected msgctxt, msgid or msgstr with one quoted string")

    def _begin(self, number: int, fields: dict[str, str], name: str) -> None:
        if fields is self._draft.fields:
            self._draft.line = self._draft.line or number
            if any(_ORDER[seen] >= _ORDER[name] for seen in fields):
                self._fault(number, f"{name} is out of order")
        fields[name] = ""
        self._open = (fields, name)

    def _append(self, number: int, escaped: str) -> None:
        text = unescape(escaped)
        if text is None:
            self._fault(number, "a quote or a backslash is not escaped")
        elif self._open:
            fields, name = self._open
            fields[name] += text

    def _fault(self, number: int, message: str) -> None:
        self._broken = True
        context = self._draft.fields.get("msgctxt", "")
        self.faults.append(WordingFault(self.path, number, context, Check.SYNTAX, message))


def unescape(escaped: str) -> str | None:
    """The text of a quoted PO string without its quotes; None when it is malformed."""
    pieces, position = [], 0
    for match in _PIECE.finditer(escaped):
        if match.start() != position or (match[1] and match[1] not in _UNESCAPED):
            return None
        pieces.append(_UNESCAPED[match[1]] if match[1] else match[0])
        position = match.end()
    return "".join(pieces) if position == len(escaped) else None


def read_po(path: str, data: bytes) -> Catalogue:
    """The catalogue in those bytes, with its faults named ``path:line``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Catalogue(path, faults=(WordingFault(path, line, "", Check.SYNTAX, "not UTF-8"),))
    reader = _Reader(path)
    lines = text.split("\n")
    for number, content in enumerate(lines, 1):
        reader.read(number, content.rstrip("\r"))
    reader.finish(len(lines))
    headers = [entry for entry in reader.entries if not entry.pair[0]]
    entries = tuple(entry for entry in reader.entries if entry.context)
    return Catalogue(path, headers[0] if headers else None, entries, tuple(reader.faults))


def po_text(header: Entry, entries: Iterable[Entry]) -> str:
    """The file as text: the header, then the entries in the order given; no line is wrapped."""
    return "\n".join("\n".join(_lines(entry)) + "\n" for entry in (header, *entries))


def header_for(tag: str) -> Entry:
    """The header of a new file; ``tag`` "" for a template."""
    values = (f"Language: {tag}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8")
    return Entry("", "", "".join(f"{value}\n" for value in (*values, "Content-Transfer-Encoding: 8bit")))


def _lines(entry: Entry) -> Iterable[str]:
    yield from (f"# {comment}".rstrip() for comment in entry.comments)
    yield from (f"#. {note}".rstrip() for note in entry.notes)
    if entry.fuzzy:
        yield "#, fuzzy"
        if entry.previous:
            yield from (f"#| {line}" for line in _quoted("msgid", entry.previous))
    if entry.context:
        yield from _quoted("msgctxt", entry.context)
    yield from _quoted("msgid", entry.msgid)
    yield from _quoted("msgstr", entry.msgstr)


def _quoted(keyword: str, text: str) -> Iterable[str]:
    lines = _LINE.findall(text)
    if "\n" not in text:
        yield f'{keyword} "{text.translate(_ESCAPES)}"'
        return
    yield f'{keyword} ""'
    yield from (f'"{line.translate(_ESCAPES)}"' for line in lines)
