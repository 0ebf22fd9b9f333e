"""What a person got wrong, as a value: which field, which sentence of the wording, which values in it.

Knows: nothing. Every room may return it. A programmer's mistake is an exception named …Error instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right.

    Shapes: ``field`` is the HTML field name the message belongs to ("" for the whole form);
    ``message`` is a key of ``translations/ui.toml`` below ``fault.`` (``"temperature_range"``
    stands for ``fault.temperature_range``); ``values`` fill its named placeholders.
    """

    field: str
    message: str
    values: Mapping[str, str] = made_by(default_factory=dict)
