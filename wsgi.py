"""The WSGI entry point: ``gunicorn wsgi:app`` and ``flask --app wsgi …``."""

from app import create_app
from app.settings import Settings

app = create_app(Settings.from_environment())
