"""``python -m tests.sweep [LANGUAGE …]``: what is wrong, one line each; the last line is JSON."""

import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.support.browser_walk import WIDTHS, at_every_width, pages_in, seen_with
from tests.support.census import languages_of, pseudo_wording
from tests.support.chromium import chromium_browser
from tests.support.database import sqlite_database
from tests.support.site import make_site
from tests.support.staged import stage
from tests.support.town import Town


def swept(town: Town, languages: Sequence[str]) -> tuple[int, list[str]]:
    """How many pages were looked at, and everything that was found."""
    pages, problems = 0, []
    with chromium_browser() as browser, stage(browser, town) as shown:
        for language in languages:
            for reach in pages_in(town, language):
                problems += seen_with(shown, town, reach, at_every_width)
                pages += 1
    return pages, problems


def main(wanted: Sequence[str]) -> int:
    """Sweeps; 0 when nothing was found and something was looked at."""
    logging.disable()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder) / "data", sqlite_database(Path(folder)))
        site.app.extensions["rooms"] = replace(site.rooms, wording=pseudo_wording(site.rooms))
        languages = [one for one in languages_of(site.rooms) if not wanted or one in wanted]
        pages, problems = swept(Town(site), languages)
        site.store.dispose()
    for problem in problems:
        print(problem)
    is_good = bool(pages) and not problems
    told = {"good": is_good, "pages": pages, "views": pages * len(WIDTHS) * 2, "languages": languages}
    print(json.dumps({**told, "problems": len(problems), "seconds": round(time.monotonic() - started, 1)}))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
