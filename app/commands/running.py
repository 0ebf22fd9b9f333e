"""The running application's rooms, store and settings, for commands."""

from typing import cast

from flask import current_app

from app.settings import Settings
from app.storage.store import Store
from app.web.rooms import Rooms


def running_store() -> Store:
    """What rests."""
    return cast("Store", current_app.extensions["store"])


def running_rooms() -> Rooms:
    """The rooms behind the counters."""
    return cast("Rooms", current_app.extensions["rooms"])


def running_settings() -> Settings:
    """What it was told from outside."""
    return cast("Settings", current_app.extensions["settings"])
