"""How the pages of a child's growth are reached, and those of a checkup, where staff see it."""

from tests.support.journey import Fields
from tests.support.reaches import Reach
from tests.support.town import Town
from tests.support.town_subjects import EXPECTING

EMPTY: Fields = {}
BAD_MEASUREMENT: Fields = {
    "measured-year": "2020",
    "measured-month": "1",
    "measured-day": "1",
    "height": "752",
    "weight": "3,2 libras",
    "head": "4",
}
UNLIKELY_MEASUREMENT: Fields = {
    "measured-year": "2026",
    "measured-month": "11",
    "measured-day": "1",
    "height": "99",
    "weight": "31",
}


def _measured(town: Town) -> None:
    """The child of the parent has measurements."""
    town.children.first("measured")


GROWTH = (
    Reach("parent", "nothing measured", "/children/unmeasured/growth"),
    Reach("parent", "measured", "/children/measured/growth"),
    Reach("parent", "born early", "/children/early/growth"),
    Reach("parent", "posted empty", "/children/measured/growth", 422, EMPTY),
    Reach("parent", "before birth, impossible", "/children/measured/growth", 422, BAD_MEASUREMENT),
    Reach("parent", "unlikely", "/children/measured/growth", 422, UNLIKELY_MEASUREMENT),
    Reach("parent", "asked", "/children/measured/growth/first/remove"),
    Reach("parent", "another's", "/children/foreign/growth", 404),
    Reach("parent", "absent", "/children/absent/growth", 404),
    Reach("parent", "absent", "/children/measured/growth/absent/remove"),
    Reach(EXPECTING, "a mother", "/children/self/growth", 404),
    Reach(EXPECTING, "a mother", "/children/self/growth/absent/remove", 404),
    Reach("parent", "of a checkup", "/visits/ready_checkup/share", before=_measured),
)
CHECKUPS = tuple(
    Reach(role, "a checkup", "/clinic/visits/received_checkup", before=_measured)
    for role in ("reception", "nurse", "doctor")
)
