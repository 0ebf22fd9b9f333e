"""One site per module and engine for tests that only read or add; each uses a persona of its own."""

from collections.abc import Iterator

import pytest

from tests.support.site import Site, make_site
from tests.support.tally import Tally


@pytest.fixture(scope="module")
def town(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory, tally: Tally) -> Iterator[Site]:
    """A site with one municipality."""
    made = make_site(tmp_path_factory.mktemp("town"), module_engine_url)
    yield made
    tally["pages_checked"] += len(made.pages)
    made.store.dispose()
