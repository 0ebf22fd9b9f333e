"""Visits that were already submitted, made by the house's own functions, for tests of the clinic counter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.people.person import (
    SELF_DECLARED_RIGHTS,
    Binding,
    Evidence,
    Guardianship,
    Person,
    Sex,
    Subject,
)
from app.questionnaire.answers import Answer
from app.schedule.dates import tokyo_date
from app.visit.planning import issue
from app.visit.ports import Deed, Event
from app.visit.sheet import assemble
from app.visit.submission import Seen, ahead, of_the_day
from app.visit.visit import Draft, Submission, Visit
from tests.support.site import Site

TOWN = "999999"
HEALTHY: Mapping[str, Answer] = {
    "guardian_name": Answer("見本 花子"),
    "relationship": Answer("mother"),
    "address": Answer("見本市1-1"),
    "phone": Answer("00-0000-0000"),
    "birth_weight": Answer(3120),
    **{
        code: Answer("no")
        for code in (
            *("delivery_problem", "after_birth_problem", "checkup_told", "illness_1m", "contact_1m"),
            *("vaccinated_1m", "chronic_disease", "transfusion_6m", "convulsion_ever", "allergy_ever"),
            *("vaccine_reaction_ever", "family_immune_deficiency", "family_vaccine_reaction"),
            *("doctor_question", "had_measles", "had_rubella"),
            *("intussusception_ever", "gut_disorder_ever", "immune_trouble_told"),
        )
    },
    "explanation_read": Answer("yes"),
    "rota_doses": Answer("none"),
    "measles_vaccine_doses": Answer("none"),
}
GOOD_DAY: Mapping[str, Answer] = {
    code: Answer("no") for code in ("unwell_today", "contact_today", "changed_since")
}


@dataclass
class Family:
    """A mother and her child, with the visits she prepares."""

    site: Site
    person: Person
    subject: Subject
    language: str = "ja"
    visits: list[Visit] = field(default_factory=list)

    def submit(
        self,
        *programmes: str,
        clinic: str | None = "midori",
        planned_on: date | None = None,
        **answers: Answer,
    ) -> Visit:
        """A visit of these programmes, answered by a healthy child's answers and these, with its pass."""
        rooms, now = self.site.rooms, self.site.clock()
        sheet = assemble([rooms.library.programmes[code] for code in programmes or ("mr-1",)], rooms.library)
        visit = Visit(
            *(rooms.new_id(), TOWN, self.subject.id, self.person.id),
            tuple(one.code for one in sheet.programmes),
            sheet.pins,
            "mother",
            now,
            clinic_id=clinic,
            planned_on=planned_on,
        )
        rooms.visits.prepare(visit, Draft(visit.id, {}, self.language), self._event(Deed.PREPARED, visit))
        return self.answer(visit, **answers)

    def answer(self, visit: Visit, **answers: Answer) -> Visit:
        """The next submission; the first one issues the pass."""
        rooms, now = self.site.rooms, self.site.clock()
        visit = rooms.visits.find(visit.id) or visit
        earlier = rooms.visits.submissions(visit)
        draft = Draft(visit.id, {**HEALTHY, **answers}, self.language)
        previous = earlier[-1] if earlier else None
        new = ahead(visit, rooms.sheet_of(visit), draft, seen=self._seen(), previous=previous, now=now)
        return self._keep(issue(visit, now), new, Deed.SUBMITTED)

    def answer_today(self, visit: Visit, *, by_pass: bool = False, **answers: Answer) -> Visit:
        """The day's answers, as a good day and these."""
        rooms, now = self.site.rooms, self.site.clock()
        visit = rooms.visits.find(visit.id) or visit
        previous = rooms.visits.submissions(visit)[-1]
        given = {**GOOD_DAY, **answers}
        seen = self._seen()
        new = of_the_day(rooms.sheet_of(visit), previous, given, seen=seen, now=now, by_pass=by_pass)
        return self._keep(visit, new, Deed.DAY_ANSWERED)

    def digits(self, visit: Visit) -> str:
        """The QR's digits."""
        return self.site.rooms.passes.face(self.now(visit)).digits

    def short_code(self, visit: Visit) -> str:
        """The ten characters."""
        return self.site.rooms.passes.face(self.now(visit)).short_code

    def now(self, visit: Visit) -> Visit:
        """The visit as it is kept."""
        found = self.site.rooms.visits.find(visit.id)
        assert found is not None
        return found

    def change(self, visit: Visit, deed: Deed) -> Visit:
        """The visit kept as given."""
        return self.site.rooms.visits.change(visit, self._event(deed, visit))

    def _keep(self, visit: Visit, submission: Submission, deed: Deed) -> Visit:
        rooms = self.site.rooms
        rooms.visits.submit(visit, submission, rooms.new_id(), self._event(deed, visit))
        return self.now(visit)

    def _seen(self) -> Seen:
        return Seen(self.language, "approved" if self.language == "ja" else "machine", "見せます")

    def _event(self, deed: Deed, visit: Visit) -> Event:
        actor = f"person:{self.person.id}"
        return Event(deed, TOWN, actor, "parent", self.site.clock(), visit_id=visit.id)


def make_family(site: Site, *, born: date | None = None, language: str = "ja") -> Family:
    """A mother with one child of about fourteen months, self-declared."""
    rooms, now = site.rooms, site.clock()
    person = rooms.people.sign_in(TOWN, Binding("test", "test", rooms.new_id()), now)
    birth_date = born or tokyo_date(now).replace(year=tokyo_date(now).year - 1, month=9, day=9)
    subject = Subject(rooms.new_id(), TOWN, "見本 さくら", "みほん さくら", Sex.FEMALE, birth_date)
    link = Guardianship(
        rooms.new_id(),
        TOWN,
        person.id,
        subject.id,
        "mother",
        Evidence.G0,
        SELF_DECLARED_RIGHTS,
        now,
    )
    rooms.people.add_subject(subject, link)
    return Family(site, person, subject, language)
