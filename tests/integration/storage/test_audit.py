"""The audit chain: every edit, deletion, swap and cut is found, and located."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Update, delete, insert, select, update

from app.storage.audit import VerifyResult
from app.storage.tables import audit, audit_head
from app.visit.ports import Deed, StaleRevisionError
from tests.integration.storage.town import NOW, Town

LINKS = 8


@pytest.fixture
def chained(town: Town) -> Town:
    """A chain of eight links, the only one in its database."""
    with town.store._database.writing() as connection:
        connection.execute(delete(audit))
        connection.execute(delete(audit_head))
    for number in range(LINKS):
        town.store.audit.write(town.event(Deed.READ_ANSWERS, f"v{number}"))
    return town


def link(at_seq: int, **values: object) -> Update:
    return update(audit).where(audit.c.seq == at_seq).values(**values)


def swap(connection: Connection) -> None:
    for old, new in ((4, 40), (5, 4), (40, 5)):
        connection.execute(link(old, seq=new))


def cut_off(connection: Connection) -> None:
    """As somebody would who knows the tables but not the key."""
    connection.execute(delete(audit).where(audit.c.seq > 6))
    newest = connection.execute(select(audit.c.mac).where(audit.c.seq == 6)).scalar_one()
    connection.execute(update(audit_head).values(seq=6, mac=newest))


def append_forged(connection: Connection) -> None:
    newest = connection.execute(select(audit).where(audit.c.seq == LINKS)).one()._mapping
    connection.execute(insert(audit).values({**newest, "seq": LINKS + 1, "prev": newest["mac"]}))
    connection.execute(update(audit_head).values(seq=LINKS + 1))


def pretend_checkpoint(connection: Connection) -> None:
    """As if retention had cut the first links."""
    prev = connection.execute(select(audit.c.prev).where(audit.c.seq == 4)).scalar_one()
    connection.execute(delete(audit).where(audit.c.seq < 4))
    connection.execute(update(audit_head).values(kept_from=4, kept_prev=prev))


def test_chain_when_untouched_is_whole_and_told_in_order(chained: Town) -> None:
    result = chained.store.audit.verify(chained.id)
    assert result.is_whole
    assert result.count == LINKS
    assert chained.store.audit.municipalities() == (chained.id,)
    assert chained.store.audit.history("v3") == (chained.event(Deed.READ_ANSWERS, "v3"),)


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [
        (lambda connection: connection.execute(link(3, actor="person:other")), 3),
        (lambda connection: connection.execute(link(3, deed="refused")), 3),
        (lambda connection: connection.execute(link(3, at=NOW.replace(microsecond=123457))), 3),
        (lambda connection: connection.execute(link(3, visit_id="v9")), 3),
        (lambda connection: connection.execute(link(3, clinic_id="")), 3),
        (lambda connection: connection.execute(link(3, mac=b"x" * 32)), 3),
        (lambda connection: connection.execute(link(3, prev=b"x" * 32)), 3),
        (lambda connection: connection.execute(link(LINKS, role="doctor")), LINKS),
        (lambda connection: connection.execute(delete(audit).where(audit.c.seq == 5)), 5),
        (lambda connection: connection.execute(delete(audit).where(audit.c.seq == 1)), 1),
        (lambda connection: connection.execute(delete(audit).where(audit.c.seq > 6)), 7),
        (lambda connection: connection.execute(delete(audit)), 1),
        (lambda connection: connection.execute(delete(audit_head)), LINKS),
        (swap, 4),
        (append_forged, LINKS + 1),
        (lambda connection: connection.execute(update(audit_head).values(kept_from=4)), 4),
        (pretend_checkpoint, 4),
    ],
)
def test_chain_when_tampered_with_names_the_first_broken_link(
    chained: Town, tamper: Callable[[Connection], None], broken_at: int
) -> None:
    with chained.store._database.writing() as connection:
        tamper(connection)
    result = chained.store.audit.verify(chained.id)
    assert not result.is_whole
    assert result.broken_at == broken_at
    assert result.reason


def test_chain_when_cut_with_its_head_is_found_by_the_anchor(chained: Town, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    assert chained.store.audit.anchor(anchors, NOW) == 1
    assert chained.store.audit.verify(chained.id, anchors).is_whole
    with chained.store._database.writing() as connection:
        cut_off(connection)
    assert chained.store.audit.verify(chained.id).is_whole
    assert chained.store.audit.verify(chained.id, anchors).broken_at == 7


def test_chain_when_gone_with_its_head_is_found_by_the_anchor(chained: Town, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    chained.store.audit.anchor(anchors, NOW)
    with chained.store._database.writing() as connection:
        connection.execute(delete(audit))
        connection.execute(delete(audit_head))
    assert chained.store.audit.municipalities() == ()
    assert chained.store.audit.municipalities(anchors) == (chained.id,)
    assert chained.store.audit.verify(chained.id, anchors).broken_at == 1


def test_chain_when_cut_and_grown_again_is_found_by_the_anchor(chained: Town, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    chained.store.audit.anchor(anchors, NOW)
    with chained.store._database.writing() as connection:
        cut_off(connection)
    for _ in range(4):
        chained.store.audit.write(chained.event(Deed.REFUSED))
    assert chained.store.audit.verify(chained.id).is_whole
    assert chained.store.audit.verify(chained.id, anchors).broken_at == LINKS


def test_anchors_when_appended_stay_and_a_forged_one_is_found(chained: Town, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    chained.store.audit.anchor(anchors, NOW)
    chained.store.audit.write(chained.event(Deed.REFUSED))
    assert chained.store.audit.anchor(anchors, NOW) == 1
    assert chained.store.audit.anchor(anchors, NOW) == 0
    lines = [json.loads(text) for text in anchors.read_text().splitlines()]
    assert [line[2] for line in lines] == [LINKS, LINKS + 1]
    assert anchors.stat().st_mode & 0o077 == 0
    assert chained.store.audit.verify(chained.id, anchors).is_whole
    lines[0][2] = 5
    anchors.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert chained.store.audit.verify(chained.id, anchors).broken_at == 5


def test_anchors_when_a_crash_cut_a_line_off_go_on(chained: Town, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    chained.store.audit.anchor(anchors, NOW)
    with anchors.open("a") as file:
        file.write('["2026')
    chained.store.audit.write(chained.event(Deed.REFUSED))
    assert chained.store.audit.anchor(anchors, NOW) == 1
    assert chained.store.audit.verify(chained.id, anchors).is_whole
    with chained.store._database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.seq > LINKS))
    assert chained.store.audit.verify(chained.id, anchors).broken_at == LINKS + 1


def test_chain_when_cut_at_a_checkpoint_is_whole_and_found_when_cut_further(
    town: Town, tmp_path: Path
) -> None:
    anchors, chain = tmp_path / "anchors", town.store.audit
    for days in range(1, 6):
        chain.write(town.event(Deed.REFUSED, at=NOW + timedelta(days=days)))
        chain.anchor(anchors, NOW)
    assert chain.cut(town.id, NOW - timedelta(days=1)) == 0
    assert chain.cut(town.id, NOW + timedelta(days=3)) == 3
    assert chain.cut(town.id, NOW + timedelta(days=3)) == 0
    assert chain.verify(town.id, anchors) == VerifyResult(town.id, 3)
    chain.write(town.event(Deed.REFUSED, at=NOW + timedelta(days=6)))
    assert chain.cut(town.id, NOW + timedelta(days=999)) == 3
    assert chain.verify(town.id, anchors) == VerifyResult(town.id, 1)
    with town.store._database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.municipality == town.id))
    assert chain.verify(town.id, anchors).broken_at == 7


def test_chain_when_written_to_by_many_at_once_stays_whole(town: Town) -> None:
    with town.address.opened() as second, ThreadPoolExecutor(6) as pool:
        stores = (town.store, second)
        writes = [pool.submit(stores[n % 2].audit.write, town.event(Deed.REFUSED)) for n in range(40)]
        for write in writes:
            write.result()
    result = town.store.audit.verify(town.id)
    assert result.is_whole
    assert result.count == 41


def test_deed_when_its_change_is_refused_is_not_written(town: Town) -> None:
    visit = town.prepare()
    with pytest.raises(StaleRevisionError):
        town.store.visits.change(replace(visit, revision=7), town.event(Deed.REISSUED, visit.id))
    assert [event.deed for event in town.store.audit.history(visit.id)] == [Deed.PREPARED]
