"""All definitions that were read, which of them are the newest, and which a visit is pinned to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.questionnaire.helplines import Helplines
from app.questionnaire.instrument import Instrument
from app.questionnaire.overlay import PIN, Overlay, overlaid
from app.questionnaire.part import Part
from app.questionnaire.programme import Programme


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions that were read.

    Shapes: parts by (code, version); programmes by stage code, of the newest version of each family;
    ``every_version`` the stages of each programme file by (family, version); overlays by
    (municipality, version); ``retired`` versions of parts, with the reason, to which no draft stays pinned.
    """

    parts: Mapping[tuple[str, int], Part]
    programmes: Mapping[str, Programme]
    every_version: Mapping[tuple[str, int], tuple[Programme, ...]] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    helplines: Helplines = field(default_factory=Helplines)
    overlays: Mapping[tuple[str, int], Overlay] = field(default_factory=dict)
    retired: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def newest(self, code: str) -> Part:
        """The newest version of a part. Errors: KeyError when there is none."""
        return self.parts[max(key for key in self.parts if key[0] == code)]

    @property
    def stages(self) -> tuple[Programme, ...]:
        """Every stage of every version."""
        kept = (stage for every in self.every_version.values() for stage in every)
        return (*kept, *self.programmes.values())

    def pinned(self, code: str, pin: tuple[str, int]) -> Programme:
        """The stage as it stood in this version of its file. Errors: KeyError when it did not."""
        for stage in self.stages:
            if (stage.code, stage.pin) == (code, pin):
                return stage
        raise KeyError(code)

    def first(self, code: str) -> Programme:
        """The stage as it stood in the first version of its file. Errors: KeyError when it did not."""
        for stage in self.stages:
            if (stage.code, stage.version) == (code, 1):
                return stage
        raise KeyError(code)

    def overlay_of(self, municipality: str) -> Overlay | None:
        """The newest overlay of a municipality, None when it asks the national sheet."""
        versions = [key for key in self.overlays if key[0] == municipality]
        return self.overlays[max(versions)] if versions else None

    def pinned_overlay(self, pins: Sequence[tuple[str, int]]) -> Overlay | None:
        """The overlay among the pins of a visit. Errors: KeyError for a lost version."""
        for name, version in pins:
            if name.startswith(PIN):
                return self.overlays[name.removeprefix(PIN), version]
        return None

    def pinned_parts(self, pins: Sequence[tuple[str, int]]) -> tuple[Part, ...]:
        """The parts of these pins as their municipality asks them. Errors: KeyError for a lost version."""
        overlay = self.pinned_overlay(pins)
        parts = tuple(self.parts[pin] for pin in pins if not pin[0].startswith(PIN))
        return parts if overlay is None else tuple(overlaid(part, overlay) for part in parts)
