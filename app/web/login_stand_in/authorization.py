"""The authorization request, with every documented rule of the real provider.

Source: reference/identity.md 1 (lengths and character sets of each parameter).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

PRINTABLE = re.compile(r"[\x20-\x7e]{1,255}")
RULES = {
    "response_type": re.compile(r"code"),
    "client_id": re.compile(r"[0-9a-zA-Z]{1,255}"),
    "redirect_uri": re.compile(r"[\x21-\x7e]{1,255}"),
    "scope": re.compile(r"(openid|name|address|birthdate|gender)( (openid|name|address|birthdate|gender))*"),
    "state": PRINTABLE,
    "nonce": PRINTABLE,
    "code_challenge": re.compile(r"[0-9a-zA-Z_-]{1,128}"),
    "code_challenge_method": re.compile(r"S256"),
    "acr_values": re.compile(r"|[0-9a-z]+( [0-9a-z]+)*"),
}
FIXED = {"response_type": "code", "code_challenge_method": "S256"}
OPTIONAL = frozenset({"acr_values"})


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A request that keeps every rule; the same names as its parameters."""

    client_id: str
    redirect_uri: str
    scope: str
    state: str
    nonce: str
    code_challenge: str
    acr_values: str

    @property
    def acr(self) -> str:
        """What the ID token will claim: the first wish."""
        return self.acr_values.split(" ")[0]


def read_request(given: Mapping[str, Sequence[str]]) -> AuthorizationRequest | str:
    """The request, or the name of the first parameter that is missing, doubled or badly formed."""
    values: dict[str, str] = {}
    for name, rule in RULES.items():
        several = given.get(name, ("",) if name in OPTIONAL else ())
        if len(several) != 1 or not rule.fullmatch(several[0]):
            return name
        values[name] = several[0]
    if "openid" not in values["scope"].split():
        return "scope"
    return AuthorizationRequest(**{name: value for name, value in values.items() if name not in FIXED})


def as_parameters(request: AuthorizationRequest) -> dict[str, str]:
    """The request as the parameters it came with, for the page's hidden fields."""
    return asdict(request) | FIXED


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for while it is kept."""

    request: AuthorizationRequest
    persona: str
    session_state: str

    def packed(self) -> str:
        """As the store keeps it."""
        return json.dumps(asdict(self), sort_keys=True)


def unpacked(payload: str) -> Grant:
    """The grant of a packed text of ours."""
    content = json.loads(payload)
    return Grant(AuthorizationRequest(**content["request"]), content["persona"], content["session_state"])
