"""The Flask application around the counters: limits, cookies, protection, the order of what happens first."""

import logging
import time
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.web import assets, errors, headers, templating
from app.web.form_secret import FormSecret
from app.web.pages import BLUEPRINTS
from app.web.rooms import Rooms

ROOT = Path(__file__).parents[2]
LARGE_BODY = 256 * 1024
SMALL_BODY = 16 * 1024
_LARGE = ("/visits/", "/language")
_MANY_ROWS = "/history/copy"
log = logging.getLogger("monshin.requests")


def make_flask(rooms: Rooms, secret_key: bytes) -> tuple[Flask, CSRFProtect]:
    """The application with all its pages; the protection is returned for what must be exempt from it."""
    app = Flask("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=LARGE_BODY,
        MAX_FORM_MEMORY_SIZE=LARGE_BODY,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    if not rooms.is_demo:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.session_interface = FormSecret()
    app.extensions["rooms"] = rooms
    app.extensions["prepared_pages"] = {}
    _install_first(app, rooms.public_url)
    protection = CSRFProtect(app)
    files = assets.Assets(ROOT / "static")
    headers.install(app, rooms.parent_login.authorization_origin, rooms.public_url.startswith("https:"))
    templating.install(app, files)
    errors.install(app)
    app.extensions["assets"] = files
    app.register_blueprint(assets.blueprint(files))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app, protection


def _install_first(app: Flask, public_url: str) -> None:
    """What comes before everything else: one address, small bodies, one line in the log for each request."""
    host = urlsplit(public_url).netloc

    @app.before_request
    def first() -> ResponseReturnValue | None:
        g.started = time.perf_counter()
        if not (request.path.startswith(_LARGE) or request.path.endswith(_MANY_ROWS)):
            request.max_content_length = SMALL_BODY
        is_elsewhere = request.host != host and request.method == "GET"
        if is_elsewhere and not request.path.startswith(("/healthz/", "/stand-in/")):
            return redirect(public_url + request.full_path.rstrip("?"), 307)
        return None

    @app.after_request
    def tell(response: Response) -> Response:
        spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        rule = request.url_rule.rule if request.url_rule else "-"
        log.info(
            "%s %s %s %.0fms %s", request.method, rule, response.status_code, spent, g.get("request_id", "")
        )
        return response
