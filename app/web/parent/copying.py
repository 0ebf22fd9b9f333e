"""Copying many doses from the 母子健康手帳 on one page: a few rows for each vaccine, only days needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.people.dose_history import (
    DOUBTS,
    CopiedDose,
    Row,
    are_all_kept,
    faults_of,
    grouped,
    product_among,
)
from app.people.person import Subject, SubjectKind
from app.people.ports import Hand
from app.people.unclear_doses import LOT_LENGTH
from app.questionnaire.answers import Raw
from app.questionnaire.typed_text import read_line
from app.schedule.dates import completed_months
from app.schedule.rules import HandbookRows, Vaccine
from app.visit.access import Action
from app.web.guard import kept_fields, open_to, own_subject, typed_fields
from app.web.parent.dose_ids import with_id
from app.web.rooms import rooms
from app.web.templating import say
from app.web.typed_day import typed_day
from app.web.visitor import visitor

pages = Blueprint("copying", __name__)
Typed = MultiDict[str, str]
DAY, BESIDE = ("year", "month", "day"), ("product", "lot")
MOST_ROWS = 12
NOTHING = Fault("", "nothing_copied")


@dataclass(frozen=True, slots=True)
class Section:
    """One vaccine on the page: what is copied already, and the rows to fill in.

    Shapes: ``is_open`` that it stands open, ``says_more`` that the fields beside the days do, too.
    """

    vaccine: Vaccine
    kept: tuple[CopiedDose, ...]
    rows: tuple[str, ...]
    is_open: bool
    says_more: bool

    @property
    def may_grow(self) -> bool:
        """Whether there is room for one row more."""
        return len(self.rows) < MOST_ROWS


@pages.get("/children/<subject_id>/history/copy")
@open_to(Action.CHANGE_HISTORY)
def copy(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """The empty rows, or what was typed before a language switch."""
    return _page(own_subject(Action.CHANGE_HISTORY), kept_fields() or MultiDict())


@pages.post("/children/<subject_id>/history/copy")
@open_to(Action.CHANGE_HISTORY)
def keep_copied(subject_id: str) -> ResponseReturnValue:  # noqa: ARG001  the guard reads it
    """Every filled row is kept, or none and each fault stands at its row; or there is one row more."""
    subject, raw, today = own_subject(Action.CHANGE_HISTORY), typed_fields(), rooms().today()
    if request.form.get("more") in rooms().schedule.rules.vaccines:
        return _page(subject, request.form, more=request.form["more"])
    rows, kept = read_rows(raw, today), rooms().histories.doses(subject)
    life, is_sure = (subject.birth_date, today), "sure" in raw
    faults = faults_of(rows, kept, life, is_sure=is_sure) if rows else (NOTHING,)
    doses = [with_id(subject, dose, row.field) for row in rows if (dose := row.dose())]
    if len(doses) == len(rows) and are_all_kept(doses, kept):
        return redirect(f"/children/{subject.id}/history", 303)
    if faults:
        return _page(subject, request.form, faults), 422
    rooms().histories.add(subject, doses, Hand(visitor().actor.id, rooms().now()))
    return redirect(f"/children/{subject.id}/history", 303)


def read_rows(raw: Raw, today: date) -> tuple[Row, ...]:
    """Every row in which something was typed, in the order of the page. One era counts for all of them."""
    typed = {name: next(iter(values), "").strip() for name, values in raw.items()}
    filled = [
        (vaccine, field)
        for vaccine, _ in rooms().schedule.rules.of_handbook
        for field in fields_of(vaccine, typed)
        if any(typed.get(f"{field}-{part}") for part in (*DAY, *BESIDE))
    ]
    return tuple(_row(raw, vaccine, field, today) for vaccine, field in filled)


def fields_of(vaccine: Vaccine, typed: Mapping[str, str]) -> list[str]:
    """The rows of this vaccine that stood on the form, by the start of their fields' names."""
    every = (f"{vaccine.code}_{number}" for number in range(1, MOST_ROWS + 1))
    return [field for field in every if f"{field}-year" in typed]


def _row(raw: Raw, vaccine: Vaccine, field: str, today: date) -> Row:
    typed = {part: next(iter(raw.get(f"{field}-{part}", ())), "").strip() for part in (*DAY, *BESIDE)}
    day = typed_day({**raw, f"{field}-era": raw.get("era", ())}, field, today)
    if isinstance(day, Fault) and not typed["day"] and typed["year"] and typed["month"]:
        day = replace(day, message="dose_day_missing")
    lot = read_line(f"{field}-lot", typed["lot"], LOT_LENGTH)
    product = product_among(field, typed["product"], vaccine.products_to_tell)
    return Row(field, vaccine.code, day, product, lot)


def sections_of(
    subject: Subject, typed: Typed, faults: Sequence[Fault], more: str = ""
) -> tuple[Section, ...]:
    """Every vaccine with its rows: as many as were typed, else as many as are usually still to copy."""
    rules = rooms().schedule.rules
    kept = {
        group.vaccine: group.doses for group in grouped(rooms().histories.doses(subject), rules.most_doses)
    }
    bad = {fault.field for fault in faults}
    sections = []
    for vaccine, usual in rules.of_handbook:
        copied = kept.get(vaccine.code, ())
        stood = fields_of(vaccine, typed)
        count = len(stood) or max(1, usual.rows - len(copied))
        count = min(count + (more == vaccine.code), MOST_ROWS)
        rows = tuple(f"{vaccine.code}_{number}" for number in range(1, count + 1))
        fields = {f"{row}-{part}" for row in rows for part in (*DAY, *BESIDE)}
        said = {field for field in fields if typed.get(field)} | (fields & bad)
        is_wanted = len(copied) < usual.rows and _is_expected(vaccine, usual, subject)
        says_more = any(field.rpartition("-")[2] in BESIDE for field in said)
        is_open = more == vaccine.code or bool(said) or is_wanted
        sections.append(Section(vaccine, copied, rows, is_open=is_open, says_more=says_more))
    return tuple(sections)


def _is_expected(vaccine: Vaccine, usual: HandbookRows, subject: Subject) -> bool:
    """Whether somebody of this age usually has it in her handbook."""
    if subject.kind is SubjectKind.MOTHER:
        return vaccine.is_per_pregnancy
    months = completed_months(subject.birth_date, rooms().today())
    return usual.from_months is not None and months >= usual.from_months


def _page(subject: Subject, typed: Typed, faults: Sequence[Fault] = (), more: str = "") -> str:
    sections = sections_of(subject, typed, faults, more)
    return render_template(
        "parent/copying.html",
        subject=subject,
        sections=sections,
        labels={row: _label(one, number) for one in sections for number, row in enumerate(one.rows, 1)},
        typed=typed,
        faults=sorted(faults, key=lambda fault: _place(fault, sections)),
        asks_sure="sure" in typed or any(fault.message in DOUBTS for fault in faults),
        submission_key=rooms().new_id(),
        main_form="main",
    )


def _place(fault: Fault, sections: Sequence[Section]) -> int:
    """Where on the page the field stands: all days of a vaccine come before what is beside them."""
    fields = [
        f"{row}-{part}"
        for section in sections
        for parts in (DAY, BESIDE)
        for row in section.rows
        for part in parts
    ]
    return fields.index(fault.field) if fault.field in fields else -1


def _label(section: Section, number: int) -> str:
    """What a row is called in the list of faults."""
    name = say(f"vaccine.{section.vaccine.code}")
    return say("copy.row_of", vaccine=name, number=len(section.kept) + number)
