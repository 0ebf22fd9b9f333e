"""What every test may rely on: no inherited settings, repeatable properties, real databases, one tally."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["tests.support.database", "tests.support.tally", "tests.support.site"]

settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("house")

OUR_SETTINGS = (
    *("APP_MODE", "HOST", "PORT", "PUBLIC_URL", "NOW", "SMTP_URL"),
    *("DATABASE_URL", "KEY_STORE_URL", "KEY_RING_FILE", "SECRET_KEY_FILE", "DATA_DIR", "AUDIT_ANCHOR_FILE"),
)


@pytest.fixture(scope="session", autouse=True)
def _no_inherited_settings() -> Iterator[None]:
    """No test sees a setting of the shell it was started from."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name in OUR_SETTINGS or name.startswith("OIDC_"):
                patch.delenv(name)
        yield
