"""A town for the gates: one site, its people at their counters, a visit in every state, made when asked for.

Every free answer holds a mark of its author, and every child has a name of its own, so that a page that
shows what is foreign can be recognised by its bytes.
"""

from collections.abc import Sequence
from datetime import date

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.people.person import (
    SELF_DECLARED_RIGHTS,
    Binding,
    CardFacts,
    Evidence,
    Guardianship,
    Person,
    Sex,
    Subject,
)
from app.places.place import Terminal
from app.visit.limits import Limit
from app.visit.sessions import Counter, Session
from app.visit.visit import Visit
from app.web import cookies
from tests.support.journey import Fetched, Journey
from tests.support.site import Site
from tests.support.submitted import TOWN
from tests.support.town_children import TownChildren
from tests.support.town_subjects import EXPECTING, MARK, NAME, Expecting, make_expecting
from tests.support.town_visits import ABSENT, BUILDERS, MarkedFamily

PARENTS = ("parent", "newcomer", "stranger", EXPECTING)
STAFF = {
    "reception": ("midori", "reception"),
    "nurse": ("midori", "nurse"),
    "doctor": ("midori", "doctor"),
    "administrator": ("midori", "administrator"),
    "elsewhere": ("aozora", "doctor"),
    "quiet_desk": ("hoken", "reception"),
    "no_terminal": ("midori", "nurse"),
}
ROLES = ("anonymous", *PARENTS, "pass_holder", *STAFF)
HOST = "localhost"
LONG_NAME = "Maximiliana" * 8


class Seat:
    """One browser: its cookies and its language. Works as a `Transport`."""

    def __init__(self, site: Site) -> None:
        self.client: FlaskClient = site.app.test_client()
        self.language = "ja"
        self._base_url = site.settings.public_url

    def put_cookie(self, name: str, value: str) -> None:
        """The browser has this cookie."""
        self.client.set_cookie(name, value, domain=HOST)

    def __call__(self, method: str, path: str, fields: Sequence[tuple[str, str]]) -> Fetched:
        """The answer, nothing followed."""
        answer = self.client.open(
            path,
            method=method,
            data=MultiDict(fields) if method == "POST" else None,
            base_url=self._base_url,
            headers={"Accept-Language": self.language},
        )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Fetched(path, answer.status_code, headers, answer.get_data())


