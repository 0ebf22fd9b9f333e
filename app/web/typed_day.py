"""A day typed on a small form: era, year, month and day, read like the dates of a questionnaire."""

from datetime import date
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from app.fault import Fault
from app.questionnaire.answers import Raw
from app.questionnaire.definition import Bounds, Kind, Mark, Question, Source
from app.questionnaire.typed_dates import TypedDate, read_date

PARTS = ("era", "year", "month", "day")
_ANY_DAY = Bounds(low=Decimal(-100_000), high=Decimal(100_000))


def typed_day(raw: Raw, field: str, today: date) -> date | Fault:
    """The day that the fields ``<field>-era|year|month|day`` name; what is wrong belongs to one of them.

    Whether the day fits its purpose is for the caller to say.
    """
    typed = TypedDate(*(next(iter(raw.get(f"{field}-{part}", ())), "") for part in PARTS))
    question = Question(field, Kind.DATE, "", "", Source("", Mark.D), bounds=_ANY_DAY)
    return read_date(question, typed, today, is_sure=True)


def typed_fields_of(field: str, day: date | None) -> MultiDict[str, str]:
    """The day as if it had been typed in western years; nothing for none."""
    if day is None:
        return MultiDict()
    typed = zip(PARTS, ("western", str(day.year), str(day.month), str(day.day)), strict=True)
    return MultiDict((f"{field}-{part}", text) for part, text in typed)
