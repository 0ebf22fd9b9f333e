"""What every template may say: texts by key, dates, ages, asset addresses. Autoescape and StrictUndefined."""

import re
from datetime import date, datetime

from flask import Flask, request
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from app.fault import Fault
from app.places.place import Clinic
from app.schedule.dates import TOKYO, age_on, tokyo_date
from app.web.assets import Assets
from app.web.rooms import rooms
from app.web.shown import finalize, without_controls
from app.web.visitor import visitor
from app.web.ways import here
from app.wording import formats
from app.wording.languages import Language

_VALUE = re.compile("\x01([a-z0-9_]+)\x01")


def install(app: Flask, assets: Assets) -> None:
    """Functions and filters for templates."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.finalize = finalize
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.globals.update(
        asset=assets.url, t=say, marked=say_marked, said=say_fault, form_text=form_text
    )
    environment.filters.update(day=day_text, plain_day=plain_day_text, moment=moment_text, age=age_text)

    @app.context_processor
    def page() -> dict[str, object]:
        return {
            "language": visitor().language,
            "languages": rooms().wording.languages.offered,
            "visitor": visitor(),
            "here": here(),
            "path": request.path,
            "is_demo": rooms().is_demo,
            "main_form": "",
        }


def say(key: str, **values: object) -> str:
    """The text of a key in the visitor's language."""
    texts = {name: str(value) for name, value in values.items()}
    return rooms().wording.say(visitor().language, key, **texts)


def say_in_japanese(key: str) -> str:
    """The text of a key in Japanese, to stand beside a language that is only an aid."""
    wording = rooms().wording
    return wording.say(wording.languages.source, key)


def say_marked(key: str, **values: object) -> Markup:
    """The text of a key as HTML: what a person or a place is called keeps its own direction (``bdi``).

    Shapes: a value that is Markup is wording already and stands as it is.
    """
    sentence = escape(say(key, **{name: f"\x01{name}\x01" for name in values}))
    return Markup(_VALUE.sub(lambda match: _own(values[match[1]]), sentence))  # noqa: S704  both are escaped


def _own(value: object) -> str:
    if isinstance(value, Markup):
        return value
    return Markup("<bdi>{}</bdi>").format(without_controls(str(value)))


def say_fault(fault: Fault) -> Markup:
    """The sentence of a fault in the visitor's language; what she typed keeps its own direction."""
    return say_marked(f"fault.{fault.message}", **fault.values)


def form_text(context: str, japanese: str) -> str:
    """A definition's text in the visitor's language."""
    return rooms().wording.form_text(visitor().language, context, japanese)


def day_text(day: date) -> str:
    """A day in words."""
    return formats.date_text(visitor().language, day)


def plain_day_text(day: date) -> str:
    """A day long ago or far ahead in words, without its weekday."""
    return formats.plain_date_text(visitor().language, day)


def moment_text(moment: datetime) -> str:
    """A moment in Tokyo, day and time in words."""
    return f"{day_text(tokyo_date(moment))} {time_text(moment)}"


def time_text(moment: datetime) -> str:
    """The clock time in Tokyo."""
    return formats.time_text(visitor().language, moment.astimezone(TOKYO).time())


def age_text(born: date) -> str:
    """The age today in the visitor's words."""
    years, months, days = age_on(born, rooms().today())
    return formats.age_text(rooms().wording, visitor().language, (years, months, days))


def place_name(clinic: Clinic | None, language: Language) -> str:
    """A clinic's own name, or the sentence for an open choice."""
    return clinic.name if clinic else rooms().wording.say(language, "plan.clinic_open")
