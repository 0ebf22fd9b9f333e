"""One process at a time, across the workers of a run."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusively(name: str) -> Iterator[None]:
    """Nobody else of this user is inside a block of the same name, in any process."""
    path = Path(tempfile.gettempdir()) / f"monshin-{os.getuid()}-{name}.lock"
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
