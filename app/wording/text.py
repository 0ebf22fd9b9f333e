"""A text of the source language, and the domain (file) it is translated in."""

from dataclasses import dataclass, field

UI = "ui"
PROGRAMMES = "programmes"


def part_domain(part: str) -> str:
    """The domain of a part's texts: ``parts/<part>``."""
    return f"parts/{part}"


@dataclass(frozen=True, slots=True)
class Text:
    """One Japanese text.

    Shapes: ``context`` is the PO msgctxt, stable and never reused; ``japanese`` the msgid; ``note``
    tells the translator where it stands ("" for none); ``domain`` is ``ui``, ``programmes`` or
    ``parts/<part>``, the file name below ``translations/<tag>/`` without ``.po``; ``line`` where it
    stands in ``ui.toml``, 0 for definitions.
    """

    context: str
    japanese: str
    note: str
    domain: str
    line: int = field(default=0, compare=False)

    @property
    def pair(self) -> tuple[str, str]:
        """What identifies it: a changed Japanese text is another text."""
        return self.context, self.japanese
