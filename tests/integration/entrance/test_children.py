"""Home and the children on it."""

import re

from app.people.person import Evidence, Subject
from tests.support.journey import Parent
from tests.support.site import Site


def test_home_without_a_child_leads_to_adding_one(town: Site) -> None:
    parent = _signed_in(town, "separated")
    page = parent.get("/home").text
    assert "まず、お子さんを登録しましょう" in page
    assert page.index('class="button" href="/children/new"') > 0
    assert parent.get("/visits/new").path == "/children/new"


def test_child_is_added_with_its_era_date_and_the_weakest_evidence(town: Site) -> None:
    parent = _signed_in(town, "mother")
    page = _add(parent, **{"birth_date-era": "reiwa", "birth_date-year": "７", "birth_date-month": "4月"})
    assert page.path == "/home"
    assert "<bdi>見本 さくら</bdi>" in page.text
    child, link = _children(town, parent)[0]
    assert child.birth_date.isoformat() == "2025-04-10"
    assert link.evidence is Evidence.G0


def test_second_tap_adds_no_second_child_but_twins_are_two(town: Site) -> None:
    parent = _signed_in(town, "father")
    _add(parent)
    _add(parent)
    assert len(_children(town, parent)) == 1
    _add(parent, child_name="見本 かえで")
    assert len(_children(town, parent)) == 2


def test_same_child_of_another_guardian_is_never_joined_or_told(town: Site) -> None:
    first, second = _signed_in(town, "foreign"), _signed_in(town, "stranger")
    _add(first, child_name="例示 ひなた")
    page = _add(second, child_name="例示 ひなた")
    assert "EXAMPLE" not in page.text
    ids = {child.id for parent in (first, second) for child, _ in _children(town, parent)}
    assert len(ids) == 2


def test_faults_come_all_at_once_beside_their_fields_with_everything_typed(town: Site) -> None:
    parent = _signed_in(town, "pregnant")
    parent.get("/children/new")
    page = parent.submit({"child_kana": "みほん", "birth_date-year": "2031", "birth_date-month": "2"})
    assert page.status == 422
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert linked == ["child_name", "child_sex", "birth_date-day", "relationship"]
    assert 'value="2031"' in page.text
    assert 'value="みほん"' in page.text
    assert _children(town, parent) == []


def test_birth_dates_that_cannot_be_a_childs_are_refused(town: Site) -> None:
    parent = _signed_in(town, "teen")
    assert "今日より後の日" in _add(parent, **{"birth_date-year": "2027"}).text
    assert "20年より前" in _add(parent, **{"birth_date-year": "1990"}).text
    assert _add(parent, **{"birth_date-day": "31", "birth_date-month": "2"}).status == 422


def test_names_in_any_script_stand_apart_and_escaped(town: Site) -> None:
    parent = _signed_in(town, "long")
    for name in ("محمد", "<b>さくら</b>", "Nguyễn Thị Ánh"):
        _add(parent, child_name=name)
    page = parent.get("/home").text
    assert "<bdi>محمد</bdi>" in page
    assert "<b>さくら" not in page
    assert "<bdi>Nguyễn Thị Ánh</bdi>" in page


def test_language_switch_loses_nothing_that_was_typed(town: Site) -> None:
    parent = _signed_in(town, "child")
    parent.get("/children/new")
    form = parent.form()
    typed = {"child_name": "見本 そら", "relationship": "father", "birth_date-era": "heisei", "lang": "ja"}
    page = parent.post("/language?next=/children/new", {**form.fields, **typed})
    assert page.path == "/children/new?kept=1"
    kept = parent.form().fields
    assert kept["child_name"] == ["見本 そら"]
    assert kept["relationship"] == ["father"]
    assert kept["birth_date-era"] == ["heisei"]


def _signed_in(town: Site, persona: str) -> Parent:
    parent = town.parent()
    parent.sign_in(persona)
    return parent


def _add(parent: Parent, **typed: str):
    raise NotImplementedError


def _children(town: Site, parent: Parent):
    raise NotImplementedError
