"""The databases as they are opened: durable, impatient, separate in each process, told without values."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from app.storage.engine import Database, StorageUnavailableError
from app.storage.keys import KeyRing
from app.storage.store import Store
from app.visit.ports import Deed
from tests.integration.storage.town import NOW, PINS, Town, questions_of

SUBMITTER = """
import sys
from dataclasses import replace
from pathlib import Path
from app.storage.keys import KeyRing
from app.storage.store import Store
from app.visit.ports import Deed
from app.visit.visit import Submission, Kind, State
from tests.integration.storage.town import NOW, ANSWERS, Town, Address, questions_of
address = Address(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
with address.opened() as store:
    town = Town(store, address)
    while True:
        visit = town.submitted()
        print(visit.id, flush=True)
"""


def test_urls_when_not_kept_are_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:", "mysql://x/y"):
        with pytest.raises(ValueError, match="only sqlite"):
            Database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_urls_when_postgresql_by_any_name_use_our_driver(scheme: str) -> None:
    assert Database(f"{scheme}://u:p@h/d").url.drivername == "postgresql+psycopg"


def test_file_when_made_is_the_owners_and_durable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'data.sqlite3'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    with database.reading() as connection:
        for pragma, value in wanted.items():
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE x (y integer)"))
        for path in (tmp_path / "deep" / "er").iterdir():
            assert path.stat().st_mode & 0o077 == 0, path.name
    database.dispose()


def test_transaction_when_its_block_fails_is_undone(town: Town) -> None:

    def half() -> None:
        with town.store._database.writing() as connection:
            connection.execute(text("UPDATE municipality SET name = 'x'"))
            connection.execute(text("UPDATE municipality SET name = NULL"))

    with pytest.raises(IntegrityError):
        half()
    kept = town.store.places.municipality(town.id)
    assert kept is not None
    assert kept.name == "みなと町"


def test_snapshot_when_others_write_sees_one_moment(town: Town) -> None:
    with town.store._database.snapshot() as connection:
        counts = []
        for _ in range(2):
            counts.append(connection.execute(text("SELECT count(*) FROM audit")).scalar_one())
            town.store.audit.write(town.event(Deed.REFUSED))
    assert counts[0] == counts[1]


def test_lock_when_held_by_another_process_ends_in_unavailable(town: Town) -> None:
    impatient = Database(town.address.database_url, patience=0.2)
    started = time.monotonic()
    with town.store._database.writing() as connection:
        connection.execute(text("UPDATE municipality SET phone = '1'"))
        with pytest.raises(StorageUnavailableError) as error, impatient.writing() as other:
            other.execute(text("UPDATE municipality SET phone = 'secret'"))
    assert time.monotonic() - started < 2
    assert "secret" not in str(error.value)
    with impatient.writing() as other:
        other.execute(text("UPDATE municipality SET phone = '2'"))
    impatient.dispose()


def test_turn_when_another_thread_never_ends_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'data.sqlite3'}", patience=0.1)
    with database.writing(), ThreadPoolExecutor(1) as pool:

        def write() -> None:
            with database.writing():
                pass

        with pytest.raises(StorageUnavailableError):
            pool.submit(write).result()
    with database.writing():
        pass
    database.dispose()


def test_database_when_it_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StorageUnavailableError), database.reading():
        pass


def test_file_when_it_is_full_is_unavailable_and_recovers(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'data.sqlite3'}")
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE x (y text)"))
        connection.execute(text("PRAGMA max_page_count = 4"))
    big = {"y": "x" * 100_000}
    with pytest.raises(StorageUnavailableError, match="FULL"), database.writing() as connection:
        connection.execute(text("INSERT INTO x VALUES (:y)"), big)
    with database.writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000"))
        connection.execute(text("INSERT INTO x VALUES (:y)"), big)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM x")).scalar_one() == 1
    database.dispose()


def test_ping_when_tables_are_there_answers_and_without_them_not(own_town: Town) -> None:
    own_town.store.ping(NOW)
    with own_town.store._database.writing() as connection:
        connection.execute(text("DROP TABLE tries"))
    with pytest.raises((OperationalError, ProgrammingError), match="tries"):
        own_town.store.ping(NOW)


def test_store_when_the_process_forks_opens_its_own_connections(own_town: Town) -> None:
    visit = own_town.prepare()
    child = os.fork()
    if child == 0:
        try:
            own_town.store.visits.change(visit, own_town.event(Deed.PLAN_CHANGED))
        except BaseException:  # noqa: BLE001  the child must not run the rest of the tests
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    found = own_town.store.visits.find(visit.id)
    assert found is not None
    assert found.revision == 1
    assert own_town.store.audit.verify(own_town.id).is_whole


def test_submissions_when_acknowledged_survive_kill_9(own_town: Town) -> None:
    address = own_town.address
    arguments = [address.database_url, address.key_store_url, str(address.ring_file)]
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", SUBMITTER, *arguments], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(5)]
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        acknowledged += rest.split("\n")[:-1]
        for visit_id in acknowledged:
            visit = own_town.store.visits.find(visit_id)
            assert visit is not None
            assert visit.pins == PINS
            assert len(own_town.store.visits.submissions(visit)) == 1
    for municipality in own_town.store.audit.municipalities():
        assert own_town.store.audit.verify(municipality).is_whole
    if own_town.store._database.is_sqlite:
        with own_town.store._database.reading() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_two_databases_when_one_file_still_work(tmp_path: Path, own_town: Town) -> None:
    url = f"sqlite:///{tmp_path / 'both.sqlite3'}"
    store = Store(url, url, KeyRing.read(own_town.address.ring_file), questions_of)
    store.migrate()
    assert Town(store, own_town.address).submitted().revision == 1
    store.dispose()
    assert make_url(url).database
