"""The table of paper scores, one of `tables.metadata` like the others."""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    Table,
    TypedColumns,
    UniqueConstraint,
)

from app.storage.tables import Moment, metadata

__all__ = ["metadata", "paper_scores"]


class PaperScoreColumns(TypedColumns):
    """Never changed; its primary key makes numbers unique.

    ``key_hash`` is of the form's key and what was typed; ``sealed`` holds all but number and time.
    """

    municipality = Column(String, primary_key=True)
    visit_id = Column(String, primary_key=True)
    number = Column(Integer, primary_key=True)
    key_hash = Column(LargeBinary, nullable=False)
    at = Column(Moment, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


paper_scores = Table(
    "paper_scores", metadata, PaperScoreColumns,
    ForeignKeyConstraint(["municipality", "visit_id"], ["visit.municipality", "visit.id"]),
    UniqueConstraint("municipality", "visit_id", "key_hash"),
)  # fmt: skip
