"""How every page of the parent's counter is reached."""

from collections.abc import Iterator

from app.questionnaire.conditions import holds
from app.questionnaire.definition import Library, Page, Question
from app.questionnaire.facts import FACTS, NO_FACTS, Facts
from app.questionnaire.path import visible_questions
from app.visit.sheet import assemble
from tests.support.journey import Fields
from tests.support.reaches import Reach
from tests.support.reaches_subjects import SUBJECTS
from tests.support.town_visits import ALL

NOTHING: Fields = {}
LONG = "ながいへんじ" * 1700
STALE: Fields = {"revision": "0"}
BAD_CHILD: Fields = {
    "child_name": "見本 さくらこ",
    "birth_date-year": "2025",
    "birth_date-month": "2",
    "birth_date-day": "30",
}
BAD_VISIT: Fields = {
    "programme": ["mr-1", "mr-2"],
    "companion": "other",
    "planned": "other",
    "planned-era": "western",
    "planned-year": "2020",
    "planned-month": "1",
    "planned-day": "1",
}
PAST_DAY: Fields = {name: value for name, value in BAD_VISIT.items() if name.startswith("planned")}


def parent_reaches(library: Library) -> tuple[Reach, ...]:
    """Every one of them."""
    asked = _question_pages(library)
    return (*ENTRANCE, *AT_HOME, *SUBJECTS, *asked, *LAST_TIME, *FILLING, *THE_DAY, *PASSES, *PLANS, *REFUSED)


def _question_pages(library: Library) -> Iterator[Reach]:
    """Every topic page of every part that a visit can ask: empty and filled."""
    for page in topic_pages(library):
        is_asked = bool(visible_questions(page, {}, NO_FACTS))
        empty, typed = ("empty", "typed") if is_asked else ("opened", "opened_typed")
        yield Reach("parent", "nothing answered", f"/visits/{empty}/pages/{page.code}")
        yield Reach("parent", "answered", f"/visits/ready/pages/{page.code}?from=check")
        yield Reach("parent", "posted empty", f"/visits/{typed}/pages/{page.code}", 422, NOTHING)


def topic_pages(library: Library) -> tuple[Page, ...]:
    """The pages that take fields of their own and may be asked about a child of this town."""
    sheet = assemble([library.programmes[code] for code in ALL], library)
    return tuple(page for page in sheet.pages_ahead if any(_may_be_asked(one) for one in page.questions))


def _may_be_asked(question: Question) -> bool:
    """Whether it takes fields and no fact of a child of one year hides it for good."""
    when = question.shown_when
    hangs_on_facts = when is not None and all(one.question in FACTS for one in when.comparisons)
    is_hidden = when is not None and hangs_on_facts and not holds(when, OF_ONE_YEAR.answers)
    return not question.origin and not is_hidden


