"""What a dangerous answer asks her to do at once, ready for a page: words, numbers to call, what to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.places.place import Clinic
from app.questionnaire.definition import Urgency
from app.visit.raised import GivenAdvice
from app.visit.sheet import Sheet
from app.visit.visit import Visit
from app.web.question_page import aid_for
from app.web.rooms import rooms
from app.web.templating import say


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call: what it is for ("" and ``is_name`` for a clinic's own name), the number, ``tel:``."""

    label: str
    number: str
    address: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """One advice. ``context`` and ``japanese`` of its words; ``say`` the sentence to read out, Japanese."""

    urgency: Urgency
    context: str
    japanese: str
    is_aid: bool
    say: str
    phones: tuple[Phone, ...]


def cards_of(visit: Visit, sheet: Sheet, given: Sequence[GivenAdvice]) -> tuple[AdviceCard, ...]:
    """The advice as cards, most urgent first."""
    clinic = rooms().places.clinic(visit.clinic_id) if given and visit.clinic_id else None
    return tuple(_card(one, sheet, clinic) for one in given)


def _card(given: GivenAdvice, sheet: Sheet, clinic: Clinic | None) -> AdviceCard:
    advice = given.advice
    return AdviceCard(
        advice.urgency,
        f"{given.part.code}.advice.{advice.code}.text",
        advice.text,
        bool(aid_for((given.part,))),
        advice.say,
        phones_for(advice.urgency, sheet, clinic),
    )


def phones_for(urgency: Urgency, sheet: Sheet, clinic: Clinic | None) -> tuple[Phone, ...]:
    """Whom to call: an ambulance first when it is for that, else the clinic of the visit first."""
    subject = "mother" if sheet.is_about_a_mother else "child"
    lines = tuple(
        Phone(say(f"helpline.{line.code}"), line.phone, line.address)
        for line in rooms().library.helplines.at(urgency.value, subject)
    )
    if clinic is None or not clinic.phone:
        return lines
    address = "tel:" + clinic.phone.replace("-", "").replace(" ", "")
    own = (Phone(clinic.name, clinic.phone, address, is_name=True),)
    return lines + own if urgency is Urgency.AMBULANCE else own + lines
