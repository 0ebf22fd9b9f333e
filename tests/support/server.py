"""The application as people start it: `flask --app wsgi run-demo`, on a free port, with its own data."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 15


class ServerNotReadyError(Exception):
    """The server did not become ready; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers. ``url`` has no slash at its end."""

    url: str
    data: Path
    log: Path
    pid: int


@contextmanager
def demo_server(directory: Path, **settings: str) -> Iterator[Server]:
    """A demo server with data of its own under ``directory``; stopped afterwards.

    ``settings`` are environment variables: ``NOW="2026-11-22T09:00:00+09:00"``. Errors: ServerNotReadyError.
    """
    port = free_port()
    url = f"http://localhost:{port}"
    log = directory / "server.log"
    environment = {
        **_clean_environment(),
        "APP_MODE": "demo",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": url,
        "DATA_DIR": str(directory / "data"),
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run-demo"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=output, stderr=STDOUT, start_new_session=True
        )
    try:
        _await_ready(url, process, log)
        yield Server(url, directory / "data", log, process.pid)
    finally:
        _stop(process)


def free_port() -> int:
    """A port of the loopback that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _clean_environment() -> Mapping[str, str]:
    """The shell's environment without what pytest put there."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def _await_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _is_ready(url):
            return
        time.sleep(0.1)
    told = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    ended = "did not answer" if process.poll() is None else f"ended with {process.returncode}"
    raise ServerNotReadyError(f"The server {ended} within {START_SECONDS} s:\n{told}")


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz/ready", timeout=2) as answer:  # noqa: S310  our own http
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and its workers: they are a process group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
