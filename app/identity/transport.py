"""Reaching a provider that lives in the same process, without a socket.

Over HTTP such a provider dead-locks a server with one synchronous worker (reference/identity.md 5).
"""

import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


class InProcessTransport(HTTPAdapter):
    """A requests adapter that calls a WSGI application; mount it for the provider's origin."""

    def __init__(self, wsgi_app: "WSGIApplication") -> None:
        super().__init__()
        self._wsgi_app = wsgi_app

    def send(self, request: PreparedRequest, *_options: object, **_more_options: object) -> Response:
        """The application's answer, read to its end; timeouts and certificates mean nothing here."""
        answer = _Answer()
        answer.read(self._wsgi_app(environ_of(request), answer.start))
        code, _, reason = answer.status.partition(" ")
        raw = HTTPResponse(
            BytesIO(bytes(answer.body)),
            headers=HTTPHeaderDict(answer.headers),
            status=int(code),
            reason=reason,
            preload_content=False,
            decode_content=False,
        )
        return self.build_response(request, raw)


def environ_of(request: PreparedRequest) -> "WSGIEnvironment":
    """The WSGI environment of a prepared request (PEP 3333)."""
    parts = urlsplit(request.url or "")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else bytes(body)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key not in {"CONTENT_LENGTH", "HOST"}:
            environ[f"HTTP_{key}"] = value
    return environ


class _Answer:
    """One answer of a WSGI application while it is given."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.body = bytearray()

    def start(
        self, status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        """The ``start_response`` of PEP 3333."""
        self.status, self.headers = status, headers
        return self.body.extend

    def read(self, chunks: Iterable[bytes]) -> None:
        """Takes every chunk and closes what can be closed."""
        try:
            for chunk in chunks:
                self.body.extend(chunk)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
