"""The expectant mother herself, due dates, and what is offered to whom."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.people.person import Evidence, Subject, SubjectKind
from app.visit.ports import Deed
from tests.integration.entrance.family import CHILD, Family
from tests.support.journey import Fetched
from tests.support.site import Site

HERSELF = {
    "mother_name": "見本 さくら",
    "mother_kana": "みほん さくら",
    "birth_date-year": "1998",
    "birth_date-month": "3",
    "birth_date-day": "20",
    "due_date-era": "reiwa",
    "due_date-year": "9",
    "due_date-month": "2",
    "due_date-day": "28",
}
MATERNAL = "maternal-planted"


@contextmanager
def mothers_need(town: Site, *, something: bool) -> Iterator[None]:
    """The one programme of mothers is made of a child's, or there is none at all."""
    rooms = town.rooms
    children = {code: one for code, one in rooms.library.programmes.items() if one.subject_is == "child"}
    child = children["varicella-1"]
    planted = replace(child, code=MATERNAL, vaccine="RSV_MAT", subject_is="mother", title="見本の接種")
    library = replace(rooms.library, programmes={**children, **({MATERNAL: planted} if something else {})})
    town.app.extensions["rooms"] = replace(rooms, library=library)
    try:
        yield
    finally:
        town.app.extensions["rooms"] = rooms


def declare(family: Family, **typed: str) -> Fetched:
    family.parent.get("/mother/new")
    return family.parent.submit({**HERSELF, **typed})


def her_subjects(family: Family) -> dict[SubjectKind, Subject]:
    """Whom she may answer for, by kind."""
    rooms = family.town.rooms
    found = re.findall(r'href="/children/(\w+)/dates"', family.parent.get("/home").text)
    kept = [rooms.people.subject(one) for one in dict.fromkeys(found)]
    return {one.kind: one for one in kept if one is not None}


def test_form_begins_with_what_her_card_said_and_keeps_nothing_of_it(town: Site) -> None:
    family = Family(town, "pregnant")
    family.parent.get("/mother/new")
    fields = family.parent.form().fields
    assert fields["mother_name"] == ["見本 さくら"]
    assert [fields[f"birth_date-{part}"][0] for part in ("year", "month", "day")] == ["1998", "3", "20"]
    assert fields["due_date-year"] == [""]
    assert her_subjects(family) == {}


def test_mother_is_added_by_herself_with_the_due_date_of_her_handbook(town: Site) -> None:
    family = Family(town, "pregnant")
    page = declare(family)
    assert page.path == "/home"
    mother = her_subjects(family)[SubjectKind.MOTHER]
    assert (mother.name, str(mother.birth_date), str(mother.due_date)) == (
        *("見本 さくら", "1998-03-20"),
        "2027-02-28",
    )
    assert "出産予定日：" in page.text
    assert "2027年2月28日" in page.text
    assert f'"/children/{mother.id}/history"' in page.text
    assert "/mother/new" not in page.text
    rooms = town.rooms
    (link,) = {one for _, one in rooms.people.subjects_of(_person(family), town.clock())}
    assert (link.relationship, link.evidence) == ("self", Evidence.G0)
    assert [event.deed for event in rooms.visits.history("")].count(Deed.SELF_ADDED) >= 1


def _person(family: Family) -> str:
    """Her own id, from the chain."""
    deeds = family.town.rooms.visits.history("")
    return next(one.actor for one in reversed(deeds) if one.deed is Deed.SELF_ADDED).removeprefix("person:")


def test_second_tap_adds_nobody_and_the_form_leads_to_her_due_date(town: Site) -> None:
    family = Family(town, "foreign")
    declare(family)
    mother = her_subjects(family)[SubjectKind.MOTHER]
    token = family.parent.form("/logout").fields["csrf_token"][0]
    assert family.parent.post("/mother/new", {**HERSELF, "csrf_token": token}).path == "/home"
    assert family.parent.get("/mother/new").path == f"/children/{mother.id}/dates"
    assert family.parent.get("/home").text.count("あなた自身") == 1


