"""Changing the plan after submitting: answers and pass stay; a new code and stopping kill the old pass."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from app.visit.handover import read_scan
from app.visit.planning import move
from app.visit.ports import Deed
from app.visit.reception import close
from app.visit.visit import State, Visit
from tests.integration.pass_seeds import (
    event,
    kept,
    prepared,
    received,
    signed_in,
    submitted,
    town,  # noqa: F401  a fixture
)
from tests.support.journey import Parent
from tests.support.site import Site


@pytest.fixture
def parent(town: Site) -> Parent:  # noqa: F811
    """A signed-in parent."""
    return signed_in(town)


@pytest.fixture
def visit(town: Site, parent: Parent) -> Visit:  # noqa: F811
    """Her submitted visit, today at the clinic midori."""
    return submitted(town, parent, day=town.rooms.today())


def deeds(site: Site, visit: Visit) -> list[Deed]:
    """What happened to the visit."""
    return [one.deed for one in site.rooms.visits.history(visit.id)]


def is_found(site: Site, visit: Visit) -> bool:
    """Whether this pass, as it was, still opens the visit."""
    scan = read_scan(site.rooms.passes.face(visit).digits)
    return site.rooms.visits.by_scan(scan, site.clock()) is not None  # type: ignore[arg-type]  # a Scan


def changed_meanwhile(site: Site, visit: Visit) -> None:
    """Another screen changed the plan."""
    now = kept(site, visit)
    site.rooms.visits.change(
        move(now, now.clinic_id, now.planned_on, site.clock()), event(site, Deed.PLAN_CHANGED, now)
    )


def test_clinic_when_changed_keeps_the_pass(town: Site, parent: Parent, visit: Visit) -> None:  # noqa: F811
    parent.get(f"/visits/{visit.id}/clinic")
    parent.submit({"clinic": "aozora"})
    assert (parent.page.status, parent.page.path) == (200, f"/visits/{visit.id}/pass")
    now = kept(town, visit)
    assert (now.clinic_id, now.planned_on, now.generation) == ("aozora", visit.planned_on, 1)
    assert is_found(town, visit)
    assert deeds(town, visit)[-1] is Deed.PLAN_CHANGED


def test_clinic_when_left_open_belongs_to_the_first_that_scans(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    received(town, visit)
    assert "もう受付が済んでいます" in parent.get(f"/visits/{visit.id}/clinic").text
    parent.submit({"clinic": "open"})
    now = kept(town, visit)
    assert (now.clinic_id, now.bound_clinic_id, now.state) == (None, None, State.SUBMITTED)


@pytest.mark.parametrize("fields", [{}, {"clinic": "nowhere"}, {"clinic": ""}])
def test_clinic_when_none_was_chosen_asks_again(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
    fields: dict[str, str],
) -> None:
    parent.get(f"/visits/{visit.id}/clinic")
    parent.submit(fields)
    assert parent.page.status == 422
    assert 'href="#clinic"' in parent.page.text
    assert kept(town, visit) == visit


def test_clinic_when_something_changed_since_shows_it_first(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    parent.get(f"/visits/{visit.id}/clinic")
    changed_meanwhile(town, visit)
    parent.submit({"clinic": "aozora"})
    assert parent.page.status == 409
    assert parent.form().fields["clinic"] == ["aozora"]
    assert kept(town, visit).clinic_id == "midori"
    parent.submit()
    assert kept(town, visit).clinic_id == "aozora"


def test_clinic_when_the_login_expired_comes_back_with_what_was_chosen(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    parent.get(f"/visits/{visit.id}/clinic")
    town.clock.forward(minutes=31)
    parent.submit({"clinic": "aozora"})
    assert parent.page.path.startswith("/start")
    parent.submit(action="/login")
    parent.submit({"persona": "mother"}, action="/stand-in")
    assert urlsplit(parent.page.path).path == f"/visits/{visit.id}/clinic"
    assert parent.form().fields["clinic"] == ["aozora"]


def test_day_when_changed_keeps_pass_and_clinic(town: Site, parent: Parent, visit: Visit) -> None:  # noqa: F811
    day = town.rooms.today() + timedelta(days=3)
    parent.get(f"/visits/{visit.id}/plan")
    fields = {f"planned-{part}": str(getattr(day, part)) for part in ("year", "month", "day")}
    parent.submit({"planned": "other", **fields})
    assert parent.page.path == f"/visits/{visit.id}/pass"
    now = kept(town, visit)
    assert (now.planned_on, now.clinic_id, now.generation) == (day, "midori", 1)
    assert is_found(town, visit)


def test_day_when_changed_after_the_first_clinic_scanned_stays_with_that_clinic(
    town: Site,  # noqa: F811
    parent: Parent,
) -> None:
    visit = submitted(town, parent, "", day=town.rooms.today())
    received(town, visit)
    parent.get(f"/visits/{visit.id}/plan")
    parent.submit({"planned": "open"})
    now = kept(town, visit)
    assert (now.bound_clinic_id, now.clinic_id, now.planned_on) == ("midori", "midori", None)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ((), "planned"),
        (("other",), "planned-year"),
        (("other", "2020", "1", "2"), "planned-year"),
        (("other", "2027", "2", "30"), "planned-day"),
        (("other", "2999", "1", "2"), "planned-year"),
    ],
)
def test_day_when_it_cannot_be_asks_again_with_everything_typed(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
    typed: tuple[str, ...],
    link: str,
) -> None:
    fields = dict(zip(("planned", "planned-year", "planned-month", "planned-day"), typed, strict=False))
    parent.get(f"/visits/{visit.id}/plan")
    parent.submit(fields)
    assert parent.page.status == 422
    assert f'href="#{link}"' in parent.page.text
    assert f'id="{link}"' in parent.page.text
    assert {name: parent.form().fields[name] for name in fields} == {
        name: [value] for name, value in fields.items()
    }
    assert kept(town, visit) == visit


def test_today_when_tapped_twice_changes_once(town: Site, parent: Parent) -> None:  # noqa: F811
    visit = submitted(town, parent)
    parent.get(f"/visits/{visit.id}/pass")
    form = parent.form("/today")
    for _ in range(2):
        assert parent.post_once(form.action, form.fields).status == 303
    assert deeds(town, visit).count(Deed.PLAN_CHANGED) == 1


def test_code_when_made_new_kills_the_old_one(town: Site, parent: Parent, visit: Visit) -> None:  # noqa: F811
    old = town.rooms.passes.face(visit).short_code
    parent.get(f"/visits/{visit.id}/pass")
    parent.submit(action="/reissue")
    assert parent.page.status == 200
    assert old not in parent.page.text
    assert not is_found(town, visit)
    assert is_found(town, kept(town, visit))
    assert deeds(town, visit)[-1] is Deed.REISSUED


def test_code_when_the_form_is_stale_shows_the_page_as_it_is_now(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    parent.get(f"/visits/{visit.id}/pass")
    changed_meanwhile(town, visit)
    parent.submit(action="/reissue")
    assert parent.page.status == 409
    assert is_found(town, visit)
    assert town.rooms.passes.face(visit).short_code in parent.page.text


def test_sharing_when_stopped_no_clinic_opens_the_answers(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    parent.get(f"/visits/{visit.id}/stop")
    parent.submit()
    assert (parent.page.status, parent.page.path) == (200, f"/visits/{visit.id}/looked")
    now = kept(town, visit)
    assert (now.state, now.bound_clinic_id) == (State.WITHDRAWN, None)
    assert not is_found(town, visit)
    assert town.rooms.visits.draft(now).answers
    assert deeds(town, visit)[-1] is Deed.WITHDRAWN
    assert parent.get(f"/visits/{visit.id}/stop").status == 410


def test_sharing_when_the_visit_is_closed_cannot_be_stopped(
    town: Site,  # noqa: F811
    parent: Parent,
    visit: Visit,
) -> None:
    parent.get(f"/visits/{visit.id}/stop")
    form = parent.form()
    closed = close(received(town, visit), town.clock())
    town.rooms.visits.change(closed, event(town, Deed.CLOSED, visit))
    assert parent.post(form.action, form.fields).status == 410
    assert kept(town, visit).state is State.CLOSED


def test_plan_when_nothing_was_submitted_can_be_changed_but_makes_no_pass(
    town: Site,  # noqa: F811
    parent: Parent,
) -> None:
    visit = prepared(town, parent)
    parent.get(f"/visits/{visit.id}/clinic")
    parent.submit({"clinic": "aozora"})
    assert parent.page.path == f"/visits/{visit.id}"
    for page in ("reissue", "stop", "today"):
        token = parent.get(f"/visits/{visit.id}/plan") and parent.form().fields["csrf_token"]
        assert parent.post(f"/visits/{visit.id}/{page}", {"csrf_token": token}).path == f"/visits/{visit.id}"
    now = kept(town, visit)
    assert (now.state, now.generation, now.clinic_id) == (State.DRAFTING, 0, "aozora")


@pytest.mark.parametrize("page", ["clinic", "plan", "today", "reissue", "stop"])
def test_plan_when_a_stranger_posts_does_not_exist(town: Site, visit: Visit, page: str) -> None:  # noqa: F811
    stranger = signed_in(town, "stranger")
    stranger.get("/home")
    token = stranger.form("/logout").fields["csrf_token"]
    fields = {"csrf_token": token, "clinic": "aozora", "planned": "open"}
    assert stranger.post(f"/visits/{visit.id}/{page}", fields).status == 404
    assert kept(town, visit) == visit
