"""A migrated store per module and engine; a municipality of its own per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.keys import make_key_ring, write_secret
from app.storage.store import Store
from tests.integration.storage.town import Address, Town


@pytest.fixture(scope="module")
def address(module_engine_url: str, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """A data base on this engine; the key store is a file beside PostgreSQL too."""
    directory = tmp_path_factory.mktemp("keys")
    ring_file = directory / "key-ring.json"
    write_secret(ring_file, make_key_ring())
    return Address(module_engine_url, f"sqlite:///{directory / 'keys.sqlite3'}", ring_file)


@pytest.fixture(scope="module")
def store(address: Address) -> Iterator[Store]:
    """An open store with its tables."""
    with address.opened() as store:
        store.migrate()
        yield store


@pytest.fixture
def town(store: Store, address: Address) -> Town:
    """One parent, one child, one clinic."""
    return Town(store, address)


@pytest.fixture
def own_town(engine_url: str, tmp_path: Path) -> Iterator[Town]:
    """The same in databases of this test alone: for tests that damage or count."""
    ring_file = tmp_path / "key-ring.json"
    write_secret(ring_file, make_key_ring())
    address = Address(engine_url, f"sqlite:///{tmp_path / 'keys.sqlite3'}", ring_file)
    with address.opened() as store:
        store.migrate()
        yield Town(store, address)
