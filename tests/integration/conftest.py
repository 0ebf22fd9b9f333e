"""The town with everyone in it, one for each module; a module or folder may have its own."""

from collections.abc import Iterator

import pytest

from tests.support.site import make_site
from tests.support.town import Town
from tests.support.town_visits import MarkedFamily


@pytest.fixture(scope="module")
def town(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(make_site(tmp_path_factory.mktemp("town") / "data", module_engine_url))
    yield made
    made.site.store.dispose()


@pytest.fixture
def mother(town: Town) -> MarkedFamily:
    return town.mother
