"""All texts there are, taken from the definitions and from ``ui.toml``; and the PO file for them.

An existing translation is carried over only when context and Japanese are the same. When only the
Japanese changed it is kept as fuzzy. Texts of different contexts are never matched: gettext's own
matching offers the translation of a question for its negation.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.questionnaire.definition import Kind, Library, Part, Programme, Question
from app.questionnaire.overlay import Overlay, overlaid, overlaid_programme
from app.strict_toml.lines import line_of, lines_of
from app.wording.fault import Check, WordingError, WordingFault
from app.wording.languages import Language
from app.wording.po import Catalogue, Entry, header_for, po_text
from app.wording.text import PROGRAMMES, UI, Text, overlay_domain, part_domain

UI_SOURCE = "ui.toml"
COMMON_ANSWERS = MappingProxyType(
    {"yes": "はい", "no": "いいえ", "unknown": "わからない", "declined": "答えたくない"}
)
"""The Japanese of the answers that many questions have, by their codes; each question translates its own."""

ADVICE_NOTE = "からだが危ないときに、すぐにしてほしいこと。やさしく、はっきりと"

_KIND_NOTES = {
    Kind.YES_NO: "はい・いいえで答える質問",
    Kind.CHOICE: "一つ選ぶ質問",
    Kind.CHOICES: "いくつでも選べる質問",
    Kind.TEXT: "文字で答える質問",
    Kind.INTEGER: "数で答える質問",
    Kind.DECIMAL: "小数で答える質問",
    Kind.TEMPERATURE: "体温を答える質問",
    Kind.DATE: "日付を答える質問",
    Kind.MONTH_AGE: "年齢と月齢を答える質問",
    Kind.TIME: "時刻を答える質問",
}


def texts_of_part(part: Part) -> tuple[Text, ...]:
    """Every text a parent reads in the part, page by page, in the order she meets them."""
    domain = part_domain(part.code)
    texts: list[Text] = []
    for page in part.pages:
        texts.append(Text(f"{part.code}.{page.code}.title", page.title, "ページの題", domain))
        for question in page.questions:
            prefix = f"{part.code}.{question.code}"
            texts += [
                Text(f"{prefix}.{name}", japanese, note, domain) for name, japanese, note in _of(question)
            ]
    for advice in part.advice:
        texts.append(Text(f"{part.code}.advice.{advice.code}.text", advice.text, ADVICE_NOTE, domain))
    return tuple(text for text in texts if text.japanese)


def _of(question: Question) -> Iterator[tuple[str, str, str]]:
    about = f"質問「{question.text}」"
    yield "text", question.text, _KIND_NOTES[question.kind]
    yield "hint", question.hint, f"{about}の補足"
    yield "why", question.why, f"{about}をなぜ聞くか"
    yield "unit", question.unit, f"{about}の単位"
    yield from ((name, japanese, f"{about}の答え") for name, japanese in _answers(question))
    if question.details:
        yield "details", question.details.text, f"{about}に続けて書く欄"


def _answers(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind is Kind.YES_NO:
        yield from ((code, COMMON_ANSWERS[code]) for code in question.options)
    yield from ((f"choice.{choice.code}", choice.text) for choice in question.choices)
    yield from ((code, COMMON_ANSWERS[code]) for code in question.absences)


def texts_of_programme(programme: Programme) -> tuple[Text, ...]:
    """Title, explanation, who comes along, and what to bring, each where its file says it."""
    explanation = programme.explanation
    named = [
        ("title", programme.title, "接種・健診の名前"),
        ("explanation.prevents", explanation.prevents, "説明: 何を防ぐか、何のための健診か"),
        ("explanation.effects", explanation.effects, "説明: よくある反応"),
        ("explanation.serious", explanation.serious, "説明: まれな重い反応"),
        ("explanation.watch", explanation.watch, "説明: 前や後に気をつけること"),
        ("explanation.relief", explanation.relief, "説明: 救済制度"),
        ("attends", programme.attends, "だれが来て、だれがサインするか"),
        *((f"bring.{number}", each, "持ち物") for number, each in enumerate(programme.bring, 1)),
    ]
    texts = (Text(programme.place(name), japanese, note, PROGRAMMES) for name, japanese, note in named)
    return tuple(text for text in texts if text.japanese)


def own_texts(part: Part, base: Part, municipality: str) -> tuple[Text, ...]:
    """What a parent reads in the part because a municipality changed it: of its domain, same contexts."""
    said = {text.pair for text in texts_of_part(base)}
    domain = overlay_domain(municipality)
    return tuple(replace(text, domain=domain) for text in texts_of_part(part) if text.pair not in said)


def texts_of_overlay(overlay: Overlay, library: Library) -> tuple[Text, ...]:
    """Every text a municipality says itself, in any version of a part, newest first."""
    newest_first = sorted(library.parts.values(), key=lambda part: (part.code, -part.version))
    texts = [
        text
        for part in newest_first
        for text in own_texts(overlaid(part, overlay), part, overlay.municipality)
    ]
    domain = overlay_domain(overlay.municipality)
    for programme in library.stages:
        said = {text.pair for text in texts_of_programme(programme)}
        here = texts_of_programme(overlaid_programme(programme, overlay))
        texts += [replace(text, domain=domain) for text in here if text.pair not in said]
    return tuple(texts)


def texts_of_library(library: Library) -> tuple[Text, ...]:
    """Every text of every version, newest first, each once: visits are pinned to older versions."""
    newest_first = sorted(library.parts.values(), key=lambda part: (part.code, -part.version))
    stages = sorted(library.stages, key=lambda stage: (stage.family, -stage.version, stage.code))
    texts = [text for part in newest_first for text in texts_of_part(part)]
    texts += [text for stage in stages for text in texts_of_programme(stage)]
    overlays = sorted(library.overlays.values(), key=lambda one: (one.municipality, -one.version))
    texts += [text for overlay in overlays for text in texts_of_overlay(overlay, library)]
    unique: dict[tuple[str, str], Text] = {}
    for text in texts:
        unique.setdefault(text.pair, text)
    return tuple(unique.values())


def texts_of_ui(ui_toml: bytes) -> tuple[Text, ...]:
    """The interface texts in the order of the file; key ``pass.show_this`` has context ``ui.pass.show_this``.

    Errors: WordingError with every value that is neither text nor table, named ``path:line``.
    """
    try:
        content = ui_toml.decode()
        raw = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError((WordingFault(UI_SOURCE, 0, "", Check.SYNTAX, str(error)),)) from error
    lines = lines_of(content)
    faults: list[WordingFault] = []
    texts = []
    for place, value in _values_below((), raw):
        context, line = ".".join(("ui", *place)), line_of(lines, place)
        if isinstance(value, str):
            texts.append(Text(context, value, "", UI, line))
        elif isinstance(value, dict):
            texts.append(Text(context, value["text"], str(value.get("note", "")), UI, line))
        else:
            message = "must be a text, or { text = …, note = … }"
            faults.append(WordingFault(UI_SOURCE, line, context, Check.SYNTAX, message))
    if faults:
        raise WordingError(tuple(faults))
    return tuple(texts)


def _values_below(
    place: tuple[str, ...], table: Mapping[str, object]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every value that is not a table of further keys. ``{ text, note }`` is a value."""
    for name, value in table.items():
        if isinstance(value, dict) and not (
            value.keys() <= {"text", "note"} and isinstance(value.get("text"), str)
        ):
            yield from _values_below((*place, name), value)
        else:
            yield (*place, name), value


def write_po(texts: Iterable[Text], existing: Catalogue | None, language: Language | None) -> str:
    """The PO file for one domain's texts, in their order, with what ``existing`` already says.

    Shapes: ``language`` None writes a template. Entries without a text are dropped.
    Writing twice gives the same bytes.
    """
    entries = existing.entries if existing else ()
    same = {entry.pair: entry for entry in reversed(entries)}
    earlier = {entry.context: entry for entry in entries if entry.msgstr}
    header = existing.header if existing and existing.header else header_for(language.tag if language else "")
    return po_text(header, (_carried(text, same, earlier) for text in texts))


def _carried(text: Text, same: Mapping[tuple[str, str], Entry], earlier: Mapping[str, Entry]) -> Entry:
    notes = tuple(text.note.splitlines())
    entry = same.get(text.pair)
    if entry and (entry.msgstr or text.context not in earlier):
        return replace(entry, notes=notes, fuzzy=entry.fuzzy and bool(entry.msgstr))
    if old := earlier.get(text.context):
        previous = old.previous or old.msgid
        return replace(old, msgid=text.japanese, notes=notes, fuzzy=True, previous=previous)
    return Entry(text.context, text.japanese, "", notes=notes)
