"""Walking through the product as its users do: a small browser without script.

Works on the test client and over real HTTP; every page it fetches can be handed to a checker.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import html5lib

Fields = Mapping[str, str | Sequence[str]]
HTML = "{http://www.w3.org/1999/xhtml}"
MOST_REDIRECTS = 8


@dataclass(frozen=True)
class Fetched:
    """One answer: where it came from, its status, headers in lower case, its body."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


class Transport(Protocol):
    """One request without following anything."""

    def __call__(self, method: str, path: str, fields: Sequence[tuple[str, str]]) -> Fetched:
        """The answer."""
        ...


@dataclass
class Form:
    """A form of a page with what its fields hold."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)


class Journey:
    """One user's way. ``page`` is what she sees now."""

    def __init__(self, transport: Transport, on_page: Callable[[Fetched], None] = lambda _page: None) -> None:
        self._transport = transport
        self._on_page = on_page
        self.page = Fetched("", 0, {}, b"")
        self.clicks = 0

    def get(self, path: str) -> Fetched:
        """Opens a page, following redirects."""
        self.clicks += 1
        return self._follow(self._transport("GET", path, ()), path)

    def post(self, path: str, fields: Fields) -> Fetched:
        """Posts fields as they are, following redirects."""
        self.clicks += 1
        return self._follow(self._transport("POST", path, pairs(fields)), path)

    def post_once(self, path: str, fields: Fields) -> Fetched:
        """Posts without following."""
        return self._transport("POST", path, pairs(fields))

    def submit(self, fields: Fields | None = None, action: str = "") -> Fetched:
        """Posts the page's form (with this action, else the main one) with these fields changed."""
        form = self.form(action)
        merged: dict[str, str | Sequence[str]] = {**form.fields, **(fields or {})}
        return self.post(form.action, merged)

    def press(self, name: str, fields: Fields | None = None) -> Fetched:
        """Posts the main form with these fields changed by its button of this name. Errors: LookupError."""
        for button in html5lib.parse(self.page.text).iter(f"{HTML}button"):
            if button.get("name") == name and button.get("form") == "main":
                merged: dict[str, str | Sequence[str]] = {**self.form().fields, **(fields or {})}
                return self.post(button.get("formaction") or "", merged | {name: button.get("value") or ""})
        raise LookupError(f"no button {name} on {self.page.path} ({self.page.status})")

    def form(self, action: str = "") -> Form:
        """The form with an action that starts so; without one the form with id main. Errors: LookupError."""
        forms = forms_of(self.page)
        for name, form in forms:
            if (action and action in form.action) or (not action and name == "main"):
                return form
        raise LookupError(f"no form {action or 'main'} on {self.page.path} ({self.page.status})")

    def _follow(self, answer: Fetched, path: str) -> Fetched:
        for _ in range(MOST_REDIRECTS):
            if answer.status not in (301, 302, 303, 307, 308):
                break
            path = local_path(urljoin(path, answer.headers["location"]))
            answer = self._transport("GET", path, ())
        self.page = Fetched(path, answer.status, answer.headers, answer.body)
        if "text/html" in answer.headers.get("content-type", ""):
            self._on_page(self.page)
        return self.page


