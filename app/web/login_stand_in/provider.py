"""What the development login answers at each of its endpoints."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import Response, current_app, jsonify, redirect

from app.web.login_stand_in.authorization import (
    RULES,
    AuthorizationRequest,
    Grant,
    as_parameters,
    read_request,
)
from app.web.login_stand_in.personas import Happening, Persona
from app.web.login_stand_in.ports import Store
from app.web.login_stand_in.settings import StandInSettings
from app.web.login_stand_in.token_request import Refusal, exchanged
from app.web.login_stand_in.tokens import TOKEN_LIFE, Signer

CODE_LIFE = timedelta(seconds=60)
Given = Mapping[str, Sequence[str]]


class StandIn:
    """The imitated provider; everything it must remember lies in the store."""

    def __init__(
        self,
        settings: StandInSettings,
        store: Store,
        personas: Sequence[Persona],
        *,
        clock: Callable[[], datetime],
        new_secret: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._store = store
        self._personas = {persona.code: persona for persona in personas}
        self._clock = clock
        self._new_secret = new_secret
        self._signer = Signer(settings, new_secret)

    def ask(self, given: Given) -> Response:
        """The page that stands for the card tap, or the refusal of a request against the rules."""
        wanted = self._request(given)
        if isinstance(wanted, Response):
            return wanted
        fields = as_parameters(wanted) | _house_fields()
        return self._page("sign_in", 200, personas=self._personas.values(), fields=fields)

    def tap(self, given: Given) -> Response:
        """Back to the client with a code, or with what happened instead."""
        wanted = self._request(given)
        if isinstance(wanted, Response):
            return wanted
        persona = self._personas.get(next(iter(given.get("persona", ())), ""))
        if persona is None:
            return self._page("refused", 400, parameter="persona")
        if persona.happening is Happening.CANCELS:
            return self._back(
                {"error": "access_denied", "error_description": "cancelled", "state": wanted.state}
            )
        grant = Grant(wanted, persona.code, session_state=self._new_secret())
        code = self._new_secret()
        self._store.keep_code(code, grant.packed(), self._clock() + CODE_LIFE)
        return self._back({"code": code, "state": wanted.state, "session_state": grant.session_state})

    def token(self, given: Given) -> Response:
        """Tokens for a code."""
        now = self._clock()
        grant = exchanged(given, self._settings, self._store, now)
        if isinstance(grant, Refusal):
            return _json(grant.status, {"error": grant.error, "error_description": grant.description})
        persona = self._personas[grant.persona]
        if persona.happening is Happening.PROVIDER_DOWN:
            return Response("<h1>503 Service Unavailable</h1>", 503)
        access_token = self._signer.access_token(persona, grant, now)
        tokens = {
            "access_token": access_token,
            "id_token": self._signer.id_token(persona, grant, access_token, now),
            "token_type": "Bearer",
            "expires_in": int(TOKEN_LIFE.total_seconds()),
            "scope": grant.request.scope,
            "session_state": grant.session_state,
        }
        return _json(200, tokens)

    def userinfo(self, authorization: str) -> Response:
        """The facts the scope asks for."""
        scheme, _, token = authorization.partition(" ")
        read = self._signer.read_access_token(token, self._clock()) if scheme == "Bearer" else None
        if read is None or read[0] not in self._personas:
            return _json(
                401, {"error": "invalid_token"}, {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            )
        persona = self._personas[read[0]]
        return _json(200, {"sub": self._signer.sub(persona), **persona.claims(scope=read[1])})

    def certs(self) -> Response:
        """The JWKS."""
        return _json(200, self._signer.jwks())

    def _request(self, given: Given) -> AuthorizationRequest | Response:
        """The request, or the answer that refuses it; a stranger's redirect is never followed."""
        ours = {"client_id": self._settings.client_id, "redirect_uri": self._settings.redirect_uri}
        for name, registered in ours.items():
            if list(given.get(name, ())) != [registered]:
                return self._page("refused", 400, parameter=name)
        wanted = read_request(given)
        if isinstance(wanted, AuthorizationRequest):
            return wanted
        answer = {"error": "invalid_request", "error_description": f"Invalid parameter: {wanted}"}
        state = next(iter(given.get("state", ())), "")
        return self._back(answer | ({"state": state} if RULES["state"].fullmatch(state) else {}))

    def _back(self, answer: Mapping[str, str]) -> Response:
        """The browser goes back to the client."""
        query = urlencode({**answer, "iss": self._settings.issuer})
        response = redirect(f"{self._settings.redirect_uri}?{query}", 303)
        return Response(response.get_data(), response.status_code, response.headers)

    def _page(self, name: str, status: int, **values: object) -> Response:
        """A page of its own: neither the product's language nor its visitor exist here."""
        template = current_app.jinja_env.get_template(f"login_stand_in/{name}.html")
        return Response(template.render(stylesheet_url=self._settings.stylesheet_url, **values), status)


def _house_fields() -> dict[str, str]:
    """The hidden field every form of this house carries, where the application has one."""
    csrf_token = current_app.jinja_env.globals.get("csrf_token")
    return {"csrf_token": str(csrf_token())} if callable(csrf_token) else {}


def _json(status: int, content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    """JSON that nobody stores."""
    response = jsonify(dict(content))
    response.status_code = status
    response.headers.update({"Cache-Control": "no-store", **(headers or {})})
    return response
