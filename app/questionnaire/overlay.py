"""What a municipality changes on the national sheet: hides, renames, puts in another order, adds of its own.

An overlay lies in ``overlays/<municipality>/v<version>.toml``. What it may not touch: `overlay_limits`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.questionnaire.part import Overlaid, Part
from app.questionnaire.programme import Programme
from app.questionnaire.question import Choice, Page, Question
from app.strict_toml.source import Source

PIN = "overlay/"
"""An overlay is pinned under this and its municipality, beside the parts."""


@dataclass(frozen=True, slots=True)
class Hide:
    """A question or a whole page that is not asked here; the other is "".  ``reason`` is Japanese."""

    question: str = ""
    page: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """Other words here; "" leaves what there is.

    Shapes: of a ``page`` its title (``text``), of a ``question`` its text, label and hint, with a
    ``choice`` that choice's text and label.
    """

    question: str = ""
    page: str = ""
    choice: str = ""
    text: str = ""
    short: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of all pages of a ``part``, or of all questions of a ``page``; the other is ""."""

    part: str
    page: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A page of the municipality's own in a part, ``after`` one of its pages ("": the last)."""

    part: str
    after: str
    page: Page


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """What is said otherwise of one stage: further things to bring; who comes along ("": as usual)."""

    code: str
    bring_add: tuple[str, ...]
    attends: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """One file of a municipality; ``sha256`` is of its bytes."""

    municipality: str
    version: int
    title: str
    source: Source
    hides: tuple[Hide, ...] = ()
    renames: tuple[Rename, ...] = ()
    orders: tuple[Order, ...] = ()
    added: tuple[Added, ...] = ()
    programmes: tuple[ProgrammeChange, ...] = ()
    sha256: str = ""

    @property
    def pin(self) -> tuple[str, int]:
        """How a visit is pinned to it."""
        return PIN + self.municipality, self.version


def overlaid(part: Part, overlay: Overlay) -> Part:
    """The part as it is asked here; the very part when the overlay changes nothing of it.

    Shapes: what the overlay names and this version of the part does not have is passed over.
    """
    changed = (_changed(page, overlay) for page in part.pages)
    pages = [page for page in changed if page is not None]
    for added in overlay.added:
        if added.part == part.code:
            pages.insert(_place_after(added.after, pages), added.page)
    for order in overlay.orders:
        if order.part == part.code:
            pages.sort(key=lambda page: _rank(page.code, order.codes))
    if tuple(pages) == part.pages:
        return part
    told = Overlaid(overlay.municipality, overlay.version, frozenset(_with_own_words(part, pages)))
    return replace(part, pages=tuple(pages), overlay=told)


def overlaid_programme(programme: Programme, overlay: Overlay) -> Programme:
    """The stage as it is told here; the very stage when the overlay says nothing of it."""
    for change in overlay.programmes:
        if change.code == programme.code:
            bring = tuple(dict.fromkeys((*programme.bring, *change.bring_add)))
            programme = replace(programme, bring=bring, attends=change.attends or programme.attends)
    return programme


def hidden_by(overlay: Overlay, page: Page) -> frozenset[str]:
    """The codes of the questions of this page that are not asked here."""
    codes = {hide.question for hide in overlay.hides}
    if page.code in {hide.page for hide in overlay.hides}:
        return frozenset(question.code for question in page.questions)
    return frozenset(question.code for question in page.questions if question.code in codes)


def _changed(page: Page, overlay: Overlay) -> Page | None:
    """The page with what is left of its questions, None when nothing is."""
    hidden = hidden_by(overlay, page)
    questions = [_renamed(one, overlay.renames) for one in page.questions if one.code not in hidden]
    if not questions:
        return None
    for order in overlay.orders:
        if order.page == page.code:
            questions.sort(key=lambda question: _rank(question.code, order.codes))
    titles = [rename.text for rename in overlay.renames if rename.page == page.code]
    changed = replace(page, title=titles[-1] if titles else page.title, questions=tuple(questions))
    return page if changed == page else changed


def _renamed(question: Question, renames: Iterable[Rename]) -> Question:
    """The question in this municipality's words."""
    for rename in renames:
        if rename.question != question.code:
            continue
        if rename.choice:
            choices = tuple(_renamed_choice(choice, rename) for choice in question.choices)
            question = replace(question, choices=choices)
        else:
            question = replace(
                question,
                text=rename.text or question.text,
                short=rename.short or question.short,
                hint=rename.hint or question.hint,
            )
    return question


def _renamed_choice(choice: Choice, rename: Rename) -> Choice:
    """The choice in this municipality's words, when it is the one that is meant."""
    if choice.code != rename.choice:
        return choice
    return replace(choice, text=rename.text or choice.text, short=rename.short or choice.short)


def _place_after(code: str, pages: Sequence[Page]) -> int:
    """Where a page after this one goes; the end for "" and for a page that is not there."""
    places = (place for place, page in enumerate(pages, 1) if page.code == code)
    return next(places, len(pages))


def _rank(code: str, codes: Sequence[str]) -> int:
    """Its place in an order; what is not named comes last, as it was."""
    return codes.index(code) if code in codes else len(codes)


def _with_own_words(part: Part, pages: Iterable[Page]) -> set[str]:
    """The codes of the pages with words that do not stand in the part's file."""
    titles, questions = {page.title for page in part.pages}, set(_worded(part.questions))
    return {
        page.code
        for page in pages
        if page.title not in titles or not questions.issuperset(_worded(page.questions))
    }


def _worded(questions: Iterable[Question]) -> Iterable[tuple[object, ...]]:
    """What a parent or a translator reads of these questions."""
    for one in questions:
        yield one.code, one.text, one.hint, tuple((choice.code, choice.text) for choice in one.choices)
