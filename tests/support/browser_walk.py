"""Walking through the census with a real browser: what is wrong with each page as it is seen."""

from collections.abc import Callable, Iterator

from tests.support.browser_checks import overflow, small_targets, watched
from tests.support.census import reaches_of
from tests.support.reaches import Reach, go
from tests.support.staged import Stage
from tests.support.town import Town

Look = Callable[[Stage, Reach], list[str]]
WIDTHS = (320, 390, 1280)
HEIGHT = 844


def pages_in(town: Town, language: str) -> Iterator[Reach]:
    """Every way to a page that exists in this language, the town speaking it."""
    town.language = language
    for reach in reaches_of(town.site.rooms):
        if reach.is_page and (language == "ja" or not reach.is_japanese_only):
            yield reach


def seen_with(stage: Stage, town: Town, reach: Reach, look: Look) -> list[str]:
    """What this look finds on the page, and what the browser complained about while it was shown."""
    with watched(stage.page, stage.origin) as seen:
        stage.show(go(town, reach))
        found = look(stage, reach)
    return [f"{town.language} {reach.name}: {problem}" for problem in (*found, *seen.problems)]


def at_every_width(stage: Stage, _reach: Reach) -> list[str]:
    """Overflow and small targets at every width, in the light and in the dark."""
    found = []
    for width in WIDTHS:
        stage.page.set_viewport_size({"width": width, "height": HEIGHT})
        for dark in (False, True):
            stage.page.emulate_media(color_scheme="dark" if dark else "light")
            problems = (*overflow(stage.page), *small_targets(stage.page))
            found += [f"{width} px{' dark' if dark else ''}: {problem}" for problem in problems]
    return found
