"""Blank paper for everybody: every sheet can be printed without signing in, with a language beside it."""

from collections.abc import Sequence
from functools import reduce

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.fault import Fault
from app.people.person import SubjectKind
from app.questionnaire.programme import Programme
from app.visit.access import Action
from app.visit.planning import not_one_visit
from app.visit.sheet import Sheet, assemble
from app.web.blank_sheet import PaperCondition, PaperQuestion, PaperText, blank_pages
from app.web.guard import open_to
from app.web.parent.offers import offers_for
from app.web.rooms import rooms
from app.web.visitor import visitor
from app.wording.extraction import texts_of_part
from app.wording.languages import Language

pages = Blueprint("blank", __name__)
MOST_PROGRAMMES = 8


@pages.get("/blank")
@open_to(Action.READ_PUBLIC)
def index() -> ResponseReturnValue:
    """Which papers there are."""
    return _index(())


@pages.get("/blank/sheet")
@open_to(Action.READ_PUBLIC)
def sheet() -> ResponseReturnValue:
    """One blank sheet for the chosen programmes, Japanese with the chosen language beside every line."""
    programmes = rooms().library.programmes
    chosen = list(dict.fromkeys(request.args.getlist("for")))
    if not set(chosen) <= programmes.keys():
        abort(404)
    if fault := _fault_of([programmes[code] for code in chosen]):
        return _index(chosen, fault), 422
    made = assemble([programmes[code] for code in chosen], rooms().library, visitor().actor.municipality)
    beside = _beside(made)
    return render_template(
        "blank/sheet.html",
        programmes=made.programmes,
        chosen=chosen,
        paper=blank_pages(made.parts, (*made.pages_ahead, *made.pages_of_the_day)),
        beside=beside,
        spoken=[one for one in rooms().wording.languages.offered if not one.is_source],
        in_language=lambda text: _in(beside, text),
        programme_text=lambda one, name: _in(beside, PaperText(one.place(name), _said(one, name))),
        for_mother=any(one.subject_is == "mother" for one in made.programmes),
        for_vaccine=any(one.kind == "vaccine" for one in made.programmes),
        source=rooms().wording.languages.source,
        say_in=rooms().wording.say,
        only_if=_only_if,
    )


def _fault_of(programmes: Sequence[Programme]) -> Fault | None:
    """Why these are not one paper."""
    if not programmes:
        return Fault("for", "choose_any")
    if len(programmes) > MOST_PROGRAMMES:
        return Fault("for", "too_many", {"most": str(MOST_PROGRAMMES)})
    message = not_one_visit(programmes)
    return Fault("for", message) if message else None


def _index(chosen: Sequence[str], *faults: Fault) -> str:
    return render_template(
        "blank/index.html",
        offers_by_kind={kind: offers_for(kind, None, chosen) for kind in SubjectKind},
        chosen=chosen,
        faults=faults,
        is_aid=not visitor().language.is_source,
    )


def _beside(made: Sheet) -> Language | None:
    """The language beside the Japanese: the one asked for, else hers; None for Japanese alone.

    Shapes: what a municipality says itself may stay Japanese (see `own_words`).
    """
    named = rooms().wording.languages.named(request.args.get("with", visitor().language.tag))
    if named is None or named.is_source or not named.offered:
        return None
    parts = [rooms().library.parts[part.code, part.version] for part in made.parts]
    pairs = [text.pair for part in parts for text in texts_of_part(part)]
    return named if rooms().wording.speaks(named, pairs) else None


def _in(beside: Language | None, text: PaperText) -> str:
    """The text in the language beside, "" where there is none."""
    if beside is None:
        return ""
    own = rooms().wording.form_text(beside, text.context, text.japanese)
    return "" if own == text.japanese else own


def _only_if(language: Language, question: PaperQuestion) -> str:
    """When a question is to be answered, in one language; "" for always."""
    clauses = [_clause(language, one) for one in question.conditions]
    if not clauses:
        return ""
    joint = "blank.when.or" if question.is_any else "blank.when.and"
    say = rooms().wording.say
    said = reduce(lambda first, second: say(language, joint, first=first, second=second), clauses)
    return say(language, "blank.when.only_if", condition=said)


def _clause(language: Language, one: PaperCondition) -> str:
    """One condition: which question or fact, and what of it."""
    wording = rooms().wording
    what = (
        wording.say(language, "blank.when.question", number=one.number)
        if one.number
        else wording.say(language, f"blank.fact.{one.fact}")
    )
    answers = [wording.form_text(language, answer.context, answer.japanese) for answer in one.answers]
    value = " / ".join(answers) or one.value
    return wording.say(language, f"blank.when.{one.key}", what=what, value=value)


def _said(programme: Programme, name: str) -> str:
    """The Japanese of a programme's title."""
    return programme.title if name == "title" else ""
