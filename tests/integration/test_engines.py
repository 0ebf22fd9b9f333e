"""The two engines are real: each keeps a row for a second connection, and each test starts empty."""

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.support.database import ENGINES


@pytest.mark.parametrize("attempt", [1, 2])
def test_engine_keeps_a_row_when_opened_again_and_starts_empty(engine_url: str, attempt: int) -> None:
    url = make_url(engine_url)
    assert url.get_backend_name() in ENGINES
    for is_first in (True, False):
        engine = create_engine(url.set(drivername="postgresql+psycopg") if "postgres" in engine_url else url)
        with engine.begin() as connection:
            if is_first:
                connection.execute(text("CREATE TABLE kept (value integer)"))
                connection.execute(text("INSERT INTO kept VALUES (:value)"), {"value": attempt})
            assert connection.execute(text("SELECT value FROM kept")).scalars().all() == [attempt]
        engine.dispose()
