"""Home and the children on it."""

import re

from tests.integration.entrance.family import Family
from tests.support.site import Site


def test_home_without_a_child_leads_to_adding_one(town: Site) -> None:
    parent = Family(town, "separated").parent
    page = parent.get("/home").text
    assert "まず、お子さんを登録しましょう" in page
    assert 'class="button" href="/children/new"' in page
    assert parent.get("/visits/new").path == "/children/new"


def test_child_is_added_with_the_era_date_that_was_typed(town: Site) -> None:
    family = Family(town, "mother")
    page = family.add_child(
        {
            "birth_date-era": "reiwa",
            "birth_date-year": "７",
            "birth_date-month": "4月",
            "child_name": "  見本　さくら ",
        }
    )
    assert page.path == "/home"
    (child,) = family.children
    assert child.birth_date.isoformat() == "2025-04-10"
    assert child.name == "見本　さくら"
    assert f"<bdi>{child.name}</bdi>" in page.text


def test_second_tap_adds_no_second_child_but_twins_are_two(town: Site) -> None:
    family = Family(town, "father")
    family.add_child()
    family.add_child()
    assert len(family.children) == 1
    family.add_child({"child_name": "見本 かえで"})
    assert len(family.children) == 2


def test_same_child_of_another_guardian_is_never_joined_or_told(town: Site) -> None:
    first, second = Family(town, "foreign"), Family(town, "stranger")
    first.add_child({"child_name": "例示 ひなた"})
    page = second.add_child({"child_name": "例示 ひなた"})
    assert "EXAMPLE" not in page.text
    assert {child.id for child in first.children}.isdisjoint(child.id for child in second.children)


def test_faults_come_all_at_once_beside_their_fields_with_everything_typed(town: Site) -> None:
    family = Family(town, "pregnant")
    family.parent.get("/children/new")
    typed = {"child_kana": "みほん", "birth_date-year": "2025", "birth_date-month": "2"}
    page = family.parent.submit(typed)
    assert page.status == 422
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert linked == ["child_name", "birth_date-day", "child_sex", "relationship"]
    assert {name: family.parent.form().fields[name] for name in typed} == {
        name: [value] for name, value in typed.items()
    }
    assert family.children == ()


def test_birth_dates_that_cannot_be_a_childs_are_refused(town: Site) -> None:
    family = Family(town, "teen")
    assert "今日より後の日" in family.add_child({"birth_date-year": "2027"}).text
    assert "20年より前" in family.add_child({"birth_date-year": "1990"}).text
    assert family.add_child({"birth_date-month": "2", "birth_date-day": "31"}).status == 422
    assert family.children == ()


def test_names_in_any_script_stand_apart_and_escaped(town: Site) -> None:
    family = Family(town, "long")
    for name in ("محمد", "<b>さくら</b>", "Nguyễn Thị Ánh", "{name}"):
        family.add_child({"child_name": name})
    page = family.parent.get("/home").text
    assert "<bdi>محمد</bdi>" in page
    assert "<b>さくら" not in page
    assert "<bdi>Nguyễn Thị Ánh</bdi>" in page
    assert len(family.children) == 4


def test_language_switch_loses_nothing_that_was_typed(town: Site) -> None:
    parent = Family(town, "child").parent
    parent.get("/children/new")
    typed = {"child_name": "見本 そら", "relationship": "father", "birth_date-era": "heisei"}
    page = parent.post("/language?next=/children/new", {**parent.form().fields, **typed, "lang": "ja"})
    assert page.path == "/children/new?kept=1"
    assert {name: parent.form().fields[name] for name in typed} == {
        name: [value] for name, value in typed.items()
    }
