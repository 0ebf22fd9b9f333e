"""Requests that come twice, too late, without a token, too large, or for what is somebody else's."""

from urllib.parse import urlsplit

import pytest

from app.visit.planning import withdraw
from app.visit.ports import Deed
from app.visit.visit import Visit
from tests.support.faults_on_page import message, places_of, plain_text
from tests.support.journey import Fetched, Fields, Journey, healthy
from tests.support.town import Seat, Town
from tests.support.town_visits import MarkedFamily

DETAILS: Fields = {"delivery_problem": "yes", "delivery_problem-details": "三十二週で生まれました"}
SMALL, LARGE = 16 * 1024, 256 * 1024
STEPS = ("share", "pages/birth", "day", "stop", "clinic", "plan", "reissue", "today")


@pytest.fixture
def parent(town: Town) -> Journey:
    """The mother at her phone, just signed in."""
    town.leave("parent")
    return town.seat("parent")[1]


def count(family: MarkedFamily, visit: Visit) -> int:
    """How many submissions this visit has."""
    return len(family.site.rooms.visits.submissions(visit))


def title_of(town: Town, key: str, language: str = "ja") -> str:
    """The heading of an error page in that language."""
    wording = town.site.rooms.wording
    tongue = wording.languages.named(language)
    assert tongue is not None
    return wording.say(tongue, f"error.{key}.title")


# ---------------------------------------------------------------- twice, and too late


def test_submit_when_tapped_twice_then_one_submission_and_the_same_receipt(
    mother: MarkedFamily, parent: Journey
) -> None:
    visit = mother.draft("mr-1", pages=-1, day=mother.today)
    parent.get(f"/visits/{visit.id}/share")
    form = parent.form()
    first, second = parent.post_once(form.action, form.fields), parent.post_once(form.action, form.fields)
    assert (first.status, first.headers["location"]) == (303, f"/visits/{visit.id}/receipt")
    assert (second.status, second.headers["location"]) == (303, f"/visits/{visit.id}/receipt")
    assert count(mother, visit) == 1
    assert mother.now(visit).generation == 1


def test_day_when_posted_twice_then_one_submission(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/day")
    form = parent.form()
    fields = {**form.fields, **healthy(form)}
    assert parent.post_once(form.action, fields).status == 303
    assert parent.post_once(form.action, fields).status == 303
    assert count(mother, visit) == 2


@pytest.mark.parametrize("step", ["share", "day", "stop", "clinic", "plan", "pages/birth"])
def test_post_when_sharing_was_stopped_meanwhile_then_410_and_nothing_changes(
    town: Town, mother: MarkedFamily, parent: Journey, step: str
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    parent.get(f"/visits/{visit.id}/{step}")
    form = parent.form() if step != "stop" else parent.form(f"/visits/{visit.id}/stop")
    mother.change(withdraw(mother.now(visit)), Deed.WITHDRAWN)
    before = (mother.now(visit), count(mother, visit))
    page = parent.post(f"/visits/{visit.id}/{step}", {**form.fields, **DETAILS})
    assert page.status == 410
    assert title_of(town, "410") in page.text
    assert (mother.now(visit), count(mother, visit)) == before


def test_post_when_the_session_expired_then_it_comes_back_to_its_owner(
    town: Town, mother: MarkedFamily, parent: Journey
) -> None:
    visit = mother.draft("mr-1")
    seat, _ = town.seat("parent")
    parent.get(f"/visits/{visit.id}/pages/birth")
    town.site.clock.forward(minutes=31)
    page = parent.submit(DETAILS)
    assert urlsplit(page.path).path == "/start"
    assert not town.site.rooms.visits.draft(visit).answers.keys() & DETAILS.keys()
    kept_at = parent.form().fields["next"][0]
    assert kept_at == f"/visits/{visit.id}/pages/birth?kept=1"
    sign_in_again(town, "parent", seat)
    parent.get(kept_at)
    assert {name: parent.form().fields[name][0] for name in DETAILS} == DETAILS
    assert parent.submit().status in (200, 422)
    assert "delivery_problem" in town.site.rooms.visits.draft(visit).answers


def test_post_when_the_session_expired_then_another_person_gets_nothing(
    town: Town, mother: MarkedFamily, parent: Journey
) -> None:
    visit = mother.draft("mr-1")
    seat, _ = town.seat("parent")
    for path in (f"/visits/{visit.id}/pages/birth", "/children/new"):
        sign_in_again(town, "parent", seat)
        parent.get(path)
        town.site.clock.forward(minutes=31)
        parent.submit({**DETAILS, "child_name": "例示 かえで"})
        sign_in_again(town, "stranger", seat)
        page = parent.get(f"{path}?kept=1")
        assert page.status == (404 if visit.id in path else 200)
        assert "三十二週" not in page.text
        assert "かえで" not in page.text


def sign_in_again(town: Town, role: str, seat: Seat) -> None:
    """The browser now has a fresh session of somebody in this role."""
    town.sit_down(role, seat)


# ---------------------------------------------------------------- tokens and sizes


def test_post_without_a_token_then_400_and_nothing_changes(
    town: Town, mother: MarkedFamily, parent: Journey
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    before = (mother.now(visit), count(mother, visit), len(children(mother)))
    bad_tokens: tuple[Fields, ...] = ({}, {"csrf_token": "foreign"}, {"csrf_token": ""})
    for step in STEPS:
        for fields in bad_tokens:
            page = parent.post(f"/visits/{visit.id}/{step}", {**fields, **DETAILS, "clinic": "open"})
            assert page.status == 400, step
    page = parent.post("/children/new", {"child_name": "例示 かえで"})
    assert page.status == 400
    assert title_of(town, "old_page") in page.text
    assert (mother.now(visit), count(mother, visit), len(children(mother))) == before


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/visits/{id}/pages/contact", LARGE + 1, 413),
        ("/visits/{id}/pages/contact", LARGE - 2000, 422),
        ("/children/new", SMALL + 1, 413),
        ("/language", LARGE + 1, 413),
        ("/logout", SMALL + 1, 413),
    ],
)
def test_body_when_too_large_then_413_in_her_language(
    town: Town, mother: MarkedFamily, parent: Journey, path: str, size: int, status: int
) -> None:
    visit = mother.draft("mr-1")
    parent.get(f"/visits/{visit.id}/pages/contact")
    fields = {**parent.form().fields, "address": "a" * size}
    town.language = "vi"
    town.seat("parent")
    page = parent.post(path.format(id=visit.id), fields)
    town.language = "ja"
    assert page.status == status
    assert status != 413 or title_of(town, "413", "vi") in page.text
    assert "address" not in town.site.rooms.visits.draft(visit).answers


def test_fields_when_far_too_many_then_refused(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.draft("mr-1")
    parent.get(f"/visits/{visit.id}/pages/contact")
    many = {f"f{number}": "x" for number in range(3000)}
    assert parent.post(f"/visits/{visit.id}/pages/contact", {**parent.form().fields, **many}).status < 500


@pytest.mark.parametrize(
    "path", ["/visits/%00", "/visits/%ff/check", "/visits/../home", "/start?next=%ff", "/?a=%00"]
)
def test_address_when_it_holds_nonsense_then_a_page_comes(parent: Journey, path: str) -> None:
    assert parent.get(path).status in (200, 404)


# ---------------------------------------------------------------- what is somebody else's


def test_child_when_another_familys_then_it_is_no_choice(
    town: Town, mother: MarkedFamily, parent: Journey
) -> None:
    foreign = town.stranger.subject
    before = visits(mother)
    page = parent.get(f"/visits/new?child={foreign.id}")
    assert foreign.name not in page.text
    typed: Fields = {"child": foreign.id, "programme": "mr-1", "companion": "mother", "planned": "today"}
    page = parent.submit(typed)
    assert page.status == 422
    assert "child" in places_of(page, message(mother.site, "choose_child"))
    assert foreign.name not in page.text
    assert visits(mother) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"programme": "mr-99"}, "programme"),
        ({"programme": ["mr-1", "mr-2"]}, "programme"),
        ({"companion": "president"}, "companion"),
        ({"clinic": "nowhere"}, "clinic"),
        ({"planned": "sometime"}, "planned"),
    ],
)
def test_plan_when_made_up_then_the_field_says_so(
    mother: MarkedFamily, parent: Journey, changed: Fields, field: str
) -> None:
    before = visits(mother)
    parent.get("/visits/new")
    good: Fields = {
        "child": mother.subject.id,
        "programme": "mr-1",
        "companion": "mother",
        "planned": "today",
    }
    page = parent.submit({**good, **changed})
    assert page.status == 422
    assert f'href="#{field}"' in page.text, plain_text(page)
    assert visits(mother) == before


