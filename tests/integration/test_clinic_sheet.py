"""The sheet through a client: who sees what, in which order, and what is written down."""

import re
from dataclasses import replace
from decimal import Decimal

import html5lib
import pytest

from app.questionnaire.answers import Absence, Answer
from app.visit.ports import Deed
from app.visit.visit import State, Visit
from tests.support.journey import HTML, Fetched
from tests.support.site import Site
from tests.support.submitted import Family, make_family

ORIGINAL = "Trứng, nổi mề đay <b>khắp người</b>"


@pytest.fixture
def family(site: Site) -> Family:
    return make_family(site)


def received(family: Family, visit: Visit) -> Visit:
    """The visit as its clinic received it."""
    now = family.site.clock()
    visit = family.now(visit)
    return family.change(
        replace(visit, state=State.RECEIVED, bound_clinic_id="midori", received_at=now), Deed.RECEIVED
    )


def answers(page: Fetched) -> dict[str, str]:
    """The text of every answer by its question, in the order of the page."""
    document = html5lib.parse(page.text)
    cells = (cell for cell in document.iter(f"{HTML}td") if cell.get("data-question"))
    return {str(cell.get("data-question")): " ".join("".join(cell.itertext()).split()) for cell in cells}


def concerns(page: Fetched) -> list[tuple[str, str]]:
    """Every concern: level and text."""
    document = html5lib.parse(page.text)
    found = (one for one in document.iter(f"{HTML}div") if one.get("data-concern"))
    return [(str(one.get("data-concern")), " ".join("".join(one.itertext()).split())) for one in found]


def test_sheet_when_reception_reads_then_identity_and_not_one_answer(site: Site, family: Family) -> None:
    family.language = "vi"
    visit = family.submit(
        convulsion_ever=Answer("yes"),
        convulsion_fever=Answer("no"),
        illness_1m=Answer("yes"),
        illness_1m_kinds=Answer(("other",), ORIGINAL),
        allergy_ever=Answer("yes"),
        allergy_reactions=Answer(("breathing",)),
    )
    family.answer_today(visit, temperature_today=Answer(Decimal("38.2")))
    received(family, visit)
    page = site.staff("reception").get(f"/clinic/visits/{visit.id}")
    assert page.status == 200
    for word in (
        "見本 さくら",
        "みほん さくら",
        "2025年(令和7年)9月9日",
        "1歳2か月",
        "自己申告 G0",
        "ベトナム語",
    ):
        assert word in page.text
    assert "先に看護師を呼んでください" in page.text
    for word in (
        "けいれん",
        "38.2",
        "Trứng",
        "発熱",
        "体温は",
        "3120",
        "はい",
        "00-0000-0000",
        "data-question",
    ):
        assert word not in page.text
    assert "data-concern" not in page.text


def test_sheet_when_nothing_is_urgent_then_reception_reads_no_instruction(site: Site, family: Family) -> None:
    visit = received(family, family.submit(convulsion_ever=Answer("yes")))
    page = site.staff("reception").get(f"/clinic/visits/{visit.id}")
    assert "看護師を呼んで" not in page.text
    assert "今日の質問がまだです" in page.text


def test_sheet_when_a_doctor_reads_then_everything_in_the_order_of_the_paper(
    site: Site, family: Family
) -> None:
    visit = family.submit(
        allergy_ever=Answer("yes"),
        allergy_allergens=Answer(("egg", "milk")),
        allergy_reactions=Answer(("breathing",)),
        family_immune_deficiency=Answer(Absence.UNKNOWN),
    )
    family.answer_today(visit, temperature_today=Answer(Decimal("36.6")))
    received(family, visit)
    page = site.staff("doctor").get(f"/clinic/visits/{visit.id}")
    found = answers(page)
    order = ("child_name", "explanation_read", "birth_weight", "unwell_today", "illness_1m", "allergy_ever")
    places = [list(found).index(code) for code in (*order, "family_immune_deficiency", "had_measles")]
    assert places == sorted(places)
    assert found["birth_weight"] == "3120 g"
    assert found["allergy_allergens"].endswith("鶏卵、牛乳")
    assert "？ わからない" in found["family_immune_deficiency"]
    assert "36.6℃" in found["temperature_today"]
    assert "当日 9:" in found["temperature_today"]
    assert [level for level, _ in concerns(page)] == sorted(level for level, _ in concerns(page))
    assert concerns(page)[0][0] == "A"


def test_sheet_when_words_are_foreign_then_the_original_stands_marked_and_escaped(
    site: Site, family: Family
) -> None:
    family.language = "vi"
    visit = received(family, family.submit(delivery_problem=Answer("yes", ORIGINAL)))
    page = site.staff("nurse").get(f"/clinic/visits/{visit.id}")
    assert (
        '原文（ベトナム語）: <bdi lang="vi">Trứng, nổi mề đay &lt;b&gt;khắp người&lt;/b&gt;</bdi>'
        in page.text
    )
    assert "確認の終わっていない訳" in page.text


