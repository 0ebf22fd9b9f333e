"""What axe does not look at: targets, overflow, the console, the network."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Response
from playwright.sync_api import Page as BrowserPage

# A target is 44 px; a link inside a sentence has the line's height, at least 24 px. A radio or checkbox
# counts with its label. What is 1 px or less, or outside the page, waits for the focus (a skip link).
SMALL_TARGETS = """() => {
    const boxes = (element) => [element, ...(element.labels || [])].map((one) => one.getBoundingClientRect());
    const isInSentence = (element) => element.tagName === 'A'
        && getComputedStyle(element).display === 'inline'
        && [...element.parentNode.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    const small = [];
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
        const style = getComputedStyle(element);
        const own = element.getBoundingClientRect();
        const isShown = element.checkVisibility() && style.visibility !== 'hidden';
        const all = boxes(element);
        const width = Math.max(...all.map((one) => one.width));
        const inSentence = isInSentence(element);
        const line = inSentence ? parseFloat(style.lineHeight) || 0 : 0;
        const height = Math.max(line, ...all.map((one) => one.height));
        const isBeside = own.right + scrollX <= 0 || own.left >= document.documentElement.clientWidth;
        const isOffScreen = own.bottom + scrollY <= 0 || isBeside;
        if (!isShown || isOffScreen || (own.width <= 1 && own.height <= 1 && all.length === 1)) continue;
        const least = inSentence ? 24 : 44;
        if (height < least - 0.5 || (!inSentence && width < least - 0.5)) {
            small.push(`${element.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)} px`);
        }
    }
    return small;
}"""
OVERFLOW = """() => {
    const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
    if (wide <= room) return [];
    const sticksOut = (box) => box.right > room + 1 || box.left < -1;
    const culprits = [...document.body.querySelectorAll('*')]
        .filter((one) => sticksOut(one.getBoundingClientRect())).map((one) => one.outerHTML.slice(0, 100));
    return [`${wide} px of content in ${room} px: ${culprits.slice(-3).join(' | ')}`];
}"""


@dataclass  # without slots: Playwright keeps its wrapper of each method on the object
class Observation:
    """What a page did since it was watched. ``responses`` are those of our own server."""

    origin: str
    problems: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def note_console(self, message: ConsoleMessage) -> None:
        """Errors and warnings are problems; a blocked inline script is such an error."""
        # The browser logs every 4xx itself, and a 422 or a 404 may be just what was asked for.
        is_status = message.text.startswith(
            "Failed to load resource: the server responded with a status of 4"
        )
        if message.type in ("error", "warning") and not is_status:
            self.problems.append(f"console {message.type}: {message.text}")

    def note_error(self, error: Error) -> None:
        """An uncaught exception of a script is a problem."""
        self.problems.append(f"script: {error}")

    def note_response(self, response: Response) -> None:
        """A third party is a problem; what is inside the page (``data:``) is no request."""
        if urlsplit(response.url).scheme in ("data", "blob"):
            return
        if _origin(response.url) == self.origin:
            self.responses.append(response)
        else:
            self.problems.append(f"third party: {response.url}")


@contextmanager
def watched(page: BrowserPage, base_url: str) -> Iterator[Observation]:
    """Everything the page says and fetches while the block runs."""
    seen = Observation(origin=_origin(base_url))
    page.on("console", seen.note_console)
    page.on("pageerror", seen.note_error)
    page.on("response", seen.note_response)
    try:
        yield seen
    finally:
        page.remove_listener("console", seen.note_console)
        page.remove_listener("pageerror", seen.note_error)
        page.remove_listener("response", seen.note_response)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one visit to a page costs: requests, and bytes of all bodies, each compressed by gzip."""

    requests: int
    gzip_bytes: int


def weigh(page: BrowserPage, url: str) -> Weight:
    """What it costs to open the page with whatever the browser has in its cache."""
    with watched(page, url) as seen:
        page.goto(url, wait_until="networkidle")
        bodies = [response.body() for response in seen.responses if not 300 <= response.status < 400]
    return Weight(len(seen.responses), sum(len(gzip.compress(body, mtime=0)) for body in bodies))


def small_targets(page: BrowserPage) -> list[str]:
    """Visible controls and links smaller than a finger."""
    return [f"target: {found}" for found in page.evaluate(SMALL_TARGETS)]


def overflow(page: BrowserPage) -> list[str]:
    """Whether the page must be scrolled sideways, and because of what."""
    return [f"overflow: {found}" for found in page.evaluate(OVERFLOW)]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
