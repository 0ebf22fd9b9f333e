"""The id of a copied dose follows from its form and its content: a second tap at the same moment is one."""

import hashlib
from dataclasses import replace

from flask import request

from app.people.dose_history import CopiedDose
from app.people.person import Subject
from app.web.rooms import rooms
from app.web.visitor import visitor


def with_id(subject: Subject, dose: CopiedDose, field: str) -> CopiedDose:
    """The dose with its id. A form without a key gives a new id each time."""
    key = request.form.get("submission_key", "")[:64] or rooms().new_id()
    said = (visitor().actor.id, subject.id, key, field, str(replace(dose, id="")))
    return replace(dose, id=hashlib.sha256("\x00".join(said).encode("utf-8", "replace")).hexdigest()[:32])
