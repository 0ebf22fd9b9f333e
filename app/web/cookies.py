"""Every cookie by name, and how one is set: ``__Host-``, Secure, HttpOnly, SameSite=Lax."""

from datetime import timedelta
from types import MappingProxyType

from werkzeug.wrappers import Response

from app.visit.sessions import LIFETIMES, Counter

LANGUAGE = "__Host-language"
TERMINAL = "__Host-terminal"
TRANSACTION = "__Host-login"
CSRF = "__Host-csrf"
SESSION = MappingProxyType({Counter.PARENT: "__Host-parent", Counter.CLINIC: "__Host-clinic"})
YEAR = timedelta(days=365)
LOGIN_TAKES = timedelta(minutes=10)


def pass_cookie(visit_id: str) -> str:
    """The device cookie of one visit's pass."""
    return f"__Host-pass-{visit_id}"


def put(response: Response, name: str, value: str, lasts: timedelta | None) -> None:
    """The cookie is set; ``lasts`` None means until the browser closes."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()) if lasts else None,
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop(response: Response, name: str) -> None:
    """The cookie is deleted."""
    response.delete_cookie(name, secure=True, httponly=True, samesite="Lax", path="/")


def put_session(response: Response, counter: Counter, session_id: str) -> None:
    """The session cookie of a counter, for as long as a session may live at most."""
    put(response, SESSION[counter], session_id, LIFETIMES[counter].most)
