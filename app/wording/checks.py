"""What makes a text wrong. One rule per function over one text; a few look at a whole file.

The same rules run in the translators' pages while they type, on upload, and over the repository.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from babel.numbers import get_decimal_symbol

from app.wording.fault import Check, WordingFault
from app.wording.languages import Language, Names
from app.wording.sentences import is_well_formed, placeholders, without_placeholders
from app.wording.text import Text

_TAG = re.compile(r"<\s*[/!?]?\s*[A-Za-z]|&#?[A-Za-z0-9]+;")
_KANA = re.compile("[ぁ-ゖァ-ヺｦ-ﾟ]")
_KANA_OR_HAN = re.compile("[ぁ-ゖァ-ヺｦ-ﾟ々〇㐀-鿿豈-\ufaff]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COUNTED_THINGS = re.compile(r"(\d+)つ")  # "1つ" may be the word "one"
_JOINERS = frozenset("\u200b\u200c\u200d")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LONGEST_FACTOR, _LONGEST_SLACK, _SHORTEST_FACTOR, _SHORTEST_FROM = 6, 24, 0.4, 10

Rule = Callable[[Text, str, Language, Names], str]
"""Says what is wrong with a translation, "" when nothing is."""


def check_text(
    text: Text, translation: str, language: Language, names: Names
) -> tuple[tuple[Check, str], ...]:
    """All that is wrong with one translation: what was checked, and a sentence about it."""
    if not translation.strip():
        return ((Check.EMPTY, "not translated"),)
    found = ((check, rule(text, translation, language, names)) for check, rule in _RULES.items())
    return tuple((check, message) for check, message in found if message)


def _placeholders(text: Text, translation: str, _language: Language, _names: Names) -> str:
    if not is_well_formed(translation):
        return "a brace does not belong to a named placeholder"
    wanted, found = placeholders(text.japanese), placeholders(translation)
    missing, unknown = sorted(wanted - found), sorted(found - wanted)
    return "; ".join(
        f"{what} {', '.join(each)}" for what, each in (("missing", missing), ("unknown", unknown)) if each
    )


def _markup(_text: Text, translation: str, _language: Language, _names: Names) -> str:
    return "holds markup" if _TAG.search(translation) else ""


def _numbers(text: Text, translation: str, language: Language, names: Names) -> str:
    wanted = numbers_in(text.japanese, ".", names.with_numbers)
    symbol = get_decimal_symbol(language.cldr, numbering_system="latn")
    found = numbers_in(translation, symbol, names.with_numbers)
    spoken = Counter(_COUNTED_THINGS.findall(unicodedata.normalize("NFKC", text.japanese)))
    if wanted - spoken <= found <= wanted:
        return ""
    return f"numbers differ: {_counted(wanted)} in Japanese, {_counted(found)} here"


def numbers_in(text: str, decimal_symbol: str, names: Iterable[str] = ()) -> Counter[str]:
    """The numbers in a text in plain form ("37.5", "2500"), whatever digits they are written in."""
    plain = unicodedata.normalize("NFKC", without_placeholders(text))
    for name in names:
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", plain)
    return Counter(_plain_number(number, decimal_symbol) for number in _NUMBER.findall(plain))


def _plain_number(number: str, decimal_symbol: str) -> str:
    digits = "".join(each if each in ".," else str(unicodedata.digit(each)) for each in number)
    grouping = "." if decimal_symbol == "," else ","
    ungrouped = re.sub(rf"{re.escape(grouping)}(?=\d{{3}}(?!\d))", "", digits)
    return ungrouped.replace(",", ".")


def _counted(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements())) or "none"


def _not_nfc(_text: Text, translation: str, _language: Language, _names: Names) -> str:
    return "" if unicodedata.is_normalized("NFC", translation) else "not in Unicode form NFC"


def _control(text: Text, translation: str, _language: Language, _names: Names) -> str:
    allowed = _JOINERS | ({"\n"} if "\n" in text.japanese else set())
    refused = {f"U+{ord(each):04X}" for each in translation if each not in allowed and _is_control(each)}
    return f"holds {', '.join(sorted(refused))}" if refused else ""


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED_CATEGORIES


def _japanese(_text: Text, translation: str, language: Language, names: Names) -> str:
    spoken = language.cldr.partition("_")[0]
    if spoken == "ja":
        return ""
    rest = translation
    for name in names.japanese:
        rest = rest.replace(name, "")
    left = _KANA if spoken in {"zh", "yue"} else _KANA_OR_HAN
    return "Japanese is left in it" if left.search(rest) else ""


def _length(text: Text, translation: str, _language: Language, _names: Names) -> str:
    source, length = len(text.japanese), len(translation)
    if length > source * _LONGEST_FACTOR + _LONGEST_SLACK:
        return f"{length} characters for {source}: much too long"
    if source >= _SHORTEST_FROM and length < source * _SHORTEST_FACTOR:
        return f"{length} characters for {source}: much too short"
    return ""


_RULES: Mapping[Check, Rule] = {
    Check.PLACEHOLDERS: _placeholders,
    Check.MARKUP: _markup,
    Check.NUMBERS: _numbers,
    Check.NOT_NFC: _not_nfc,
    Check.CONTROL: _control,
    Check.JAPANESE: _japanese,
    Check.LENGTH: _length,
}


def check_source(path: str, texts: Iterable[Text], language: Language) -> tuple[WordingFault, ...]:
    """What is wrong with the Japanese texts themselves. Shapes: ``language`` is Japanese."""
    rules: dict[Check, Rule] = {
        check: _RULES[check] for check in (Check.MARKUP, Check.NOT_NFC, Check.CONTROL, Check.PLACEHOLDERS)
    }
    faults = []
    for text in texts:
        found = [(check, rule(text, text.japanese, language, Names())) for check, rule in rules.items()]
        if not text.japanese.strip():
            found.append((Check.EMPTY, "no text"))
        faults += [
            WordingFault(path, text.line, text.context, check, message) for check, message in found if message
        ]
    return tuple(faults)
