"""The key ring: made whole, read only when it is safe, never shown."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.storage.keys import KeyRing, KeyRingError, add_wrapping_key, make_key_ring, write_secret

KEY = b64encode(b"k" * 32).decode()


@pytest.fixture
def ring_file(tmp_path: Path) -> Path:
    path = tmp_path / "key-ring.json"
    write_secret(path, make_key_ring())
    return path


def test_ring_when_made_is_readable_and_never_the_same(ring_file: Path) -> None:
    ring = KeyRing.read(ring_file)
    keys = {*ring.wrap.values(), ring.lookup, ring.pass_key, ring.audit, ring.session}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {32}
    assert make_key_ring() != make_key_ring()


def test_ring_when_printed_shows_no_key(ring_file: Path) -> None:
    ring = KeyRing.read(ring_file)
    shown = repr(ring)
    assert "lookup" not in shown
    assert repr(ring.audit) not in shown


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o601])
def test_ring_when_others_may_reach_it_is_refused(ring_file: Path, mode: int) -> None:
    ring_file.chmod(mode)
    with pytest.raises(KeyRingError, match="others"):
        KeyRing.read(ring_file)


def test_ring_when_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyRingError, match="not readable"):
        KeyRing.read(tmp_path / "absent")


@pytest.mark.parametrize(
    "damage",
    [
        lambda plain: plain.pop("audit"),
        lambda plain: plain.update(active="unknown"),
        lambda plain: plain.update(session="AAAA"),
        lambda plain: plain.update(session="not base64!"),
        lambda plain: plain.update({"session": KEY, "pass": KEY}),
        lambda plain: plain.update(wrap=[]),
        lambda plain: plain.update(lookup=7),
    ],
)
def test_ring_when_damaged_is_refused_without_telling_keys(
    damage: Callable[[dict[str, Any]], object],
) -> None:
    plain = json.loads(make_key_ring())
    damage(plain)
    with pytest.raises(KeyRingError) as error:
        KeyRing.parse(json.dumps(plain).encode())
    assert str(plain.get("lookup")) not in str(error.value)


def test_ring_when_no_json_is_refused() -> None:
    with pytest.raises(KeyRingError):
        KeyRing.parse(b"{")


def test_wrapping_key_when_added_is_active_and_the_old_stays(ring_file: Path) -> None:
    old = KeyRing.read(ring_file)
    new = add_wrapping_key(ring_file)
    assert new.active != old.active
    assert new.wrap[old.active] == old.wrap[old.active]
    assert (new.lookup, new.pass_key, new.audit, new.session) == (
        old.lookup,
        old.pass_key,
        old.audit,
        old.session,
    )
    assert ring_file.stat().st_mode & 0o077 == 0
    assert [path.name for path in ring_file.parent.iterdir()] == [ring_file.name]


def test_secret_when_the_file_exists_is_not_overwritten(ring_file: Path) -> None:
    before = ring_file.read_bytes()
    with pytest.raises(FileExistsError):
        write_secret(ring_file, b"x")
    assert ring_file.read_bytes() == before


def test_hashes_when_purpose_or_split_differs_differ(ring_file: Path) -> None:
    ring = KeyRing.read(ring_file)
    values = [("a", "b"), ("ab",), ("a", "b", ""), ("", "ab"), ("b", "a")]
    hashes = [ring.hash(purpose, *value) for purpose in ("one", "two") for value in values]
    assert len(set(hashes)) == len(hashes)
    assert ring.hash("one", "a") == ring.hash("one", "a")
