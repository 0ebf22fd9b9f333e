"""The only file that knows every room: opens the files, builds the rooms, joins them to the web.

Knows: which class implements which port, where the files lie. Never knows: what any of them decides.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import Flask

from app.exchange.calendar_file import write_calendar
from app.identity.parent_login import CardLogin
from app.identity.passwords import Passwords
from app.identity.provider import ProviderSettings, new_client_key, public_jwks
from app.identity.staff_login import PasswordLogin
from app.identity.transport import InProcessTransport
from app.people.growth import Survey
from app.people.growth_file import NAME, read_survey
from app.questionnaire.definition import Library, Question
from app.questionnaire.reading import read_library
from app.schedule.reading import Schedule, read_schedule
from app.settings import Settings, SettingsError, refuse
from app.storage.keys import KeyRing, KeyRingError, make_key_ring, write_secret
from app.storage.store import Store
from app.web.application import make_flask
from app.web.assets import Assets
from app.web.login_stand_in.blueprint import make_stand_in
from app.web.login_stand_in.personas import PERSONAS
from app.web.login_stand_in.settings import PATH, StandInSettings
from app.web.rooms import Rooms
from app.wording.catalogue import Wording, read_wording

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ROOT = Path(__file__).parents[1]
DEFINITIONS = ROOT / "app" / "definitions"
TRANSLATIONS = ROOT / "translations"
STAND_IN_CLIENT = "RP00000001"
SECRET_KEY_BYTES = 32


def build(settings: Settings) -> Flask:
    """The application. Errors: SystemExit 78 naming each unusable setting."""
    try:
        return _join(settings)
    except SettingsError as error:
        refuse([str(line) for line in error.args])


def _join(settings: Settings) -> Flask:
    start_logging()
    library = read_definitions(DEFINITIONS)
    if settings.is_demo:
        make_demo_secrets(settings)
    store = open_store(settings, library)
    provider = provider_of(settings)
    app: list[Flask] = []

    def ourselves(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        return app[0].wsgi_app(environ, start)

    transport = None if settings.oidc else InProcessTransport(ourselves)
    login = CardLogin(provider, store.transactions, transport)
    rooms = furnish(settings, library, store, login)
    flask_app, protection = make_flask(rooms, cookie_key(settings))
    app.append(flask_app)
    if settings.oidc is None:
        pinned = stand_in_settings(settings, provider, stylesheet_of(flask_app))
        stand_in = make_stand_in(pinned, store.stand_in, PERSONAS, rooms.now)
        protection.exempt(stand_in)
        flask_app.register_blueprint(stand_in)
    flask_app.extensions.update(store=store, settings=settings)
    return flask_app


def furnish(settings: Settings, library: Library, store: Store, login: CardLogin) -> Rooms:
    """Every port with the class that implements it."""
    now = clock(settings.now)
    return Rooms(
        people=store.people,
        histories=store.histories,
        places=store.places,
        visits=store.visits,
        paper_scores=store.paper_scores,
        passes=store.passes,
        sessions=store.sessions,
        tries=store.tries,
        audit=store.audit,
        measurements=store.measurements,
        parent_login=login,
        staff_login=PasswordLogin(store.staff_secrets, store.tries, Passwords()),
        library=library,
        schedule=read_times(DEFINITIONS),
        write_calendar=write_calendar,
        survey=read_growth(DEFINITIONS),
        wording=read_texts(TRANSLATIONS),
        now=now,
        new_id=lambda: secrets.token_hex(16),
        is_ready=lambda: is_ready(store, now),
        public_url=settings.public_url,
        is_demo=settings.is_demo,
    )


def files_below(folder: Path, *endings: str) -> Mapping[str, bytes]:
    """Every file with these endings, by its path from the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in endings
    }


def read_definitions(folder: Path) -> Library:
    """The definitions. Errors: SettingsError with every fault."""
    library = read_library(files_below(folder, ".toml"))
    if not isinstance(library, Library):
        raise SettingsError(*(f"definitions: {fault}" for fault in library))
    return library


def read_times(folder: Path) -> Schedule:
    """When everything fits. Errors: SettingsError with every fault."""
    schedule = read_schedule(files_below(folder, ".toml"))
    if not isinstance(schedule, Schedule):
        raise SettingsError(*(f"definitions: {fault}" for fault in schedule))
    return schedule


def read_growth(folder: Path) -> Survey:
    """The survey of growth. Errors: SettingsError with every fault."""
    survey = read_survey(NAME, (folder / NAME).read_bytes())
    if not isinstance(survey, Survey):
        raise SettingsError(*(f"definitions: {fault}" for fault in survey))
    return survey


