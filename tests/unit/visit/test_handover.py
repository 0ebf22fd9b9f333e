"""The pass: digits and short code are found again, and nothing else opens anything."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.visit.handover import (
    ALPHABET,
    LENGTH,
    SHORT_LENGTH,
    TYPE_DIGITS,
    VALID_WITHOUT_DATE,
    Channel,
    Misread,
    Scan,
    check_characters,
    check_digits,
    device_token,
    is_the_day,
    is_valid,
    pass_digits,
    read_scan,
    short_code,
    valid_until,
)
from tests.unit.visit.making import KEY, NOON, TODAY, issued, visit

MIDNIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""The first moment of 25 November in Tokyo."""
DIGITS = pass_digits(KEY, "v1", 1)
CODE = short_code(KEY, "v1", 1).replace("-", "")
HIRAGANA = str.maketrans("1234567890", "ぬふあうえおやゆよわ")
KATAKANA = str.maketrans("1234567890", "ヌフアウエオヤユヨワ")
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
bodies = st.text(ALPHABET, min_size=8, max_size=8)
keys = st.binary(min_size=32, max_size=32)


@given(keys, st.text(min_size=1, max_size=40), st.integers(1, 10_000))
def test_pass_when_made_is_45_digits_that_read_back(key: bytes, visit_id: str, generation: int) -> None:
    digits = pass_digits(key, visit_id, generation)
    assert len(digits) == LENGTH
    assert digits.startswith(TYPE_DIGITS)
    assert int(digits) % 97 == 1
    assert read_scan(digits) == Scan(Channel.DIGITS, digits[4:-2])


@given(keys, st.text(min_size=1, max_size=40), st.integers(1, 10_000))
def test_short_code_when_made_is_two_groups_that_read_back(
    key: bytes, visit_id: str, generation: int
) -> None:
    code = short_code(key, visit_id, generation)
    assert [len(group) for group in code.split("-")] == [5, 5]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert read_scan(code) == Scan(Channel.SHORT_CODE, code.replace("-", "")[:8])


def test_pass_when_generation_visit_or_key_differs_is_another() -> None:
    made = [
        [one(key, visit_id, generation) for one in (pass_digits, short_code, device_token)]
        for key, visit_id, generation in (
            (KEY, "v1", 1),
            (KEY, "v1", 2),
            (KEY, "v2", 1),
            (b"x" * 32, "v1", 1),
        )
    ]
    assert all(len(set(column)) == len(made) for column in zip(*made, strict=True))


@given(st.text("0123456789", min_size=43, max_size=43))
def test_check_digits_when_one_digit_is_wrong_or_neighbours_are_swapped_find_it(body: str) -> None:
    whole = body + check_digits(body)
    assert int(whole) % 97 == 1
    wrong = {whole[:place] + digit + whole[place + 1 :] for place in range(45) for digit in "0123456789"}
    swapped = {whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :] for at in range(44)}
    assert all(int(one) % 97 != 1 for one in (wrong | swapped) - {whole})


@given(bodies)
def test_check_characters_when_one_is_wrong_or_neighbours_are_swapped_find_it(body: str) -> None:
    whole = body + check_characters(body)
    wrong = {whole[:place] + char + whole[place + 1 :] for place in range(10) for char in ALPHABET}
    swapped = {whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :] for at in range(9)}
    assert read_scan(whole) == Scan(Channel.SHORT_CODE, body)
    assert {read_scan(one) for one in (wrong | swapped) - {whole}} == {Misread.TYPE_AGAIN}


@pytest.mark.parametrize("place", range(4, LENGTH))
def test_scan_when_a_digit_after_the_type_is_misread_asks_again(place: int) -> None:
    misread = DIGITS[:place] + str((int(DIGITS[place]) + 1) % 10) + DIGITS[place + 1 :]
    assert read_scan(misread) is Misread.SCAN_AGAIN


@pytest.mark.parametrize("typed", [DIGITS[:-1], DIGITS + "0", DIGITS[:20], DIGITS * 2])
def test_scan_when_digits_of_ours_are_cut_or_doubled_asks_again(typed: str) -> None:
    assert read_scan(typed) is Misread.SCAN_AGAIN


@pytest.mark.parametrize(
    "typed",
    [
        "4901234567894",
        "123456789012",
        "9" * 45,
        "0100000000000000" * 3,
        "https://example.jp/visits/8101",
        "X" * 45,
        "01049123456789042110AB12\x1d1727",
    ],
)
def test_scan_when_it_is_something_else_is_not_ours(typed: str) -> None:
    assert read_scan(typed) is Misread.NOT_OURS


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\r\n", "-", "ー", "\t\n"])
def test_scan_when_nothing_came_says_so(typed: str) -> None:
    assert read_scan(typed) is Misread.EMPTY


