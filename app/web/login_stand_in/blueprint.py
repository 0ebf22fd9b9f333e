"""The four endpoints of the development login, below ``/stand-in/api/realms/main``."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, Response, request

from app.web.guard import open_to_all
from app.web.login_stand_in.personas import Persona
from app.web.login_stand_in.ports import Store
from app.web.login_stand_in.provider import StandIn
from app.web.login_stand_in.settings import PROTOCOL_PATH, StandInSettings


def new_url_safe_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def make_stand_in(
    settings: StandInSettings,
    store: Store,
    personas: Sequence[Persona],
    clock: Callable[[], datetime],
    *,
    new_secret: Callable[[], str] = new_url_safe_secret,
) -> Blueprint:
    """The blueprint ``login_stand_in``; exempt it from CSRF, as a foreign provider would be.

    Errors: StandInRefusedError in production or for a ``go.jp`` issuer.
    """
    settings.refuse_real_use()
    provider = StandIn(settings, store, personas, clock=clock, new_secret=new_secret)
    pages = Blueprint("login_stand_in", __name__, url_prefix=PROTOCOL_PATH)
    _answer_at(pages, provider)
    return pages


def _answer_at(pages: Blueprint, provider: StandIn) -> None:
    """The provider answers at the paths of the real one."""

    @pages.get("/auth")
    @open_to_all
    def ask() -> Response:
        return provider.ask(request.args.to_dict(flat=False))

    @pages.post("/auth")
    @open_to_all
    def tap() -> Response:
        return provider.tap(request.form.to_dict(flat=False))

    @pages.post("/token")
    @open_to_all
    def token() -> Response:
        return provider.token(request.form.to_dict(flat=False))

    @pages.get("/userinfo")
    @open_to_all
    def userinfo() -> Response:
        return provider.userinfo(request.headers.get("Authorization", ""))

    @pages.get("/certs")
    @open_to_all
    def certs() -> Response:
        return provider.certs()
