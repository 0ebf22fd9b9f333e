"""The demonstration that is measured: two signed-in parents with answered forms, and what they will ask."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.visit.ports import Deed, Event
from app.visit.visit import Visit
from app.web import cookies
from app.web.rooms import Rooms
from tests.support.journey import Fetched, Parent, first_link, forms_of, healthy
from tests.support.site import Site, make_site

PROGRAMMES = ("mr-1", "varicella-1")
DATABASE = "bench.sqlite3"
ASKING = "asking.json"
EVERYTHING: Mapping[str, str | Sequence[str]] = {
    "contact_1m": "yes",
    "contact_1m_kinds": ("measles", "varicella", "other"),
    "vaccinated_1m": "yes",
    "vaccinated_1m_kinds": ("bcg", "five_in_one", "other"),
    **{
        f"{code}-{part}": value
        for code in ("contact_1m_date", "vaccinated_1m_date")
        for part, value in (("era", "western"), ("year", "2026"), ("month", "11"), ("day", "10"))
    },
}
"""So that every follow-up of the largest page is open and filled."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What one parent's browser sends.

    Shapes: ``cookie`` its header; ``page`` the path of her largest question page; ``words`` what she
    alone wrote there; ``csrf`` a good token; ``visits`` answered and not yet submitted, one for each
    submission to come; ``revision`` of their drafts.
    """

    persona: str
    cookie: str
    language: str
    page: str
    words: str
    csrf: str
    visits: tuple[str, ...]
    revision: int


def prepare_site(folder: Path, language: str, submissions: int) -> tuple[Asking, Asking]:
    """Two parents with different answers; the first has as many visits as will be submitted."""
    site = make_site(folder, f"sqlite:///{folder / DATABASE}")
    first = _answer(site, "mother", language, submissions)
    second = _answer(site, "father", language, 0)
    site.store.dispose()
    (folder / ASKING).write_text(json.dumps([asdict(first), asdict(second)]), "utf-8")
    return first, second


def read_asking(folder: Path) -> tuple[Asking, Asking]:
    """What `prepare_site` wrote, for another process."""
    first, second = json.loads((folder / ASKING).read_text("utf-8"))
    return Asking(**{**first, "visits": tuple(first["visits"])}), Asking(**{**second, "visits": ()})


def count_submitted(application: Flask, asking: Asking) -> int:
    """How many of her visits have exactly one submission."""
    rooms: Rooms = application.extensions["rooms"]
    visits = [rooms.visits.find(visit) for visit in asking.visits]
    return sum(len(rooms.visits.submissions(visit)) == 1 for visit in visits if visit)


def _answer(site: Site, persona: str, language: str, submissions: int) -> Asking:
    """Signs in, adds a child, answers every page, finds the largest."""
    client = site.app.test_client()
    pages: list[Fetched] = []
    parent = Parent(lambda *call: _send(client, *call), pages.append)
    parent.get("/")
    parent.post("/language", {"lang": language, "csrf_token": _token(parent)})
    parent.sign_in(persona)
    parent.add_child()
    visit = parent.prepare(PROGRAMMES, "midori")
    words = f"{persona} wrote this"
    _answer_all(parent, visit, words)
    paths = {page.path for page in pages if f"/visits/{visit}/pages/" in page.path}
    again = [parent.get(path) for path in sorted(paths)]
    largest = max(again, key=lambda page: len(page.body))
    assert words in largest.text, "the largest page is not the one that was filled"
    kept = site.rooms.visits.find(visit)
    assert kept is not None, "the visit is not kept"
    return Asking(
        persona=persona,
        cookie=_cookie_header(client),
        language=language,
        page=largest.path,
        words=words,
        csrf=_token(parent),
        visits=tuple(_copy(site.rooms, kept) for _ in range(submissions)),
        revision=site.rooms.visits.draft(kept).revision,
    )


def _answer_all(parent: Parent, visit: str, words: str) -> None:
    """Every page as a healthy child, but the largest one with everything open."""
    details = {"contact_1m_kinds-details": words, "vaccinated_1m_kinds-details": words}
    parent.get(f"/visits/{visit}")
    parent.get(first_link(parent.page, f"/visits/{visit}/pages/"))
    while "/pages/" in parent.page.path:
        path = parent.page.path
        form = parent.form()
        filled = {**EVERYTHING, **details}
        parent.submit(
            healthy(form) | {name: filled[name] for name in filled if name.split("-")[0] in _codes(form)}
        )
        assert parent.page.path != path, f"{path} was not accepted"


def _codes(form: object) -> set[str]:
    names = {*getattr(form, "fields", ()), *getattr(form, "options", ())}
    return {name.split("-")[0] for name in names}


def _token(parent: Parent) -> str:
    """The page's CSRF token."""
    return next(
        form.fields["csrf_token"][0] for _, form in forms_of(parent.page) if "csrf_token" in form.fields
    )


def _copy(rooms: Rooms, visit: Visit) -> str:
    """Another visit with the same answers, not submitted."""
    twin = replace(visit, id=rooms.new_id())
    draft = replace(rooms.visits.draft(visit), visit_id=twin.id)
    event = Event(
        Deed.PREPARED, visit.municipality, f"person:{visit.person_id}", "parent", rooms.now(), twin.id
    )
    rooms.visits.prepare(twin, draft, event)
    return twin.id


def _send(client: FlaskClient, method: str, path: str, fields: Sequence[tuple[str, str]]) -> Fetched:
    data = MultiDict(fields) if method == "POST" else None
    answer = client.open(path, method=method, data=data, base_url="http://localhost")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Fetched(path, answer.status_code, headers, answer.get_data())


def _cookie_header(client: FlaskClient) -> str:
    """The cookies of this browser as it sends them."""
    names = (*cookies.SESSION.values(), cookies.CSRF, cookies.LANGUAGE)
    found = ((name, client.get_cookie(name)) for name in names)
    return "; ".join(f"{name}={cookie.value}" for name, cookie in found if cookie is not None)
