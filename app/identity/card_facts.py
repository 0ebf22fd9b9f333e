"""What the card said, from the provider's claims: tolerant of every form seen, sure of nothing it says."""

import re
from collections.abc import Mapping
from datetime import date
from unicodedata import normalize

from app.people.person import CardFacts
from app.questionnaire.typed_text import tidy_line

LONGEST_TEXT = 500
SEXES = {"1": "male", "2": "female", "male": "male", "female": "female"}
WHOLE_DATE = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
ADDRESS_LINES = ("postal_code", "region", "locality", "street_address")


def read_card_facts(claims: Mapping[str, object]) -> CardFacts:
    """The four facts, each "" or None when missing or unreadable.

    Shapes: ``birthdate`` YYYYMMDD or YYYY-MM-DD (a year alone is no date); ``gender`` 1, 2, male or
    female (anything else is ""); ``address`` a string or the OpenID address object.
    Source: reference/identity.md 1, row "formats" (unproven: accept all).
    """
    return CardFacts(
        name=_line(claims.get("name")),
        address=_line(_address(claims.get("address"))),
        birth_date=_birth_date(claims.get("birthdate")),
        sex=SEXES.get(_line(claims.get("gender")).casefold(), ""),
    )


def _line(value: object) -> str:
    """One tidy line; the card's full-width space becomes a plain one."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return " ".join(tidy_line(text[:LONGEST_TEXT]).replace("\u3000", " ").split())


def _address(value: object) -> object:
    """The address as one text."""
    if not isinstance(value, Mapping):
        return value
    if value.get("formatted"):
        return value["formatted"]
    return " ".join(str(value[line]) for line in ADDRESS_LINES if isinstance(value.get(line), str))


def _birth_date(value: object) -> date | None:
    """The whole date, or None."""
    found = WHOLE_DATE.fullmatch(normalize("NFKC", _line(value)))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
