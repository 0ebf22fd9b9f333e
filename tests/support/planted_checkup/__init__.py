"""A small checkup with everything that a form can have, planted beside the published ones."""

from pathlib import Path

from app.questionnaire.definition import Library
from app.questionnaire.reading import read_library
from app.wiring import DEFINITIONS, files_below

CODE = "planted"
SAY = "子どもの息が苦しそうです。"
_HERE = Path(__file__).parent


def planted_library() -> Library:
    """The published definitions and the planted ones, read."""
    planted = {
        f"parts/{CODE}/v1.toml": (_HERE / "part.toml").read_bytes(),
        f"programmes/{CODE}/v1.toml": (_HERE / "programme.toml").read_bytes(),
    }
    library = read_library({**files_below(DEFINITIONS, ".toml"), **planted})
    assert isinstance(library, Library), "\n".join(map(str, library))
    return library
