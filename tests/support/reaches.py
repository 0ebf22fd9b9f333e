"""One way to a page in one state, as somebody in one role; and how it is gone."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.journey import Fetched, Fields, Journey, forms_of
from tests.support.town import Town

PLACES = ("visits", "clinic/visits")
FIRST = "first"
"""Stands in a path for the oldest measurement of its child."""
NO_VISIT = ("new",)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who, in which state, where, and what comes.

    Shapes: ``path`` has a visit's name of the town in the place of its id; ``typed`` is posted by the
    page's form ``form`` ("" the main one), or without any page when ``is_bare``; ``passes`` names the
    visits whose device cookie the browser holds; ``before`` is done first.
    """

    role: str
    state: str
    path: str
    status: int = 200
    typed: Fields | Callable[[Town], Fields] | None = None
    form: str = ""
    is_bare: bool = False
    passes: tuple[str, ...] = ()
    before: Callable[[Town], None] | None = None
    is_page: bool = True

    @property
    def is_clinic(self) -> bool:
        """Whether it is a page of the clinic counter, which speaks Japanese only."""
        return self.path.startswith(("/clinic", "/reception"))

    @property
    def is_japanese_only(self) -> bool:
        """Whether it has one language only."""
        return self.is_clinic or self.path.startswith(("/stand-in", "/blank/sheet"))

    @property
    def name(self) -> str:
        """For a report: ``parent /visits/half/check: half answered``."""
        return f"{self.role} {self.path}: {self.state}"


def go(town: Town, reach: Reach) -> Fetched:
    """The page, as it came."""
    seat, journey = town.seat(reach.role)
    if reach.before:
        reach.before(town)
    for name in reach.passes:
        town.show_pass(seat, name)
    try:
        return _walked(town, reach, journey)
    finally:
        town.allow_again()


def _walked(town: Town, reach: Reach, journey: Journey) -> Fetched:
    path, typed = with_ids(town, reach.path), reach.typed(town) if callable(reach.typed) else reach.typed
    if reach.is_bare:
        return journey.post(path, typed or {})
    page = journey.get(path)
    return page if typed is None else submitted(journey, reach.form, typed)


def submitted(journey: Journey, ending: str, typed: Fields) -> Fetched:
    """The page after its main form, or the one whose action ends so, was posted with these fields changed.

    Errors: LookupError.
    """
    if not ending:
        return journey.submit(typed)
    for _, form in forms_of(journey.page):
        if form.action.endswith(ending) and not form.action.startswith("/language"):
            return journey.post(form.action, {**form.fields, **typed})
    raise LookupError(f"no form {ending} on {journey.page.path}")


def with_ids(town: Town, path: str) -> str:
    """The path with the ids of the visits, subjects, doses and measurements it names."""
    if path.startswith("/children/") and not path.startswith("/children/new"):
        _, children, name, *steps = path.split("/")
        ids = {one: town.expecting.id_of(one) for one in (*town.expecting.doses, "absent") if one in steps}
        if FIRST in steps:
            ids[FIRST] = town.children.first(name)
        return "/".join(("", children, town.subject_id(name), *(ids.get(one, one) for one in steps)))
    for place in PLACES:
        start = f"/{place}/"
        if path.startswith(start):
            name, slash, rest = path.removeprefix(start).partition("/")
            name, mark, query = name.partition("?")
            if name not in NO_VISIT:
                return f"{start}{town.id_of(name)}{mark}{query}{slash}{rest}"
    return path
