"""At rest: nothing readable lies in the files, nothing can be moved, what is forgotten stays forgotten."""

import gc
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, update

from app.identity.ports import LoginTransaction
from app.people.dose_history import CopiedDose
from app.people.expecting import Dates
from app.people.growth import Measurement
from app.people.person import CardFacts, Subject
from app.people.ports import Hand
from app.places.place import Role, Staff, Terminal
from app.questionnaire.answers import Answer
from app.storage import tables
from app.storage.key_store import ForgottenError, wrapped_key
from app.storage.keys import KeyRing, KeyRingError, add_wrapping_key
from app.storage.sealing import SealError
from app.storage.tables import metadata
from app.visit.instruments import PaperScore
from app.visit.ports import Deed
from app.visit.sessions import Counter, Session
from app.visit.visit import Draft, Visit
from tests.integration.storage.town import NOW, Town

CANARY = "カナリアSecretCanary"
PLAIN_COLUMNS = {"name", "phone", "address"}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "shift_jis", "euc_jp")


def forms_of(text: str) -> list[bytes]:
    """How a text could lie in a file."""
    raw = [text.encode(encoding) for encoding in ENCODINGS]
    escaped = text.encode("unicode_escape"), text.encode("ascii", "xmlcharrefreplace")
    return [*raw, *escaped, *(b64encode(form) for form in raw), *(form.hex().encode() for form in raw)]


def plant_visit(town: Town, subject_id: str) -> Visit:
    """A visit whose plan, draft and submission hold the canary."""
    visit = town.prepare(
        subject_id=subject_id, programmes=(f"{CANARY}programme",), companion=f"{CANARY}companion"
    )
    draft = Draft(
        visit.id,
        {"free": Answer("x", f"{CANARY}details")},
        f"{CANARY}tag",
        typed={"p": {"f": (CANARY,)}},
        earlier={"gone": f"{CANARY}earlier"},
    )
    town.store.visits.save(draft, visit, town.event(Deed.DRAFT_SAVED))
    submission = replace(town.submission(visit), answers={"free": Answer(f"{CANARY}answer")})
    town.store.visits.submit(visit, submission, f"{CANARY}key", town.event(Deed.SUBMITTED))
    return visit


def plant(town: Town) -> list[str]:
    """Everything sealed holds a canary; returns what must not be found anywhere."""
    child, _ = town.add_child(f"{CANARY}child")
    visit = plant_visit(town, child.id)
    facts = CardFacts(f"{CANARY}name", f"{CANARY}address", None, "female")
    session_id = town.store.sessions.open(Session(Counter.PARENT, "p", town.id, NOW, NOW, facts, CANARY))
    town.store.sessions.keep_form("person:p", f"/{CANARY}", {CANARY: [CANARY]}, NOW)
    town.store.people.sign_in(town.id, replace(town.login, sub=f"{CANARY}sub"), NOW)
    written = {"product": CANARY, "lot": f"{CANARY}lot", "note": CANARY, "country": f"{CANARY}land"}
    abroad = CopiedDose("d", CANARY, NOW.date(), as_written=f"{CANARY}dose", diseases=(CANARY,), **written)
    town.store.histories.add(child, (abroad,), Hand(town.person.id, NOW))
    plant_score(town, visit)
    town.store.people.change_dates(child, Dates(date(2025, 10, 19)), Hand(town.person.id, NOW))
    staff = Staff("s", town.id, town.clinic.id, f"{CANARY}login", f"{CANARY}staff", Role.DOCTOR)
    town.store.staff_secrets.add(staff, f"{CANARY}hash", f"{CANARY}totp")
    transaction = LoginTransaction(f"{CANARY}state", CANARY, CANARY, CANARY, CANARY)
    town.store.transactions.keep(f"{CANARY}secret", transaction, NOW)
    town.store.stand_in.keep_code(f"{CANARY}code", f"{CANARY}payload", NOW)
    code = town.store.places.enrol_terminal(Terminal("t", town.id, town.clinic.id, "受付"), NOW)
    redeemed = town.store.places.redeem_terminal(code, NOW)
    assert redeemed is not None
    face = town.store.passes.face(town.submitted())
    return [
        *_measured(town, child),
        CANARY,
        code,
        redeemed[1],
        session_id,
        face.digits[4:-2],
        face.short_code,
        "2025-08-09",
        "2025-10-19",
    ]