def read_texts(folder: Path) -> Wording:
    """The wording in all languages."""
    return read_wording(files_below(folder, ".toml", ".po"))


def open_store(settings: Settings, library: Library) -> Store:
    """The store, not yet connected. Errors: SettingsError when the key ring cannot be used."""
    try:
        ring = KeyRing.read(settings.key_ring_file)
    except KeyRingError as error:
        raise SettingsError(f"KEY_RING_FILE: {error}") from error

    @cache
    def questions_of(pins: tuple[tuple[str, int], ...]) -> Mapping[str, Question]:
        parts = library.pinned_parts(pins)
        return {question.code: question for part in parts for question in part.questions}

    return Store(settings.database_url, settings.key_store_url, ring, questions_of)


def clock(fixed: datetime | None) -> Callable[[], datetime]:
    """The real time, or one that starts at a given moment and goes on from there."""
    if fixed is None:
        return lambda: datetime.now(UTC)
    start, begun = fixed.astimezone(UTC), time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - begun)


def is_ready(store: Store, now: Callable[[], datetime]) -> bool:
    """Whether both databases can be written and know every table."""
    try:
        store.ping(now())
        return store.is_migrated()
    except Exception:  # noqa: BLE001  whatever is wrong, the answer is no
        return False


def cookie_key(settings: Settings) -> bytes:
    """The key of signed cookies. Errors: SettingsError when it is too short to be secret."""
    key = settings.secret_key_file.read_bytes()
    if len(key) < SECRET_KEY_BYTES:
        raise SettingsError(f"SECRET_KEY_FILE: must hold at least {SECRET_KEY_BYTES} random bytes")
    return key


def start_logging() -> None:
    """Our own lines go to standard error; others' only from warnings on."""
    ours = logging.getLogger("monshin")
    if not ours.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
        ours.addHandler(handler)
        ours.setLevel(logging.INFO)


def make_demo_secrets(settings: Settings) -> None:
    """Key ring, cookie key and the login's keys of a demonstration, made once."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    made = {
        settings.key_ring_file: make_key_ring,
        settings.secret_key_file: lambda: secrets.token_bytes(32),
        settings.data_dir / "login-client.pem": new_client_key,
        settings.data_dir / "login-stand-in.pem": new_client_key,
    }
    for path, make in made.items():
        if not path.exists():
            write_secret(path, make())


def provider_of(settings: Settings) -> ProviderSettings:
    """The pinned provider, or the stand-in of a demonstration."""
    redirect_uri = f"{settings.public_url}/login/callback"
    if settings.oidc is None:
        issuer = settings.public_url + PATH
        protocol = f"{issuer}/protocol/openid-connect"
        return ProviderSettings(
            issuer=issuer,
            authorization_endpoint=f"{protocol}/auth",
            token_endpoint=f"{protocol}/token",
            userinfo_endpoint=f"{protocol}/userinfo",
            jwks_uri=f"{protocol}/certs",
            client_id=STAND_IN_CLIENT,
            client_key=(settings.data_dir / "login-client.pem").read_bytes(),
            redirect_uri=redirect_uri,
            acr_values="aal3 crl",
        )
    oidc = settings.oidc
    try:
        client_key = oidc.client_key_file.read_bytes()
    except OSError as error:
        raise SettingsError("OIDC_CLIENT_KEY_FILE: is not a readable file") from error
    return ProviderSettings(
        issuer=oidc.issuer,
        authorization_endpoint=oidc.authorization_endpoint,
        token_endpoint=oidc.token_endpoint,
        userinfo_endpoint=oidc.userinfo_endpoint,
        jwks_uri=oidc.jwks_uri,
        client_id=oidc.client_id,
        client_key=client_key,
        redirect_uri=redirect_uri,
        acr_values=oidc.acr_values,
    )


def stylesheet_of(app: Flask) -> str:
    """Where the stylesheet lies under its hashed name."""
    return cast("Assets", app.extensions["assets"]).url("look.css")


def stand_in_settings(settings: Settings, provider: ProviderSettings, stylesheet_url: str) -> StandInSettings:
    """How the stand-in knows its one client."""
    return StandInSettings(
        issuer=provider.issuer,
        client_id=provider.client_id,
        redirect_uri=provider.redirect_uri,
        client_jwks=public_jwks(provider.client_key),
        signing_key=(settings.data_dir / "login-stand-in.pem").read_bytes(),
        stylesheet_url=stylesheet_url,
        production=not settings.is_demo,
    )
