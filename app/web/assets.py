"""Static files by the hash of their content: immutable, compressed once at start."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, request

from app.web.guard import open_to_all

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, plain and compressed."""

    body: bytes
    packed: bytes
    content_type: str


class Assets:
    """All files of ``static/``, read once."""

    def __init__(self, folder: Path) -> None:
        self._by_url: dict[str, Asset] = {}
        self._urls: dict[str, str] = {}
        for path in sorted(folder.iterdir()):
            if path.suffix in _TYPES:
                self._add(path)

    def _add(self, path: Path) -> None:
        body = path.read_bytes()
        hashed = f"{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
        self._urls[path.name] = f"/static/{hashed}"
        self._by_url[hashed] = Asset(body, gzip.compress(body, 9, mtime=0), _TYPES[path.suffix])

    def url(self, name: str) -> str:
        """Where the file lies. Errors: KeyError for a file that does not exist."""
        return self._urls[name]

    def find(self, hashed: str) -> Asset | None:
        """The file behind a hashed name."""
        return self._by_url.get(hashed)


def blueprint(assets: Assets) -> Blueprint:
    """Serves ``/static/<hashed name>``."""
    pages = Blueprint("assets", __name__)

    @pages.get("/static/<name>")
    @open_to_all
    def asset(name: str) -> Response:
        found = assets.find(name)
        if found is None:
            abort(404)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = Response(found.packed if packed else found.body, content_type=found.content_type)
        response.headers["Cache-Control"] = FOREVER
        response.vary.add("Accept-Encoding")
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response

    return pages