def _measured(town: Town, child: Subject) -> tuple[str, str]:
    """A measurement of the child is kept; returns its height and its day."""
    height, day = Decimal("61.90817263544"), date(2026, 10, 31)
    measured = Measurement("m", town.id, child.id, town.person.id, day, NOW, height)
    town.store.measurements.add(measured)
    return str(height), day.isoformat()


def plant_score(town: Town, visit: Visit) -> None:
    """A score whose every text holds the canary."""
    paper = PaperScore(f"{CANARY}instrument", 9, 0, f"{CANARY}staff", NOW)
    town.store.paper_scores.enter(visit, paper, f"{CANARY}key", town.event(Deed.SCORE_ENTERED))


def test_files_when_everything_was_written_hold_no_readable_secret(own_town: Town) -> None:
    secrets = plant(own_town)
    if own_town.store._database.is_sqlite:
        directory = Path(make_url(own_town.address.database_url).database or "").parent
        files = {path.name: path.read_bytes() for path in directory.iterdir() if path.suffix != ".json"}
        assert any(name.endswith("-wal") and content for name, content in files.items())
    else:
        files = {"rows": _everything(own_town)}
    assert readable(files, secrets) == set()
    assert readable(files, [own_town.clinic.name]), "the search finds what is plain"


def readable(files: Mapping[str, bytes], texts: list[str]) -> set[tuple[str, str]]:
    """Which texts can be read in which files."""
    return {
        (name, text)
        for name, content in files.items()
        for text in texts
        for form in forms_of(text)
        if form in content
    }


def _everything(town: Town) -> bytes:
    """Every value of every table, as bytes."""
    parts: list[bytes] = []
    with town.store._database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                parts += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(parts)


def test_columns_when_listed_are_plain_only_where_nothing_is_told() -> None:
    """Texts that are not ids, states or codes stand only in what a municipality publishes."""
    named = {table.name for table in metadata.sorted_tables if PLAIN_COLUMNS & set(table.c.keys())}
    assert named == {"municipality", "clinic", "terminal"}


def test_tables_when_listed_lead_with_their_municipality() -> None:
    of_the_instance = {"municipality", "session", "tries", "stand_in_spent"}
    of_the_instance |= {"kept_form", "login_transaction", "stand_in_code"}
    for table in metadata.sorted_tables:
        leads = next(iter(table.primary_key.columns)).name == "municipality"
        assert leads is (table.name not in of_the_instance), table.name


def test_sealed_bytes_when_swapped_between_rows_do_not_open(town: Town) -> None:
    first, second = town.prepare(), town.prepare()
    _copy(town, tables.draft, "sealed", (first.id, second.id))
    _copy(town, tables.visit, "plan", (first.id, second.id))
    with pytest.raises(SealError):
        town.store.visits.draft(first)
    with pytest.raises(SealError):
        town.store.visits.find(first.id)


def test_sealed_bytes_when_an_older_revision_is_put_back_do_not_open(town: Town) -> None:
    visit = town.prepare()
    with town.store._database.writing() as connection:
        old = connection.execute(select(tables.draft).where(tables.draft.c.visit_id == visit.id)).one()
    town.store.visits.save(town.store.visits.draft(visit), visit, town.event(Deed.DRAFT_SAVED))
    with town.store._database.writing() as connection:
        connection.execute(
            update(tables.draft).where(tables.draft.c.visit_id == visit.id).values(sealed=old.sealed)
        )
    with pytest.raises(SealError):
        town.store.visits.draft(visit)


def test_visit_when_its_row_is_given_to_another_person_does_not_open(town: Town) -> None:
    visit = town.prepare()
    thief = town.store.people.sign_in(town.id, replace(town.login, sub="thief"), NOW)
    with town.store._database.writing() as connection:
        connection.execute(
            update(tables.visit).where(tables.visit.c.id == visit.id).values(person_id=thief.id)
        )
    with pytest.raises(SealError):
        town.store.visits.of_person(thief.id)


