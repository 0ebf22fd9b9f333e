"""A card login that is right until a test makes it wrong."""

import pytest

from tests.support.card_login import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()
