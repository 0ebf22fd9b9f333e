"""An expectant mother of the town with her child, and what is copied from their handbooks, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from app.people.dose_history import CopiedDose
from app.people.person import (
    SELF_DECLARED_RIGHTS,
    Evidence,
    Guardianship,
    Person,
    Sex,
    Subject,
    SubjectKind,
)
from app.people.ports import Hand
from app.schedule.dates import tokyo_date
from tests.support.site import Site
from tests.support.submitted import TOWN
from tests.support.town_visits import ABSENT

NAME, MARK = "例示 つばさ", "こたえはつばさ"
EXPECTING = "expecting"
BORN = date(2025, 9, 9)


@dataclass(frozen=True)
class Expecting:
    """She herself and her child, which was born early."""

    site: Site
    person: Person
    mother: Subject
    child: Subject
    doses: Mapping[str, CopiedDose]

    def id_of(self, name: str) -> str:
        """The id of a dose of hers by its name; of none for the absent one."""
        return ABSENT if name == "absent" else self.doses[name].id

    def now(self, name: str) -> CopiedDose | None:
        """The dose as it is kept now."""
        return self.site.rooms.histories.dose(self.child, self.doses[name].id)


def make_expecting(site: Site, person: Person) -> Expecting:
    """Both subjects and the child's history, made as her own pages make them."""
    rooms, now = site.rooms, site.clock()
    due = tokyo_date(now) + timedelta(days=60)
    mother = Subject(
        *(rooms.new_id(), TOWN, NAME, "れいじ つばさ", Sex.FEMALE, date(1998, 3, 20)),
        kind=SubjectKind.MOTHER,
        due_date=due,
    )
    child = Subject(
        *(rooms.new_id(), TOWN, f"{NAME}の子", "れいじ", Sex.MALE, BORN), due_date=date(2025, 10, 19)
    )
    for subject, relationship in ((mother, "self"), (child, "mother")):
        rights = SELF_DECLARED_RIGHTS
        link = Guardianship(
            *(rooms.new_id(), TOWN, person.id, subject.id, relationship, Evidence.G0, rights, now)
        )
        rooms.people.add_subject(subject, link)
    doses = _doses(rooms.new_id)
    rooms.histories.add(child, tuple(doses.values()), Hand(person.id, now))
    return Expecting(site, person, mother, child, doses)


def _doses(new_id: "object") -> Mapping[str, CopiedDose]:
    """More rotavirus than anybody needs, one dose without a day, one from abroad."""
    assert callable(new_id)
    rota = {
        f"rota_{number}": CopiedDose(
            new_id(), "ROTA", date(2025, 11, 10) + timedelta(days=28 * number), "RV1", f"L{MARK}"
        )
        for number in range(1, 5)
    }
    return MappingProxyType(
        {
            **rota,
            "hepb": CopiedDose(new_id(), "HEPB", date(2025, 11, 10)),
            "abroad_dose": CopiedDose(
                *(new_id(), "", date(2026, 2, 3), "", "X1", "", "Nepal", f"Penta {MARK}"),
                diseases=("diphtheria", "tetanus", "hib"),
            ),
            "unclear": CopiedDose(
                *(new_id(), "", None, "", "", "2026 / 4", "", f"はしか {MARK}"), diseases=("unknown",)
            ),
        }
    )
