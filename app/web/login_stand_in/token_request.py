"""The token request: the client proves itself, then the code is exchanged, once.

Source: RFC 6749, RFC 7523, RFC 7636 and reference/identity.md 1.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.web.login_stand_in.authorization import Grant, unpacked
from app.web.login_stand_in.ports import Store
from app.web.login_stand_in.settings import StandInSettings
from app.web.login_stand_in.tokens import hashed, read_assertion

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
VERIFIER = re.compile(r"[0-9A-Za-z._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An OAuth error: its status, code and description."""

    status: int
    error: str
    description: str


def exchanged(
    given: Mapping[str, Sequence[str]], settings: StandInSettings, store: Store, now: datetime
) -> Grant | Refusal:
    """The grant behind the code, which is used up; or why not."""
    form = {name: values[0] for name, values in given.items() if len(values) == 1}
    if len(form) != len(given):
        return Refusal(400, "invalid_request", "a parameter is given twice")
    if "grant_type" not in form:
        return Refusal(400, "invalid_request", "Missing form parameter: grant_type")
    if form["grant_type"] != "authorization_code":
        return Refusal(400, "unsupported_grant_type", "only authorization_code")
    if not _client_proved(form, settings, store, now):
        return Refusal(401, "invalid_client", "client assertion refused")
    packed = store.take_code(form.get("code", ""), now)
    grant = unpacked(packed) if packed is not None else None
    if grant is None or not _fits(form, grant):
        return Refusal(400, "invalid_grant", "Code not valid")
    return grant


def _client_proved(form: Mapping[str, str], settings: StandInSettings, store: Store, now: datetime) -> bool:
    """private_key_jwt with an assertion never seen before."""
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        return False
    if form.get("client_id", settings.client_id) != settings.client_id:
        return False
    read = read_assertion(form.get("client_assertion", ""), settings, now)
    return read is not None and store.spend(*read)


def _fits(form: Mapping[str, str], grant: Grant) -> bool:
    """Same redirect, and the verifier behind the challenge."""
    verifier = form.get("code_verifier", "")
    if form.get("redirect_uri") != grant.request.redirect_uri or not VERIFIER.fullmatch(verifier):
        return False
    return hmac.compare_digest(hashed(verifier), grant.request.code_challenge)
