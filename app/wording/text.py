"""A text of the source language, and the domain (file) it is translated in."""

from dataclasses import dataclass, field

UI = "ui"
PROGRAMMES = "programmes"
OVERLAYS = "overlays"


def part_domain(part: str) -> str:
    """The domain of a part's texts: ``parts/<part>``."""
    return f"parts/{part}"


def overlay_domain(municipality: str) -> str:
    """The domain of what a municipality says itself: ``overlays/<municipality>``."""
    return f"{OVERLAYS}/{municipality}"


def must_be_whole(domain: str) -> bool:
    """Whether an offered language must translate all of it; a municipality's own words may stay Japanese."""
    return not domain.startswith(f"{OVERLAYS}/")


@dataclass(frozen=True, slots=True)
class Text:
    """One Japanese text.

    Shapes: ``context`` is the PO msgctxt, stable and never reused; ``japanese`` the msgid; ``note``
    tells the translator where it stands ("" for none); ``domain`` is ``ui``, ``programmes``,
    ``parts/<part>`` or ``overlays/<municipality>``: the file name below ``translations/<tag>/`` without
    ``.po``; ``line`` where it stands in ``ui.toml``, 0 for definitions.
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
