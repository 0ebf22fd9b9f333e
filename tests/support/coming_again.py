"""A mother who has been here before: her earlier visits through the rooms, her next one at her phone."""

import re
from dataclasses import dataclass, replace
from datetime import date

import html5lib
from sqlalchemy import insert

from app.people.person import SELF_DECLARED_RIGHTS, CardFacts, Evidence, Guardianship, Person, Sex, Subject
from app.questionnaire.answers import Answers
from app.storage import tables
from app.storage.people_rows import link_row
from app.visit.ports import Deed
from app.visit.sessions import Counter, Session
from app.visit.visit import Visit
from app.web import cookies
from tests.support.journey import HTML, Journey
from tests.support.site import Site
from tests.support.submitted import TOWN, make_family
from tests.support.town import Seat
from tests.support.town_visits import MarkedFamily

BUTTON = re.compile(r'name="same" value="([^"]+)"')


@dataclass
class Returning(MarkedFamily):
    """One mother with one of her children."""

    page_language: str = "ja"

    def phone(self) -> Journey:
        """Her phone; she has just signed in."""
        seat, now = Seat(self.site), self.site.clock()
        seat.language = self.page_language
        session = Session(Counter.PARENT, self.person.id, TOWN, now, now, CardFacts(), "aal3")
        seat.put_cookie(cookies.SESSION[Counter.PARENT], self.site.rooms.sessions.open(session))
        return Journey(seat, self.site.check)

    def open(self, visit: Visit, page: str) -> Journey:
        """Her phone with this topic page open."""
        phone = self.phone()
        phone.get(f"/visits/{visit.id}/pages/{page}")
        return phone

    def offers(self, visit: Visit, page: str) -> list[str]:
        """What this topic page offers again."""
        return offered_on(self.open(visit, page).page.text)

    def sibling(self) -> "Returning":
        """The same mother with another child."""
        new_id = self.site.rooms.new_id
        child = Subject(new_id(), TOWN, "見本 そら", "みほん そら", Sex.MALE, date(2025, 9, 9))
        self.site.rooms.people.add_subject(child, self._link(self.person, child))
        return replace(self, subject=child, visits=[])

    def other_guardian(self, *children: Subject) -> "Returning":
        """Somebody else who answers for these children, too."""
        person = make_family(self.site).person
        for child in children:
            link = self._link(person, child)
            key = self.site.store.keys.key(TOWN, f"subject:{child.id}")
            with self.site.store._database.writing() as connection:
                connection.execute(insert(tables.guardianship), link_row(link, key))
        return replace(self, person=person, visits=[])

    def kept(self, visit: Visit) -> Answers:
        """What is saved of the draft."""
        return self.site.rooms.visits.draft(visit).answers

    def deeds(self, visit: Visit) -> list[Deed]:
        """What the chain tells of the visit."""
        return [event.deed for event in self.site.rooms.visits.history(visit.id)]

    @property
    def day(self) -> str:
        """Today as a page says an earlier day."""
        return f"{self.today.year}年{self.today.month}月{self.today.day}日"

    def _link(self, person: Person, child: Subject) -> Guardianship:
        proof = Evidence.G0, SELF_DECLARED_RIGHTS, self.site.clock()
        return Guardianship(self.site.rooms.new_id(), TOWN, person.id, child.id, "mother", *proof)


def make_returning(site: Site, mark: str) -> Returning:
    """A mother with one child and no visit yet."""
    family = make_family(site)
    return Returning(site, family.person, family.subject, mark=mark)


def offered_on(text: str) -> list[str]:
    """What is offered again on a page, in its order."""
    cards = (one for one in html5lib.parse(text).iter(f"{HTML}section") if one.get("id") == "last-time")
    return ["".join(cell.itertext()) for card in cards for cell in card.iter(f"{HTML}dd")]


def button_on(text: str) -> str:
    """The value of the button that confirms. Errors: LookupError."""
    found = BUTTON.search(text)
    if found is None:
        raise LookupError("nothing is offered")
    return found[1]
