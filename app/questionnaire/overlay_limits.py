"""Whether an overlay keeps within its limits, judged against the newest parts and programmes.

A national core item is neither hidden nor renamed; what a concern, an advice, a number or another question
hangs on is never hidden; a discreet page is never changed. Every break of this keeps the application from
starting, with the line of the overlay that tries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.questionnaire.condition_tables import tell_misfits
from app.questionnaire.facts import FACTS
from app.questionnaire.national import why_national, why_needed
from app.questionnaire.overlay import Order, Overlay, Rename, hidden_by, overlaid
from app.questionnaire.overlay_file import OverlayFile, ReadAdded
from app.questionnaire.part import Part
from app.questionnaire.programme import Programme
from app.questionnaire.question import Page, Question
from app.strict_toml.findings import Findings
from app.strict_toml.lines import Place

DISCREET = "{!r} is a discreet page, which a municipality never changes"


@dataclass(frozen=True, slots=True)
class Ground:
    """The newest parts and programmes, sound; ``is_whole`` tells that what is not here is nowhere."""

    parts: Sequence[Part]
    programmes: Sequence[Programme]
    is_whole: bool
    pages: Mapping[str, Page] = field(init=False)
    page_of: Mapping[str, Page] = field(init=False)
    questions: Mapping[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        """Where everything stands is worked out once."""
        pages = [page for part in self.parts for page in part.pages]
        rows = [(page, question) for page in pages for question in page.questions]
        object.__setattr__(self, "pages", {page.code: page for page in pages})
        object.__setattr__(self, "page_of", {question.code: page for page, question in rows})
        object.__setattr__(self, "questions", {question.code: question for _, question in rows})

    def tell_absent(self, findings: Findings, place: Place, what: str) -> None:
        """What an overlay names and nothing has is on record."""
        if self.is_whole:
            findings.tell(place, f"there is no {what}")


def tell_limits(file: OverlayFile, ground: Ground) -> None:
    """Everything this overlay tries and may not."""
    overlay = file.overlay
    if overlay is None:
        return
    _tell_hides(file.findings, overlay, ground)
    for at, rename in enumerate(overlay.renames):
        _tell_rename(file.findings, ("rename", at), rename, ground)
    parts = {part.code: overlaid(part, overlay) for part in ground.parts}
    for at, order in enumerate(overlay.orders):
        _tell_order(file.findings, ("order", at), order, (ground, parts))
    for added in file.added:
        _tell_added(file.findings, added, ground, parts)
    _tell_later(file, parts)
    stages = {programme.code for programme in ground.programmes}
    for at, change in enumerate(overlay.programmes):
        if change.code not in stages:
            ground.tell_absent(file.findings, ("programme", at, "code"), f"programme {change.code!r}")


def _tell_hides(findings: Findings, overlay: Overlay, ground: Ground) -> None:
    """Every hidden question that must be asked."""
    hidden = {code for page in ground.pages.values() for code in hidden_by(overlay, page)}
    needed = why_needed(ground.parts, ground.programmes, hidden)
    for at, hide in enumerate(overlay.hides):
        place: Place = ("hide", at, "question" if hide.question else "page")
        if hide.question:
            page, codes = ground.page_of.get(hide.question), [hide.question]
        else:
            page = ground.pages.get(hide.page)
            codes = [question.code for question in page.questions] if page else []
        if page is None:
            ground.tell_absent(findings, place, f"{place[-1]} {hide.question or hide.page!r}")
            continue
        if page.discreet:
            findings.tell(place, DISCREET.format(page.code))
            continue
        for code in codes:
            why = why_national(ground.questions[code])
            if not why and code in needed:
                why = f"{needed[code]} hangs on it"
            if why:
                findings.tell(place, f"{code!r} can never be hidden: {why}")


def _tell_rename(findings: Findings, place: Place, rename: Rename, ground: Ground) -> None:
    """Words that are the same in the whole country."""
    named, key = rename.question or rename.page, "question" if rename.question else "page"
    page = ground.page_of.get(named) if rename.question else ground.pages.get(named)
    if page is None:
        ground.tell_absent(findings, (*place, key), f"{key} {named!r}")
        return
    if page.discreet:
        findings.tell((*place, key), DISCREET.format(page.code))
        return
    if not rename.question:
        if any(question.danger for question in page.questions):
            findings.tell((*place, key), f"{named!r} keeps its title: it asks for a danger")
        return
    question = ground.questions[named]
    if why := why_national(question):
        findings.tell((*place, key), f"{named!r} keeps its words: {why}")
    if rename.choice and rename.choice not in {choice.code for choice in question.choices}:
        findings.tell((*place, "choice"), f"{named!r} has no choice {rename.choice!r}")


def _tell_order(
    findings: Findings, place: Place, order: Order, asked: tuple[Ground, Mapping[str, Part]]
) -> None:
    """An order that leaves something out, or names what is not asked here, or touches a discreet page."""
    ground, parts = asked
    if order.part:
        if order.part not in parts:
            ground.tell_absent(findings, (*place, "part"), f"part {order.part!r}")
            return
        there, key = [page.code for page in parts[order.part].pages], "pages"
    else:
        pages = {page.code: page for part in parts.values() for page in part.pages}
        page = pages.get(order.page)
        if page is None:
            ground.tell_absent(findings, (*place, "page"), f"page {order.page!r} asked here")
            return
        if order.page not in ground.pages:
            findings.tell((*place, "page"), f"{order.page!r} is its own: write its questions in their order")
            return
        if page.discreet:
            findings.tell((*place, "page"), DISCREET.format(order.page))
            return
        there, key = [question.code for question in page.questions], "questions"
    if left_out := [code for code in there if code not in order.codes]:
        findings.tell((*place, key), f"leaves out {', '.join(left_out)}: name all, or hide")
    if absent := [code for code in order.codes if code not in there]:
        findings.tell((*place, key), f"names what is not asked there: {', '.join(absent)}")


def _tell_added(findings: Findings, added: ReadAdded, ground: Ground, parts: Mapping[str, Part]) -> None:
    """A page that is to stand nowhere, or compares with what its part cannot answer."""
    part = parts.get(added.part)
    if part is None:
        ground.tell_absent(findings, (*added.place, "part"), f"part {added.part!r}")
        return
    if added.after and added.after not in {page.code for page in part.pages}:
        findings.tell((*added.place, "after"), f"{added.after!r} is no page of {added.part!r} here")
    known: dict[str, Question | None] = {question.code: question for question in part.questions}
    for read in added.read.questions:
        condition = read.question.shown_when if read.question else None
        if condition is not None:
            tell_misfits(findings, (*read.place, "shown_when"), condition, {**known, **FACTS})


def _tell_later(file: OverlayFile, parts: Mapping[str, Part]) -> None:
    """Every question that hangs on one which, as it is asked here, does not come before it."""
    places = {read.code: (*read.place, "shown_when") for added in file.added for read in added.read.questions}
    orders = file.overlay.orders if file.overlay else ()
    for part in parts.values():
        if part.overlay is None:
            continue
        earlier, codes = set(FACTS), {question.code for question in part.questions}
        for question in part.questions:
            late = sorted(question.shown_when.names - earlier) if question.shown_when else []
            earlier.add(question.code)
            if late and (question.code in places or not codes.isdisjoint(late)):
                place = places.get(question.code) or _place_of_order(orders, part, question.code)
                told = f"{question.code!r} hangs on {', '.join(late)}, which must come before it"
                file.findings.tell(place, told)


def _place_of_order(orders: Sequence[Order], part: Part, code: str) -> Place:
    """The order that put this question where it is; the top of the file when none did."""
    pages = {page.code for page in part.pages if code in {question.code for question in page.questions}}
    for at, order in enumerate(orders):
        if order.page in pages or order.part == part.code:
            return ("order", at)
    return ()
