"""How the timeline, the calendar files and the blank papers are reached."""

from app.questionnaire.definition import Library
from tests.support.journey import Fields
from tests.support.reaches import Reach
from tests.support.town_subjects import EXPECTING

MIXED: Fields = {"programme": ["checkup-m3", "mr-1"], "companion": "mother"}

TIMELINES = (
    Reach(EXPECTING, "child with history", "/children/child/schedule"),
    Reach(EXPECTING, "mother", "/children/self/schedule"),
    Reach(EXPECTING, "days for the calendar", "/children/child/schedule/calendar", is_page=False),
    Reach("parent", "a planned day", "/visits/submitted/calendar", is_page=False),
    Reach("parent", "no planned day", "/visits/empty/calendar", 404),
    Reach("parent", "a checkup with a vaccine", "/visits/new", 422, MIXED),
)


def blank_reaches(library: Library) -> tuple[Reach, ...]:
    """The list of papers, the paper of every programme, one for several, and those that do not exist."""
    papers = (Reach("anonymous", "blank", f"/blank/sheet?for={code}&with=vi") for code in library.programmes)
    return (
        Reach("anonymous", "list", "/blank"),
        *papers,
        Reach("anonymous", "several, Japanese alone", "/blank/sheet?for=mr-1&for=varicella-1&with=ja"),
        Reach("anonymous", "nothing chosen", "/blank/sheet", 422),
        Reach("anonymous", "mother and child", "/blank/sheet?for=mr-1&for=maternal-rsv-1", 422),
        Reach("anonymous", "no such programme", "/blank/sheet?for=nothing", 404),
    )
