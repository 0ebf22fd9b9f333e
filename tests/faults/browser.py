"""A browser over real HTTP: keeps cookies, follows nothing, sends one request at a time."""

from collections.abc import Sequence
from http.cookiejar import DefaultCookiePolicy
from typing import Self

import requests

from tests.support.journey import Fetched

TIMEOUT_SECONDS = 30


class Browser:
    """Keeps Secure cookies from the loopback and sends them back, as browsers do and requests does not."""

    def __init__(self, url: str, language: str = "ja") -> None:
        self._url = url
        self._session = requests.Session()
        self._session.headers["Accept-Language"] = language
        self._session.cookies.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies it holds, by name."""
        return {one.name: one.value or "" for one in self._session.cookies}

    def twin(self) -> Self:
        """The same browser's second connection."""
        twin = type(self)(self._url)
        twin._session.cookies.update(self._session.cookies)
        return twin

    def __call__(self, method: str, path: str, fields: Sequence[tuple[str, str]]) -> Fetched:
        """The answer. Errors: requests.RequestException when the connection is lost."""
        answer = self._session.request(
            method,
            self._url + path,
            data=list(fields),
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
            allow_redirects=False,
            timeout=TIMEOUT_SECONDS,
        )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Fetched(path, answer.status_code, headers, answer.content)
