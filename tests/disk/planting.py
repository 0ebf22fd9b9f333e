"""Canaries driven through the product: everywhere a family or a clinic types or holds something."""

import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from secrets import choice, token_hex
from urllib.parse import parse_qs

import pyotp
import requests

from app.web.login_stand_in.personas import PERSONAS, Persona
from tests.faults.browser import Browser
from tests.faults.serving import Serving
from tests.support.journey import Fetched, Journey, Parent, first_link, healthy

PERSONA = "foreign"
KANJI = "凪澪颯櫂絃朔葵凛楓蘭"


class PlantingError(AssertionError):
    """The product did not take what was to be planted; the search would prove nothing."""


class Planting:
    """One family's way through the product. Shapes: ``canaries`` what must not be found, by its place."""

    def __init__(self, serving: Serving, extra: Sequence[str]) -> None:
        self._serving = serving
        self._extra = extra
        self._browser = Browser(serving.url)
        self._parent = Parent(self._send)
        self.canaries: dict[str, str] = {f"given {number}": text for number, text in enumerate(extra, 1)}

    def run(self) -> None:
        """Everything is planted, the last of it while the server dies."""
        self._sign_in()
        visit = self._fill()
        self._submit(visit)
        self._receive(visit)
        self._leave_half_done()
        self._die(self._parent.prepare(["mr-2"]))

    def _sign_in(self) -> None:
        persona = next(one for one in PERSONAS if one.code == PERSONA)
        self._parent.sign_in(PERSONA)
        self._expect("/home")
        self.canaries |= {"card name": persona.name, "card address": persona.address}
        self.canaries |= {"card name as shown": persona.name.replace("\u3000", " ")}
        self.canaries["session cookie"] = self._browser.cookies["__Host-parent"]
        self.canaries["login sub"] = self._sub(persona)
        self._parent.add_child(self._new("child name"))
        self._expect("/home")

    def _sub(self, persona: Persona) -> str:
        """What the provider calls this person, as the stand-in made it."""
        rooms = self._serving.rooms()
        del rooms, persona
        return ""

    def _fill(self) -> str:
        """A visit whose every free text is a canary."""
        parent = self._parent
        visit = parent.prepare(["mr-1", "varicella-1"], "midori")
        typed: dict[str, str] = {}
        parent.get(f"/visits/{visit}")
        parent.get(first_link(parent.page, f"/visits/{visit}/pages/"))
        while "/pages/" in parent.page.path:
            form = parent.form()
            texts = {name: self._new(name) for name in form.fields if _is_free_text(name)}
            opened = {name.removesuffix("-details"): "yes" for name in texts if name.endswith("-details")}
            chosen = {name: value for name, value in opened.items() if value in form.options.get(name, ())}
            path = parent.page.path
            parent.submit(healthy(form) | texts | chosen)
            if parent.page.path == path:
                raise PlantingError(f"{path} was not accepted")
            typed |= texts
        if len(typed) < len(("guardian_name", "address", "doctor_question-details")):
            raise PlantingError("hardly any free text was planted")
        return visit

    def _submit(self, visit: str) -> None:
        parent = self._parent
        parent.get(f"/visits/{visit}/share")
        self.canaries["submission key"] = parent.form().fields["submission_key"][0]
        parent.submit()
        parent.get(f"/visits/{visit}/pass")
        rooms = self._serving.rooms()
        kept = rooms.visits.find(visit)
        if kept is None:
            raise PlantingError("the visit is not kept")
        face = rooms.passes.face(kept)
        self.canaries |= {
            "digits of the pass": face.digits,
            "short code": face.short_code,
            "short code without a dash": face.short_code.replace("-", ""),
            "device token": rooms.passes.device_token(kept),
        }
        if face.short_code not in parent.page.text:
            raise PlantingError("the pass page does not show its code")