def test_faults_of_a_mother_come_all_at_once_with_everything_typed(town: Site) -> None:
    family = Family(town, "stranger")
    typed = {"mother_name": "", "birth_date-day": "31", "birth_date-month": "2", "due_date-year": "12"}
    page = declare(family, **typed)
    assert page.status == 422
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert linked == ["mother_name", "birth_date-day", "due_date"]
    fields = family.parent.form().fields
    assert {name: fields[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert her_subjects(family) == {}


def test_due_date_on_a_29_february_that_is_none_is_told_at_its_day(town: Site) -> None:
    family = Family(town, "long")
    page = declare(family, **{"due_date-day": "29"})
    assert page.status == 422
    assert re.findall(r'<li><a href="#([\w-]+)">', page.text) == ["due_date-day"]
    page = declare(family, **{"due_date-month": "4", "due_date-day": "31"})
    assert re.findall(r'<li><a href="#([\w-]+)">', page.text) == ["due_date-day"]


def test_due_date_may_be_corrected_and_removed_without_a_reason(town: Site) -> None:
    family = Family(town, "sparse")
    declare(family)
    mother = her_subjects(family)[SubjectKind.MOTHER]
    path = f"/children/{mother.id}/dates"
    family.parent.get(path)
    assert family.parent.form().fields["due_date-year"] == ["2027"]
    assert family.parent.submit({"due_date-month": "3", "due_date-day": "7"}).path == "/home"
    assert str(her_subjects(family)[SubjectKind.MOTHER].due_date) == "2027-03-07"
    family.parent.get(path)
    page = family.parent.submit({"due_date-year": "2030"})
    assert page.status == 422
    assert family.parent.form().fields["due_date-year"] == ["2030"]
    token = family.parent.form().fields["csrf_token"][0]
    page = family.parent.post(path, {"csrf_token": token, "remove": "yes"})
    assert "出産予定日は書いてありません" in page.text
    assert her_subjects(family)[SubjectKind.MOTHER].due_date is None


def test_end_of_the_pregnancy_is_optional_and_everything_else_follows_it(town: Site) -> None:
    family = Family(town, "long")
    declare(family)
    mother = her_subjects(family)[SubjectKind.MOTHER]
    path, schedule = f"/children/{mother.id}/dates", f"/children/{mother.id}/schedule"
    assert "RSウイルス" in family.parent.get(schedule).text
    family.parent.get(path)
    page = family.parent.submit({"ended_on-year": "2026", "ended_on-month": "12", "ended_on-day": "1"})
    assert page.status == 422
    assert family.parent.form().fields["ended_on-day"] == ["1"]
    assert family.parent.submit({"ended_on-month": "11", "ended_on-day": "20"}).path == "/home"
    assert str(her_subjects(family)[SubjectKind.MOTHER].ended_on) == "2026-11-20"
    page = family.parent.get(schedule)
    assert "RSウイルス" not in page.text
    assert "妊婦健診" not in page.text
    assert "2026年11月30日" in page.text
    family.parent.get(path)
    assert family.parent.form().fields["ended_on-day"] == ["20"]


def test_due_date_of_a_child_born_early_is_optional_and_near_its_birth(town: Site) -> None:
    family = Family(town, "separated")
    family.add_child()
    child = her_subjects(family)[SubjectKind.CHILD]
    assert child.due_date is None
    path = f"/children/{child.id}/dates"
    for typed, status in ((("2026", "2", "8"), 422), (("2025", "11", "5"), 200), (("2025", "8", "10"), 422)):
        family.parent.get(path)
        parts = zip(("year", "month", "day"), typed, strict=True)
        fields = {"due_date-era": "western", **{f"due_date-{part}": text for part, text in parts}}
        assert family.parent.submit(fields).status == status
    assert str(her_subjects(family)[SubjectKind.CHILD].due_date) == "2025-11-05"
    family.parent.get(path)
    family.parent.submit({f"ended_on-{part}": "11" for part in ("month", "day")} | {"ended_on-year": "2025"})
    assert her_subjects(family)[SubjectKind.CHILD].ended_on is None


def test_language_switch_loses_nothing_of_these_forms(town: Site) -> None:
    family = Family(town, "teen")
    family.add_child()
    child = her_subjects(family)[SubjectKind.CHILD]
    for path, typed in (
        ("/mother/new", {"mother_name": "見本 わかば", "due_date-year": "9"}),
        (f"/children/{child.id}/dates", {"due_date-year": "2025", "due_date-day": "x"}),
    ):
        family.parent.get(path)
        fields = {**family.parent.form().fields, **typed, "lang": "ja"}
        assert family.parent.post(f"/language?next={path}", fields).path == f"{path}?kept=1"
        shown = family.parent.form().fields
        assert {name: shown[name] for name in typed} == {name: [value] for name, value in typed.items()}


def test_mother_is_offered_what_mothers_need_and_a_child_what_children_need(town: Site) -> None:
    family = Family(town, "moved")
    declare(family)
    family.add_child()
    mother, child = (her_subjects(family)[kind] for kind in (SubjectKind.MOTHER, SubjectKind.CHILD))
    page = family.parent.get("/visits/new")
    assert set(re.findall(r'href="/visits/new\?child=(\w+)">', page.text)) == {mother.id, child.id}
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    with mothers_need(town, something=False):
        page = family.parent.get(f"/visits/new?child={mother.id}")
    assert "いまは、ここで準備できるものがありません" in page.text
    with mothers_need(town, something=True):
        for subject, offered in ((mother, {MATERNAL}), (child, {"mr-1", "rotavirus-1"})):
            family.parent.get(f"/visits/new?child={subject.id}")
            form = family.parent.form()
            assert form.options["child"] == [subject.id]
            assert offered <= set(form.options["programme"])
            assert (MATERNAL in form.options["programme"]) is (subject is mother)
            assert ("companion" in form.options) is (subject is child)


def test_mix_of_mother_and_child_is_refused_whatever_was_posted(town: Site) -> None:
    family = Family(town, "reissued")
    declare(family)
    family.add_child({**CHILD, "child_name": "見本 ひなた"})
    mother, child = (her_subjects(family)[kind] for kind in (SubjectKind.MOTHER, SubjectKind.CHILD))
    with mothers_need(town, something=True):
        for subject, wanted in (
            (mother, ["mr-1"]),
            (child, [MATERNAL]),
            (mother, [MATERNAL, "mr-1"]),
            (child, ["mr-1", MATERNAL]),
        ):
            family.parent.get(f"/visits/new?child={subject.id}")
            page = family.parent.submit({"programme": wanted, "companion": "mother", "planned": "today"})
            assert page.status == 422
            assert re.findall(r'<li><a href="#([\w-]+)">', page.text) == ["programme"]
            assert "選んだ人が受けるものではない" in page.text
            assert family.parent.form().options["child"] == [subject.id]
        family.parent.get(f"/visits/new?child={mother.id}")
        page = family.parent.submit({"programme": [MATERNAL], "planned": "today", "clinic": "midori"})
        visit = family.visit_on(page)
    assert (visit.subject_id, visit.companion, visit.programmes) == (mother.id, "self", (MATERNAL,))
