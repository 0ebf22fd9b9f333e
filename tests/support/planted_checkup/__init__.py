"""A small checkup with everything that a form can have, planted beside the published ones."""

from pathlib import Path

from app.questionnaire.definition import Library
from app.questionnaire.reading import read_library
from app.wiring import DEFINITIONS, files_below

CODE = "planted"
SAY = "子どもの息が苦しそうです。"
_HERE = Path(__file__).parent


def planted_library(second: str = "") -> Library:
    """The published definitions and the planted ones; a ``second`` version asks this, too."""
    planted = {
        f"parts/{CODE}/v1.toml": (_HERE / "part.toml").read_bytes(),
        f"programmes/{CODE}/v1.toml": (_HERE / "programme.toml").read_bytes(),
    }
    if second:
        one = planted[f"parts/{CODE}/v1.toml"].decode("utf-8")
        pages, derived, rest = one.replace("version = 1", "version = 2").partition("\n[[derived]]")
        planted[f"parts/{CODE}/v2.toml"] = f"{pages}{second}{derived}{rest}".encode()
    library = read_library({**files_below(DEFINITIONS, ".toml"), **planted})
    assert isinstance(library, Library), "\n".join(map(str, library))
    return library
