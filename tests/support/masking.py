"""The one mask: what may differ between two answers that must be the same: three values (design 22)."""

import re
from collections.abc import Mapping

CSRF_TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]*(")')
NONCE = re.compile(rb'( nonce=")[^"]*(")')
REQUEST_ID = "x-request-id"


def masked_body(body: bytes) -> bytes:
    """The bytes without the value of a csrf_token and of a nonce."""
    return NONCE.sub(rb"\1\2", CSRF_TOKEN.sub(rb"\1\2", body))


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers in lower case without the value of X-Request-Id."""
    lowered = {name.lower(): value for name, value in headers.items()}
    return {name: "" if name == REQUEST_ID else value for name, value in lowered.items()}
