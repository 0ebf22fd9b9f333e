"""What every clinic page says about where it is, and how a deed of staff is written down."""

from collections.abc import Callable

from app.places.place import Clinic
from app.visit.ports import Deed, Event
from app.visit.visit import Visit
from app.web.rooms import rooms
from app.web.visitor import visitor


def place_of_desk() -> dict[str, Callable[[], Clinic | None]]:
    """For templates: ``clinic_here()``, asked only where it is said: an error page must need nothing."""
    return {"clinic_here": clinic_here}


def clinic_here() -> Clinic | None:
    """The clinic of the member of staff, None before she signed in."""
    staff = visitor().staff
    return rooms().places.clinic(staff.clinic_id) if staff else None


def deed_here(deed: Deed, visit: Visit | None = None) -> Event:
    """The deed, done now by the member of staff at this desk."""
    actor = visitor().actor
    return Event(
        deed,
        municipality=actor.municipality,
        actor=f"staff:{actor.id}",
        role=actor.who.value,
        at=rooms().now(),
        visit_id=visit.id if visit else "",
        clinic_id=actor.clinic_id,
    )
