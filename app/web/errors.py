"""Every refusal as a page: calm, in the person's language, with a way on; never a stack trace."""

import logging

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.visit.access import Action
from app.visit.sessions import Counter
from app.web.visitor import counter_of_request, identify

log = logging.getLogger("monshin.web")
KNOWN = frozenset({400, 403, 404, 405, 410, 413, 429, 503})


def install(app: Flask) -> None:
    """Pages for what goes wrong."""

    @app.errorhandler(CSRFError)
    def no_token(_error: CSRFError) -> ResponseReturnValue:
        return page_for(400, "error.old_page")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if code < 400:
            return error
        return page_for(code, f"error.{code if code in KNOWN else 400}")

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        if is_busy(error):
            return page_for(503, "error.503")
        log.error("unexpected %s at %s: %s", type(error).__name__, request.endpoint, places_of(error))
        return page_for(500, "error.500")


def page_for(status: int, key: str) -> ResponseReturnValue:
    """The error page of the counter that was asked."""
    if "visitor" not in g:
        try:
            g.visitor = identify(Action.READ_PUBLIC)
        except Exception:  # noqa: BLE001  the page must come even when nothing can be read
            return f"<!doctype html><title>{status}</title><h1>{status}</h1>", status
    staff = counter_of_request() is Counter.CLINIC
    template = "clinic/error.html" if staff else "parent/error.html"
    headers = {"Retry-After": "5"} if status == 503 else {}
    return render_template(template, status=status, key=key), status, headers


def is_busy(error: Exception) -> bool:
    """Whether the database could not be reached or was locked, which passes."""
    return isinstance(error, ConnectionError | TimeoutError)


def places_of(error: Exception) -> str:
    """Where it happened, innermost first, without the values that a traceback would print."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places))
