"""From which review state a language may stand without the Japanese beside it."""

from app.web.rooms import rooms
from app.web.visitor import visitor
from app.wording.review import ReviewState
from app.wording.text import PROGRAMMES

USUAL = ReviewState.REVIEWED


def required_state(municipality_id: str) -> ReviewState:
    """The municipality's rule, the usual one for an unknown municipality."""
    municipality = rooms().places.municipality(municipality_id) if municipality_id else None
    return ReviewState.named(municipality.required_review) if municipality else USUAL


def is_aid() -> bool:
    """Whether the Japanese must stand beside the texts of programmes in her language."""
    required = required_state(visitor().actor.municipality)
    return rooms().wording.is_reading_aid(visitor().language, [PROGRAMMES], required)
