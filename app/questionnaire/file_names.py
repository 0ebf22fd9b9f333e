"""Files that are kept in versions: ``…/<code>/v<version>.toml``, the same code and version within."""

import re
from dataclasses import dataclass
from typing import Self

from app.strict_toml.tables import Table

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
IN_KEBAB = KEBAB, "lower-kebab"
_NAME = re.compile(r"(?:.*/)?(?P<folder>[^/]+)/v(?P<version>[1-9][0-9]*)\.toml")


@dataclass(frozen=True, slots=True)
class VersionedName:
    """What a file's name says; ``version`` 0 and the whole name as ``folder`` when it says nothing."""

    folder: str
    version: int

    @classmethod
    def of(cls, name: str) -> Self:
        """The folder and version of a name."""
        named = _NAME.fullmatch(name)
        return cls(named["folder"], int(named["version"])) if named else cls(name, 0)


def versioned_name(
    table: Table,
    name: str,
    *,
    key: str = "code",
    spelling: tuple[re.Pattern[str], str] = IN_KEBAB,
) -> tuple[VersionedName, str, int]:
    """What the name says, and the file's own code and version; told when they are not the same.

    Shapes: the code stands under ``key``, in a ``spelling`` with its example.
    """
    named = VersionedName.of(name)
    code, version = table.code(key, *spelling), table.whole("version")
    if not named.version:
        table.tell("", f"must be named <{key}>/v<version>.toml")
    elif code and code != named.folder:
        table.tell(key, f"is not the name of its folder, {named.folder!r}")
    if named.version and version and version != named.version:
        table.tell("version", f"is not the version of its file name, v{named.version}")
    return named, code, version
