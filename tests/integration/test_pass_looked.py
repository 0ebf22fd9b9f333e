"""Who has looked, and why: clinics by name, roles, never a person; and what she did herself."""

from app.visit.access import Who
from app.visit.ports import Deed
from tests.integration.pass_seeds import (
    event,
    received,
    signed_in,
    submitted,
    town,  # noqa: F401  a fixture
)
from tests.support.site import Site


def test_looked_when_nobody_has_says_so(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent)
    page = parent.get(f"/visits/{visit.id}/looked").text
    assert "まだ、どの医療機関も開いていません" in page
    assert "答えを送りました" in page


def test_looked_when_received_and_read_names_clinic_purpose_and_role(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent, day=town.rooms.today())
    received(town, visit)
    town.rooms.audit.write(event(town, Deed.READ_ANSWERS, visit, Who.NURSE))
    town.clock.forward(seconds=20)
    town.rooms.audit.write(event(town, Deed.READ_ANSWERS, visit, Who.NURSE))
    page = parent.get(f"/visits/{visit.id}/looked").text
    assert page.count("みどり小児科") == 2
    assert page.count("診察のために答えを読みました") == 1
    for word in ("受付で開きました", "看護師", "受付"):
        assert word in page
    for row in town.rooms.places.clinics("999999"):
        assert row.phone not in page
    assert "staff" not in page


def test_looked_when_read_again_later_says_it_again(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent, day=town.rooms.today())
    for _ in range(2):
        town.rooms.audit.write(event(town, Deed.READ_ANSWERS, visit, Who.DOCTOR))
        town.clock.forward(minutes=5)
    page = parent.get(f"/visits/{visit.id}/looked").text
    assert page.count("診察のために答えを読みました") == 2


def test_looked_when_stopped_still_opens(town: Site) -> None:  # noqa: F811
    parent = signed_in(town)
    visit = submitted(town, parent)
    parent.get(f"/visits/{visit.id}/stop")
    parent.submit()
    assert "どの医療機関も、この答えをもう開けません" in parent.page.text
    assert parent.get(f"/visits/{visit.id}/looked").status == 200
