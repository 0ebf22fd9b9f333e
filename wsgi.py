"""The WSGI entry point: ``gunicorn wsgi:app`` and ``flask --app wsgi …``."""

import sys

from app import create_app
from app.commands import bare_app, needs_no_settings
from app.settings import Settings

app = bare_app() if needs_no_settings(sys.argv) else create_app(Settings.from_environment())