def test_sheet_when_it_was_amended_then_the_changes_are_marked(site: Site, family: Family) -> None:
    visit = family.submit(illness_1m=Answer("yes"), illness_1m_kinds=Answer(("cold",)))
    family.answer(visit, birth_weight=Answer(2900))
    family.answer_today(visit, by_pass=True, temperature_today=Answer(Decimal("36.6")))
    received(family, visit)
    page = site.staff("doctor").get(f"/clinic/visits/{visit.id}")
    found = answers(page)
    assert "変更" in found["birth_weight"]
    assert "3120 g" in found["birth_weight"]
    assert "変更" in found["illness_1m"]
    assert "変更" not in found["address"]
    assert "追加" not in found["temperature_today"]
    assert "病名（1か月以内）：なくなった" in re.sub(r"<[^>]+>|\s+", "", page.text)
    assert "第3版" in page.text
    assert "ログインなし" in page.text


def test_sheet_when_immunoglobulin_was_given_then_it_counts_for_mr_only(site: Site, family: Family) -> None:
    visit = received(family, family.submit("mr-1", "rotavirus-1", transfusion_6m=Answer("yes")))
    page = site.staff("doctor").get(f"/clinic/visits/{visit.id}")
    about = [text for _, text in concerns(page) if "ガンマグロブリン" in text]
    assert about
    for text in about:
        assert "麻しん風しん（MR） 1回目 だけ" in text
        assert "ロタ" not in text


def test_sheet_when_the_day_is_over_then_its_answers_are_not_read_as_todays(
    site: Site, family: Family
) -> None:
    visit = family.submit()
    family.answer_today(visit, temperature_today=Answer(Decimal("36.6")))
    received(family, visit)
    site.clock.forward(days=1)
    found = answers(site.staff("doctor").get(f"/clinic/visits/{visit.id}"))
    assert found["temperature_today"] == "今日はまだ"


def test_sheet_when_closed_then_it_says_so_and_keeps_the_days_answers(site: Site, family: Family) -> None:
    visit = family.submit()
    family.answer_today(visit, temperature_today=Answer(Decimal("36.6")))
    received(family, visit)
    nurse = site.staff("nurse")
    nurse.get(f"/clinic/visits/{visit.id}")
    page = nurse.submit(action=f"/clinic/visits/{visit.id}/close")
    assert "この受診は終わっています" in page.text
    assert family.now(visit).state is State.CLOSED
    site.clock.forward(hours=5)
    again = site.staff("nurse")
    again.get("/reception")
    token = again.form().fields["csrf_token"][0]
    assert again.post(f"/clinic/visits/{visit.id}/close", {"csrf_token": token}).status == 200
    closes = [one for one in site.rooms.visits.history(visit.id) if one.deed is Deed.CLOSED]
    assert len(closes) == 1
    site.clock.forward(days=1)
    page = site.staff("nurse").get(f"/clinic/visits/{visit.id}")
    assert "36.6℃" in answers(page)["temperature_today"]


def test_close_when_reception_tries_then_it_is_refused(site: Site, family: Family) -> None:
    visit = received(family, family.submit())
    desk = site.staff("reception")
    token = desk.form().fields["csrf_token"][0]
    assert desk.post(f"/clinic/visits/{visit.id}/close", {"csrf_token": token}).status == 403
    assert family.now(visit).state is State.RECEIVED


@pytest.mark.parametrize(
    ("role", "deed"),
    [("reception", Deed.READ_IDENTITY), ("nurse", Deed.READ_ANSWERS), ("doctor", Deed.READ_ANSWERS)],
)
def test_sheet_when_read_then_each_reading_is_on_record_once_a_minute(
    site: Site, family: Family, role: str, deed: Deed
) -> None:
    visit = received(family, family.submit())
    staff = site.staff(role)
    for _ in range(3):
        staff.get(f"/clinic/visits/{visit.id}")
    site.clock.forward(seconds=61)
    staff.get(f"/clinic/visits/{visit.id}")
    readings = [one for one in site.rooms.visits.history(visit.id) if one.deed is deed]
    assert [one.role for one in readings] == [role, role]
    assert {one.clinic_id for one in readings} == {"midori"}


def test_sheet_when_not_received_then_it_is_absent(site: Site, family: Family) -> None:
    visit = family.submit()
    assert site.staff("doctor").get(f"/clinic/visits/{visit.id}").status == 404


def test_sheet_when_the_administrator_tries_then_it_is_refused(site: Site, family: Family) -> None:
    visit = received(family, family.submit())
    administrator = site.staff("administrator")
    assert administrator.page.path == "/clinic"
    assert administrator.get(f"/clinic/visits/{visit.id}").status == 403
