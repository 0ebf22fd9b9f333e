"""How the pages of the mother, of due dates and of copied doses are reached."""

from tests.support.journey import Fields
from tests.support.reaches import Reach
from tests.support.town_subjects import EXPECTING

EMPTY: Fields = {}
BAD_MOTHER: Fields = {
    "mother_name": "",
    "birth_date-year": "2025",
    "birth_date-month": "2",
    "birth_date-day": "30",
    "due_date-year": "2030",
    "due_date-month": "1",
    "due_date-day": "1",
}
NO_SUCH_DAY: Fields = {"due_date-year": "2027", "due_date-month": "2", "due_date-day": "29"}
FAR_DAY: Fields = {"due_date-year": "2027", "due_date-month": "3", "due_date-day": "1"}
BAD_ROWS: Fields = {
    "ROTA_1-year": "2025",
    "ROTA_1-month": "11",
    "ROTA_1-day": "10",
    "ROTA_2-year": "2025",
    "ROTA_2-month": "11",
    "ROTA_2-day": "10",
    "ROTA_2-lot": "ながい" * 40,
    "HEPB_1-year": "2024",
    "HEPB_1-month": "1",
    "HEPB_1-day": "31",
    "HEPB_2-year": "2026",
    "HEPB_2-month": "3",
    "BCG_1-year": "2026",
    "BCG_1-month": "2",
    "BCG_1-day": "30",
    "FLU_1-product": "NASAL",
}
OUT_OF_ORDER: Fields = {
    "VAR_1-year": "2026",
    "VAR_1-month": "10",
    "VAR_1-day": "1",
    "VAR_2-year": "2026",
    "VAR_2-month": "9",
    "VAR_2-day": "20",
}
STALE_DAY: Fields = {"revision": "7", "given-year": "2025", "given-month": "11", "given-day": "11"}
ROTA_2: Fields = {"given-year": "2026", "given-month": "1", "given-day": "5"}
TWO_SAID: Fields = {"disease": ["hib", "unknown"], "day_unknown": "yes"}
AT = "/children/child/history"

SUBJECTS = (
    Reach(EXPECTING, "mother and child", "/home"),
    Reach(EXPECTING, "mother and child", "/visits/new"),
    Reach("newcomer", "empty", "/mother/new"),
    Reach("newcomer", "posted empty", "/mother/new", 422, {"mother_name": ""}),
    Reach("newcomer", "impossible dates", "/mother/new", 422, BAD_MOTHER),
    Reach(EXPECTING, "there already", "/mother/new"),
    Reach(EXPECTING, "mother", "/children/self/dates"),
    Reach(EXPECTING, "no such day", "/children/self/dates", 422, NO_SUCH_DAY),
    Reach(EXPECTING, "child", "/children/child/dates"),
    Reach(EXPECTING, "far from birth", "/children/child/dates", 422, FAR_DAY),
    Reach("parent", "not told", "/children/bare/dates"),
    Reach("parent", "another's", "/children/foreign/dates", 404),
    Reach("parent", "nothing copied", "/children/bare/history"),
    Reach(EXPECTING, "nothing copied", "/children/self/history"),
    Reach(EXPECTING, "copied", AT),
    Reach("parent", "another's", "/children/foreign/history", 404),
    Reach("parent", "absent", "/children/absent/history", 404),
    Reach("parent", "nothing copied", "/children/bare/history/copy"),
    Reach(EXPECTING, "copied", f"{AT}/copy"),
    Reach(EXPECTING, "mother", "/children/self/history/copy"),
    Reach(EXPECTING, "posted empty", f"{AT}/copy", 422, EMPTY),
    Reach("parent", "every fault", "/children/bare/history/copy", 422, BAD_ROWS),
    Reach("parent", "out of order", "/children/bare/history/copy", 422, OUT_OF_ORDER),
    Reach("parent", "one row more", "/children/bare/history/copy", 200, {**BAD_ROWS, "more": "ROTA"}),
    Reach(EXPECTING, "empty", f"{AT}/abroad"),
    Reach(EXPECTING, "posted empty", f"{AT}/abroad", 422, EMPTY),
    Reach(EXPECTING, "contradictions", f"{AT}/abroad", 422, {**STALE_DAY, **TWO_SAID}),
    Reach(EXPECTING, "with product", f"{AT}/rota_1"),
    Reach(EXPECTING, "without product", f"{AT}/hepb"),
    Reach(EXPECTING, "from abroad", f"{AT}/abroad_dose"),
    Reach(EXPECTING, "without a day", f"{AT}/unclear"),
    Reach(EXPECTING, "same day twice", f"{AT}/rota_1", 422, {**STALE_DAY, **ROTA_2}),
    Reach(EXPECTING, "other device", f"{AT}/rota_2", 409, {**STALE_DAY, "given-day": "12"}),
    Reach(EXPECTING, "other device", f"{AT}/unclear", 409, {"revision": "7"}),
    Reach(EXPECTING, "posted empty", f"{AT}/unclear", 422, {"as_written": ""}),
    Reach(EXPECTING, "absent", f"{AT}/absent", 404),
    Reach(EXPECTING, "to be deleted", f"{AT}/rota_1/delete"),
    Reach(EXPECTING, "to be deleted, without a day", f"{AT}/unclear/delete"),
    Reach(EXPECTING, "other device", f"{AT}/rota_1/delete", 409, {"revision": "7"}),
    Reach(EXPECTING, "absent", f"{AT}/absent/delete", 404),
)
