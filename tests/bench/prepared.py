"""The demonstration that is measured: two signed-in parents with answered forms, and what they will ask."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from app.questionnaire.path import pages_to_answer
from app.visit.ports import Deed, Event
from app.visit.visit import Draft
from app.web import cookies
from app.visit.sessions import Counter
from tests.support.journey import Fetched, Parent
from tests.support.site import MORNING, Site, make_site

PROGRAMMES = ("mr-1", "varicella-1")
DETAILS = "illness_month-details"


@dataclass(frozen=True, slots=True)
class Asking:
    """One parent's requests.

    Shapes: ``cookie`` the header of her browser; ``page`` the path of her largest question page;
    ``visits`` answered but not submitted, one for each submission; ``csrf`` a token of her browser.
    """

    cookie: str
    language: str
    page: str
    visits: tuple[str, ...]
    csrf: str
    words: str
    child: str
