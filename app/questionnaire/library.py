"""All definitions that were read, and which of them are the newest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.questionnaire.helplines import Helplines
from app.questionnaire.instrument import Instrument
from app.questionnaire.part import Part
from app.questionnaire.programme import Programme


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions that were read.

    Shapes: parts by (code, version); programmes by stage code, of the newest version of each family;
    ``every_version`` the stages of each programme file by (family, version).
    """

    parts: Mapping[tuple[str, int], Part]
    programmes: Mapping[str, Programme]
    every_version: Mapping[tuple[str, int], tuple[Programme, ...]] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    helplines: Helplines = field(default_factory=Helplines)

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
