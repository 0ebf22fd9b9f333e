"""The accessibility rules of axe on a page in a real browser, under the page's own content policy."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page as BrowserPage

SOURCE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LEAST_VERSION = (4, 12)
MOST_EXCEPTIONS = 5
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ['violations', 'incomplete']});
    const flat = (kind) => found[kind].flatMap((rule) => rule.nodes.map(
        (node) => ({kind, rule: rule.id, target: node.target.join(' '), html: node.html.slice(0, 160)})));
    return [...flat('violations'), ...flat('incomplete')];
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One node that breaks a rule, or (``incomplete``) that axe could not judge."""

    kind: str
    rule: str
    target: str
    html: str

    def __str__(self) -> str:
        """One line of a report."""
        return f"axe {self.kind} {self.rule}: {self.target}: {self.html}"


@dataclass(frozen=True, slots=True)
class AxeException:
    """A finding we accept; one that no longer occurs is deleted.

    Shapes: ``page`` is a pattern of the path, ``html`` one found in the node; ``kind`` as in `Finding`.
    """

    rule: str
    page: str
    reason: str
    html: str = ""
    kind: str = ""

    @property
    def mark(self) -> str:
        """Its name in the tally."""
        return f"axe_exception {self.rule} {self.page} {self.html}".strip()

    def covers(self, finding: Finding, path: str) -> bool:
        """Whether it accepts this finding."""
        is_same = finding.rule == self.rule and self.kind in ("", finding.kind)
        return is_same and bool(re.fullmatch(self.page, path) and re.search(self.html, finding.html))


EXCEPTIONS = (
    AxeException(
        *("color-contrast", r"/clinic/visits/.*", "a drawing (▲ ■ ●), not a text: axe cannot judge it"),
        html='class="mark-[abc]"',
        kind="incomplete",
    ),
    AxeException(
        *("color-contrast", r"/visits/.*/day|/blank/sheet", "the sign ℃ is no letter: axe cannot judge it"),
        html="℃</(span|p)>",
        kind="incomplete",
    ),
    AxeException(
        *(
            "color-contrast",
            r"/children/.*/growth|/clinic/visits/.*",
            "numbers of a drawing, in the colour of all text",
        ),
        html="^<text ",
        kind="incomplete",
    ),
)


class AxeOutdatedError(Exception):
    """The rules that come with the test environment are too old, or are not where they were."""


def axe_findings(page: BrowserPage) -> list[Finding]:
    """Every violation and everything incomplete, by all rules of all tags.

    The script goes in through the debugger, which a content policy does not concern, so that the
    policy stays in force. Errors: AxeOutdatedError.
    """
    page.evaluate(axe_source())
    return [Finding(**found) for found in page.evaluate(RUN)]


def judge(
    findings: list[Finding],
    path: str,
    tally: Counter[str],
    exceptions: tuple[AxeException, ...] = EXCEPTIONS,
) -> list[str]:
    """The findings nobody excepted; the page and every exception that was used are counted."""
    tally["axe_pages"] += 1
    problems = []
    for finding in findings:
        excepted = [one for one in exceptions if one.covers(finding, path)]
        tally.update(one.mark for one in excepted)
        if not excepted:
            problems.append(f"{path}: {finding}")
    return problems


def stale_exceptions(tally: Counter[str], exceptions: tuple[AxeException, ...] = EXCEPTIONS) -> list[str]:
    """Exceptions that nothing needed in a whole run, and a list that grew too long."""
    stale = [f"no longer occurs, delete it: {one.mark}" for one in exceptions if not tally[one.mark]]
    too_many = len(exceptions) > MOST_EXCEPTIONS
    return [*stale, *([f"more than {MOST_EXCEPTIONS} axe exceptions"] if too_many else [])]


@cache
def axe_source() -> str:
    """The script. Errors: AxeOutdatedError."""
    source = SOURCE.read_text(encoding="utf-8") if SOURCE.exists() else ""
    version = re.match(r"/\*! axe v(\d+)\.(\d+)", source)
    if version is None or (int(version[1]), int(version[2])) < LEAST_VERSION:
        raise AxeOutdatedError(f"axe {'.'.join(map(str, LEAST_VERSION))} or newer is needed at {SOURCE}")
    return source
