"""Bringing the tables of a database to the revision this code was written for, and back."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.storage.engine import Database

_LOCK = 0x4D50_0001
_PATIENCE = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL lock_timeout = '60s'",
)


def migrate(database: Database, revision: str = "head") -> None:
    """The tables are at this revision. Of several processes at once, one does it and the others wait."""
    _run(database, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, revision: str = "base") -> None:
    """The tables are back at this revision. What only newer tables held is lost."""
    _run(database, lambda config: command.downgrade(config, revision))


def is_migrated(database: Database) -> bool:
    """Whether the tables are at the newest revision."""
    with database.reading() as connection:
        return current(connection) == ScriptDirectory.from_config(_config()).get_current_head()


def current(connection: Connection) -> str | None:
    """The revision of the tables, None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def _run(database: Database, change: Callable[[Config], None]) -> None:
    """All of it in one transaction, alone: a migration that fails leaves everything as it was."""
    with database.writing() as connection:
        if not database.is_sqlite:
            for setting in _PATIENCE:
                connection.execute(text(setting))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            connection.execute(text("SET LOCAL lock_timeout = '3s'"))
        config = _config()
        config.attributes["connection"] = connection
        change(config)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
