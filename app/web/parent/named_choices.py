"""A missing choice says which one it is: three times "choose one" in a list would help nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.fault import Fault

_NAMELESS = ("choose_one", "choose_any")


def name_choices(faults: Sequence[Fault], names: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults, those of these fields in their own words. Shapes: ``names`` is message by field."""
    return tuple(
        replace(one, message=names[one.field]) if one.message in _NAMELESS and one.field in names else one
        for one in faults
    )
