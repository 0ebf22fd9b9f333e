"""The whole journey of a family through the product, on both engines, without a script."""

import re
from html import unescape

from app.visit.handover import LENGTH
from app.visit.ports import Deed
from app.visit.visit import Submission
from tests.support.journey import Fetched, Fields, Parent, healthy, local_path
from tests.support.reading import answers_on, concerns_on, digits_in, scanned, short_code_on
from tests.support.site import Site

TWO = ("mr-1", "varicella-1")
ORIGINAL = "黄疸で光を当てました"
NOT_FOUND = 'data-problem="pass_not_found"'
LANGUAGE_BUTTON = re.compile(r'formaction="([^"]+)"')
RATHER_LATER = {
    "planned": "other",
    "planned-era": "reiwa",
    "planned-year": "8",
    "planned-month": "11",
    "planned-day": "27",
}


def family(site: Site, language: str = "ja") -> Parent:
    """A mother who has signed in and added her child."""
    parent = site.parent(language)
    parent.sign_in()
    parent.add_child()
    return parent


def answered_today(parent: Parent, visit: str, temperature: str = "36.6") -> Fetched:
    """The pass page after a good day's answers."""
    parent.get(f"/visits/{visit}/day")
    good = {
        "temperature_today": temperature,
        "unwell_today": "no",
        "contact_today": "no",
        "changed_since": "no",
    }
    return parent.submit(good)


def amended(parent: Parent, visit: str, page: str, answers: dict[str, str]) -> Fetched:
    """The receipt after one page was changed from the check."""
    parent.get(f"/visits/{visit}/pages/{page}?from=check")
    parent.submit(answers)
    assert parent.page.path == f"/visits/{visit}/check"
    return parent.send(visit)


def sent(parent: Parent, **answers: str) -> tuple[str, str]:
    """A visit on its way: its id and the digits of its pass."""
    visit = parent.prepare(TWO, "midori")
    parent.answer_pages(visit, answers)
    parent.send(visit)
    return visit, digits_in(parent.get(f"/visits/{visit}/pass.png").body)


def test_journey_from_sign_in_to_the_doctors_sheet(site: Site) -> None:
    parent = family(site)
    visit = parent.prepare(TWO, "midori")
    assert parent.page.path == f"/visits/{visit}"
    assert "水痘" in parent.page.text
    parent.answer_pages(visit, {"after_birth_problem": "yes", "after_birth_problem-details": ORIGINAL})
    assert parent.page.path == f"/visits/{visit}/check"
    assert ORIGINAL in parent.page.text
    assert parent.send(visit).path == f"/visits/{visit}/receipt"

    face = parent.get(f"/visits/{visit}/pass")
    code = short_code_on(face)
    digits = digits_in(parent.get(f"/visits/{visit}/pass.png").body)
    assert len(digits) == LENGTH
    assert "今日の質問に答えました" in answered_today(parent, visit).text
    assert short_code_on(parent.page) == code

    desk, doctor = site.staff("reception"), site.staff("doctor")
    front = scanned(desk, digits)
    assert front.path == scanned(desk, code).path == f"/clinic/visits/{visit}"
    assert "見本 さくら" in front.text
    assert ORIGINAL not in front.text
    answers = answers_on(doctor.get(front.path))
    assert ORIGINAL in answers["after_birth_problem"]
    assert "36.6" in answers["temperature_today"]
    assert {"had_measles", "had_varicella", "birth_weight"} <= answers.keys()
    assert [level for level, _ in concerns_on(doctor.page)] == ["C"]

    looked = parent.get(f"/visits/{visit}/looked").text
    assert {words for words in ("受付", "医師", "みどり小児科") if words in looked} == {
        "受付",
        "医師",
        "みどり小児科",
    }
    assert "たかはし" not in looked


def test_journey_when_she_amends_the_change_is_marked_and_the_pass_stays(site: Site) -> None:
    parent = family(site)
    visit, digits = sent(parent)
    desk, doctor = site.staff("reception"), site.staff("doctor")
    front = scanned(desk, digits)
    amended(parent, visit, "convulsion", {"convulsion_ever": "unknown"})
    sheet = doctor.get(front.path)
    assert "変更" in answers_on(sheet)["convulsion_ever"]
    assert "わからない" in answers_on(sheet)["convulsion_ever"]
    assert [level for level, _ in concerns_on(sheet)] == ["B"]
    assert "第2版" in sheet.text
    assert scanned(desk, digits).path == front.path


def test_journey_when_the_code_is_made_anew_the_old_one_is_dead(site: Site) -> None:
    parent = family(site)
    visit, digits = sent(parent)
    desk = site.staff("reception")
    front = scanned(desk, digits)
    parent.get(f"/visits/{visit}/pass")
    parent.submit(action="/reissue")
    renewed = digits_in(parent.get(f"/visits/{visit}/pass.png").body)
    assert renewed != digits
    assert NOT_FOUND in scanned(desk, digits).text
    assert scanned(desk, renewed).path == front.path


def test_journey_when_she_stops_sharing_nobody_opens_it_any_more(site: Site) -> None:
    parent = family(site)
    visit, digits = sent(parent)
    desk, doctor = site.staff("reception"), site.staff("doctor")
    front = scanned(desk, digits)
    assert doctor.get(front.path).status == 200
    parent.get(f"/visits/{visit}/stop")
    assert parent.submit().path == f"/visits/{visit}/looked"
    assert NOT_FOUND in scanned(desk, digits).text
    assert doctor.get(front.path).status == 404
    assert parent.get(f"/visits/{visit}/pass").status == 410
    assert parent.get(f"/visits/{visit}/looked").status == 200
    assert [event.deed for event in site.rooms.visits.history(visit)].count(Deed.WITHDRAWN) == 1


