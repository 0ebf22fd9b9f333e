"""Adding a child: self-declared, as strong as what is written on paper (evidence G0)."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.person import (
    NAME_LENGTH,
    RELATIONSHIPS,
    Guardianship,
    NewChild,
    Sex,
    Subject,
    declare_child,
    self_declared,
)
from app.questionnaire.typed_text import read_line
from app.visit.access import Action
from app.web.guard import kept_fields, open_to, typed_fields
from app.web.parent.named_choices import name_choices
from app.web.rooms import rooms
from app.web.typed_day import typed_day
from app.web.visitor import visitor

pages = Blueprint("children", __name__)
NAMES = ("child_name", "child_kana")
Typed = MultiDict[str, str]
NAMED = {"child_sex": "choose_sex", "relationship": "choose_relationship"}
"""Which choice is missing, in the list of faults on top of the page."""


@pages.get("/children/new")
@open_to(Action.ADD_CHILD)
def new_child() -> ResponseReturnValue:
    """The form, with what was typed before a language switch."""
    return _form(kept_fields() or MultiDict(), ())


@pages.post("/children/new")
@open_to(Action.ADD_CHILD)
def add_child() -> ResponseReturnValue:
    """A child of hers; a second tap adds no second one."""
    raw, today = typed_fields(), rooms().today()
    names = {name: read_line(name, request.form.get(name, ""), NAME_LENGTH) for name in NAMES}
    child = declare_child(names, request.form, typed_day(raw, "birth_date", today), today)
    if isinstance(child, tuple):
        return _form(request.form, child), 422
    if not _is_hers_already(child):
        rooms().people.add_subject(*_declared(child))
    return redirect("/home", 303)


def _is_hers_already(child: NewChild) -> bool:
    """Whether she herself declared this very child before. Nobody else's children are looked at."""
    mine = rooms().people.subjects_of(visitor().actor.id, rooms().now())
    facts = (child.name, child.kana, child.sex, child.birth_date)
    return any(facts == (one.name, one.kana, one.sex, one.birth_date) for one, _ in mine)


def _declared(child: NewChild) -> tuple[Subject, Guardianship]:
    """The child and her own link to it; a child of the same name and day elsewhere is another child."""
    actor, new_id = visitor().actor, rooms().new_id
    subject = Subject(new_id(), actor.municipality, child.name, child.kana, child.sex, child.birth_date)
    return subject, self_declared(new_id(), subject, actor.id, child.relationship, since=rooms().now())


def _form(typed: Typed, faults: Sequence[Fault]) -> str:
    return render_template(
        "parent/child_new.html",
        typed=typed,
        faults=name_choices(faults, NAMED),
        sexes=[sex.value for sex in Sex],
        relationships=RELATIONSHIPS,
        main_form="main",
    )
