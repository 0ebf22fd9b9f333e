"""The cookie that ties forms to a browser: one random word. Every form carries it signed (Flask-WTF).

It says nothing about anybody and is not signed itself: nobody else can set a ``__Host-`` cookie, and
without the application's key no form token can be made from it.
"""

import re

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin

from app.web import cookies

NAME = "csrf_token"
WORD = re.compile(r"[0-9a-f]{40}")


class FormSecret(SessionInterface):
    """Flask's session, reduced to the secret of the forms."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002  Flask's signature
        """The secret of this browser, none if it has none or something else."""
        word = request.cookies.get(cookies.CSRF, "")
        return SecureCookieSession({NAME: word} if WORD.fullmatch(word) else {})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """A new secret goes to the browser until it closes."""
        if session.modified and NAME in session:
            cookies.put(response, cookies.CSRF, session[NAME], None)
