"""The same site after a deployment with other definitions: new application, same databases and clock."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import app.wiring
from app import create_app
from tests.support.site import QUICK, Site

DEFINITIONS, TRANSLATIONS = app.wiring.DEFINITIONS, app.wiring.TRANSLATIONS
Change = Callable[[Path], None]


def definitions_with(folder: Path, change: Change) -> Path:
    """A copy of the house's definitions after this change."""
    copied = folder / "definitions"
    shutil.copytree(DEFINITIONS, copied)
    change(copied)
    return copied


def redeployed(site: Site, definitions: Path = DEFINITIONS, translations: Path = TRANSLATIONS) -> Site:
    """The site with these definitions and texts. Errors: SystemExit when the definitions have a fault."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.wiring, "clock", lambda _fixed: site.clock)
        patch.setattr(app.wiring, "Passwords", lambda: QUICK)
        patch.setattr(app.wiring, "DEFINITIONS", definitions)
        patch.setattr(app.wiring, "TRANSLATIONS", translations)
        made = create_app(site.settings)
    return Site(made, site.settings, site.clock, site.pages)
