"""Moving a draft to newer versions of its questions: carried over, mapped, or asked again. Pure.

An answer goes over when its question says the same: the same code, kind, unit and choices, or a map of the
part that vouches for it. Whatever does not is asked again, and what she had written is kept beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.questionnaire.answers import Absence, Answer, MonthAge, Raw, Value
from app.questionnaire.definition import Kind, Library, Question
from app.questionnaire.path import opens_details
from app.questionnaire.typed import typed_from
from app.visit.sheet import Sheet
from app.visit.version_ways import Way, ways_between
from app.visit.visit import Draft

WRITTEN_KINDS = frozenset(Kind) - {Kind.YES_NO, Kind.CHOICE, Kind.CHOICES}
PARTS_WRITTEN = frozenset({"", "year", "month", "day", "years", "months"})


@dataclass(frozen=True, slots=True)
class Moved:
    """The draft on its new questions, and the codes of those to answer again, in page order."""

    draft: Draft
    asked_again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Going:
    """One question of the old sheet on its way: ``after`` None when the new sheet has nothing like it."""

    way: Way
    before: Question
    after: Question | None
    is_discreet: bool

    @property
    def place(self) -> str:
        """Under which code its earlier words are kept."""
        return self.after.code if self.after else self.before.code

    @property
    def says_the_same(self) -> bool:
        """Whether an answer to the old question is one to the new."""
        before, after = self.before, self.after
        if after is None or self.way.is_asked_again:
            return False
        is_same = set(before.options) == set(after.options) or self.way.is_vouched
        return is_same and before.kind is after.kind and before.unit == after.unit


def move_draft(draft: Draft, old: Sheet, new: Sheet, library: Library) -> Moved:
    """The draft as it stands on the new sheet; nothing that she wrote is lost.

    Shapes: ``library`` holds the versions between. ``earlier`` of the draft holds afterwards, by the code
    of the new question (the old one when there is none), what she had written and must answer again; ""
    when there is nothing to show: choices, and whatever stands on a discreet page.
    """
    goings = _goings(old, new, library)
    answers, earlier = dict[str, Answer](), dict(draft.earlier)
    for code, answer in draft.answers.items():
        going = goings.get(code)
        if going is None:
            continue
        carried = _carried(answer, going)
        words = _words(answer, going)
        if carried is not None:
            answers[going.way.code] = carried
        elif words or going.after:
            earlier[going.place] = words
    typed, left = _typed(draft.typed, goings)
    earlier |= left
    moved = replace(draft, answers=answers, earlier=earlier, typed=_on_pages(typed, new, answers))
    return Moved(moved, tuple(code for code in new.questions if code in earlier))


def settled(draft: Draft) -> Draft:
    """The draft without the earlier words of questions that are answered again."""
    earlier = {code: words for code, words in draft.earlier.items() if code not in draft.answers}
    return draft if earlier == draft.earlier else replace(draft, earlier=earlier)


def _goings(old: Sheet, new: Sheet, library: Library) -> dict[str, _Going]:
    """Every question of the old sheet by its code."""
    ways = ways_between(old, new, library)
    discreet = _discreet(old) | _discreet(new)
    goings: dict[str, _Going] = {}
    for code, question in old.questions.items():
        way = ways[code]
        is_discreet = not discreet.isdisjoint((code, way.code))
        goings[code] = _Going(way, question, new.questions.get(way.code), is_discreet)
    return goings


def _discreet(sheet: Sheet) -> frozenset[str]:
    """The questions whose answers are never shown."""
    pages = (page for part in sheet.parts for page in part.pages if page.discreet)
    return frozenset(question.code for page in pages for question in page.questions)


def _carried(answer: Answer, going: _Going) -> Answer | None:
    """The answer to the new question, None when it must be given again.

    Its free text goes along; one that was open and has no place any more is a reason to ask again.
    """
    if going.after is None or not going.says_the_same:
        return None
    value = _mapped(answer.value, going)
    if not _may_be(value, going.after):
        return None
    carried = Answer(value, answer.details)
    was_open = bool(answer.details) and opens_details(going.before, answer)
    return None if was_open and not opens_details(going.after, carried) else carried


def _mapped(value: Value | Absence, going: _Going) -> Value | Absence:
    """The value with the new names of its choices."""
    if isinstance(value, Absence) or not going.before.options:
        return value
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(going.way.choices.get(code, code) for code in value))
    return going.way.choices.get(value, value) if isinstance(value, str) else value


def _may_be(value: Value | Absence, question: Question) -> bool:
    """Whether the question can be answered so."""
    match value:
        case Absence():
            return value.value in question.absences
        case tuple():
            alone = {choice.code for choice in question.choices if choice.exclusive}
            return set(value) <= set(question.options) and (len(value) == 1 or alone.isdisjoint(value))
        case str():
            return value in question.options if question.options else len(value) <= question.max_length
        case int() | Decimal():
            low, high = question.bounds.low, question.bounds.high
            return (low is None or value >= low) and (high is None or value <= high)
    return True


def _words(answer: Answer, going: _Going) -> str:
    """What she wrote herself; "" for what she chose from a list, and for what is never shown."""
    if going.is_discreet:
        return ""
    value = answer.value
    is_written = going.before.kind in WRITTEN_KINDS and not isinstance(value, Absence)
    written = f"{value.years} {value.months}" if isinstance(value, MonthAge) else str(value)
    return " ".join(word for word in (written if is_written else "", answer.details) if word)


def _typed(
    typed: Mapping[str, Raw], goings: Mapping[str, _Going]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The fields of what could not be read yet, under their new names; and the words that have no field."""
    fields: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for raw in typed.values():
        for field, values in raw.items():
            code, dash, part = field.partition("-")
            going = goings.get(code)
            if going is None:
                continue
            has_place = going.after is not None and (part != "details" or going.after.details is not None)
            if has_place and going.says_the_same:
                named = [going.way.choices.get(value, value) for value in values]
                fields[f"{going.way.code}{dash}{part}"] = named
            elif _is_written(going, part):
                left.setdefault(going.place, []).extend(value for value in values if value.strip())
    return fields, {code: " ".join(words) for code, words in left.items() if words}


def _is_written(going: _Going, part: str) -> bool:
    """Whether the field holds her own words, which may be shown."""
    is_value = part in PARTS_WRITTEN and going.before.kind in WRITTEN_KINDS
    return (is_value or part == "details") and not going.is_discreet


def _on_pages(
    fields: Mapping[str, list[str]], new: Sheet, answers: Mapping[str, Answer]
) -> dict[str, dict[str, list[str]]]:
    """The fields page by page, each page whole: beside what was typed stands what is answered."""
    pages: dict[str, dict[str, list[str]]] = {}
    for page in (*new.pages_ahead, *new.pages_of_the_day):
        codes = {question.code for question in page.questions}
        own = {field: values for field, values in fields.items() if field.partition("-")[0] in codes}
        if not own:
            continue
        typed = {field.partition("-")[0] for field in own}
        for question in page.questions:
            if question.code in answers and question.code not in typed and not question.origin:
                own |= {
                    name: list(said) for name, said in typed_from(question, answers[question.code]).items()
                }
        pages[page.code] = own
    return pages
