"""Clock times, facts, answers that are never shown back, helplines, advice: on a planted checkup."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.visit.visit import Visit
from tests.support.journey import Fetched, Fields, Parent
from tests.support.planted_checkup import CODE, SAY, planted_library
from tests.support.reading import answers_on, concerns_on, digits_in, scanned
from tests.support.site import Site, make_site
from tests.support.tally import Tally

SECRET = "ひみつのひと"
SLEEP: Fields = {"planted_bed": "２２時半", "planted_wake": "6:15", "planted_walks": "no"}
AFRAID: Fields = {"planted_afraid": "yes", "planted_who": SECRET}
CALM: Fields = {"planted_afraid": "no"}
CHECKED = re.compile(r"<input[^>]* checked")


@pytest.fixture
def site(engine_url: str, tmp_path: Path, tally: Tally) -> Iterator[Site]:
    """A site that offers the planted checkup, too."""
    made = make_site(tmp_path / "data", engine_url, library=planted_library())
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()


def family(site: Site, persona: str, born: tuple[int, int, int] = (2025, 11, 10)) -> tuple[Parent, str]:
    """A signed-in parent with a child, and her visit for the planted checkup."""
    parent = site.parent()
    parent.sign_in(persona)
    parent.add_child(born=born)
    return parent, parent.prepare([CODE], "midori")


def post(parent: Parent, visit: str, page: str, fields: Fields, *, query: str = "") -> Fetched:
    """What comes after the page was opened and posted with these fields."""
    parent.get(f"/visits/{visit}/pages/{page}{query}")
    return parent.submit(fields)


def answer_everything(parent: Parent, visit: str, home: Fields = CALM, gasps: str = "no") -> None:
    """All of the checkup's own pages, and a healthy child's answers elsewhere."""
    parent.answer_pages(visit, {**SLEEP, **home, "planted_gasps": gasps})


def kept(site: Site, visit: str) -> Visit:
    """The visit as it rests."""
    found = site.rooms.visits.find(visit)
    assert found is not None
    return found


def test_clock_times_and_what_follows_from_them_reach_parent_and_doctor(site: Site) -> None:
    parent, visit = family(site, "mother")
    refused = post(parent, visit, "planted_sleep", {**SLEEP, "planted_bed": "夜"})
    assert refused.status == 422
    assert "時刻として読めません" in refused.text
    assert 'name="planted_bed" value="夜" inputmode="numeric"' in refused.text
    answer_everything(parent, visit)
    assert "22:30" in parent.get(f"/visits/{visit}/check").text
    parent.send(visit)
    digits = digits_in(parent.get(f"/visits/{visit}/pass.png").body)
    scanned(site.staff("reception"), digits)
    sheet = site.staff("doctor").get(f"/clinic/visits/{visit}")
    assert answers_on(sheet)["planted_bed"] == "●話し合う 22:30"
    assert "睡眠時間" in sheet.text
    assert 'data-number="planted_hours">7.8<' in sheet.text
    assert "睡眠が短い" in " ".join(text for _, text in concerns_on(sheet))


def test_age_decides_what_is_asked_and_raised_and_is_never_kept(site: Site) -> None:
    old, visit_of_old = family(site, "father", (2025, 11, 24))
    young, visit_of_young = family(site, "separated", (2025, 11, 26))
    assert "planted_walks" in old.get(f"/visits/{visit_of_old}/pages/planted_sleep").text
    assert "planted_walks" not in young.get(f"/visits/{visit_of_young}/pages/planted_sleep").text
    answer_everything(young, visit_of_young)
    answer_everything(old, visit_of_old)
    for parent, visit in ((old, visit_of_old), (young, visit_of_young)):
        parent.send(visit)
        newest = site.rooms.visits.newest(kept(site, visit))
        assert newest is not None
        assert "age_months" not in newest.answers
        assert ("planted_walks" in newest.answers) is (visit == visit_of_old)
        assert "age_months" not in parent.get(f"/visits/{visit}/paper").text


def test_discreet_answers_are_never_shown_back_to_the_family(site: Site) -> None:
    parent, visit = family(site, "foreign")
    answer_everything(parent, visit, AFRAID)
    page = f"/visits/{visit}/pages/planted_home"
    answered = parent.get(page)
    assert "もう答えてあります" in answered.text
    assert "planted_afraid" not in answered.text
    check = parent.get(f"/visits/{visit}/check")
    assert "答えてあります（ここには出しません）" in check.text
    assert "planted_afraidですか" not in check.text
    again = parent.get(f"{page}?again=1")
    assert "planted_afraid" in again.text
    assert not CHECKED.search(again.text.split("<form", 2)[-1].split("planted_afraid", 1)[1])
    assert 'name="planted_who"' in again.text
    parent.send(visit)
    paths = ("", "/receipt", "/check", "/pass", "/paper", "/paper?with=planted_afraid", "/looked", "/share")
    pages = [parent.get(f"/visits/{visit}{path}") for path in paths] + [answered, check, again]
    assert [one.path for one in pages if SECRET in one.text] == []
    paper = pages[4].text
    assert "planted_homeの話" in paper
    assert "回答済み（紙には書きません）" in paper
    assert "planted_afraidの有無" not in paper
    assert "planted_afraidですか" not in paper


def test_discreet_answers_reach_the_doctor_and_reception_only_a_call(site: Site) -> None:
    parent, visit = family(site, "stranger")
    answer_everything(parent, visit, AFRAID)
    parent.send(visit)
    digits = digits_in(parent.get(f"/visits/{visit}/pass.png").body)
    front = scanned(site.staff("reception"), digits)
    assert SECRET not in front.text
    assert "怖い" not in front.text
    sheet = site.staff("doctor").get(f"/clinic/visits/{visit}")
    assert answers_on(sheet)["planted_afraid"] == "▲すぐに はい"
    assert SECRET in sheet.text
    assert "家の中で怖い" in " ".join(text for level, text in concerns_on(sheet) if level == "A")


def test_discreet_page_keeps_nothing_typed_and_tells_no_other_device_the_answer(site: Site) -> None:
    parent, visit = family(site, "mother")
    home = f"/visits/{visit}/pages/planted_home"
    refused = post(parent, visit, "planted_home", {"planted_afraid": "yes", "planted_who": SECRET * 300})
    assert refused.status == 422
    assert site.rooms.visits.draft(kept(site, visit)).typed == {}
    assert SECRET not in parent.get(home).text
    post(parent, visit, "planted_home", AFRAID)
    stale = parent.get(f"{home}?again=1")
    assert 'name="revision"' in stale.text
    conflict = parent.submit({"revision": "0", "planted_afraid": "no"})
    assert conflict.status == 409
    assert "ほかの画面でも答えています" in conflict.text
    assert SECRET not in conflict.text
    assert '<div class="card problems"><h2>' in conflict.text
    answers = site.rooms.visits.draft(kept(site, visit)).answers
    assert answers["planted_afraid"].value == "yes"


def test_helplines_are_the_same_for_everybody(site: Site) -> None:
    shown = set()
    for persona, home in (("mother", AFRAID), ("father", CALM)):
        parent, visit = family(site, persona)
        page = f"/visits/{visit}/pages/planted_home"
        before = parent.get(page).text
        post(parent, visit, "planted_home", home)
        after = parent.get(page).text
        assert f'<a href="/visits/{visit}/pages/planted_sleep">' in before
        for text in (before, after):
            assert (
                '<a class="button second" href="https://www.jma.go.jp/" rel="noreferrer" data-leave>' in text
            )
            shown.add(tuple(re.findall(r'href="(tel:[^"]+)"', text)))
        assert "tel:" not in parent.get(f"/visits/{visit}/pages/planted_breath").text
    assert shown == {("tel:189", "tel:%238008", "tel:0120279889", "tel:0120279338", "tel:110")}


def test_a_dangerous_answer_is_told_at_once_what_to_do(site: Site) -> None:
    parent, visit = family(site, "mother")
    now = post(parent, visit, "planted_breath", {"planted_gasps": "yes"})
    assert now.path == f"/visits/{visit}/pages/planted_breath/now"
    assert "待たずに電話してください。" in now.text
    assert f'lang="ja" dir="ltr" translate="no">{SAY}</p>' in now.text
    clinic = site.rooms.places.clinic("midori")
    assert clinic is not None
    assert re.findall(r'href="(tel:[^"]+)"', now.text) == [
        "tel:" + clinic.phone.replace("-", ""),
        "tel:119",
        "tel:%238000",
    ]
    assert f'href="/visits/{visit}/check"' in now.text or f'href="/visits/{visit}/pages/' in now.text
    answer_everything(parent, visit, gasps="yes")
    assert SAY in parent.get(f"/visits/{visit}/check").text
    assert SAY in parent.send(visit).text
    assert SAY in parent.get(f"/visits/{visit}/pass").text
    safe = post(parent, visit, "planted_breath", {"planted_gasps": "no"}, query="?from=check")
    assert safe.path == f"/visits/{visit}/check"
    assert SAY not in safe.text
    assert parent.get(f"/visits/{visit}/pages/planted_breath/now").path.endswith("/planted_breath")


def test_advice_keeps_the_way_back_to_the_check_and_is_nobody_elses(site: Site) -> None:
    parent, visit = family(site, "father")
    answer_everything(parent, visit)
    now = post(parent, visit, "planted_breath", {"planted_gasps": "yes"}, query="?from=check")
    assert now.path == f"/visits/{visit}/pages/planted_breath/now?from=check"
    assert f'<a class="button" href="/visits/{visit}/check">' in now.text
    stranger = site.parent()
    stranger.sign_in("stranger")
    assert stranger.get(f"/visits/{visit}/pages/planted_breath/now").status == 404
    assert stranger.get(f"/visits/{visit}/pages/planted_home").status == 404


def test_explanation_of_a_checkup_says_what_it_looks_at_and_who_comes(site: Site) -> None:
    parent, visit = family(site, "mother")
    page = parent.get(f"/visits/{visit}").text
    assert "何をみる健診ですか" in page
    assert "お母さんかお父さんが来てください。" in page
    assert "何を防ぎますか" not in page
    assert "よくある反応" not in page


def test_explanation_that_two_vaccines_share_is_read_in_her_language(site: Site) -> None:
    parent = site.parent("en")
    parent.sign_in("father")
    parent.add_child()
    page = parent.get(f"/visits/{parent.prepare(['mr-1', 'varicella-1'])}").text
    assert page.count("Very rarely, a vaccine causes a serious illness") == 1
    assert page.count("Measles and rubella (MR), dose 1") == 2, "its time, then its explanation"
