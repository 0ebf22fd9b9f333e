"""Reading the whole schedule: the rules of every vaccine, the windows of every checkup, here and there."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.schedule.checkups import Window, in_municipality, read_windows
from app.schedule.editions import Interval
from app.schedule.rule_file import read_rules
from app.schedule.rules import Rules
from app.strict_toml.findings import DefinitionFault

FOLDER = "schedule/"
CHECKUPS = "schedule/checkups.toml"
OVERLAYS = "overlays/"
WINDOWS = "/windows.toml"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When everything fits: vaccines, and checkups with what municipalities hold at other times."""

    rules: Rules
    windows: tuple[Window, ...]
    own_windows: Mapping[str, tuple[Window, ...]]

    @property
    def codes(self) -> frozenset[str]:
        """Every vaccine with rules and every checkup with a window."""
        vaccines = {one.code for one in self.rules.vaccines.values() if one.editions}
        return frozenset(vaccines | {one.checkup for one in self.windows})

    def windows_in(self, municipality: str) -> tuple[Window, ...]:
        """The windows of a municipality: its own ones instead of the national ones."""
        return in_municipality(self.windows, self.own_windows.get(municipality, ()))


def read_schedule(files: Mapping[str, bytes]) -> Schedule | tuple[DefinitionFault, ...]:
    """The schedule of the definitions' folder, or every fault of every file.

    Shapes: names are paths from that folder: ``schedule/checkups.toml``, ``schedule/vaccines/<code>.toml``,
    ``schedule/intervals.toml``, ``overlays/<municipality>/windows.toml``; others are passed over.
    """
    ours = [(name, data) for name, data in sorted(files.items()) if name.startswith(FOLDER)]
    rules = read_rules([file for file in ours if file[0] != CHECKUPS]) if ours else Rules({}, Interval())
    found = {name: read_windows(name, data) for name, data in sorted(files.items()) if _has_windows(name)}
    faults = [one for read in found.values() for one in read if isinstance(one, DefinitionFault)]
    if not isinstance(rules, Rules):
        faults = [*rules, *faults]
    if faults or not isinstance(rules, Rules):
        return tuple(faults)
    windows = {name: tuple(one for one in read if isinstance(one, Window)) for name, read in found.items()}
    own = {name.split("/")[1]: read for name, read in windows.items() if name != CHECKUPS}
    return Schedule(rules, windows.get(CHECKUPS, ()), own)


def _has_windows(name: str) -> bool:
    return name == CHECKUPS or (name.startswith(OVERLAYS) and name.endswith(WINDOWS))
