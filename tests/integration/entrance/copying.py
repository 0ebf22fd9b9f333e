"""A family at the history of its child, and the rows it types."""

import re
from datetime import date

from app.people.dose_history import CopiedDose
from app.people.person import Subject
from tests.integration.entrance.family import Family
from tests.support.faults_on_page import message, places_of
from tests.support.journey import Fetched, Fields
from tests.support.site import Site


def rows(code: str, *days: str, first: int = 1) -> dict[str, str]:
    """Rows of one vaccine: ``2025-11-10``, any part of which may be empty or odd."""
    typed = {}
    for number, day in enumerate(days, first):
        for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
            typed[f"{code}_{number}-{part}"] = text
    return typed


class Copying:
    """A family with a child, at its history."""

    def __init__(self, town: Site, persona: str) -> None:
        self.family = Family(town, persona)
        self.parent = self.family.parent
        self.family.add_child({"child_name": f"見本 {persona}"})
        self.child: Subject = next(one for one in self.family.children if one.name.endswith(persona))
        self.path = f"/children/{self.child.id}/history"

    @property
    def doses(self) -> list[CopiedDose]:
        """What is kept, by vaccine and day."""
        kept = self.family.town.rooms.histories.doses(self.child)
        return sorted(kept, key=lambda one: (one.vaccine, one.given_on or date.max))

    def copy(self, typed: Fields) -> Fetched:
        """The page of many rows, sent with these fields changed."""
        self.parent.get(f"{self.path}/copy")
        return self.parent.submit(typed)

    def told(self, page: Fetched, **fields: str) -> None:
        """The page is a 422 that names these faults at these fields and no others, everything kept."""
        assert page.status == 422
        linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
        assert linked == list(fields)
        for field, fault in fields.items():
            assert field in places_of(page, message(self.family.town, fault))
        assert self.doses == []
