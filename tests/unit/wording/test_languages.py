from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wording.fault import WordingError
from app.wording.languages import Direction, Languages, LineHeight, read_languages

REGISTRY = Path(__file__).parents[3] / "translations" / "languages.toml"
EXTRA = """
[[language]]
tag = "zh-Hant"
own_name = "繁體中文"
japanese_name = "中国語(繁体字)"
aliases = ["zh-TW"]
cldr = "zh_Hant"
offered = true
"""


@pytest.fixture(scope="module")
def languages() -> Languages:
    return read_languages(REGISTRY.read_bytes())


def test_offered_today_then_japanese_english_vietnamese(languages: Languages) -> None:
    assert [language.tag for language in languages.offered] == ["ja", "en", "vi"]
    assert languages.source.is_source
    assert "ja" not in {language.tag for language in languages.translated}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("zh-TW", "zh-Hant"),
        ("ZH_hk", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("tl", "fil"),
        ("in", "id"),
        ("pt", "pt-BR"),
    ],
)
def test_named_when_alias_in_any_case_then_language(languages: Languages, name: str, tag: str) -> None:
    language = languages.named(name)
    assert language is not None
    assert language.tag == tag


def test_named_when_unknown_then_none(languages: Languages) -> None:
    assert languages.named("tlh") is None


def test_right_to_left_and_tall_when_urdu(languages: Languages) -> None:
    urdu = languages.named("ur")
    assert urdu is not None
    assert (urdu.direction, urdu.line_height) == (Direction.RTL, LineHeight.TALL)


@pytest.mark.parametrize(
    ("header", "chosen", "tag"),
    [
        ("", None, "ja"),
        ("vi-VN,vi;q=0.9,en;q=0.8", None, "vi"),
        ("fr-FR, en;q=0.5, vi;q=0.7", None, "vi"),
        ("en;q=0, vi;q=0.1", None, "vi"),
        ("ko,*;q=0.5", None, "ja"),
        ("ne-NP,ne;q=0.9,en-GB;q=0.3", None, "en"),
        ("vi", "en", "en"),
        ("vi", "ne", "vi"),
        ("vi", "nonsense", "vi"),
        ("en;q=high;;,,=;q, vi;q=2", None, "ja"),
        ("en ; q=0.4 , vi;Q=0.6", None, "vi"),
    ],
)
def test_negotiate(languages: Languages, header: str, chosen: str | None, tag: str) -> None:
    assert languages.negotiate(header, chosen).tag == tag


def test_negotiate_when_taiwan_then_traditional_chinese() -> None:
    languages = read_languages(REGISTRY.read_bytes().split(b'[[language]]\ntag = "en"')[0] + EXTRA.encode())
    assert languages.negotiate("zh-Hant-TW,zh;q=0.9").tag == "zh-Hant"
    assert languages.negotiate("zh-TW").tag == "zh-Hant"


@given(header=st.text(), chosen=st.one_of(st.none(), st.text()))
def test_negotiate_when_anything_then_offered(languages: Languages, header: str, chosen: str | None) -> None:
    assert languages.negotiate(header, chosen).offered


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b'direction = "rtl"', b'direction = "up"', "direction must be"),
        (b'cldr = "vi"', b'cldr = "xx_nowhere"', "cldr is not a locale"),
        (b'aliases = ["in"]', b'aliases = ["vi"]', "names two languages"),
        (b'tag = "ja"', b'tag = "jx"', "the source language must be there"),
        (b'own_name = "English"', b'name = "English"', "own_name is missing"),
        (b'cldr = "ko"', b'cldr = "ko"\nparent = "kp"', "parent is unknown"),
        (b"[names]", b"[names", "languages.toml"),
        (b"[names]", b"[names]\nothers = 3", "languages.toml:13: names: must be lists"),
        (b"[[language]]", b"[language]", "languages.toml"),
    ],
)
def test_read_when_registry_is_wrong_then_named(before: bytes, after: bytes, message: str) -> None:
    with pytest.raises(WordingError, match=message):
        read_languages(REGISTRY.read_bytes().replace(before, after))
