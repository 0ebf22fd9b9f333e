"""The three handlers that are counted: a bare hello, the largest question page, a durable submit."""

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask

import app.wiring
from app import create_app
from app.settings import Settings
from tests.bench.prepared import DATABASE, Asking
from tests.support.site import MORNING

Call = Callable[[], None]


class WrongAnswerError(AssertionError):
    """A measured request did not do what it must; its cost means nothing."""


def hello_app() -> Flask:
    """The yardstick: one route, one short text."""
    flask = Flask("hello", static_folder=None)

    @flask.get("/")
    def hello() -> str:
        return "hello"

    return flask


def measured_app(folder: Path) -> Flask:
    """The demonstration of `prepare_site`, as any server builds it, at the moment it was made."""
    environment = {
        "APP_MODE": "demo",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "PUBLIC_URL": "http://localhost",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.wiring, "clock", lambda _fixed: lambda: MORNING)
        return create_app(Settings.from_environment(environment))


def ask_hello(flask: Flask) -> Call:
    """GET of the hello."""
    environ = _environ("GET", "/")

    def ask() -> None:
        status, _headers, body = _call(flask, dict(environ))
        if status != 200 or body != b"hello":
            raise WrongAnswerError("hello")

    return ask


def ask_page(flask: Flask, asking: Asking) -> Call:
    """GET of her largest question page, compressed as browsers ask for it."""
    environ = _environ("GET", asking.page, asking)

    def ask() -> None:
        status, headers, body = _call(flask, dict(environ))
        if status != 200 or headers.get("Content-Encoding") != "gzip" or len(body) < 1000:
            raise WrongAnswerError(f"{asking.page}: {status}")

    return ask


def page_text(flask: Flask, asking: Asking) -> str:
    """The page as she reads it."""
    _status, _headers, body = _call(flask, _environ("GET", asking.page, asking))
    return gzip.decompress(body).decode()


def submit_next(flask: Flask, asking: Asking, start: int = 0) -> Call:
    """POST of the next visit with a fresh key; each call another visit, from this one on."""
    visits = iter(asking.visits[start:])

    def submit() -> None:
        visit = next(visits)
        fields = {
            "csrf_token": asking.csrf,
            "revision": str(asking.revision),
            "submission_key": f"key-{visit}",
        }
        body = urlencode(fields).encode()
        environ = _environ("POST", f"/visits/{visit}/share", asking)
        environ |= {
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        status, headers, _body = _call(flask, environ)
        if status != 303 or not headers.get("Location", "").endswith(f"/visits/{visit}/receipt"):
            raise WrongAnswerError(f"submit: {status}")

    return submit


def _environ(method: str, path: str, asking: Asking | None = None) -> WSGIEnvironment:
    """A request as a server hands it over."""
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if asking is not None:
        environ["HTTP_COOKIE"] = asking.cookie
        environ["HTTP_ACCEPT_LANGUAGE"] = f"{asking.language},ja;q=0.5"
        environ["HTTP_ACCEPT_ENCODING"] = "gzip, deflate, br"
    return environ


def _call(application: WSGIApplication, environ: WSGIEnvironment) -> tuple[int, dict[str, str], bytes]:
    """One request through the whole stack."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        begun.append((status, headers))
        return lambda _data: None

    pieces = application(environ, start)
    try:
        body = b"".join(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
    status, headers = begun[0]
    return int(status[:3]), dict(headers), body