def test_journey_when_the_day_moves_answers_and_pass_stay(site: Site) -> None:
    parent = family(site)
    visit, digits = sent(parent)
    parent.get(f"/visits/{visit}/plan")
    assert parent.submit(RATHER_LATER).path == f"/visits/{visit}/pass"
    assert digits_in(parent.get(f"/visits/{visit}/pass.png").body) == digits
    parent.get(f"/visits/{visit}/clinic")
    parent.submit({"clinic": "aozora"})
    assert NOT_FOUND in scanned(site.staff("reception"), digits).text
    assert scanned(site.staff("reception", "aozora"), digits).path == f"/clinic/visits/{visit}"


def test_two_devices_when_both_answer_both_values_are_shown_and_nothing_is_lost(site: Site) -> None:
    phone = family(site)
    visit = phone.prepare(TWO, "midori")
    tablet = site.parent()
    tablet.sign_in()
    page = f"/visits/{visit}/pages/birth"
    phone.get(page)
    tablet.get(page)
    assert phone.submit({**healthy(phone.form()), "birth_weight": "3000"}).status == 200
    refused = tablet.submit({**healthy(tablet.form()), "birth_weight": "2900"})
    assert refused.status == 409
    assert "3000" in refused.text
    assert tablet.form().fields["birth_weight"] == ["2900"]
    assert tablet.submit().status == 200
    assert phone.get(page).text.count('value="2900"') == 1


def test_two_devices_when_one_sends_the_other_cannot_send_older_answers(site: Site) -> None:
    phone = family(site)
    visit = phone.prepare(TWO, "midori")
    phone.answer_pages(visit)
    tablet = site.parent()
    tablet.sign_in()
    tablet.get(f"/visits/{visit}/share")
    phone.get(f"/visits/{visit}/pages/birth?from=check")
    phone.submit({"birth_weight": "2800"})
    assert tablet.submit().status == 409
    assert len(_submissions(site, visit)) == 0
    assert tablet.submit().path == f"/visits/{visit}/receipt"
    assert len(_submissions(site, visit)) == 1


def test_language_when_switched_on_a_page_keeps_every_letter(site: Site) -> None:
    parent = family(site)
    visit = parent.prepare(TWO, "midori")
    parent.get(f"/visits/{visit}/pages/birth")
    typed = {"birth_weight": "31OO", "delivery_problem": "yes", "delivery_problem-details": f" {ORIGINAL}  "}
    switched(parent, "vi", typed)
    assert parent.page.path.startswith(f"/visits/{visit}/pages/birth")
    assert '<html lang="vi"' in parent.page.text
    kept = parent.form().fields
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}

    parent.get("/children/new")
    child = {
        "child_name": "Nguyễn Ánh",
        "child_sex": "male",
        "birth_date-era": "reiwa",
        "birth_date-year": "7",
    }
    switched(parent, "en", child)
    assert '<html lang="en"' in parent.page.text
    kept = parent.form().fields
    assert {name: kept[name] for name in child} == {name: [value] for name, value in child.items()}


def test_logout_leaves_the_code_and_nothing_else(site: Site) -> None:
    parent = family(site)
    visit, _ = sent(parent)
    parent.get(f"/visits/{visit}/pass")
    parent.submit(action="/logout")
    assert parent.page.path == "/"
    for path in ("/home", f"/visits/{visit}/check", f"/visits/{visit}/looked", f"/visits/{visit}/paper"):
        assert local_path(parent.get(path).path).startswith("/start"), path
    shown = parent.get(f"/visits/{visit}/pass")
    assert shown.status == 200
    assert short_code_on(shown)
    for hers in ("見本 ", "みどり小児科", "さくら"):
        assert hers not in shown.text


def test_immunoglobulin_counts_for_measles_rubella_and_not_for_rotavirus(site: Site) -> None:
    parent = family(site)
    visit = parent.prepare(("mr-1", "rotavirus-1"), "midori")
    parent.answer_pages(visit, {"transfusion_6m": "yes", "transfusion_date": "unknown", "rota_doses": "none"})
    parent.send(visit)
    digits = digits_in(parent.get(f"/visits/{visit}/pass.png").body)
    doctor = site.staff("doctor")
    found = [text for _, text in concerns_on(scanned(doctor, digits)) if "ガンマグロブリン" in text]
    titles = {code: site.rooms.library.programmes[code].title for code in ("mr-1", "rotavirus-1")}
    assert len(found) == 1
    assert f"{titles['mr-1']} だけ" in found[0]
    assert titles["rotavirus-1"] not in found[0]


def switched(parent: Parent, language: str, typed: Fields) -> Fetched:
    """The page in another language, with what was typed on it posted along as its buttons do."""
    target = LANGUAGE_BUTTON.search(parent.page.text)
    assert target is not None
    fields = {**parent.form().fields, **typed, "lang": language}
    return parent.post(unescape(target[1]), fields)


def _submissions(site: Site, visit_id: str) -> tuple[Submission, ...]:
    visit = site.rooms.visits.find(visit_id)
    assert visit is not None
    return site.rooms.visits.submissions(visit)