def test_answers_when_made_up_then_they_are_not_taken(mother: MarkedFamily, parent: Journey) -> None:
    visit = mother.draft("mr-1")
    parent.get(f"/visits/{visit.id}/pages/convulsion")
    page = parent.submit(
        {"convulsion_ever": "perhaps", "birth_weight": "3000", "convulsion_ever-details": "x"}
    )
    assert page.status == 422
    assert "convulsion_ever" in places_of(page, message(mother.site, "choose_one"))
    answers = mother.site.rooms.visits.draft(visit).answers
    assert not {"convulsion_ever", "birth_weight"} & answers.keys()


@pytest.mark.parametrize("revision", ["", "-1", "9" * 400, "１", "x", "\x00"])
def test_revision_when_nonsense_then_never_a_500(
    mother: MarkedFamily, parent: Journey, revision: str
) -> None:
    visit = mother.submit("mr-1", planned_on=mother.today)
    for step in ("pages/birth", "share", "clinic", "plan"):
        parent.get(f"/visits/{visit.id}/{step}")
        page = parent.submit({**healthy(parent.form()), "revision": revision, "submission_key": "k" * 9999})
        assert page.status in (200, 409, 422), step


# ---------------------------------------------------------------- the login's provider


@pytest.mark.parametrize(("persona", "fault"), [("cancel", "login_cancelled"), ("down", "login_unavailable")])
@pytest.mark.parametrize("language", ["ja", "vi"])
def test_login_when_the_provider_fails_then_a_calm_word_and_the_way_is_kept(
    town: Town, persona: str, fault: str, language: str
) -> None:
    guest = town.site.parent(language)
    page: Fetched = guest.sign_in(persona, following="/children/new")
    assert urlsplit(page.path).path == "/start"
    wording = town.site.rooms.wording
    tongue = wording.languages.named(language)
    assert tongue is not None
    assert wording.say(tongue, f"fault.{fault}") in plain_text(page)
    assert guest.form().fields["next"] == ["/children/new"]
    assert urlsplit(guest.get("/home").path).path == "/start"


def children(family: MarkedFamily) -> tuple[object, ...]:
    """The mother's children."""
    return family.site.rooms.people.subjects_of(family.person.id, family.site.clock())


def visits(family: MarkedFamily) -> int:
    """How many visits the mother has."""
    return len(family.site.rooms.visits.of_person(family.person.id))
