"""The sheet: the ordered parts that one visit asks, joined from its programmes and pinned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.people.person import Subject
from app.questionnaire.answers import Answer, Answers
from app.questionnaire.concerns import raised
from app.questionnaire.definition import Concern, Library, Page, Part, Programme, Question


@dataclass(frozen=True, slots=True)
class Sheet:
    """Parts in the order they are asked; a question stands in it once."""

    programmes: tuple[Programme, ...]
    parts: tuple[Part, ...]
    pages_ahead: tuple[Page, ...] = field(init=False, compare=False, repr=False)
    """The pages that are answered before the visit."""
    pages_of_the_day: tuple[Page, ...] = field(init=False, compare=False, repr=False)
    """The pages that exist only on the day of the visit."""
    questions: Mapping[str, Question] = field(init=False, compare=False, repr=False)
    """Every question by its code."""

    def __post_init__(self) -> None:
        """What follows from its parts is worked out once."""
        pages = [page for part in self.parts for page in part.pages]
        ahead = tuple(page for page in pages if not page.is_for_the_day)
        object.__setattr__(self, "pages_ahead", ahead)
        object.__setattr__(self, "pages_of_the_day", tuple(page for page in pages if page.is_for_the_day))
        questions = {question.code: question for page in pages for question in page.questions}
        object.__setattr__(self, "questions", questions)

    @property
    def pins(self) -> tuple[tuple[str, int], ...]:
        """Which versions it holds."""
        return tuple((part.code, part.version) for part in self.parts)

    def part_of(self, page: Page) -> Part:
        """The part a page belongs to. Errors: KeyError for a page of another sheet."""
        for part in self.parts:
            if page in part.pages:
                return part
        raise KeyError(page.code)

    def page(self, code: str) -> Page | None:
        """The page with this code, or None."""
        return next((page for part in self.parts for page in part.pages if page.code == code), None)


@dataclass(frozen=True, slots=True)
class RaisedConcern:
    """A concern that holds, and the programmes it counts for (empty: all of the visit)."""

    concern: Concern
    programmes: tuple[Programme, ...]


def assemble(programmes: Sequence[Programme], library: Library) -> Sheet:
    """The sheet of a new visit: the newest version of each part, each part once.

    The order is that of the first programme that names a part; the extra parts of later programmes
    come before the day's part. Errors: KeyError when a programme names an absent part.
    """
    codes: list[str] = []
    for programme in programmes:
        place = 0
        for code in programme.parts:
            if code in codes:
                place = codes.index(code) + 1
            else:
                codes.insert(_before_the_day(codes, place, library), code)
                place = codes.index(code) + 1
    return Sheet(tuple(programmes), tuple(library.newest(code) for code in codes))


def _before_the_day(codes: list[str], place: int, library: Library) -> int:
    """Where a further part goes: after what its programme placed and after other programmes' extras."""
    while place < len(codes) and not all(page.is_for_the_day for page in library.newest(codes[place]).pages):
        place += 1
    return place


def restore(programmes: Sequence[str], pins: Sequence[tuple[str, int]], library: Library) -> Sheet:
    """The sheet of an existing visit, exactly as it was pinned. Errors: KeyError for a lost version."""
    return Sheet(
        tuple(library.programmes[code] for code in programmes),
        tuple(library.parts[pin] for pin in pins),
    )


def subject_answers(subject: Subject, sheet: Sheet) -> dict[str, Answer]:
    """The answers that are not asked because the subject's own facts hold them."""
    facts: Mapping[str, Answer] = {
        "subject.name": Answer(subject.name),
        "subject.kana": Answer(subject.kana),
        "subject.sex": Answer(subject.sex.value),
        "subject.birth_date": Answer(subject.birth_date),
    }
    return {
        code: facts[question.origin]
        for code, question in sheet.questions.items()
        if question.origin in facts and facts[question.origin].value != ""
    }


def concerns_of(sheet: Sheet, answers: Answers) -> tuple[RaisedConcern, ...]:
    """Every concern that holds, most urgent first; a programme's own concern counts for it alone."""
    found = [RaisedConcern(concern, ()) for part in sheet.parts for concern in raised(part.concerns, answers)]
    own: dict[str, list[Programme]] = {}
    by_code: dict[str, Concern] = {}
    for programme in sheet.programmes:
        for concern in raised(programme.concerns, answers):
            own.setdefault(concern.code, []).append(programme)
            by_code[concern.code] = concern
    found.extend(RaisedConcern(by_code[code], tuple(programmes)) for code, programmes in own.items())
    return tuple(sorted(found, key=lambda one: one.concern.level))
