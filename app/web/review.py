"""From which review state a language may stand without the Japanese beside it."""

from app.web.rooms import rooms
from app.wording.review import ReviewState

USUAL = ReviewState.REVIEWED


def required_state(municipality_id: str) -> ReviewState:
    """The municipality's rule, the usual one for an unknown municipality."""
    municipality = rooms().places.municipality(municipality_id) if municipality_id else None
    return ReviewState.named(municipality.required_review) if municipality else USUAL
