"""The house the laws judge, and a way to plant a bad one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Planter = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session")
def house() -> Path:
    """The project as it stands."""
    return Path(__file__).parents[2]


@pytest.fixture
def plant(tmp_path: Path) -> Planter:
    """Writes files below an empty directory and gives that directory."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
