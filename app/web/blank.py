"""Blank paper for everybody: every sheet can be printed without signing in, with a language beside it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.questionnaire.programme import Programme
from app.visit.access import Action
from app.visit.sheet import Sheet, assemble
from app.web.blank_sheet import PaperText, blank_pages
from app.web.guard import open_to
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
    programmes = rooms().library.programmes.values()
    kinds = ("vaccine", "checkup")
    groups = {kind: [one for one in programmes if one.kind == kind] for kind in kinds}
    return render_template("blank/index.html", groups=groups, is_aid=not visitor().language.is_source)


@pages.get("/blank/sheet")
@open_to(Action.READ_PUBLIC)
def sheet() -> ResponseReturnValue:
    """One blank sheet for the chosen programmes, Japanese with the chosen language beside every line."""
    programmes = rooms().library.programmes
    chosen = list(dict.fromkeys(request.args.getlist("for")))
    if not chosen or len(chosen) > MOST_PROGRAMMES or not set(chosen) <= programmes.keys():
        abort(404)
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


def _said(programme: Programme, name: str) -> str:
    """The Japanese of a programme's title."""
    return programme.title if name == "title" else ""
