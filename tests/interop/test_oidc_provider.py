"""The card login against a provider written by others (npm ``oidc-provider``), over real HTTP.

Skipped only when Node or npm is missing or the package index does not answer, and then with the reason.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from app.fault import Fault
from app.identity.parent_login import CardLogin
from app.identity.provider import ProviderSettings, new_client_key, public_jwks
from app.people.person import CardFacts
from app.people.ports import LoginResult
from tests.support.fake_identity_stores import FakeTransactions

SOURCE = Path(__file__).parent / "oidc_provider"
INSTALL_SECONDS = 180
CLIENT_KEY = new_client_key()
CALLBACK = "https://pass.test/login/callback"


def install(folder: Path) -> None:
    """The locked packages lie in the folder; or the test is skipped, saying why."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            pytest.skip(f"interop with oidc-provider not checked: {tool} is not installed")
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"interop with oidc-provider not checked: npm took more than {INSTALL_SECONDS} s")
    if done.returncode:
        pytest.skip(f"interop with oidc-provider not checked: npm failed: {done.stderr[-300:]}")


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The issuer of a running provider."""
    folder = tmp_path_factory.mktemp("oidc-provider")
    install(folder)
    environment = {**os.environ, "CLIENT_JWKS": public_jwks(CLIENT_KEY), "NODE_ENV": "test"}
    started = ["node", "provider.mjs"]
    with (
        (folder / "errors.txt").open("w") as errors,
        subprocess.Popen(
            started, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            yield announced_issuer(process, folder)
        finally:
            process.terminate()


def announced_issuer(process: subprocess.Popen[str], folder: Path) -> str:
    """What the provider printed. A provider that does not start is a failure, not a skip."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            return str(json.loads(line)["issuer"])
    raise AssertionError((folder / "errors.txt").read_text())


@dataclass
class World:
    provider: ProviderSettings
    login: CardLogin

    def tap(self, url: str, persona: str) -> dict[str, list[str]]:
        """Follows the browser's way until the callback."""
        with requests.Session() as browser:
            for _ in range(6):
                answer = browser.get(url, allow_redirects=False, timeout=10)
                assert answer.is_redirect, answer.text
                url = urljoin(url, answer.headers["Location"])
                if url.startswith(CALLBACK):
                    return parse_qs(urlsplit(url).query)
                if "/interaction/" in url:
                    url += f"?persona={persona}"
        raise AssertionError("the provider never came back")

    def sign_in(self, persona: str) -> LoginResult | Fault:
        """The whole way."""
        start = self.login.begin("/home", datetime.now(UTC))
        return self.login.finish(start.transaction, self.tap(start.url, persona), datetime.now(UTC))


@pytest.fixture
def world(issuer: str) -> World:
    protocol = f"{issuer}/protocol/openid-connect"
    provider = ProviderSettings(
        issuer=issuer,
        authorization_endpoint=f"{protocol}/auth",
        token_endpoint=f"{protocol}/token",
        userinfo_endpoint=f"{protocol}/userinfo",
        jwks_uri=f"{protocol}/certs",
        client_id="RP00000001",
        client_key=CLIENT_KEY,
        redirect_uri=CALLBACK,
        acr_values="aal3 crl",
    )
    return World(provider, CardLogin(provider, FakeTransactions()))


def test_sign_in_when_the_provider_is_independent_then_the_facts_are_proved(world: World) -> None:
    result = world.sign_in("mother")
    assert isinstance(result, LoginResult), result
    assert result.binding.sub == "RP00000001-mother"
    assert result.acr == "aal3"
    assert result.facts == CardFacts("見本 花子", "見本町1-2-3", date(1992, 4, 12), "female")


def test_sign_in_when_done_again_then_no_assertion_is_replayed(world: World) -> None:
    assert isinstance(world.sign_in("mother"), LoginResult)
    assert isinstance(world.sign_in("father"), LoginResult)


def test_sign_in_when_cancelled_then_it_says_so(world: World) -> None:
    assert world.sign_in("cancel") == Fault("", "login_cancelled")


def test_finish_when_the_code_was_used_then_refused(world: World) -> None:
    start = world.login.begin("/home", datetime.now(UTC))
    query = world.tap(start.url, "mother")
    other = world.login.begin("/home", datetime.now(UTC))
    state = parse_qs(urlsplit(other.url).query)["state"]
    assert isinstance(world.login.finish(start.transaction, query, datetime.now(UTC)), LoginResult)
    replayed = world.login.finish(other.transaction, query | {"state": state}, datetime.now(UTC))
    assert replayed == Fault("", "login_refused")


def test_finish_when_our_key_is_not_registered_then_refused(world: World) -> None:
    login = CardLogin(replace(world.provider, client_key=new_client_key()), FakeTransactions())
    assert World(world.provider, login).sign_in("mother") == Fault("", "login_refused")


def test_finish_when_the_provider_does_not_listen_then_unavailable_and_soon(world: World) -> None:
    deaf = replace(world.provider, token_endpoint="http://127.0.0.1:9/token")
    started = time.monotonic()
    assert World(deaf, CardLogin(deaf, FakeTransactions())).sign_in("mother") == Fault(
        "", "login_unavailable"
    )
    assert time.monotonic() - started < 10
