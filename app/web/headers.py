"""What every response carries: policy headers, compression, caching, the request's number."""

import gzip
from secrets import token_hex

from flask import Flask, Response, g, request

LEAST_TO_COMPRESS = 400
_LEVEL = 6
_COMPRESSIBLE = ("text/html", "image/svg+xml", "application/json", "text/plain")


def install(app: Flask, provider_origin: str, is_https: bool) -> None:
    """Headers are put on every response of the application."""
    policy = content_policy(provider_origin)

    @app.before_request
    def number_request() -> None:
        g.request_id = token_hex(8)

    @app.after_request
    def dress(response: Response) -> Response:
        headers = response.headers
        headers["X-Request-Id"] = g.get("request_id", "")
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        headers.setdefault("Cache-Control", "no-store")
        return compress(response)


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
