"""What a municipality changes, as a parent meets it, and as the application refuses to start with it."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.questionnaire.answers import Answer
from app.visit.ports import Deed, Event
from app.visit.visit import Visit
from tests.support.journey import Parent
from tests.support.redeployed import TRANSLATIONS, definitions_with, redeployed
from tests.support.site import Site
from tests.support.town_visits import healthy_answers

OWN_PAGE = "m999999_visit_page"
FOUR_MONTHS = (2026, 7, 10)


def family(site: Site) -> Parent:
    parent = site.parent()
    parent.sign_in()
    parent.add_child(born=FOUR_MONTHS)
    return parent


def fill(site: Site, visit: Visit, **told: Answer) -> None:
    """Everything that is asked ahead is answered."""
    draft = site.rooms.visits.draft(visit)
    sheet = site.rooms.sheet_of(visit)
    answers = healthy_answers(sheet.pages_ahead, {**draft.answers, **told}, "見本", sheet.facts)
    event = Event(Deed.DRAFT_SAVED, visit.municipality, f"person:{visit.person_id}", "parent", site.clock())
    site.rooms.visits.save(replace(draft, answers=answers), visit, event)


def test_a_checkup_is_asked_as_the_town_does_and_sent_with_its_own_answers(site: Site) -> None:
    parent = family(site)
    visit = parent.prepare(["checkup-m3"], "hoken")
    kept = site.rooms.visits.find(visit)
    assert kept is not None
    assert kept.pins[-1] == ("overlay/999999", 1)
    assert "すくすくファイル" in parent.get(f"/visits/{visit}").text
    assert "もんしん すくすく券" in parent.get(f"/visits/{visit}/pages/checkup_contact_page").text
    family_page = parent.get(f"/visits/{visit}/pages/com_family_page").text
    assert "com_family" in family_page
    assert "com_siblings" not in family_page
    fill(site, kept, m999999_home_visit=Answer("no"), m999999_contact_wish=Answer("phone"))
    parent.send(visit)
    newest = site.rooms.visits.newest(kept)
    assert newest is not None
    assert newest.answers["m999999_home_visit"] == Answer("no")
    assert newest.answers["m999999_contact_wish"] == Answer("phone")


def test_staff_read_the_towns_question_in_japanese(site: Site) -> None:
    parent = family(site)
    visit = parent.prepare(["checkup-m3"], "hoken")
    kept = site.rooms.visits.find(visit)
    assert kept is not None
    fill(site, kept, m999999_home_visit=Answer("no"), m999999_contact_wish=Answer("visit"))
    parent.send(visit)
    kept = site.rooms.visits.find(visit)
    assert kept is not None
    nurse = site.staff("nurse", "hoken")
    nurse.get("/reception")
    nurse.submit({"code": site.rooms.passes.face(kept).short_code})
    assert "保健師への相談の希望" in nurse.page.text
    assert "訪問希望" in nurse.page.text


def in_vietnamese(parent: Parent, path: str) -> str:
    """The page after she chose Vietnamese on it."""
    parent.get(path)
    token = parent.form().fields["csrf_token"]
    return parent.post("/language", {"lang": "vi", "next": path, "csrf_token": token}).text


SENTENCE = "Phần chưa dịch được viết bằng tiếng Nhật"


def test_what_the_town_says_in_her_language_is_an_aid_like_everything_else(
    site: Site, tmp_path: Path
) -> None:
    shutil.copytree(TRANSLATIONS, tmp_path / "translations")
    drafts = tmp_path / "translations/vi/overlays/999999.po"
    head, _, entries = drafts.read_text("utf-8").partition("\n\n")
    said = re.sub(r'msgstr ".*"', 'msgstr "Bản nháp"', entries)
    drafts.write_text(f"{head}\n\n{said}", "utf-8")
    after = redeployed(site, translations=tmp_path / "translations")
    parent = family(after)
    visit = parent.prepare(["checkup-m3"], "hoken")
    page = in_vietnamese(parent, f"/visits/{visit}/pages/{OWN_PAGE}")
    assert SENTENCE not in page
    assert 'Bản nháp<span class="ja" lang="ja">もんしん市の家庭訪問のこと</span>' in page
    after.store.dispose()


def test_what_the_town_says_untranslated_is_japanese_with_an_honest_sentence(
    site: Site, tmp_path: Path
) -> None:
    def reword(folder: Path) -> None:
        path = folder / "overlays/999999/v1.toml"
        path.write_text(path.read_text("utf-8").replace("おうちに来ましたか", "うかがいましたか"), "utf-8")

    after = redeployed(site, definitions_with(tmp_path, reword))
    parent = family(after)
    visit = parent.prepare(["checkup-m3"], "hoken")
    page = in_vietnamese(parent, f"/visits/{visit}/pages/{OWN_PAGE}")
    assert SENTENCE in page
    assert (
        '<span lang="ja">生まれてから今までに、もんしん市の保健師や助産師が、うかがいましたか。</span>'
        in page
    )
    assert SENTENCE not in parent.get(f"/visits/{visit}/pages/com_worry_page").text
    after.store.dispose()


def test_an_overlay_that_hides_a_core_item_keeps_the_application_from_starting(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def hide(folder: Path) -> None:
        path = folder / "overlays/999999/v1.toml"
        path.write_text(path.read_text("utf-8").replace('"com_siblings"', '"m3_conv"'), "utf-8")

    with pytest.raises(SystemExit) as left:
        redeployed(site, definitions_with(tmp_path, hide))
    assert left.value.code == 78
    told = "overlays/999999/v1.toml:10: hide.question: 'm3_conv' can never be hidden: it asks for a danger"
    assert told in capsys.readouterr().err
