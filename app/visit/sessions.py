"""How long somebody stays signed in at a counter, and what the signed-in session knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.people.person import CardFacts


class Counter(StrEnum):
    """A group of pages for one kind of user; each has its own cookie and lifetimes."""

    PARENT = "parent"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Ends after ``idle`` without a request, and after ``most`` in any case."""

    idle: timedelta
    most: timedelta


LIFETIMES = {
    Counter.PARENT: Lifetime(timedelta(minutes=30), timedelta(hours=12)),
    Counter.CLINIC: Lifetime(timedelta(minutes=30), timedelta(hours=10)),
}
KEPT_FORM_FOR = timedelta(minutes=10)
TOUCH_AFTER = timedelta(minutes=1)
NO_FACTS = CardFacts()


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in.

    Shapes: ``actor_id`` a person's or a member of staff's id; ``facts`` what the card said at this
    sign-in (parents only); ``acr`` how strongly it was proved.
    """

    counter: Counter
    actor_id: str
    municipality: str
    opened_at: datetime
    seen_at: datetime
    facts: CardFacts = NO_FACTS
    acr: str = ""

    def is_expired(self, now: datetime) -> bool:
        """Whether it ended by idling or by age."""
        lifetime = LIFETIMES[self.counter]
        return now - self.seen_at > lifetime.idle or now - self.opened_at > lifetime.most
