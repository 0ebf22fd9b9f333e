"""An audit event from what the request knows: who did what to which visit. Never an answer or a name."""

from app.visit.access import Actor, Who
from app.visit.ports import Deed, Event
from app.visit.visit import Visit
from app.web.rooms import rooms
from app.web.visitor import visitor


def deed(what: Deed, visit: Visit | None = None) -> Event:
    """The event of this request."""
    actor = visitor().actor
    return Event(
        deed=what,
        municipality=visit.municipality if visit else actor.municipality,
        actor=name_of(actor),
        role=actor.who.value if actor.id else (Who.PASS_HOLDER.value if actor.pass_for else Who.ANYONE.value),
        at=rooms().now(),
        visit_id=visit.id if visit else "",
        clinic_id=actor.clinic_id,
    )


def name_of(actor: Actor) -> str:
    """The actor as the chain names it."""
    if actor.who is Who.PARENT:
        return f"person:{actor.id}"
    if actor.id:
        return f"staff:{actor.id}"
    return f"pass:{actor.pass_for}" if actor.pass_for else "system"