def pairs(fields: Fields) -> list[tuple[str, str]]:
    """Fields as a browser sends them."""
    return [
        (name, value)
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def forms_of(page: Fetched) -> list[tuple[str, Form]]:
    """Every form with its id; fields are what a browser would send without touching anything."""
    document = html5lib.parse(page.text)
    found = []
    for element in document.iter(f"{HTML}form"):
        form = Form(local_path(urljoin(page.path, element.get("action") or page.path)))
        for control in element.iter():
            _read_control(form, control)
        found.append((element.get("id") or "", form))
    return found


def local_path(address: str) -> str:
    """Path and query of an address."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _read_control(form: Form, control: object) -> None:
    tag = getattr(control, "tag", "")
    get = getattr(control, "get", None)
    name = get("name") if get else None
    if not name or get is None:
        return
    if tag == f"{HTML}select":
        options = list(control.iter(f"{HTML}option"))  # type: ignore[attr-defined]
        form.options[name] = [option.get("value") or "" for option in options]
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        form.fields[name] = [option.get("value") or "" for option in chosen]
    elif tag == f"{HTML}textarea":
        form.fields[name] = ["".join(control.itertext()).removeprefix("\n")]  # type: ignore[attr-defined]
    elif tag == f"{HTML}input" and get("type") in ("radio", "checkbox"):
        form.options.setdefault(name, []).append(get("value") or "on")
        if get("checked") is not None:
            form.fields.setdefault(name, []).append(get("value") or "on")
    elif tag == f"{HTML}input" and get("type") not in ("submit", "button"):
        form.fields.setdefault(name, []).append(get("value") or "")


class Parent(Journey):
    """What a parent does."""

    def sign_in(self, persona: str = "mother", following: str = "") -> Fetched:
        """From the start page through the card login of the stand-in."""
        self.get("/start" + (f"?next={following}" if following else ""))
        self.submit(action="/login")
        return self.submit({"persona": persona}, action="/stand-in")

    def add_child(self, name: str = "見本 さくら", born: tuple[int, int, int] = (2025, 11, 10)) -> Fetched:
        """A child, self-declared."""
        self.get("/children/new")
        year, month, day = (str(part) for part in born)
        return self.submit(
            {
                "child_name": name,
                "child_kana": "みほん さくら",
                "child_sex": "female",
                "birth_date-era": "western",
                "birth_date-year": year,
                "birth_date-month": month,
                "birth_date-day": day,
                "relationship": "mother",
            }
        )

    def prepare(self, programmes: Iterable[str], clinic: str = "", day: str = "today") -> str:
        """Prepares a visit; returns its id."""
        self.get("/visits/new")
        child = self.form().options["child"][0]
        self.submit(
            {
                "child": child,
                "programme": list(programmes),
                "companion": "mother",
                "clinic": clinic,
                "planned": day,
            }
        )
        return self.page.path.split("/")[2]

    def answer_pages(self, visit: str, answers: Mapping[str, str | Sequence[str]] | None = None) -> None:
        """Answers every topic page: the given answers, else a healthy child's."""
        self.get(f"/visits/{visit}")
        self.get(first_link(self.page, f"/visits/{visit}/pages/"))
        seen = set()
        while "/pages/" in self.page.path and self.page.path not in seen:
            seen.add(self.page.path)
            if any(name == "main" for name, _ in forms_of(self.page)):
                self.submit(healthy(self.form()) | dict(answers or {}))
            else:
                self.get(main_button(self.page))

    def send(self, visit: str) -> Fetched:
        """Checks and agrees; ends on the receipt."""
        self.get(f"/visits/{visit}/share")
        return self.submit()

    def whole_way(self, programmes: Iterable[str], clinic: str = "midori") -> str:
        """Signed in with a child: from preparing to the receipt; returns the visit's id."""
        visit = self.prepare(programmes, clinic)
        self.answer_pages(visit)
        self.send(visit)
        return visit


NO_IS_ALARMING = frozenset({"explanation_read"})


def healthy(form: Form) -> dict[str, str | Sequence[str]]:
    """A healthy child's answers to the fields of a page: no or none, plain values in the others."""
    answers: dict[str, str | Sequence[str]] = {}
    for name, options in form.options.items():
        if form.fields.get(name) and not name.endswith("-era"):
            continue
        if "no" in options:
            answers[name] = "yes" if name in NO_IS_ALARMING else "no"
        elif "none" in options:
            answers[name] = "none"
        elif name.endswith("-offer"):
            answers[name] = "yes"
        elif "mother" in options:
            answers[name] = "mother"
        elif name.endswith("-era"):
            answers[name] = "western"
    for name, values in form.fields.items():
        if name in PLAIN and not values[0]:
            answers[name] = PLAIN[name]
    return answers


PLAIN = {
    "phone": "00-0000-0000",
    "birth_weight": "3100",
    "temperature_today": "36.6",
    "address": "見本市1-1",
    "guardian_name": "見本",
}


def main_button(page: Fetched) -> str:
    """Where the one button of a page without a form leads. Errors: LookupError."""
    for element in html5lib.parse(page.text).iter(f"{HTML}a"):
        if element.get("class") == "button":
            return element.get("href") or ""
    raise LookupError(f"no button on {page.path}")


def first_link(page: Fetched, start: str) -> str:
    """The first link of a page that begins so. Errors: LookupError."""
    for element in html5lib.parse(page.text).iter(f"{HTML}a"):
        target = element.get("href") or ""
        if target.startswith(start):
            return target
    raise LookupError(f"no link {start} on {page.path}")
