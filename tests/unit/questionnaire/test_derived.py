"""Numbers worked out from answers."""

from datetime import time
from decimal import Decimal

import pytest

from app.questionnaire.answers import Absence, Answer, Answers
from app.questionnaire.conditions import holds
from app.questionnaire.definition import Behaviour, Comparison, Condition, Derived, Operator, Rule
from app.questionnaire.derived import contributing, numbers, to_a_tenth
from tests.unit.questionnaire.making import given

COUNT = Derived("few", "できない数", Rule.COUNT, ("sits", "walks", "points"), value="no")
SUM = Derived("score", "", Rule.SUM, ("sad", "tired", "worries"), weights=(("sometimes", 1), ("often", 2)))
HOURS = Derived("sleep", "睡眠", Rule.HOURS_BETWEEN, ("bed", "wake"))
BMI = Derived("bmi", "BMI", Rule.BMI, ("height", "weight"))
TERM = Derived("term", "", Rule.GESTATION_DAYS, ("weeks", "days"))


@pytest.mark.parametrize(
    ("derived", "answers", "number"),
    [
        (COUNT, given(sits="no", walks="yes", points="no"), 2),
        (COUNT, given(sits="no"), 1),
        (COUNT, given(sits="yes"), 0),
        (COUNT, {}, None),
        (SUM, given(sad="often", tired="sometimes", worries="never"), 3),
        (SUM, given(sad=("sometimes", "often")), 3),
        (SUM, {"sad": Answer(Absence.DECLINED)}, 0),
        (SUM, {}, None),
        (HOURS, given(bed=time(21, 30), wake=time(7)), Decimal("9.5")),
        (HOURS, given(bed=time(0, 20), wake=time(7)), Decimal("6.7")),
        (HOURS, given(bed=time(22), wake=time(22)), Decimal("0.0")),
        (HOURS, given(bed=time(22)), None),
        (HOURS, {"bed": Answer(Absence.UNKNOWN), "wake": Answer(time(7))}, None),
        (BMI, given(height=160, weight=Decimal("47.3")), Decimal("18.5")),
        (BMI, given(height=Decimal("160.5"), weight=64), Decimal("24.8")),
        (BMI, given(height=0, weight=64), None),
        (BMI, given(weight=64), None),
        (TERM, given(weeks=38, days=2), 268),
        (TERM, given(weeks=32), 224),
        (TERM, {"weeks": Answer(32), "days": Answer(Absence.UNKNOWN)}, 224),
        (TERM, {"weeks": Answer(Absence.UNKNOWN), "days": Answer(2)}, None),
        (TERM, given(days=2), None),
    ],
)
def test_a_number_follows_its_rule(derived: Derived, answers: Answers, number: int | Decimal | None) -> None:
    found = numbers((derived,), answers)
    shown = {
        code: to_a_tenth(one.value) for code, one in found.items() if isinstance(one.value, int | Decimal)
    }
    assert shown == ({} if number is None else {derived.code: number})


def test_a_threshold_is_compared_with_the_exact_number() -> None:
    slim = Condition(Behaviour.ALL, (Comparison("bmi", Operator.LESS, Decimal("18.5")),))
    short = Condition(Behaviour.ALL, (Comparison("sleep", Operator.LESS, Decimal("9.5")),))
    assert holds(slim, numbers((BMI,), given(height=160, weight=Decimal("47.3"))))
    assert not holds(slim, numbers((BMI,), given(height=160, weight=Decimal("47.36"))))
    assert holds(short, numbers((HOURS,), given(bed=time(21, 33), wake=time(7))))
    assert not holds(short, numbers((HOURS,), given(bed=time(21, 30), wake=time(7))))


def test_what_makes_a_number_is_told_apart() -> None:
    assert contributing(COUNT, given(sits="no", walks="yes")) == ("sits",)
    assert contributing(SUM, given(sad="never", tired="often")) == ("tired",)
    assert contributing(HOURS, given(bed=time(22), wake=time(7))) == ("bed", "wake")
