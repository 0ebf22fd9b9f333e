"""The children of the town by name, with what was measured of them: made when asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from app.people.growth import Measurement
from app.people.person import SELF_DECLARED_RIGHTS, Right, Subject
from tests.support.town_subjects import Expecting
from tests.support.town_visits import ABSENT, MarkedFamily

FORTY_DAYS = timedelta(days=40)
WEEKS_EARLY = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Families:
    """Whose children they are."""

    mother: MarkedFamily
    stranger: MarkedFamily
    expecting: Expecting


class TownChildren:
    """Every child that a page can be about. Shapes: names are those of `BUILDERS`, and "absent"."""

    def __init__(self, mother: MarkedFamily, stranger: MarkedFamily, expecting: Expecting) -> None:
        self._families = Families(mother, stranger, expecting)
        self._made: dict[str, Subject] = {}

    def id_of(self, name: str) -> str:
        """The id of that child; one that nobody has for the absent one."""
        return ABSENT if name == "absent" else self._child(name).id

    def first(self, name: str) -> str:
        """The id of the oldest measurement of that child; a new one when all are gone."""
        if name == "absent":
            return ABSENT
        child, families = self._child(name), self._families
        author = families.expecting if name == "child" else families.mother
        kept = author.site.rooms.measurements.of_subject(child.id)
        return (kept or measure(author, child))[0].id

    def _child(self, name: str) -> Subject:
        if name not in self._made:
            self._made[name] = BUILDERS[name](self._families)
        return self._made[name]


def measure(family: MarkedFamily | Expecting, child: Subject) -> tuple[Measurement, ...]:
    """Three measurements since the birth: along the lines, under them, over them."""
    rooms = family.site.rooms
    rows = (("48.9", 3050, "33.2"), ("50.1", 2600, None), (None, 9900, "40.5"))
    for number, (height, weight, head) in enumerate(rows):
        rooms.measurements.add(
            Measurement(
                *(rooms.new_id(), child.municipality, child.id, family.person.id),
                child.birth_date + number * FORTY_DAYS,
                family.site.clock(),
                Decimal(height) if height else None,
                weight,
                Decimal(head) if head else None,
            )
        )
    return rooms.measurements.of_subject(child.id)


def another_child(
    family: MarkedFamily,
    born: date,
    due: date | None = None,
    *,
    rights: frozenset[Right] = SELF_DECLARED_RIGHTS,
) -> Subject:
    """One more child of this family."""
    rooms, now = family.site.rooms, family.site.clock()
    child = replace(family.subject, id=rooms.new_id(), name="見本 ふたば", birth_date=born, due_date=due)
    link = rooms.people.guardianship(family.person.id, family.subject.id, now)
    assert link is not None
    new = replace(link, id=rooms.new_id(), subject_id=child.id, rights=rights)
    rooms.people.add_subject(child, new)
    return child


def _measured(family: MarkedFamily, child: Subject) -> Subject:
    measure(family, child)
    return child


Builder = Callable[[Families], Subject]
BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "bare": lambda town: town.mother.subject,
        "child": lambda town: town.expecting.child,
        "measured": lambda town: _measured(town.mother, town.mother.subject),
        "unmeasured": lambda town: another_child(town.mother, date(2023, 5, 8)),
        "early": lambda town: _measured(
            town.mother, another_child(town.mother, date(2026, 3, 3), date(2026, 3, 3) + WEEKS_EARLY)
        ),
        "foreign": lambda town: _measured(town.stranger, town.stranger.subject),
    }
)
