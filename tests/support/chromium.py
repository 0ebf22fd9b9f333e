"""Finds a Chromium, whatever machine this is, decides once, and says which one it took."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.locking import exclusively

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 90
INSTALL_SECONDS = 600
START_SECONDS = 30
QUIET = (
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class ChromiumMissingError(Exception):
    """No Chromium could be found or installed."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that can be started. ``origin`` says in words where it came from."""

    executable: str
    origin: str


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """A running headless Chromium, closed afterwards."""
    with sync_playwright() as playwright:
        chromium = find_chromium(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, headless=True, args=launch_arguments()
        )
        try:
            yield browser
        finally:
            browser.close()


def launch_arguments() -> list[str]:
    """No traffic of the browser's own; no sandbox as root, where Chromium refuses to start with one."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def find_chromium(bundled: Path) -> Chromium:
    """The Chromium of this machine. ``bundled`` is where Playwright would keep its own.

    The decision is kept for all workers and later runs, as long as that file exists.
    Errors: ChromiumMissingError with what was tried.
    """
    memory = Path(tempfile.gettempdir()) / f"monshin-{os.getuid()}-chromium.json"
    with exclusively("chromium"):
        known = _remembered(memory)
        if known is None:
            known = search((_bundled(bundled), _downloaded(bundled), _on_path, _installed))
            memory.write_text(json.dumps(asdict(known)), encoding="utf-8")
    sys.stderr.write(f"Chromium: {known.executable} ({known.origin})\n")
    return known


def search(attempts: tuple[Callable[[], Chromium | None], ...]) -> Chromium:
    """What the first successful attempt found. A browser whose libraries are missing is not one."""
    for attempt in attempts:
        found = attempt()
        if found is not None and _succeeds([found.executable, "--version"], START_SECONDS):
            return found
    raise ChromiumMissingError(
        "No Chromium: Playwright has none and could not download one, none of "
        f"{', '.join(NAMES)} is on PATH, and apt-get could not install one (are you root?). "
        "Install one of them, or run `playwright install chromium`."
    )


def _remembered(memory: Path) -> Chromium | None:
    """The decision of an earlier worker or run, if it is ours and still true."""
    if not memory.exists() or memory.stat().st_uid != os.getuid():
        return None
    try:
        known = Chromium(**json.loads(memory.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None
    return known if Path(known.executable).exists() else None


def _bundled(bundled: Path) -> Callable[[], Chromium | None]:
    return lambda: Chromium(str(bundled), "installed by Playwright before") if bundled.exists() else None


def _downloaded(bundled: Path) -> Callable[[], Chromium | None]:
    def attempt() -> Chromium | None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        is_there = _succeeds(command, DOWNLOAD_SECONDS) and bundled.exists()
        return Chromium(str(bundled), "downloaded by Playwright now") if is_there else None

    return attempt


def _on_path() -> Chromium | None:
    for name in NAMES:
        if executable := shutil.which(name):
            return Chromium(executable, "found on PATH")
    return None


def _installed() -> Chromium | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _succeeds(["apt-get", "update", "-qq"], INSTALL_SECONDS)
    _succeeds(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], INSTALL_SECONDS)
    executable = shutil.which("chromium")
    return Chromium(executable, "installed by apt-get now") if executable else None


def _succeeds(command: list[str], seconds: int) -> bool:
    """Whether the command ended well in time; what it says is nobody's business."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
