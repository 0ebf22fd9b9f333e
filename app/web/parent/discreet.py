"""Pages whose answers are never shown back: what stands in their place, the quick exit, the helplines."""

from flask import current_app, render_template
from markupsafe import Markup

from app.questionnaire.answers import Answers, Raw
from app.questionnaire.definition import Page
from app.questionnaire.helplines import ON_PAGES
from app.visit.filling import is_answered, without_page
from app.visit.sheet import Sheet
from app.visit.visit import Visit
from app.web.question_page import aid_for, fields_of, title_of
from app.web.rooms import rooms
from app.web.templating import say


def saved_fields(page: Page, answers: Answers) -> Raw:
    """What is saved of this page as form fields; nothing of a discreet one."""
    return {} if page.discreet else fields_of(page.questions, answers)


def seen_by(page: Page, answers: Answers) -> Answers:
    """The answers that decide what a page shows when it is opened: of a discreet one not its own."""
    return without_page(page, answers) if page.discreet else answers


def hides_answers(sheet: Sheet, page: Page, answers: Answers) -> bool:
    """Whether only "answered" is to be told: a discreet page with everything answered."""
    return page.discreet and is_answered(page, answers, sheet.facts)


def answered_page(visit: Visit, sheet: Sheet, page: Page, *, steps: tuple[int, int], onward: str) -> str:
    """That this topic is answered, how to answer it anew, and the way on."""
    return render_template(
        "parent/answered.html",
        context=f"{sheet.part_of(page).code}.{page.code}.title",
        page=page,
        is_aid=bool(aid_for((sheet.part_of(page),))),
        title=title_of(steps),
        again=f"/visits/{visit.id}/pages/{page.code}?again=1",
        onward=onward,
        lines=rooms().library.helplines.at(ON_PAGES, "") if page.helplines else (),
        leave=rooms().library.helplines.leave if page.helplines else "",
    )


def lead_of(page: Page) -> str:
    """What stands above the questions of a discreet page, as HTML."""
    if not page.discreet:
        return ""
    said = str(Markup('<p class="muted">{}</p>').format(say("discreet.lead")))
    return _macro("leave", rooms().library.helplines.leave) + said if page.helplines else said


def foot_of(page: Page) -> str:
    """What stands below them, as HTML: the same helplines for everybody."""
    if not page.helplines:
        return ""
    return _macro("helplines", rooms().library.helplines.at(ON_PAGES, ""))


def _macro(name: str, value: object) -> str:
    """The HTML of a macro of ``ui/helplines.html``."""
    module = current_app.jinja_env.get_template("ui/helplines.html").module
    return str(getattr(module, name)(value))
