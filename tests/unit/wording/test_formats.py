from datetime import date, time
from decimal import Decimal

import pytest

from app.wording.catalogue import Wording, read_wording
from app.wording.formats import age_text, date_text, list_text, number_text, time_text
from app.wording.languages import Language
from tests.unit.wording.samples import files, po

DAY = date(2026, 3, 2)


def language(cldr: str) -> Language:
    return Language(cldr, cldr, cldr, cldr)


JA = Language("ja", "日本語", "日本語", "ja")


@pytest.fixture(scope="module")
def wording() -> Wording:
    entries = [
        ("ui.age.one_year", "1歳", "1 year"),
        ("ui.age.years", "{number}歳", "{number} years"),
        ("ui.age.months", "{number}か月", "{number} months"),
        ("ui.age.days", "{number}日", "{number} days"),
        ("ui.age.two", "{larger}{smaller}", "{larger} {smaller}"),
    ]
    return read_wording(files(en__ui_po=po(*entries)))


def test_date_then_month_in_words_and_weekday() -> None:
    assert date_text(language("en"), DAY) == "Monday, March 2, 2026"
    assert date_text(language("vi"), DAY) == "Thứ Hai, 2 tháng 3, 2026"
    assert date_text(JA, DAY) == "2026年3月2日 月曜日"


def test_date_when_era_is_wanted_then_in_brackets_in_japanese_only() -> None:
    assert date_text(JA, DAY, with_era=True) == "2026年(令和8年)3月2日 月曜日"
    assert date_text(JA, date(2019, 5, 1), with_era=True) == "2019年(令和元年)5月1日 水曜日"
    assert date_text(JA, date(1926, 12, 24), with_era=True) == "1926年12月24日 金曜日"
    assert date_text(language("en"), DAY, with_era=True) == "Monday, March 2, 2026"


@pytest.mark.parametrize("cldr", ["ne", "my", "bn", "ar", "fa", "ur", "th", "si", "hi", "mn"])
def test_date_and_number_when_script_has_own_digits_then_latin_and_gregorian(cldr: str) -> None:
    assert "2026" in date_text(language(cldr), DAY)
    assert number_text(language(cldr), Decimal("2500")) == "2500"


def test_time_then_as_usual_there() -> None:
    assert time_text(JA, time(14, 5)) == "14:05"
    assert time_text(language("vi"), time(14, 5)) == "14:05"


@pytest.mark.parametrize(
    ("age", "japanese", "english"),
    [
        ((1, 7, 3), "1歳7か月", "1 year 7 months"),
        ((3, 0, 0), "3歳", "3 years"),
        ((0, 5, 2), "5か月2日", "5 months 2 days"),
        ((0, 0, 0), "0日", "0 days"),
    ],
)
def test_age_then_two_largest_units(
    wording: Wording, age: tuple[int, int, int], japanese: str, english: str
) -> None:
    assert age_text(wording, JA, age) == japanese
    assert age_text(wording, wording.languages.named("en") or JA, age) == english


def test_list_then_joined_as_usual_there() -> None:
    assert list_text(JA, ["BCG", "MR", "水痘"]) == "BCG、MR、水痘"
    assert list_text(language("en"), ["BCG", "MR"]) == "BCG and MR"
    assert list_text(language("vi"), []) == ""


def test_number_then_its_decimals_stay_and_nothing_is_grouped() -> None:
    assert number_text(JA, Decimal("37.0"), "℃") == "37.0\u00a0℃"
    assert number_text(language("vi"), Decimal("36.8"), "°C") == "36,8\u00a0°C"
    assert number_text(language("pt_BR"), Decimal(12500), "g") == "12500\u00a0g"
    assert number_text(JA, Decimal("1E+3")) == "1000"
