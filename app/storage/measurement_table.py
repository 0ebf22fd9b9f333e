"""The table of what was measured; it belongs to the others, which fill their own module."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, LargeBinary, String, Table

from app.storage.tables import Moment, OwnedColumns, metadata


class MeasurementColumns(OwnedColumns):
    """``sealed`` holds the day and the values."""

    subject_id = Column(String, nullable=False)
    person_id = Column(String, nullable=False)
    noted_at = Column(Moment, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


measurements = Table(
    "measurements",
    metadata,
    MeasurementColumns,
    ForeignKeyConstraint(["municipality", "person_id"], ["person.municipality", "person.id"]),
    ForeignKeyConstraint(["municipality", "subject_id"], ["subject.municipality", "subject.id"]),
    Index(None, "subject_id"),
)