OF_ONE_YEAR = Facts(age_months=14)
ENTRANCE = (
    Reach("anonymous", "first visit", "/"),
    Reach("parent", "signed in", "/"),
    Reach("anonymous", "first visit", "/no-card"),
    Reach("anonymous", "first visit", "/start"),
    Reach("anonymous", "login cancelled", "/start?problem=login_cancelled"),
    Reach("anonymous", "login refused", "/start?problem=login_refused"),
    Reach("anonymous", "provider down", "/start?problem=login_unavailable&next=/children/new"),
    Reach("anonymous", "other browser", "/login/callback?code=a&state=b"),
    Reach("anonymous", "signed out", "/start?again=1"),
    Reach("anonymous", "sent to sign in", "/home"),
    Reach("anonymous", "sent to sign in", "/visits/submitted/pass"),
)
AT_HOME = (
    Reach("newcomer", "no child", "/home"),
    Reach("parent", "every state", "/home"),
    Reach("stranger", "one child", "/home"),
    Reach("parent", "empty", "/children/new"),
    Reach("parent", "posted empty", "/children/new", 422, NOTHING),
    Reach("parent", "impossible date", "/children/new", 422, BAD_CHILD),
    Reach("parent", "too long", "/children/new", 422, {"child_name": LONG[:600]}),
    Reach("newcomer", "no child", "/visits/new"),
    Reach("parent", "empty", "/visits/new"),
    Reach("parent", "posted empty", "/visits/new", 422, NOTHING),
    Reach("parent", "two doses, past day", "/visits/new", 422, BAD_VISIT),
    Reach("parent", "nothing answered", "/visits/empty"),
    Reach("parent", "half answered", "/visits/half"),
    Reach("parent", "all answered", "/visits/ready"),
    Reach("parent", "submitted", "/visits/submitted"),
    Reach("parent", "closed", "/visits/closed"),
    Reach("parent", "withdrawn", "/visits/withdrawn"),
)
LAST_TIME = (
    *(
        Reach("parent", "asked again", f"/visits/again/pages/{page}")
        for page in ("contact", "birth", "convulsion", "family", "measles_rubella")
    ),
    Reach("parent", "family's answers", "/visits/siblings/pages/com_family_page"),
    Reach("parent", "asked again, typed wrongly", "/visits/again/pages/birth", 422, {"birth_weight": "?"}),
)
FILLING = (
    Reach("parent", "too long", "/visits/typed/pages/contact", 422, {"address": LONG}),
    Reach("parent", "unlikely value", "/visits/typed/pages/birth", 422, {"birth_weight": "300"}),
    Reach("parent", "other device", "/visits/half/pages/birth", 409, {**STALE, "birth_weight": "2900"}),
    Reach("parent", "nothing to do now", "/visits/half/pages/birth/now"),
    Reach("parent", "nothing answered", "/visits/empty/check"),
    Reach("parent", "half answered", "/visits/half/check"),
    Reach("parent", "all answered", "/visits/ready/check"),
    Reach("parent", "amending", "/visits/submitted/check"),
    Reach("parent", "not ready", "/visits/half/share"),
    Reach("parent", "all answered", "/visits/ready/share"),
    Reach("parent", "no clinic, no day", "/visits/ready_open/share"),
    Reach("parent", "amending", "/visits/submitted/share"),
    Reach("parent", "other device", "/visits/ready/share", 409, STALE),
    Reach("parent", "not submitted", "/visits/half/receipt"),
    Reach("parent", "submitted", "/visits/submitted/receipt"),
    Reach("parent", "no clinic, no day", "/visits/undated/receipt"),
)
THE_DAY = (
    Reach("parent", "not yet answered", "/visits/submitted/day"),
    Reach("parent", "answered today", "/visits/answered/day"),
    Reach("parent", "posted empty", "/visits/submitted/day", 422, NOTHING),
    Reach("parent", "another day", "/visits/later/day"),
    Reach("pass_holder", "not yet answered", "/visits/submitted/day", passes=("submitted",)),
    Reach("pass_holder", "answered today", "/visits/answered/day", passes=("answered",)),
    Reach("pass_holder", "posted empty", "/visits/submitted/day", 422, NOTHING, passes=("submitted",)),
)
PASSES = (
    Reach("parent", "today", "/visits/submitted/pass"),
    Reach("parent", "answered today", "/visits/answered/pass"),
    Reach("parent", "later", "/visits/later/pass"),
    Reach("parent", "no clinic, no day", "/visits/undated/pass"),
    Reach("parent", "expired", "/visits/expired/pass"),
    Reach("parent", "with concerns", "/visits/alarming/pass"),
    Reach("parent", "received", "/visits/received/pass"),
    Reach("parent", "received, answered", "/visits/received_answered/pass"),
    Reach("parent", "not submitted", "/visits/half/pass"),
    Reach("parent", "closed", "/visits/closed/pass", 410),
    Reach("parent", "withdrawn", "/visits/withdrawn/pass", 410),
    Reach("parent", "other device", "/visits/submitted/pass", 409, STALE, form="/reissue"),
    Reach("pass_holder", "today", "/visits/submitted/pass", passes=("submitted",)),
    Reach("pass_holder", "just answered", "/visits/answered/pass?today=1", passes=("answered",)),
    Reach("pass_holder", "later", "/visits/later/pass", passes=("later",)),
    Reach("pass_holder", "received", "/visits/received/pass", passes=("received",)),
    Reach("stranger", "own device, foreign pass", "/visits/submitted/pass", passes=("submitted",)),
    Reach("parent", "picture", "/visits/submitted/pass.png", is_page=False),
    Reach("pass_holder", "picture", "/visits/submitted/pass.png", passes=("submitted",), is_page=False),
    Reach("parent", "expired", "/visits/expired/pass.png"),
)
PLANS = (
    Reach("parent", "chosen", "/visits/submitted/clinic"),
    Reach("parent", "open", "/visits/undated/clinic"),
    Reach("parent", "received", "/visits/received/clinic"),
    Reach("parent", "posted empty", "/visits/submitted/clinic", 422, NOTHING),
    Reach("parent", "other device", "/visits/submitted/clinic", 409, {**STALE, "clinic": "open"}),
    Reach("parent", "today", "/visits/submitted/plan"),
    Reach("parent", "open", "/visits/undated/plan"),
    Reach("parent", "posted empty", "/visits/submitted/plan", 422, NOTHING),
    Reach("parent", "past day", "/visits/later/plan", 422, PAST_DAY),
    Reach("parent", "other device", "/visits/later/plan", 409, {**STALE, "planned": "today"}),
    Reach("parent", "submitted", "/visits/submitted/stop"),
    Reach("parent", "received", "/visits/received/stop"),
    Reach("parent", "not submitted", "/visits/half/stop"),
    Reach("parent", "other device", "/visits/submitted/stop", 409, STALE, form="/stop"),
    Reach("parent", "nobody looked", "/visits/submitted/looked"),
    Reach("parent", "read by three", "/visits/received_answered/looked"),
    Reach("parent", "closed", "/visits/closed/looked"),
    Reach("parent", "withdrawn", "/visits/withdrawn/looked"),
    Reach("parent", "not submitted", "/visits/half/looked"),
    Reach("parent", "plain", "/visits/answered/paper"),
    Reach("parent", "with concerns", "/visits/alarming/paper"),
    Reach("parent", "sensitive chosen", "/visits/alarming/paper?with=family_immune_deficiency"),
    Reach("parent", "not submitted", "/visits/half/paper"),
)
REFUSED = (
    Reach("anonymous", "unknown address", "/nothing-here", 404),
    Reach("parent", "unknown address", "/nothing-here", 404),
    Reach("parent", "absent", "/visits/absent", 404),
    Reach("parent", "another's", "/visits/foreign/check", 404),
    Reach("stranger", "another's", "/visits/answered/pass", 404),
    Reach("pass_holder", "ended", "/visits/withdrawn/pass", 410, passes=("withdrawn",)),
    Reach("parent", "no such page", "/visits/empty/pages/nothing", 404),
    Reach("parent", "ended", "/visits/closed/pages/birth", 410),
    Reach("parent", "ended", "/visits/withdrawn/check", 410),
    Reach("parent", "ended", "/visits/withdrawn/share", 410),
    Reach("parent", "ended", "/visits/closed/clinic", 410),
    Reach("parent", "ended", "/visits/closed/plan", 410),
    Reach("parent", "ended", "/visits/withdrawn/stop", 410),
    Reach("parent", "ended", "/visits/withdrawn/day", 410),
    Reach("parent", "old page", "/visits/empty/pages/birth", 400, {"birth_weight": "3000"}, is_bare=True),
    Reach("parent", "wrong method", "/home", 405, NOTHING, is_bare=True),
    Reach("parent", "too large", "/children/new", 413, {"child_name": "a" * 20_000}, is_bare=True),
)