class Town:
    """The site and everyone in it. What is asked for by name is made once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.language = "ja"
        self.mother = self._family("見本 さくらこ", "こたえはさくらこ")
        self.stranger = self._family("例示 ももか", "こたえはももか")
        self._seats: dict[str, tuple[Seat, Journey]] = {}
        self._visits: dict[str, Visit] = {}
        self.tokens: dict[str, str] = {}
        self._exhausted: list[tuple[Limit, str]] = []
        self._add_child(self.mother.person, LONG_NAME, Sex.MALE)
        self.expecting: Expecting = make_expecting(site, self._person())
        self.children = TownChildren(self.mother, self.stranger, self.expecting)
        self.persons = {"parent": self.mother.person, "stranger": self.stranger.person}
        self.persons[EXPECTING] = self.expecting.person

    def seat(self, role: str) -> tuple[Seat, Journey]:
        """The browser of somebody in this role, in the language of the town."""
        if role not in self._seats:
            seat = Seat(self.site)
            self.sit_down(role, seat)
            self._seats[role] = seat, Journey(seat)
        seat, journey = self._seats[role]
        seat.language = self.language
        seat.put_cookie(cookies.LANGUAGE, self.language)
        return seat, journey

    def leave(self, role: str) -> None:
        """The browser of this role is gone; the next one signs in anew."""
        self._seats.pop(role, None)
        self.tokens.pop(role, None)

    def visit(self, name: str) -> Visit:
        """The visit of this name, as it is kept now."""
        if name not in self._visits:
            self._visits[name] = BUILDERS[name](self.mother, self.stranger)
        return self.mother.now(self._visits[name])

    def forget(self, name: str) -> None:
        """The next time somebody asks for this visit, it is made anew."""
        self._visits.pop(name, None)

    def id_of(self, name: str) -> str:
        """The id of that visit; one that nobody has for the absent one."""
        return ABSENT if name == "absent" else self.visit(name).id

    def subject_id(self, name: str) -> str:
        """The id of a subject: ``self`` is the expectant mother, the others are `TownChildren`."""
        return self.expecting.mother.id if name == "self" else self.children.id_of(name)

    def show_pass(self, seat: Seat, name: str) -> None:
        """The device of this browser holds the pass of that visit, as long as it has one."""
        visit = self.visit(name)
        if visit.generation:
            seat.put_cookie(cookies.pass_cookie(visit.id), self.site.rooms.passes.device_token(visit))

    def foreign_marks(self, role: str) -> tuple[str, ...]:
        """What somebody in this role must never find in any byte of a page."""
        hers, others = (
            (self.mother.subject.name, self.mother.mark),
            (self.stranger.subject.name, self.stranger.mark),
        )
        allowed = {
            "parent": hers,
            "stranger": others,
            EXPECTING: (NAME, MARK),
            "nurse": hers,
            "doctor": hers,
            "reception": hers[:1],
        }.get(role, ())
        return tuple(mark for mark in (*hers, *others, NAME, MARK) if mark not in allowed)

    def exhaust(self, limit: Limit, key: str) -> None:
        """No further try is allowed until `allow_again`."""
        for _ in range(limit.most):
            self.site.rooms.tries.allow(limit, key, self.site.clock())
        self._exhausted.append((limit, key))

    def allow_again(self) -> None:
        """Every count that was exhausted starts again."""
        while self._exhausted:
            self.site.rooms.tries.forget(*self._exhausted.pop())

    def sit_down(self, role: str, seat: Seat) -> None:
        """Somebody in this role signs in at this browser."""
        if role in PARENTS:
            person = self.persons[role] if role in self.persons else self._person()
            name = "見本 花子" if role == "parent" else "例示 三郎"
            facts = CardFacts(name, "見本県見本市1-1", date(1992, 4, 12), "female")
            self._open(seat, Counter.PARENT, person.id, facts)
        elif role in STAFF:
            clinic, work = STAFF[role]
            secret = self.site.store.staff_secrets.find(f"{clinic}-{work}")
            assert secret is not None
            self._open(seat, Counter.CLINIC, secret.staff.id)
            if role != "no_terminal":
                seat.put_cookie(cookies.TERMINAL, self._terminal(clinic))

    def _open(self, seat: Seat, counter: Counter, actor: str, facts: CardFacts = CardFacts()) -> None:  # noqa: B008  frozen
        now = self.site.clock()
        session = Session(counter, actor, TOWN, now, now, facts, "aal3")
        seat.put_cookie(cookies.SESSION[counter], self.site.rooms.sessions.open(session))

    def _terminal(self, clinic: str) -> str:
        rooms = self.site.rooms
        terminal = Terminal(rooms.new_id(), TOWN, clinic, "受付1番")
        redeemed = rooms.places.redeem_terminal(
            rooms.places.enrol_terminal(terminal, self.site.clock()), self.site.clock()
        )
        assert redeemed is not None
        return redeemed[1]

    def _person(self) -> Person:
        rooms = self.site.rooms
        return rooms.people.sign_in(TOWN, Binding("town", "town", rooms.new_id()), self.site.clock())

    def _family(self, child: str, mark: str) -> MarkedFamily:
        person = self._person()
        return MarkedFamily(self.site, person, self._add_child(person, child), mark=mark)

    def _add_child(self, person: Person, name: str, sex: Sex = Sex.FEMALE) -> Subject:
        rooms, now = self.site.rooms, self.site.clock()
        subject = Subject(rooms.new_id(), TOWN, name, "みほん", sex, date(2025, 9, 9))
        rights, evidence = SELF_DECLARED_RIGHTS, Evidence.G0
        link = Guardianship(rooms.new_id(), TOWN, person.id, subject.id, "mother", evidence, rights, now)
        rooms.people.add_subject(subject, link)
        return subject
