"""Canaries driven through the product: everywhere a family or a clinic types or holds something."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from secrets import choice, randbelow, token_hex
from urllib.parse import parse_qs

import pyotp
import requests

from app.demo import MADE
from app.people.person import Binding
from app.schedule.dates import tokyo_date
from app.web.login_stand_in.personas import PERSONAS
from app.web.login_stand_in.settings import PATH
from app.web.login_stand_in.tokens import hashed
from app.web.rooms import Rooms
from app.wiring import STAND_IN_CLIENT
from tests.faults.browser import Browser
from tests.faults.serving import Serving
from tests.support.journey import Form, Journey, Parent, first_link, healthy

PERSONA = "stranger"
KANJI = "凪澪颯櫂絃朔葵凛楓蘭"
LEAST_TEXTS = 5
DRAFTS_BEFORE_DEATH = 20


class PlantingError(AssertionError):
    """The product did not take what was to be planted; the search would prove nothing."""


class Planting:
    """One family's way through the product. Shapes: ``canaries`` what must not be found, by its place."""

    def __init__(self, serving: Serving, extra: Sequence[str]) -> None:
        self._serving = serving
        self._extra = extra
        self._browser = Browser(serving.url)
        self._texts: list[str] = []
        self._parent = Parent(self._browser)
        self.canaries: dict[str, str] = {f"given {number}": text for number, text in enumerate(extra, 1)}

    def run(self) -> None:
        """Everything is planted, the last of it while the server dies."""
        self._sign_in()
        self._copy_doses()
        visit = self._fill()
        self._submit(visit)
        self._receive(visit)
        self._leave_half_done()
        last = self._parent.prepare(["mr-2"])
        self._add_herself()
        self._die(last)

    def _sign_in(self) -> None:
        persona = next(one for one in PERSONAS if one.code == PERSONA)
        self._parent.sign_in(PERSONA)
        self._expect("/home")
        self.canaries |= {"card name": persona.name, "card address": persona.address}
        self.canaries |= {"card name as shown": persona.name.replace("\u3000", " ")}
        self.canaries["session cookie"] = self._browser.cookies["__Host-parent"]
        self.canaries["login sub"] = self._sub()
        self._parent.add_child(self._new("child name"))
        self._expect("/home")

    def _copy_doses(self) -> None:
        """Doses copied from the handbook and from abroad."""
        parent = self._parent
        parent.get("/home")
        child = first_link(parent.page, "/children/").split("/")[2]
        history = f"/children/{child}/history"
        parent.get(f"{history}/copy")
        row = {"BCG_1-year": "2026", "BCG_1-month": "2", "BCG_1-day": "3"}
        parent.submit(row | {"BCG_1-lot": self._new("lot of a dose")})
        self._expect(history)
        parent.get(f"{history}/abroad")
        texts = {name: self._new(f"dose abroad: {name}") for name in ("as_written", "country", "lot")}
        parent.submit(texts | {"disease": "polio", "day_unknown": "yes", "given-year": self._new("year")})
        self._expect(history)

    def _add_herself(self) -> None:
        """The expectant mother, due in sixty days."""
        parent, due = self._parent, tokyo_date(datetime.now(UTC)) + timedelta(days=60)
        parent.get("/mother/new")
        parts = {"year": due.year, "month": due.month, "day": due.day}
        typed = {f"due_date-{part}": str(number) for part, number in parts.items()}
        parent.submit(typed | {"mother_name": self._new("mother's name"), "mother_kana": self._new("kana")})
        self._expect("/home")

    def _sub(self) -> str:
        """What the provider calls this person."""
        issuer = self._serving.url + PATH
        return hashed(f"{issuer}|{STAND_IN_CLIENT}|{PERSONA}")

    def _fill(self) -> str:
        """A visit whose every free text is a canary."""
        parent = self._parent
        visit = parent.prepare(["mr-1", "varicella-1"], "midori")
        parent.get(f"/visits/{visit}")
        parent.get(first_link(parent.page, f"/visits/{visit}/pages/"))
        while "/pages/" in parent.page.path:
            path = parent.page.path
            self._fill_page(parent.form())
            if parent.page.path == path:
                raise PlantingError(f"{path} was not accepted")
        return visit

    def _fill_page(self, form: Form) -> None:
        """Every free text of the page; what opens one is answered yes."""
        empty = [name for name, value in form.fields.items() if value == [""]]
        texts = {name: self._new(name) for name in empty if _is_free(name)}
        opened = {name.removesuffix("-details") for name in texts}
        self._texts += texts.values()
        if form.fields.get("phone") == [""]:
            texts["phone"] = self._keep("phone", f"0{randbelow(10**10):010}")
        if "doctor_question-details" in texts:
            texts["doctor_question-details"] += "".join(f" {text}" for text in self._extra)
        yes = {name: "yes" for name in opened if "yes" in form.options.get(name, ())}
        typed = {name: value for name, value in healthy(form).items() if not name.endswith("-offer")}
        self._parent.submit(typed | texts | yes)

    def _submit(self, visit: str) -> None:
        """Shared with the clinic, the pass shown."""
        parent = self._parent
        parent.get(f"/visits/{visit}/share")
        self.canaries["submission key"] = parent.form().fields["submission_key"][0]
        parent.submit()
        parent.get(f"/visits/{visit}/pass")
        with self._serving.rooms() as rooms:
            self._check(visit, rooms)

    def _check(self, visit_id: str, rooms: Rooms) -> None:
        """What was typed is really kept, and the pass is a canary in every form."""
        visit = rooms.visits.find(visit_id)
        if visit is None:
            raise PlantingError("the visit is not kept")
        text = repr(rooms.visits.submissions(visit))
        if sum(canary in text for canary in self._texts) < LEAST_TEXTS:
            raise PlantingError("hardly any free text is in the submission")
        if not all(canary in text for canary in self._extra):
            raise PlantingError("a given text is not in the submission")
        binding = Binding(self._serving.url + PATH, STAND_IN_CLIENT, self.canaries["login sub"])
        if rooms.people.sign_in(visit.municipality, binding, rooms.now()).id != visit.person_id:
            raise PlantingError("the login's sub is another")
        face = rooms.passes.face(visit)
        if face.short_code not in self._parent.page.text:
            raise PlantingError("the pass page does not show its code")
        self.canaries |= {
            "digits of the pass": face.digits,
            "short code": face.short_code,
            "short code without a dash": face.short_code.replace("-", ""),
            "device token": rooms.passes.device_token(visit),
        }

    def _receive(self, visit: str) -> None:
        """The clinic signs in and scans; its secrets are canaries too."""
        people = json.loads((self._serving.settings.data_dir / MADE).read_text("utf-8"))
        nurse = next(one for one in people if one["clinic"] == "midori" and one["terminal_code"])
        for name in ("password", "totp_secret", "terminal_code"):
            self.canaries[f"staff {name}"] = nurse[name]
        browser = Browser(self._serving.url)
        clinic = Journey(browser)
        clinic.get("/clinic/terminal")
        clinic.submit({"code": nurse["terminal_code"]})
        clinic.get("/clinic/login")
        code = pyotp.TOTP(nurse["totp_secret"]).now()
        clinic.submit({"login": nurse["login"], "password": nurse["password"], "code": code})
        clinic.get("/reception")
        clinic.submit({"code": self._new("mistyped code")})
        clinic.submit({"code": self.canaries["digits of the pass"]})
        if clinic.page.path != f"/clinic/visits/{visit}" or clinic.page.status != 200:
            raise PlantingError(f"the clinic stands at {clinic.page.path} with {clinic.page.status}")
        self.canaries["staff session"] = browser.cookies["__Host-clinic"]
        self.canaries["terminal token"] = browser.cookies["__Host-terminal"]

    def _leave_half_done(self) -> None:
        """A faulty page stays typed in the draft; a form waits for a language switch; a login is begun."""
        parent = self._parent
        visit = parent.prepare(["varicella-2"])
        parent.get(f"/visits/{visit}/pages/birth")
        answer = parent.submit({"birth_weight": self._new("faulty number")})
        if answer.status != 422:
            raise PlantingError(f"the faulty page answered {answer.status}")
        path = f"/visits/{visit}/pages/to_doctor"
        parent.get(path)
        fields = parent.form().fields | {"doctor_question-details": [self._new("kept form")]}
        answer = parent.post_once("/language", {**fields, "lang": "en", "next": path})
        if answer.status != 303 or "kept=1" not in answer.headers["location"]:
            raise PlantingError("the form was not kept")
        browser = Browser(self._serving.url)
        leaving = Parent(browser)
        leaving.get("/start")
        leaving.submit(action="/login")
        packed = parse_qs(browser.cookies["__Host-login"])
        self.canaries["login secret"] = packed["secret"][0]
        self.canaries["login state"] = parse_qs(leaving.page.path.partition("?")[2])["state"][0]

    def _die(self, visit: str) -> None:
        """Drafts are being saved when the whole server is killed."""
        path = f"/visits/{visit}/pages/to_doctor"
        self._parent.get(path)
        fields = dict(self._parent.form().fields)
        words = {"explanation_read": "yes", "doctor_question": "yes"}
        saved: list[int] = []

        def write() -> None:
            with suppress(requests.RequestException):
                while True:
                    text = {"doctor_question-details": self._new(f"draft {len(saved)}")}
                    self._parent.post_once(path, {**fields, **words, **text, "revision": str(len(saved))})
                    saved.append(1)

        writing = threading.Thread(target=write)
        writing.start()
        while len(saved) < DRAFTS_BEFORE_DEATH and writing.is_alive():
            writing.join(0.01)
        self._serving.kill()
        writing.join()

    def _new(self, name: str) -> str:
        """A canary that is nowhere else: Latin letters and Japanese."""
        japanese = "".join(choice(KANJI) for _ in range(5))
        return self._keep(name, f"{token_hex(5)}{japanese}")

    def _keep(self, name: str, text: str) -> str:
        self.canaries[f"{name} {len(self.canaries)}"] = text
        return text

    def _expect(self, path: str) -> None:
        if self._parent.page.path != path or self._parent.page.status != 200:
            raise PlantingError(f"at {self._parent.page.path} with {self._parent.page.status}, not at {path}")


def _is_free(name: str) -> bool:
    """Whether a field takes a canary: a free text, not a number, a part of a date or a phone number."""
    return name.endswith("-details") or name in {"guardian_name", "address", "voucher_number"}