@pytest.mark.parametrize(
    "typed",
    [
        DIGITS + "\r\n",
        f"\u3000{DIGITS}\t",
        DIGITS.translate(FULL_WIDTH),
        DIGITS.translate(HIRAGANA),
        DIGITS.translate(KATAKANA),
        f"{DIGITS[:15]} {DIGITS[15:30]}\n{DIGITS[30:]}",
    ],
)
def test_scan_when_a_keyboard_bent_the_digits_is_mended(typed: str) -> None:
    assert read_scan(typed) == Scan(Channel.DIGITS, DIGITS[4:-2])


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.translate(FULL_WIDTH),
        CODE.lower().translate(FULL_WIDTH),
        f"{CODE[:5]}-{CODE[5:]}",
        f"{CODE[:5]}ー{CODE[5:]}",
        f"{CODE[:5]}－{CODE[5:]}",
        " ".join(CODE),
    ],
)
def test_short_code_when_typed_any_way_is_read(typed: str) -> None:
    assert read_scan(typed) == Scan(Channel.SHORT_CODE, CODE[:8])


@given(bodies, st.sampled_from(["oO", "iIlL"]), st.integers(0, 3))
def test_short_code_when_lookalikes_are_typed_is_read(body: str, alike: str, which: int) -> None:
    whole = body + check_characters(body)
    meant = "0" if alike == "oO" else "1"
    typed = whole.replace(meant, alike[which % len(alike)])
    assert read_scan(typed) == Scan(Channel.SHORT_CODE, body)


@pytest.mark.parametrize("typed", ["かきくけこ", "ちすいはね-しとまのり", "AB12ぱ"])
def test_short_code_when_japanese_input_is_on_says_so(typed: str) -> None:
    assert read_scan(typed) is Misread.KANA


@pytest.mark.parametrize("typed", [CODE[:9], CODE + "A", "U" * 10, "12345*7890", "A"])
def test_short_code_when_it_cannot_be_asks_to_type_again(typed: str) -> None:
    assert read_scan(typed) is Misread.TYPE_AGAIN


def test_short_code_when_it_is_all_digits_is_still_a_short_code() -> None:
    bodies_of_digits = (f"{number:08d}" for number in range(10_000))
    whole = next(
        body + check_characters(body) for body in bodies_of_digits if check_characters(body).isdigit()
    )
    assert len(whole) == SHORT_LENGTH
    assert read_scan(whole) == Scan(Channel.SHORT_CODE, whole[:8])


@given(st.text(max_size=600) | st.text("0123456789 -ぬー\n", max_size=600))
def test_scan_whatever_comes_is_a_scan_or_a_reason(typed: str) -> None:
    found = read_scan(typed)
    assert isinstance(found, Scan | Misread)
    assert not isinstance(found, Scan) or found.secret.isalnum()


def test_validity_when_a_day_is_planned_ends_with_that_day_in_tokyo() -> None:
    assert valid_until(issued()) == MIDNIGHT
    assert is_valid(issued(), MIDNIGHT - timedelta(seconds=1))
    assert is_valid(issued(), MIDNIGHT - timedelta(microseconds=1))
    assert not is_valid(issued(), MIDNIGHT + timedelta(microseconds=1))


def test_validity_when_the_next_day_begins_in_tokyo_is_over() -> None:
    assert not is_valid(issued(), MIDNIGHT)


def test_validity_when_no_day_is_planned_lasts_fourteen_days_from_issue() -> None:
    undated = issued(planned_on=None)
    assert valid_until(undated) == NOON + VALID_WITHOUT_DATE
    assert timedelta(days=14) == VALID_WITHOUT_DATE
    assert is_valid(undated, NOON + VALID_WITHOUT_DATE - timedelta(seconds=1))
    assert not is_valid(undated, NOON + VALID_WITHOUT_DATE + timedelta(seconds=1))


def test_validity_when_no_pass_was_issued_is_none() -> None:
    assert valid_until(visit(planned_on=TODAY)) is None
    assert not is_valid(visit(planned_on=TODAY), NOON)


def test_day_when_planned_is_that_day_only() -> None:
    assert is_the_day(issued(), TODAY)
    assert not is_the_day(issued(), TODAY + timedelta(days=1))
    assert not is_the_day(issued(), TODAY - timedelta(days=1))
    assert not is_the_day(issued(planned_on=None), TODAY)
