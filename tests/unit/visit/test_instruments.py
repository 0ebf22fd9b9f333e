"""Papers of licensed instruments: which slots a visit has, what was typed, which entry counts."""

from dataclasses import replace

import pytest

from app.questionnaire.definition import Instrument, Level, Measure, Threshold
from app.questionnaire.facts import NO_FACTS
from app.visit.instruments import PaperScore, TypedScore, names_instruments, read_score, slots_of
from app.visit.sheet import Sheet
from tests.unit.visit.making import NOON, SOURCE, given, part, programme, when

NINE = Threshold(Measure.TOTAL, 9, Level.B, "合計", SOURCE)
ONE = Threshold(Measure.CRITICAL, 1, Level.A, "項目", SOURCE)
MOOD = Instrument("mood", "気分", "holder", (0, 30), "項目10", (0, 3), (NINE, ONE), SOURCE)
BABY = Instrument("baby", "赤ちゃん", "holder", (2, 9), "", None, (), SOURCE, when("loss"))
SHELF = {"mood": MOOD, "baby": BABY}


def sheet(*instruments: tuple[str, ...]) -> Sheet:
    programmes = (
        replace(programme(f"p{n}", ("core",)), instruments=one) for n, one in enumerate(instruments)
    )
    return Sheet(tuple(programmes), (part("core"),), NO_FACTS)


def score(number: int, total: int = 3, critical: int | None = 0, instrument: str = "mood") -> PaperScore:
    return PaperScore(instrument, total, critical, "nurse", NOON, number)


def faults(instrument: Instrument, total: str, critical: str = "") -> list[tuple[str, str, dict[str, str]]]:
    found = read_score(instrument, TypedScore(total, critical), "nurse", NOON)
    assert isinstance(found, tuple)
    return [(one.field, one.message, dict(one.values)) for one in found]


@pytest.mark.parametrize(
    ("total", "critical", "figures"),
    [
        ("12", "0", (12, 0)),
        ("１２", "３", (12, 3)),
        (" 0 ", "0", (0, 0)),
        ("30点", "1点", (30, 1)),
        ("๑๒", "1", (12, 1)),
        ("009", "01", (9, 1)),
    ],
)
def test_score_when_typed_in_any_digits_is_read(total: str, critical: str, figures: tuple[int, int]) -> None:
    read = read_score(MOOD, TypedScore(total, critical), "nurse", NOON)
    assert read == PaperScore("mood", *figures, "nurse", NOON, 0)


def test_score_of_an_instrument_without_a_critical_item_has_none_whatever_was_typed() -> None:
    read = read_score(BABY, TypedScore("9", "99"), "nurse", NOON)
    assert read == PaperScore("baby", 9, None, "nurse", NOON)


@pytest.mark.parametrize(
    ("total", "critical", "told"),
    [
        ("", "", [("total", "fill_in", {}), ("critical", "fill_in", {})]),
        ("12", " 　", [("critical", "fill_in", {})]),
        ("31", "0", [("total", "out_of_range", {"low": "0", "high": "30"})]),
        ("-1", "0", [("total", "out_of_range", {"low": "0", "high": "30"})]),
        ("9", "4", [("critical", "out_of_range", {"low": "0", "high": "3"})]),
        ("9.5", "0", [("total", "number_whole", {"typed": "9.5"})]),
        ("十二", "0", [("total", "number_wrong", {"typed": "十二"})]),
        ("9" * 400, "0", [("total", "number_wrong", {"typed": "9" * 40 + "…"})]),
    ],
)
def test_score_when_a_figure_is_wrong_is_refused_at_its_field(
    total: str, critical: str, told: list[tuple[str, str, dict[str, str]]]
) -> None:
    assert faults(MOOD, total, critical) == told


def test_range_is_the_instruments_own() -> None:
    assert faults(BABY, "1") == [("total", "out_of_range", {"low": "2", "high": "9"})]
    assert faults(BABY, "10") == [("total", "out_of_range", {"low": "2", "high": "9"})]


def test_slots_are_those_of_the_visits_programmes_each_once_in_order() -> None:
    both = sheet(("baby",), ("mood", "baby"))
    assert [slot.instrument.code for slot in slots_of(both, SHELF, {}, ())] == ["baby", "mood"]
    assert slots_of(sheet(()), SHELF, {}, ()) == ()
    assert names_instruments(both)
    assert not names_instruments(sheet((), ()))


def test_slot_when_an_answer_hides_it_is_gone_but_what_was_entered_stays() -> None:
    both, entered = sheet(("mood", "baby")), score(1, 4, None, "baby")
    told = given(loss="yes")
    assert [slot.instrument.code for slot in slots_of(both, SHELF, told, ())] == ["mood"]
    open_slots = slots_of(both, SHELF, given(loss="no"), (entered,))
    assert [slot.is_open for slot in open_slots] == [True, True]
    closed = slots_of(both, SHELF, told, (entered,))
    assert [(slot.instrument.code, slot.is_open) for slot in closed] == [("mood", True), ("baby", False)]
    assert closed[1].newest == entered


def test_newest_entry_counts_and_earlier_ones_stay_behind_it() -> None:
    first, second, foreign = score(1, 12, 2), score(3, 9, 0), score(2, 9, None, "baby")
    (slot,) = slots_of(sheet(("mood",)), SHELF, {}, (first, foreign, second))
    assert slot.scores == (second, first)
    assert slot.newest == second
    assert [one.level for one in slot.reached] == [Level.B]
    (before,) = slots_of(sheet(("mood",)), SHELF, {}, (first,))
    assert [one.reason for one in before.reached] == ["項目", "合計"]


def test_slot_without_an_entry_raises_nothing() -> None:
    (slot,) = slots_of(sheet(("mood",)), SHELF, {}, ())
    assert (slot.newest, slot.reached) == (None, ())
