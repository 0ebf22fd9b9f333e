"""What every response carries: policy headers, compression, caching, the request's number."""

import gzip
from collections.abc import Callable, Iterable
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LEAST_TO_COMPRESS = 400
_LEVEL = 1
"""Measured: level 6 makes a page a tenth smaller and costs two more bare answers."""
_COMPRESSIBLE = ("text/html", "application/json")


def install(app: Flask, provider_origin: str, is_https: bool) -> None:
    """Headers are put on every response of the application."""

    @app.before_request
    def number_request() -> None:
        g.request_id = token_hex(8)

    @app.after_request
    def dress(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers.setdefault("Cache-Control", "no-store")
        return compress(response)

    app.wsgi_app = SameForAll(app.wsgi_app, fixed_headers(provider_origin, is_https))  # type: ignore[method-assign,assignment]  # WSGI in WSGI


class SameForAll:
    """Puts the same headers on every answer, whoever gave it."""

    def __init__(self, inner: "WSGIApplication", fixed: list[tuple[str, str]]) -> None:
        self._inner = inner
        self._fixed = fixed

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """The answer with the headers."""

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            return start(status, headers + self._fixed, *error)

        return self._inner(environ, begin)


def fixed_headers(provider_origin: str, is_https: bool) -> list[tuple[str, str]]:
    """What every answer says about itself."""
    fixed = [
        ("Content-Security-Policy", content_policy(provider_origin)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"),
    ]
    if is_https:
        fixed.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    return fixed


def content_policy(provider_origin: str) -> str:
    """Nothing but our own files; forms go to us and, by redirect, to the provider."""
    form_action = f"'self' {provider_origin}".strip()
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action {form_action}; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def compress(response: Response) -> Response:
    """Gzip for those who take it, when it is worth it and not yet done."""
    if (
        "gzip" not in request.headers.get("Accept-Encoding", "")
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or response.mimetype not in _COMPRESSIBLE
    ):
        return response
    body = response.get_data()
    if len(body) >= LEAST_TO_COMPRESS:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
