"""The laws of wording: every check finds its planted fault, and the house's catalogues pass them all."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.questionnaire.definition import Library
from app.questionnaire.reading import read_library
from app.wording.catalogue import read_wording
from app.wording.checks import check_text
from app.wording.fault import Check
from app.wording.formats import AGE_KEYS
from app.wording.languages import Language, Languages, read_languages
from app.wording.text import Text
from app.wording.workshop import check, texts_by_domain, update
from tests.unit.wording.samples import LIBRARY, files

HOUSE = Path(__file__).parents[2]
SAID = re.compile(r"""\b(?:t|say)\(\s*["']([a-z0-9_.-]+)["']""")

ENGLISH = {
    "受付でこの画面を見せてください": "Show this at the desk",
    "{day}まで使えます": "Valid until {day}",
    "1歳": "1 year",
    "{number}歳": "{number} years",
    "1か月": "1 month",
    "{number}か月": "{number} months",
    "1日": "1 day",
    "{number}日": "{number} days",
    "{larger}{smaller}": "{larger} {smaller}",
    "これまでの病気": "Illnesses so far",
    "ひきつけを起こしたことがありますか": "Has your child ever had a seizure?",
    "熱のときも、そうでないときも": "With or without a fever",
    "お医者さんが考えるためです": "So that the doctor can decide",
    "はい": "Yes",
    "いいえ": "No",
    "わからない": "I do not know",
    "いつごろですか": "When was that?",
    "今の病気": "Illness now",
    "件": "cases",
    "かぜ": "Cold",
    "ない": "None",
    "答えたくない": "I prefer not to say",
    "はしか・風しん": "Measles and rubella",
    "防ぐ": "Prevents",
    "反応": "Reactions",
    "重い": "Serious",
    "見る": "Watch",
    "救済": "Relief",
    "母子健康手帳": "The handbook",
    "体温計": "Thermometer",
}
SEIZURE = "Has your child ever had a seizure?"

PLANTED: dict[Check, tuple[str, str, str]] = {
    Check.SYNTAX: ("en/ui.po", 'msgstr "1 year"', 'msgstr "1 "year"'),
    Check.EMPTY: ("en/ui.po", 'msgstr "1 year"', 'msgstr "  "'),
    Check.FUZZY: ("en/ui.po", 'msgctxt "ui.age.one_year"', '#, fuzzy\nmsgctxt "ui.age.one_year"'),
    Check.INCOMPLETE: ("en/ui.po", 'msgstr "1 year"', 'msgstr ""'),
    Check.UNKNOWN_CONTEXT: ("en/ui.po", '"ui.age.one_year"', '"ui.age.one_century"'),
    Check.SOURCE_CHANGED: ("en/ui.po", 'msgid "1歳"', 'msgid "一歳"'),
    Check.TWICE: (
        "en/ui.po",
        'msgid ""\n',
        'msgctxt "ui.age.one_year"\nmsgid "1歳"\nmsgstr "1 year"\n\nmsgid ""\n',
    ),
    Check.PLACEHOLDERS: ("en/ui.po", "until {day}", "until {dya}"),
    Check.MARKUP: ("en/parts/core.po", SEIZURE, f"<b>{SEIZURE}</b>"),
    Check.NUMBERS: ("en/ui.po", 'msgstr "1 month"', 'msgstr "2 months"'),
    Check.NOT_NFC: ("en/parts/core.po", SEIZURE, unicodedata.normalize("NFD", "Fièvre, convulsion?")),
    Check.CONTROL: ("en/parts/core.po", SEIZURE, f"\u202e{SEIZURE}"),
    Check.JAPANESE: ("en/parts/core.po", SEIZURE, "Has your child ever had けいれん?"),
    Check.SAME_OPTION: ("en/parts/core.po", 'msgstr "No"', 'msgstr "yes."'),
    Check.LENGTH: ("en/parts/core.po", SEIZURE, SEIZURE * 9),
    Check.REVIEW: ("en/review.toml", '"ui" = "machine"', '"ui" = "approved"'),
}


def translated() -> dict[str, bytes]:
    """The sample's files with a whole and good English."""
    begun = {"en/review.toml": '[domains]\n"ui" = "machine"\n'}
    for name, text in update(files(), LIBRARY).items():
        begun[name] = re.sub(
            r'msgid "([^"]+)"\nmsgstr ""',
            lambda match: f'msgid "{match[1]}"\nmsgstr "{ENGLISH[match[1]]}"',
            text,
        )
    return files() | {name: text.encode() for name, text in begun.items()}


def house_library() -> Library:
    definitions = HOUSE / "app" / "definitions"
    found = {
        path.relative_to(definitions).as_posix(): path.read_bytes() for path in definitions.rglob("*.toml")
    }
    library = read_library(found)
    assert isinstance(library, Library), library
    return library


def house_files() -> dict[str, bytes]:
    folder = HOUSE / "translations"
    names = (path for path in folder.rglob("*") if path.suffix in {".po", ".toml"})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}


def test_the_good_sample_has_no_fault() -> None:
    assert check(translated(), LIBRARY) == ()


@pytest.mark.parametrize("kind", list(Check))
def test_every_check_finds_its_planted_fault(kind: Check) -> None:
    name, good, bad = PLANTED[kind]
    planted = translated()
    content = planted[name].decode()
    assert good in content
    planted[name] = content.replace(good, bad, 1).encode()
    assert kind in {fault.check for fault in check(planted, LIBRARY)}


@pytest.mark.parametrize(
    ("japanese", "tag", "translation", "fits"),
    [
        ("37.5℃以上", "en", "37.5 °C or more", True),
        ("３７．５℃以上", "vi", "37,5 °C", True),
        ("37.5℃以上", "vi", "37.5 °C", True),
        ("37.5℃以上", "en", "38 °C or more", False),
        ("37.5℃以上", "en", "375 °C", False),
        ("2500gより軽い", "en", "under 2,500 g", True),
        ("2500gより軽い", "vi", "dưới 2.500 g", True),
        ("2500gより軽い", "vi", "dưới 2.50 g", False),
        ("1つ選ぶ", "en", "Choose one", True),
        ("1つ選ぶ", "en", "Choose 2", False),
        ("1か月以内", "en", "within the month", False),
        ("24時間", "bn", "২৪ ঘণ্টা", True),
        ("コロナ", "en", "COVID-19", True),
        ("{n1}歳", "en", "{n1} years", True),
    ],
)
def test_numbers_must_be_the_same(japanese: str, tag: str, translation: str, fits: bool) -> None:
    languages = read_languages(house_files()["languages.toml"])
    found = check_text(Text("ui.a", japanese, "", "ui"), translation, spoken(languages, tag), languages.names)
    assert (Check.NUMBERS not in dict(found)) is fits


@pytest.mark.parametrize(
    ("tag", "translation", "fits"),
    [
        ("en", "Bring your 母子健康手帳", True),
        ("en", "Bring your 手帳", False),
        ("zh-Hans", "请带来", True),
        ("zh-Hans", "请带来の", False),
        ("ko", "手帳", False),
        ("ne", "‍न", True),
    ],
)
def test_no_japanese_is_left_but_names(tag: str, translation: str, fits: bool) -> None:
    languages = read_languages(house_files()["languages.toml"])
    found = check_text(
        Text("ui.a", "持ってきて", "", "ui"), translation, spoken(languages, tag), languages.names
    )
    assert (found == ()) is fits


def spoken(languages: Languages, tag: str) -> Language:
    language = languages.named(tag)
    assert language is not None
    return language


def test_the_house_has_texts_in_every_domain() -> None:
    domains = texts_by_domain(house_files(), house_library())
    assert {"ui", "programmes"} < domains.keys()
    assert all(domains.values())


def test_every_catalogue_of_the_house_is_right() -> None:
    """An offered language must be whole; before the very first catalogue is there, nothing is missing."""
    everything = house_files()
    faults = check(everything, house_library())
    if not any(name.endswith(".po") for name in everything):
        faults = tuple(fault for fault in faults if fault.check is not Check.INCOMPLETE)
    assert not faults, "\n".join(map(str, faults))


def test_the_house_starts_without_a_problem() -> None:
    assert read_wording(house_files()).problems == ()


SAID_TO_STAFF = {"fault.staff_login_refused", "fault.too_many_tries"}
"""The clinic's pages say these in Japanese themselves."""


def test_every_key_that_is_said_is_there() -> None:
    keys = {
        text.context.removeprefix("ui.") for text in texts_by_domain(house_files(), house_library())["ui"]
    }
    said = set(_keys_said())
    assert said
    missing = {key for key in said - SAID_TO_STAFF if not _is_known(key, keys)}
    assert not missing, f"not in translations/ui.toml: {sorted(missing)}"


def _is_known(key: str, keys: set[str]) -> bool:
    """A key that ends with a dot is the beginning of one that is put together."""
    return key in keys or (key.endswith(".") and any(known.startswith(key) for known in keys))


def _keys_said() -> Iterator[str]:
    yield from AGE_KEYS
    for template in (HOUSE / "templates").rglob("*.html"):
        yield from SAID.findall(template.read_text(encoding="utf-8"))
    for module in (HOUSE / "app").rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        yield from (key for node in ast.walk(tree) if (key := _key_in(node)))


def _key_in(node: ast.AST) -> str:
    """The key of ``Fault(field, "message")`` or ``say(language, "key")`` when written out, else ""."""
    if not isinstance(node, ast.Call) or len(node.args) < 2:
        return ""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    prefix = {"Fault": "fault.", "say": ""}.get(called)
    second = node.args[1]
    if prefix is None or not isinstance(second, ast.Constant):
        return ""
    return f"{prefix}{second.value!s}"
