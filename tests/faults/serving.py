"""The real server on a folder of its own: gunicorn as everywhere, killed and started again at will."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import STDOUT
from typing import cast

import requests

from app import create_app
from app.demo import make_demo, server_arguments
from app.settings import Settings
from app.storage.store import Store
from app.web.rooms import Rooms
from tests.support.server import PROJECT, START_SECONDS, ServerNotReadyError, free_port

SWITCH = "FAULTS_PLANTED"
ACK_BEFORE_COMMIT = "ack-before-commit"


@dataclass
class Serving:
    """One demonstration and its server. Shapes: ``application`` is what gunicorn loads."""

    folder: Path
    database_url: str
    port: int = 0
    application: str = "wsgi:app"
    more: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = self.folder / "server.log"
        self.environment = {
            "APP_MODE": "demo",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": self.database_url,
        }
        self.settings = Settings.from_environment(self.environment)

    def set_up(self) -> None:
        """Tables and people exist."""
        with self.rooms() as rooms:
            make_demo(rooms, self.settings)

    @contextmanager
    def rooms(self) -> Iterator[Rooms]:
        """The rooms on its database, without the server."""
        app = create_app(self.settings)
        store = cast("Store", app.extensions["store"])
        store.migrate()
        try:
            yield cast("Rooms", app.extensions["rooms"])
        finally:
            store.dispose()

    def start(self) -> None:
        """It answers. Errors: ServerNotReadyError."""
        arguments = [*server_arguments(self.settings)[:-1], self.application]
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *arguments],
                cwd=PROJECT,
                env={**os.environ, **self.environment, **self.more, "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(requests.RequestException):
                if requests.get(f"{self.url}/healthz/ready", timeout=2).ok:
                    return
            time.sleep(0.1)
        raise ServerNotReadyError(self.log.read_text("utf-8", "replace")[-3000:])

    def workers(self) -> list[int]:
        """The process ids of the workers alive now."""
        assert self.process is not None, "not started"
        master = self.process.pid
        return [int(one) for one in Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()]

    def kill(self) -> None:
        """Everything of it is gone at once, as when the power fails."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
