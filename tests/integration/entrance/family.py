"""A parent with a child, for tests of the way in."""

from app.people.person import Guardianship, Subject
from tests.support.journey import Fetched, Parent
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


class Family:
    """A signed-in parent of one persona, and what is kept for her."""

    def __init__(self, town: Site, persona: str) -> None:
        self.town = town
        self.parent: Parent = town.parent()
        self.parent.sign_in(persona)

    @property
    def children(self) -> list[tuple[Subject, Guardianship]]:
        """Her children as they are kept, oldest link first."""
        found = self.town.rooms.people.subjects_of(self.person_id, self.town.clock())
        return list(found)

    @property
    def person_id(self) -> str:
        """Who she is."""
        raise NotImplementedError

    def add_child(self, typed: dict[str, str] | None = None) -> Fetched:
        """The form of a new child, sent with these fields changed."""
        self.parent.get("/children/new")
        return self.parent.submit({**CHILD, **(typed or {})})