def test_session_when_its_row_is_given_to_another_person_does_not_open(town: Town) -> None:
    session_id = town.store.sessions.open(Session(Counter.PARENT, "p1", town.id, NOW, NOW))
    with town.store._database.writing() as connection:
        connection.execute(
            update(tables.session).where(tables.session.c.municipality == town.id).values(actor_id="p2")
        )
    with pytest.raises(SealError):
        town.store.sessions.find(session_id, Counter.PARENT, NOW)


def _copy(town: Town, table: tables.Table, column: str, ids: tuple[str, str]) -> None:
    """The sealed bytes of the second row stand in the first."""
    name = table.c["visit_id" if "visit_id" in table.c else "id"]
    with town.store._database.writing() as connection:
        other = connection.execute(select(table.c[column]).where(name == ids[1])).scalar_one()
        connection.execute(update(table).where(name == ids[0]).values({column: other}))


def test_keys_when_the_ring_gets_a_new_one_are_rewrapped_and_everything_opens(own_town: Town) -> None:
    visit, before = own_town.submitted(), _wrapped(own_town)
    with own_town.address.opened() as running:
        ring = add_wrapping_key(own_town.address.ring_file)
        assert own_town.store.keys.rewrap(batch=1) == len(before)
        assert own_town.store.keys.rewrap() == 0
        after = _wrapped(own_town)
        assert {key_id for key_id, _ in after.values()} == {ring.active}
        assert all(before[owner] != after[owner] for owner in before)
        for store in (own_town.store, running):
            assert store.visits.find(visit.id) == visit


def test_keys_when_their_wrapping_key_is_lost_name_it(own_town: Town) -> None:
    visit = own_town.prepare()
    own_town.address.ring_file.write_bytes(_another_ring(own_town))
    with own_town.address.opened() as store, pytest.raises(KeyRingError, match="no wrapping key"):
        store.visits.find(visit.id)


def _another_ring(town: Town) -> bytes:
    add_wrapping_key(town.address.ring_file)
    ring = KeyRing.read(town.address.ring_file)
    text = town.address.ring_file.read_text()
    (old,) = set(ring.wrap) - {ring.active}
    return text.replace(old, "00000000").encode()


def test_wrapped_key_when_moved_to_another_owner_does_not_open(town: Town) -> None:
    other, _ = town.add_child("そら")
    with town.store._key_database.writing() as connection:
        statement = select(wrapped_key.c.wrapped).where(wrapped_key.c.owner == f"subject:{other.id}")
        stolen = connection.execute(statement).scalar_one()
        connection.execute(
            update(wrapped_key)
            .where(wrapped_key.c.owner == f"subject:{town.subject.id}")
            .values(wrapped=stolen)
        )
    with pytest.raises(SealError):
        town.store.people.subject(town.subject.id)


def test_key_when_forgotten_leaves_no_bytes_and_is_never_made_again(own_town: Town) -> None:
    owner = f"subject:{own_town.subject.id}"
    wrapped = _wrapped(own_town)[owner][1]
    own_town.store.keys.forget(own_town.id, owner)
    own_town.store.keys.forget(own_town.id, owner)
    with pytest.raises(ForgottenError):
        own_town.store.keys.make(own_town.id, owner)
    assert own_town.store.keys.keys(own_town.id, [owner]) == {}
    own_town.store.keys.rewrap()
    own_town.store.dispose()
    gc.collect()
    directory = Path(make_url(own_town.address.key_store_url).database or "").parent
    for path in directory.glob("keys.sqlite3*"):
        assert wrapped not in path.read_bytes()


def _wrapped(town: Town) -> dict[str, tuple[str, bytes]]:
    with town.store._key_database.reading() as connection:
        rows = connection.execute(select(wrapped_key).where(wrapped_key.c.municipality == town.id))
        return {row.owner: (row.key_id, row.wrapped) for row in rows}
