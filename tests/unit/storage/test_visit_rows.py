"""A visit as its row: the pins are kept, and rows from before programmes had versions are understood."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.storage.sealing import Cell, seal_plain, unseal_plain
from app.storage.visit_rows import read_visit, visit_row
from tests.unit.visit.making import visit

KEY = b"k" * 32


def test_visit_when_kept_comes_back_with_its_pins() -> None:
    pinned = visit(programme_pins=(("mr", 2), ("varicella", 1)))
    row: Any = SimpleNamespace(**visit_row(pinned, KEY))
    assert read_visit(row, KEY) == pinned


@pytest.mark.parametrize("pins", [(), (("mr", 1),)])
def test_visit_when_kept_before_programmes_had_versions_has_no_programme_pins(
    pins: tuple[tuple[str, int], ...],
) -> None:
    row: Any = SimpleNamespace(**visit_row(visit(programme_pins=pins), KEY))
    cell = Cell("visit", (row.municipality, row.id, row.subject_id, row.person_id), "plan", row.revision)
    plan = unseal_plain(KEY, cell, row.plan)
    del plan["programme_pins"]
    row.plan = seal_plain(KEY, cell, plan)
    assert read_visit(row, KEY) == replace(visit(), programme_pins=())
