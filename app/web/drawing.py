"""Drawing a page of questions: its fixed text is prepared once, answers fill its slots.

A template is rendered with marks where something of this request goes; what lies between the marks
never changes for a part's version, a language and an aid. Measured: a plain template costs a multiple
(reference/performance_reliability_security.md 2.1). Nothing here is kept by person or by answer.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from app.fault import Fault
from app.questionnaire.answers import Raw
from app.questionnaire.definition import Kind, Operator, Page, Question
from app.visit.filling import NESTED_ON
from app.web.shown import without_controls

_MARK = re.compile("\x02(.*?)\x03", re.DOTALL)
ABSENCES = frozenset({"unknown", "declined"})
_TICK = Markup(
    '<label class="choice{}"><input type="checkbox" name="{}-{}" value="yes"{}><span>{}</span></label>'
)
Slot = tuple[str, str, str]
"""What stands there: its kind, a name, an option ("" for none)."""


def slot(kind: str, name: str, option: str = "") -> Markup:
    """A mark in a template where something of the request goes."""
    return Markup("\x02{}\x03").format(f"{kind}\x1f{name}\x1f{option}")


@dataclass(frozen=True, slots=True)
class Program:
    """Fixed text with slots between: ``fixed`` is one longer than ``slots``."""

    fixed: tuple[str, ...]
    slots: tuple[Slot, ...]

    def fill(self, values: Sequence[str]) -> str:
        """The text with every slot filled, in their order."""
        pieces = [self.fixed[0]]
        for value, after in zip(values, self.fixed[1:], strict=True):
            if value:
                pieces.append(value)
            pieces.append(after)
        return "".join(pieces)


def prepare(rendered: str) -> Program:
    """A rendered template cut at its marks."""
    pieces = _MARK.split(rendered)
    slots = [mark.split("\x1f") for mark in pieces[1::2]]
    return Program(tuple(pieces[::2]), tuple((kind, name, option) for kind, name, option in slots))


@dataclass(frozen=True, slots=True)
class Nested:
    """A question with the follow-ups that unfold beneath one of its answers.

    Shapes: ``unfolds`` tells the script when a question that stands by itself is shown ("any code=value
    …", of questions on the same page only); "" when it always is.
    """

    question: Question
    unfolds: str = ""
    opens: tuple[tuple[str, "Nested"], ...] = ()


def nest(page: Page) -> tuple[Nested, ...]:
    """The asked questions of a page; a follow-up to a yes, no or other stands beneath its question."""
    beneath: dict[str, list[tuple[str, Question]]] = {}
    top: list[Question] = []
    codes = {question.code for question in page.questions}
    for question in page.questions:
        if question.origin:
            continue
        above = _above(question, codes)
        if above is None:
            top.append(question)
        else:
            beneath.setdefault(above[0], []).append((above[1], question))

    def grown(question: Question) -> Nested:
        inner = tuple((on, grown(one)) for on, one in beneath.get(question.code, ()))
        return Nested(question, "" if _above(question, codes) else _unfolds_when(question, codes), inner)

    return tuple(grown(question) for question in top)


def _above(question: Question, codes: set[str]) -> tuple[str, str] | None:
    """The question of this page, and its answer, beneath which a follow-up stands."""
    when = question.shown_when
    if when is None or len(when.comparisons) != 1:
        return None
    only = when.comparisons[0]
    fits = only.operator is Operator.EQUAL and only.question in codes and only.value in NESTED_ON
    return (only.question, str(only.value)) if fits else None


def _unfolds_when(question: Question, codes: set[str]) -> str:
    """For the script: which answers on the same page open it; "" when it depends on anything else."""
    when = question.shown_when
    if when is None or any(
        one.operator is not Operator.EQUAL or one.question not in codes for one in when.comparisons
    ):
        return ""
    return " ".join((when.behaviour.value, *(f"{one.question}={one.value}" for one in when.comparisons)))


def details_unfold_when(question: Question) -> str:
    """The same for the free text of a question; "" when the stylesheet alone can do it."""
    opens = question.details.when if question.details else ()
    return (
        "" if set(opens) <= NESTED_ON else " ".join(("any", *(f"{question.code}={code}" for code in opens)))
    )


@dataclass(frozen=True, slots=True)
class Filling:
    """What one request puts into the slots.

    Shapes: ``typed`` form fields to show; ``faults`` of the page; ``say`` turns a fault into a
    sentence; ``put`` ready HTML by name (trusted, made by macros); ``offers`` what she may take over.
    """

    typed: Raw
    put: Mapping[str, str]
    say: Callable[[Fault], str]
    label: Callable[..., str]
    faults: Sequence[Fault] = ()
    offers: Mapping[str, str] = field(default_factory=dict)

    def values(self, slots: Iterable[Slot]) -> list[str]:
        """The texts of these slots, in their order. Errors: KeyError for a slot that nobody fills."""
        ticked = {(field, value) for field, values in self.typed.items() for value in values}
        texts = []
        for kind, name, option in slots:
            if kind in ("checked", "selected"):
                texts.append(f" {kind}" if (name, option) in ticked else "")
            elif kind == "put":
                texts.append(self.put[name])
            elif kind == "value":
                texts.append(self._typed_text(name))
            elif kind == "offer":
                texts.append(self._offer(name, option))
            else:
                texts.append(self._fault_text(kind, name) if self.faults else "")
        return texts

    def _typed_text(self, name: str) -> str:
        for text in self.typed.get(name, ()):
            if text not in ABSENCES:
                return str(escape(without_controls(text)))
        return ""

    def _fault_text(self, kind: str, name: str) -> str:
        return self._error(name) if kind == "error" else self._bad(name)

    def _own(self, code: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.field == code or fault.field in _parts_of(code)]

    def _error(self, code: str) -> str:
        own = self._own(code)
        if not own:
            return ""
        lines = Markup("").join(Markup('<p class="error">{}</p>').format(self.say(fault)) for fault in own)
        html = Markup('<div id="{}-error">{}</div>').format(code, lines)
        if any(fault.message == "are_you_sure" for fault in own):
            html += _TICK.format("", code, "sure", "", self.label("form.sure"))
        return str(html)

    def _bad(self, code: str) -> str:
        own = self._own(code)
        return str(Markup(' aria-invalid="true" aria-describedby="{}-error"').format(code)) if own else ""

    def _offer(self, code: str, origin: str) -> str:
        offered = self.offers.get(origin)
        if not offered or self.typed.get(code, [""])[0]:
            return ""
        ticked = Markup(" checked") if self.typed.get(f"{code}-offer") else ""
        return str(_TICK.format(" wide", code, "offer", ticked, self.label("form.offer", value=offered)))


def _parts_of(code: str) -> tuple[str, ...]:
    """The fields of a date or an age, whose faults stand with the question."""
    return tuple(f"{code}-{part}" for part in ("era", "year", "month", "day", "years", "months"))


def is_text_kind(question: Question) -> bool:
    """Whether it is one field with a label instead of a group with a legend."""
    return question.kind in (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.TEMPERATURE, Kind.TIME)
