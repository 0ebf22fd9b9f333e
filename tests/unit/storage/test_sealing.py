"""Sealing: opens in its own cell with its own key, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.sealing import PADDED_TO, Cell, SealError, seal, seal_plain, unseal, unseal_plain

KEY = b"k" * 32
CELL = Cell("subject", ("131016", "s1"), "sealed", 3)
texts = st.text(max_size=20)
cells = st.builds(Cell, texts, st.tuples(texts, texts), texts, st.integers(0, 9))


@given(plain=st.binary(max_size=300), cell=cells)
def test_bytes_when_sealed_open_in_their_cell(plain: bytes, cell: Cell) -> None:
    assert unseal(KEY, cell, seal(KEY, cell, plain)) == plain


@given(cell=cells, other=cells)
def test_bytes_when_moved_to_another_cell_do_not_open(cell: Cell, other: Cell) -> None:
    if cell != other:
        with pytest.raises(SealError, match="moved"):
            unseal(KEY, other, seal(KEY, cell, b"plain"))


@pytest.mark.parametrize(
    "other",
    [
        replace(CELL, table="visit"),
        replace(CELL, row=("131016", "s2")),
        replace(CELL, row=("131016s1",)),
        replace(CELL, column="plan"),
        replace(CELL, version=2),
    ],
)
def test_cells_when_anything_differs_are_different(other: Cell) -> None:
    with pytest.raises(SealError):
        unseal(KEY, other, seal(KEY, CELL, b"plain"))


def test_bytes_when_any_bit_is_changed_do_not_open() -> None:
    sealed = seal(KEY, CELL, b"plain")
    for position in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises(SealError):
            unseal(KEY, CELL, bytes(changed))


@pytest.mark.parametrize("length", [0, 1, 5, 16, 20, 30])
def test_bytes_when_cut_do_not_open(length: int) -> None:
    with pytest.raises(SealError):
        unseal(KEY, CELL, seal(KEY, CELL, b"plain")[:length])


def test_bytes_when_sealed_with_another_key_say_so() -> None:
    with pytest.raises(SealError, match="another key"):
        unseal(b"x" * 32, CELL, seal(KEY, CELL, b"plain"))


def test_bytes_when_sealed_twice_are_never_the_same() -> None:
    assert len({seal(KEY, CELL, b"plain") for _ in range(100)}) == 100


def test_plain_when_sealed_comes_back_and_hides_its_length() -> None:
    short, long = ({"programmes": codes} for codes in (["mr-1"], ["rotavirus-1", "hib-2"]))
    sealed = [seal_plain(KEY, CELL, plain) for plain in (short, long)]
    assert [unseal_plain(KEY, CELL, each) for each in sealed] == [short, long]
    assert len({len(each) for each in sealed}) == 1
    assert (len(sealed[0]) - 33) % PADDED_TO == 0
