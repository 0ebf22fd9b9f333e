"""What every clinic page says about where it is."""

from collections.abc import Callable

from app.places.place import Clinic
from app.web.rooms import rooms
from app.web.visitor import visitor


def place_of_desk() -> dict[str, Callable[[], Clinic | None]]:
    """For templates: ``clinic_here()``, asked only where it is said: an error page must need nothing."""
    return {"clinic_here": clinic_here}


def clinic_here() -> Clinic | None:
    """The clinic of the member of staff, None before she signed in."""
    staff = visitor().staff
    return rooms().places.clinic(staff.clinic_id) if staff else None
