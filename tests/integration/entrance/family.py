"""A parent with children, for tests of the way in."""

import re
from collections.abc import Mapping, Sequence

from app.people.person import Subject
from app.visit.visit import Visit
from tests.support.journey import Fetched
from tests.support.site import Site

CHILD = {
    "child_name": "見本 さくら",
    "child_sex": "female",
    "relationship": "mother",
    "birth_date-era": "western",
    "birth_date-year": "2025",
    "birth_date-month": "9",
    "birth_date-day": "10",
}
PLAN = {"programme": ["mr-1", "varicella-1"], "companion": "mother", "planned": "today", "clinic": "midori"}


class Family:
    """A signed-in parent of one persona, and what is kept for her."""

    def __init__(self, town: Site, persona: str) -> None:
        self.town = town
        self.parent = town.parent()
        self.parent.sign_in(persona)

    @property
    def children(self) -> tuple[Subject, ...]:
        """Her children as they are kept, in the order of her home."""
        found = re.findall(r'href="/visits/new\?child=(\w+)">', self.parent.get("/home").text)
        kept = [self.town.rooms.people.subject(child) for child in dict.fromkeys(found)]
        return tuple(child for child in kept if child is not None)

    def add_child(self, typed: Mapping[str, str] | None = None) -> Fetched:
        """The form of a new child, sent with these fields changed."""
        self.parent.get("/children/new")
        return self.parent.submit({**CHILD, **(typed or {})})

    def prepare(self, changed: Mapping[str, str | Sequence[str]] | None = None) -> Fetched:
        """The form of a visit for the first child, sent with these fields changed."""
        self.parent.get("/visits/new")
        child = self.parent.form().options["child"][0]
        return self.parent.submit({"child": child, **PLAN, **(changed or {})})

    def visit_on(self, page: Fetched) -> Visit:
        """The visit whose page this is."""
        visit = self.town.rooms.visits.find(page.path.split("/")[2])
        assert visit is not None, page.path
        return visit
