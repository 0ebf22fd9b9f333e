"""The page of questions: which program, and what this request puts into it.

Used for the topic pages of a visit and for the one page of the day's questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from flask import current_app, render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from app.fault import Fault
from app.questionnaire.answers import Answers, Raw
from app.questionnaire.definition import Page, Part, Question
from app.questionnaire.typed import typed_from
from app.visit.submission import Seen
from app.web.drawing import (
    Filling,
    Nested,
    Program,
    details_unfold_when,
    is_text_kind,
    nest,
    prepare,
    slot,
)
from app.web.own_words import domains_of, is_partly_japanese
from app.web.review import required_state
from app.web.rooms import rooms
from app.web.templating import form_text, say, say_fault, say_marked
from app.web.visitor import visitor
from app.wording.review import ReviewState


@dataclass(frozen=True, slots=True)
class Drawn:
    """A prepared page: its frame, and each top question by itself so that hidden ones can stay out."""

    frame: Program
    questions: tuple[tuple[frozenset[str], Program], ...]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What is to be drawn now.

    Shapes: ``sections`` the parts with their pages (one for a topic page, all of the day's together);
    ``title`` its context and Japanese; ``visible`` codes of the questions asked now; ``steps`` how
    many pages there are and which this is (0 of 0: no progress); ``put`` further ready HTML by slot.
    """

    sections: tuple[tuple[Part, Page], ...]
    title: tuple[str, str, str]
    typed: Raw
    visible: Iterable[str]
    path: str
    revision: int
    steps: tuple[int, int] = (0, 0)
    faults: Sequence[Fault] = ()
    offers: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = True
    put: Mapping[str, str] = field(default_factory=dict)


def aid_for(parts: Iterable[Part]) -> str:
    """Which honest sentence stands on a form in this language: "" when it is good enough by itself."""
    state = state_of(parts)
    if state >= required_state(visitor().actor.municipality):
        return ""
    return "machine" if state is ReviewState.MACHINE else "translated"


def state_of(parts: Iterable[Part]) -> ReviewState:
    """The lowest review state of what she reads of these parts in her language."""
    domains = [domain for part in parts for domain in domains_of(part)]
    return rooms().wording.lowest_state(visitor().language, domains)


def seen(parts: Iterable[Part], share_text: str = "") -> Seen:
    """In which words she saw these parts, and what she agreed to."""
    return Seen(visitor().language.tag, state_of(parts).code, share_text)


def fields_of(questions: Iterable[Question], answers: Answers) -> Raw:
    """Kept answers to these questions as form fields."""
    fields: dict[str, Sequence[str]] = {}
    for question in questions:
        if question.code in answers and not question.origin:
            fields.update(typed_from(question, answers[question.code]))
    return fields


def draw(page: PageRequest) -> str:
    """The page as HTML."""
    drawn = _prepared(page)
    visible = set(page.visible)
    filling = Filling(page.typed, {}, say_fault, say_marked, page.faults, page.offers)
    questions = "".join(
        program.fill(filling.values(program.slots)) for codes, program in drawn.questions if codes & visible
    )
    put = {
        "csrf": generate_csrf(),
        "revision": str(page.revision),
        "path": str(escape(page.path)),
        "here": quote(page.path, safe="/"),
        "title": str(escape(title_of(page.steps))),
        "steps": steps_html(*page.steps) if page.steps[1] else "",
        "problems": _problems(page),
        "questions": questions,
        "quiet": "1" if page.quiet else "",
        "lead": "",
        "hidden": "",
        "foot": "",
        "saved": "",
        **page.put,
    }
    return drawn.frame.fill(Filling({}, put, say_fault, say).values(drawn.frame.slots))


def steps_html(number: int, count: int) -> str:
    """The bar of topic pages, and the same in words."""
    marks = "".join(
        '<li class="{}"></li>'.format("done" if place < number else "now" if place == number else "todo")
        for place in range(1, count + 1)
    )
    words = escape(say("form.part_of", number=number, all=count))
    return f'<ul class="steps" aria-hidden="true">{marks}</ul><p class="muted">{words}</p>'


def title_of(steps: tuple[int, int]) -> str:
    """The title of the browser's tab: where she is, never a word about health."""
    number, count = steps
    return say("form.title", number=number, all=count) if count else say("form.of_the_day")


def _problems(page: PageRequest) -> str:
    """The summary on top, each line with its question; made by its macro, only when there is one."""
    if not page.faults:
        return ""
    macro = current_app.jinja_env.get_template("ui/problems.html").module
    return str(macro.problems(page.faults, _labels(page)))  # type: ignore[attr-defined]  # a macro of the template


def _labels(page: PageRequest) -> dict[str, str]:
    """Each question in her language, by its code."""
    return {
        question.code: form_text(f"{part.code}.{question.code}.text", question.text)
        for part, one in page.sections
        for question in one.questions
    }


def _prepared(page: PageRequest) -> Drawn:
    """From the shelf of prepared pages, made at the first request of its kind."""
    aid = aid_for(part for part, _ in page.sections)
    key = (
        tuple((part.code, part.version, part.overlay, one.code) for part, one in page.sections),
        visitor().language.tag,
        aid,
        visitor().session is not None,
    )
    shelf: dict[object, Drawn] = current_app.extensions["prepared_pages"]
    if key not in shelf:
        shelf[key] = _make(page, aid)
    return shelf[key]


def _make(page: PageRequest, aid: str) -> Drawn:
    """Renders the templates once with marks."""
    context: dict[str, object] = {
        "slot": slot,
        "aid": aid,
        "is_text_kind": is_text_kind,
        "details_unfold_when": details_unfold_when,
    }
    frame = render_template(
        "parent/question_page.html",
        **context,
        title_parts=page.title,
        is_partly_japanese=is_partly_japanese(page.sections),
        main_form="main",
        path=slot("put", "path"),
        here=slot("put", "here"),
        csrf_token=lambda: slot("put", "csrf"),
    )
    questions = tuple(
        (
            _codes(node),
            prepare(render_template("parent/one_question.html", **context, part=part.code, node=node)),
        )
        for part, one in page.sections
        for node in nest(one)
    )
    return Drawn(prepare(frame), questions)


def _codes(node: Nested) -> frozenset[str]:
    """The question a block stands for; follow-ups ride along with it."""
    return frozenset({node.question.code})
