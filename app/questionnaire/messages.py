"""The messages that reading a page can give, with the placeholders each may use.

Every key stands below ``fault.`` in the wording; a law compares the two.
"""

from collections.abc import Mapping
from types import MappingProxyType

PLACEHOLDERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "absence_with_value": frozenset(),
        "age_not_reached": frozenset(),
        "are_you_sure": frozenset({"typed"}),
        "choose_any": frozenset(),
        "choose_one": frozenset(),
        "date_impossible": frozenset(),
        "date_in_future": frozenset(),
        "date_missing_part": frozenset(),
        "era_impossible": frozenset({"western"}),
        "exclusive_alone": frozenset(),
        "fill_in": frozenset(),
        "grams_suggest": frozenset({"typed", "suggestion"}),
        "looks_like_my_number": frozenset(),
        "number_whole": frozenset({"typed"}),
        "number_wrong": frozenset({"typed"}),
        "out_of_range": frozenset({"low", "high"}),
        "temperature_suggest": frozenset({"typed", "suggestion", "low", "high"}),
        "time_wrong": frozenset({"typed"}),
        "too_long": frozenset({"most", "length"}),
        "year_bikram": frozenset({"typed", "suggestion"}),
        "year_buddhist": frozenset({"typed", "suggestion"}),
        "year_western": frozenset({"typed"}),
    }
)
