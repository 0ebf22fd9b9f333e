"""The table of copied doses, one of `tables.metadata` like the others."""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from app.storage.tables import OwnedColumns, metadata

__all__ = ["copied_doses", "metadata"]


class CopiedDoseColumns(OwnedColumns):
    """A dose copied from paper; all that it says lies in ``sealed``, by its subject's key."""

    subject_id = Column(String, nullable=False)
    revision = Column(Integer, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


copied_doses = Table(
    "copied_doses", metadata, CopiedDoseColumns,
    ForeignKeyConstraint(["municipality", "subject_id"], ["subject.municipality", "subject.id"]),
    UniqueConstraint("id"), Index(None, "municipality", "subject_id"),
)  # fmt: skip
