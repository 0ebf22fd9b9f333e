"""Preparing a visit, the explanation before the first question, and where home leads then."""

import re

from app.people.person import Evidence
from app.visit.planning import withdraw
from app.visit.ports import Deed, Event
from tests.integration.entrance.family import Family
from tests.support.site import Site


def test_nothing_is_chosen_for_her(town: Site) -> None:
    family = Family(town, "mother")
    family.add_child()
    page = family.parent.get("/visits/new").text
    assert " checked" not in page
    assert family.parent.form().fields["clinic"] == [""]


def test_visit_is_prepared_with_the_childs_facts_and_todays_versions(town: Site) -> None:
    family = Family(town, "father")
    family.add_child()
    visit = family.visit_on(family.prepare())
    assert visit.programmes == ("mr-1", "varicella-1")
    assert (visit.companion, visit.clinic_id, str(visit.planned_on)) == ("mother", "midori", "2026-11-24")
    newest = town.rooms.library.newest("vaccination-header")
    assert visit.pins[0] == ("vaccination-header", newest.version)
    draft = town.rooms.visits.draft(visit)
    assert "見本 さくら" in {str(answer.value) for answer in draft.answers.values()}
    assert draft.language == "ja"
    assert [event.deed for event in town.rooms.visits.history(visit.id)] == [Deed.PREPARED]
    link = town.rooms.people.guardianship(visit.person_id, visit.subject_id, town.clock())
    assert link is not None
    assert link.evidence is Evidence.G0


def test_clinic_and_day_may_stay_open(town: Site) -> None:
    family = Family(town, "separated")
    family.add_child()
    visit = family.visit_on(family.prepare({"clinic": "", "planned": []}))
    assert visit.clinic_id is None
    assert visit.planned_on is None
    assert "行く日は、まだ決めていません" in family.parent.page.text


def test_second_tap_finds_the_same_draft_but_another_plan_is_another_visit(town: Site) -> None:
    family = Family(town, "stranger")
    family.add_child()
    first = family.prepare().path
    assert family.prepare().path == first
    assert family.prepare({"planned": "open"}).path != first


def test_faults_of_a_plan_come_in_the_order_of_the_page_with_everything_typed(town: Site) -> None:
    family = Family(town, "foreign")
    family.add_child()
    typed = {"programme": ["mr-1", "mr-2"], "planned": "other", "planned-year": "2020", "planned-month": "1"}
    page = family.prepare(
        {"child": "foreign", "companion": "", "clinic": "absent", **typed, "planned-day": "1"}
    )
    assert page.status == 422
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert linked == ["child", "programme", "companion", "clinic", "planned"]
    assert "一度に1回分だけ" in page.text
    assert "今日より前の日" in page.text
    form = family.parent.form()
    assert form.fields["programme"] == ["mr-1", "mr-2"]
    assert form.fields["planned-year"] == ["2020"]


def test_days_are_read_in_era_years_and_refused_beyond_a_year(town: Site) -> None:
    family = Family(town, "pregnant")
    family.add_child()
    day = {"planned": "other", "planned-era": "reiwa", "planned-month": "12", "planned-day": "1"}
    assert str(family.visit_on(family.prepare({**day, "planned-year": "8"})).planned_on) == "2026-12-01"
    assert "1年より先" in family.prepare({**day, "planned-year": "10"}).text
    assert "年、月、日" in family.prepare({**day, "planned-year": ""}).text


def test_child_of_another_parent_cannot_be_chosen(town: Site) -> None:
    family, other = Family(town, "teen"), Family(town, "child")
    family.add_child()
    other.add_child()
    page = family.prepare({"child": other.children[0].id})
    assert page.status == 422


def test_visit_of_another_parent_looks_like_an_absent_one(town: Site) -> None:
    family, other = Family(town, "long"), Family(town, "sparse")
    family.add_child()
    path = family.prepare().path
    assert other.parent.get(path).status == 404
    assert other.parent.get("/visits/absent").status == 404


def test_explanation_says_each_part_and_leads_to_the_first_open_page(town: Site) -> None:
    family = Family(town, "moved")
    family.add_child()
    page = family.prepare()
    explained = town.rooms.library.programmes["mr-1"].explanation
    for text in (explained.prevents, explained.effects, explained.serious, explained.watch, explained.relief):
        assert page.text.count(text) == 1
    assert page.text.count("母子健康手帳</span>") == 1
    assert re.search(r"質問は\d+くらい、\d+分ほど", page.text)
    button = re.search(r'class="button" href="([^"]+)">質問に答える', page.text)
    assert button is not None
    assert family.parent.get(button[1]).status == 200
    assert "さくら" not in page.text.partition("</title>")[0]


def test_home_leads_on_from_draft_to_pass_to_end(town: Site) -> None:
    family = Family(town, "reissued")
    family.add_child()
    visit = family.visit_on(family.prepare())
    home = family.parent.get("/home").text
    assert "書いているところ" in home
    assert f'class="button" href="/visits/{visit.id}/pages/' in home
    family.parent.answer_pages(visit.id)
    home = family.parent.get("/home").text
    assert f'class="button" href="/visits/{visit.id}/check"' in home
    family.parent.send(visit.id)
    home = family.parent.get("/home").text
    assert f'class="button" href="/visits/{visit.id}/pass"' in home
    assert "受付で見せられます" in home
    town.clock.forward(hours=23)
    family.parent.sign_in("reissued")
    assert "行く日が過ぎました" in family.parent.get("/home").text
    sent = town.rooms.visits.find(visit.id)
    assert sent is not None
    event = Event(
        Deed.WITHDRAWN, sent.municipality, f"person:{sent.person_id}", "parent", town.clock(), sent.id
    )
    town.rooms.visits.change(withdraw(sent), event)
    home = family.parent.get("/home").text
    assert "終わったもの（1）" in home
    assert "ホームへ戻る" in family.parent.get(f"/visits/{visit.id}").text


def test_home_says_how_much_is_due_now_and_counts_no_longer_what_is_prepared(town: Site) -> None:
    family = Family(town, "teen")
    family.add_child({"birth_date-year": "2026", "birth_date-month": "9", "birth_date-day": "20"})
    (child,) = [one for one in family.children if one.birth_date.isoformat() == "2026-09-20"]
    due = re.compile(rf'/children/{child.id}/schedule">[^<]*</a> <span class="tag c">いまの時期：(\d+)<')
    assert due.findall(family.parent.get("/home").text) == ["4"]
    family.prepare({"child": child.id, "programme": ["rotavirus-1", "pneumococcus-1"], "planned": "open"})
    assert due.findall(family.parent.get("/home").text) == ["2"]
