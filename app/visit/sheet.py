"""The sheet: the ordered parts that one visit asks, joined from its programmes and pinned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.people.person import Subject
from app.questionnaire.answers import Answer
from app.questionnaire.definition import Library, Page, Part, Programme, Question
from app.questionnaire.facts import FACTS, NO_FACTS, Facts
from app.questionnaire.overlay import overlaid, overlaid_programme

Pin = tuple[str, int]
Pins = tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Parts in the order they are asked; a question stands in it once.

    Shapes: ``facts`` are those of the visit's subject on its day; they decide what is asked and what is
    a concern, and are no answers. ``overlay`` is the pin of the municipality's overlay that changed parts or
    programmes, None for the national sheet.
    """

    programmes: tuple[Programme, ...]
    parts: tuple[Part, ...]
    facts: Facts = NO_FACTS
    overlay: Pin | None = None
    pages_ahead: tuple[Page, ...] = field(init=False, compare=False, repr=False)
    """The pages that are answered before the visit."""
    pages_of_the_day: tuple[Page, ...] = field(init=False, compare=False, repr=False)
    """The pages that exist only on the day of the visit."""
    questions: Mapping[str, Question] = field(init=False, compare=False, repr=False)
    """Every question by its code."""
    discreet: Mapping[str, Page] = field(init=False, compare=False, repr=False)
    """The page of every question whose answer is never shown back, by the question's code."""
    asks_for_facts: bool = field(init=False, compare=False, repr=False)
    """Whether anything on it hangs on the subject's own facts."""

    def __post_init__(self) -> None:
        """What follows from its parts is worked out once."""
        pages = [page for part in self.parts for page in part.pages]
        ahead = tuple(page for page in pages if not page.is_for_the_day)
        object.__setattr__(self, "pages_ahead", ahead)
        object.__setattr__(self, "pages_of_the_day", tuple(page for page in pages if page.is_for_the_day))
        questions = {question.code: question for page in pages for question in page.questions}
        object.__setattr__(self, "questions", questions)
        discreet = {one.code: page for page in pages if page.discreet for one in page.questions}
        object.__setattr__(self, "discreet", discreet)
        object.__setattr__(self, "asks_for_facts", _asks_for_facts(self))

    @property
    def pins(self) -> Pins:
        """Which versions of its parts it holds, and of the overlay that changed them, last."""
        parts = tuple((part.code, part.version) for part in self.parts)
        return parts if self.overlay is None else (*parts, self.overlay)

    @property
    def programme_pins(self) -> Pins:
        """Which file of each of its programmes it holds, in their order."""
        return tuple(programme.pin for programme in self.programmes)

    @property
    def is_about_a_mother(self) -> bool:
        """Whether its subject is the mother herself."""
        return any(programme.subject_is == "mother" for programme in self.programmes)

    def part_of(self, page: Page) -> Part:
        """The part a page belongs to. Errors: KeyError for a page of another sheet."""
        for part in self.parts:
            if page in part.pages:
                return part
        raise KeyError(page.code)

    def page(self, code: str) -> Page | None:
        """The page with this code, or None."""
        return next((page for part in self.parts for page in part.pages if page.code == code), None)


def _asks_for_facts(sheet: Sheet) -> bool:
    """Whether a fact is compared anywhere, or a concern counts from an age on."""
    concerns = [concern for part in sheet.parts for concern in part.concerns]
    concerns += [concern for programme in sheet.programmes for concern in programme.concerns]
    conditions = [question.shown_when for question in sheet.questions.values() if question.shown_when]
    conditions += [one.when for one in concerns]
    conditions += [advice.when for part in sheet.parts for advice in part.advice]
    is_by_age = any(concern.from_months for concern in concerns)
    return is_by_age or any(not FACTS.keys().isdisjoint(condition.names) for condition in conditions)


def assemble(
    programmes: Sequence[Programme], library: Library, municipality: str = "", *, comes_alone: bool = False
) -> Sheet:
    """The sheet of a new visit: the newest version of each part, each part once, as its municipality asks it.

    The order is that of the first programme that names a part; the extra parts of later programmes
    come before the day's part. Without a ``municipality`` it is the national sheet. Who ``comes_alone``
    is asked other parts. Errors: KeyError when a programme names an absent part, or when nobody can
    come alone for it.
    """
    codes: list[str] = []
    for programme in programmes:
        place = 0
        if comes_alone and not programme.parts_alone:
            raise KeyError(programme.code)
        for code in programme.parts_alone if comes_alone else programme.parts:
            if code in codes:
                place = codes.index(code) + 1
            else:
                codes.insert(_before_the_day(codes, place, library), code)
                place = codes.index(code) + 1
    parts = tuple(library.newest(code) for code in codes)
    overlay = library.overlay_of(municipality)
    if overlay is None:
        return _sheet(tuple(programmes), parts, None)
    here = tuple(overlaid(part, overlay) for part in parts)
    told = tuple(overlaid_programme(programme, overlay) for programme in programmes)
    is_changed = (here, told) != (parts, tuple(programmes))
    return _sheet(told, here, overlay.pin if is_changed else None)


def _before_the_day(codes: list[str], place: int, library: Library) -> int:
    """Where a further part goes: after what its programme placed and after other programmes' extras."""
    while place < len(codes) and not all(page.is_for_the_day for page in library.newest(codes[place]).pages):
        place += 1
    return place


def restore(programmes: Sequence[str], pins: Pins, programme_pins: Pins, library: Library) -> Sheet:
    """The sheet of an existing visit, exactly as it was pinned. Errors: KeyError for a lost version.

    Shapes: ``programme_pins`` in the order of the programmes; empty for a visit that was prepared
    before programmes had versions, which means the first.
    """
    if programme_pins:
        pairs = zip(programmes, programme_pins, strict=True)
        stages = tuple(library.pinned(code, pin) for code, pin in pairs)
    else:
        stages = tuple(library.first(code) for code in programmes)
    overlay = library.pinned_overlay(pins)
    if overlay is None:
        return _sheet(stages, library.pinned_parts(pins), None)
    told = tuple(overlaid_programme(stage, overlay) for stage in stages)
    return _sheet(told, library.pinned_parts(pins), overlay.pin)


def _sheet(programmes: tuple[Programme, ...], parts: Sequence[Part], overlay: Pin | None) -> Sheet:
    """The sheet without the pages that every one of its programmes leaves out."""
    left_out = frozenset(programmes[0].without_pages if programmes else ())
    for programme in programmes:
        left_out &= frozenset(programme.without_pages)
    return Sheet(programmes, tuple(_without(part, left_out) for part in parts), overlay=overlay)


def _without(part: Part, left_out: frozenset[str]) -> Part:
    """The part without these pages."""
    if left_out.isdisjoint(page.code for page in part.pages):
        return part
    return replace(part, pages=tuple(page for page in part.pages if page.code not in left_out))


def subject_answers(subject: Subject, sheet: Sheet) -> dict[str, Answer]:
    """The answers that are not asked because the subject's own data hold them."""
    held: dict[str, Answer] = {
        "subject.name": Answer(subject.name),
        "subject.kana": Answer(subject.kana),
        "subject.sex": Answer(subject.sex.value),
        "subject.birth_date": Answer(subject.birth_date),
    }
    if subject.due_date is not None:
        held["subject.due_date"] = Answer(subject.due_date)
    return {
        code: held[question.origin]
        for code, question in sheet.questions.items()
        if question.origin in held and held[question.origin].value != ""
    }
