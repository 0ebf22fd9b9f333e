"""Before any data: what this is, who runs it and who sees what; and the way without a card."""

import re
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.visit.access import Action
from app.visit.handover import VALID_WITHOUT_DATE
from app.visit.sessions import KEPT_FORM_FOR, Counter
from app.web import cookies
from app.web.guard import open_to
from app.web.parent.login_facts import LOGIN_FACTS
from app.web.rooms import rooms
from app.web.visitor import visitor
from app.web.ways import safe_next

pages = Blueprint("entrance", __name__)

LOGIN_PROBLEMS = ("login_cancelled", "login_other_browser", "login_refused", "login_unavailable")
"""The faults of a login that may be named in an address; anything else there is ignored."""

_IN_APP = re.compile(
    r"\bLine/|Instagram|\bFB(AN|AV|_IAB)\b|Twitter|MicroMessenger|KAKAOTALK|Zalo|BytedanceWebview|musical_ly"
    r"|Snapchat|Pinterest/|LinkedInApp|NAVER\(inapp|; wv\)",
    re.IGNORECASE,
)
_LINE = re.compile(r"\bLine/", re.IGNORECASE)


def is_in_app_browser(user_agent: str) -> bool:
    """Whether the page stands inside another app, from which the login often does not find back.

    Source: reference/identity.md 1, "Phone pitfalls".
    """
    return _IN_APP.search(user_agent) is not None


def opens_outside(user_agent: str) -> bool:
    """Whether this app leaves its own browser for an address with ``openExternalBrowser=1`` (LINE does)."""
    return _LINE.search(user_agent) is not None


@pages.get("/")
@open_to(Action.READ_PUBLIC)
def landing() -> ResponseReturnValue:
    """What this is, what she needs, what the login will ask."""
    return render_template("parent/landing.html", facts=LOGIN_FACTS, **_browser_facts())


@pages.get("/no-card")
@open_to(Action.READ_PUBLIC)
def no_card() -> ResponseReturnValue:
    """Paper, the clinic's tablet, and whom to call: never a dead end."""
    wording = rooms().wording
    to_show = wording.say(wording.languages.source, "no_card.sentence")
    return render_template(
        "parent/no_card.html", municipalities=rooms().places.municipalities(), to_show=to_show
    )


@pages.get("/start")
@open_to(Action.READ_PUBLIC)
def start() -> ResponseReturnValue:
    """Who runs this, what for, who sees it, how long; then the sign-in."""
    if visitor().session:
        return redirect(safe_next(request.args.get("next", ""), "/home"), 303)
    named = request.args.get("problem", "")
    return start_page([Fault("", named)] if named in LOGIN_PROBLEMS else [])


def start_page(faults: Sequence[Fault]) -> str:
    """The page before the sign-in, with what went wrong. Shapes: a fault of the login has no field."""
    return render_template(
        "parent/start.html",
        path="/start",
        facts=LOGIN_FACTS,
        faults=[fault for fault in faults if fault.field],
        problem=next((fault for fault in faults if not fault.field), None),
        municipalities=rooms().places.municipalities(),
        chosen=request.form.getlist("municipality"),
        next_path=safe_next(request.values.get("next", ""), "/home"),
        is_again=request.args.get("again") == "1",
        had_session=cookies.SESSION[Counter.PARENT] in request.cookies,
        shared_days=VALID_WITHOUT_DATE.days,
        kept_minutes=int(KEPT_FORM_FOR.total_seconds()) // 60,
        **_browser_facts(),
    )


def _browser_facts() -> dict[str, object]:
    """What the warning about browsers inside apps needs."""
    agent = request.headers.get("User-Agent", "")
    return {
        "is_in_app": is_in_app_browser(agent),
        "opens_outside": opens_outside(agent),
        "address": rooms().public_url,
    }
