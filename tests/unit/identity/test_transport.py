"""A WSGI application reached without a socket answers as over HTTP."""

import gzip
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import requests

from app.identity.transport import InProcessTransport

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Application:
    """Remembers how it was called and says what it was told."""

    def __init__(
        self, status: str = "200 OK", body: bytes = b"{}", headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.seen: WSGIEnvironment = {}
        self.body_seen = b""
        self.closed = False
        self._status, self._body, self._headers = status, body, list(headers)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.seen = environ
        self.body_seen = environ["wsgi.input"].read()
        start_response(self._status, self._headers)
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[:3]
        yield self._body[3:]

    def close(self) -> None:
        self.closed = True


def send(app: Application, method: str, url: str, **fields: str) -> requests.Response:
    with requests.Session() as session:
        session.mount("https://here.test:8443", InProcessTransport(app))
        return session.request(method, url, data=fields or None, headers={"Authorization": "Bearer x"})


def test_send_when_posted_then_the_application_sees_the_request() -> None:
    app = Application()
    answer = send(app, "POST", "https://here.test:8443/a%20b/%E3%81%82?x=1&y=%20", state="a b")
    assert answer.json() == {}
    assert app.closed
    assert app.body_seen == b"state=a+b"
    assert app.seen["REQUEST_METHOD"] == "POST"
    assert app.seen["PATH_INFO"].encode("latin-1").decode() == "/a b/あ"
    assert app.seen["QUERY_STRING"] == "x=1&y=%20"
    assert app.seen["CONTENT_TYPE"] == "application/x-www-form-urlencoded"
    assert app.seen["CONTENT_LENGTH"] == "9"
    assert app.seen["HTTP_AUTHORIZATION"] == "Bearer x"
    assert (app.seen["HTTP_HOST"], app.seen["SERVER_NAME"]) == ("here.test:8443", "here.test")
    assert (app.seen["wsgi.url_scheme"], app.seen["SERVER_PORT"]) == ("https", "8443")


def test_send_when_the_answer_is_compressed_then_it_is_read() -> None:
    app = Application(body=gzip.compress(b'{"long": 1}'), headers=[("Content-Encoding", "gzip")])
    assert send(app, "GET", "https://here.test:8443/").json() == {"long": 1}


def test_send_when_refused_then_status_reason_and_headers_arrive() -> None:
    app = Application("401 Unauthorized", b"no", [("WWW-Authenticate", "Bearer"), ("Set-Cookie", "a=1")])
    answer = send(app, "GET", "https://here.test:8443/")
    assert (answer.status_code, answer.reason, answer.text) == (401, "Unauthorized", "no")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
